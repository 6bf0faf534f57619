/**
 * The parts of a world that come after its terminals: a learner sees the prompt first, and types
 * into it, while the larger half of the simulator is still on its way.
 */
import type { Why } from "../lesson/run.ts";
import type { Scenario } from "../sim/scenario.ts";
import type { Parts } from "../sim/stage.ts";

const loaded = new WeakMap<Scenario, Parts>();

/** What a lesson says to what is typed: with the servers, since nothing happens without them. */
let reasons: Why | undefined;

/** Why an attempt did not help, once that has been loaded. */
export function loadedWhy(): Why | undefined {
  return reasons;
}

/** What completes the stage of `scenario`, once it has been loaded. */
export function loadedServers(scenario: Scenario): Parts | undefined {
  return loaded.get(scenario);
}

/** Loads what completes the stage of `scenario`: of the servers' manners those that it has. */
export async function loadServers(scenario: Scenario): Promise<Parts> {
  const [world, { why }] = await Promise.all([
    import("../sim/world.ts"),
    import("../lesson/why.ts"),
  ]);
  reasons = why;
  const parts = await world.loadParts(scenario);
  loaded.set(scenario, parts);
  return parts;
}
