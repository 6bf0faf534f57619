/** The same keys again in a new world, in which boxes and faults are switched otherwise. */
import type { Scenario } from "../../sim/scenario.ts";
import { createStage, type World, type WorldInput } from "../../sim/stage.ts";
import { ENGINE, pack, unpack, type RecordedInput, type Recording } from "../recording.ts";
import { loadedServers } from "../servers.ts";

/** How each box and each fault shall stand, by id. */
export type Switches = ReadonlyMap<string, boolean>;

/** How long a world may go on by itself after the last key, so that every wait comes to its end. */
export const AFTERWARDS = 140_000;

/** A world that has been played, and what was put into it. */
export interface Played {
  readonly world: World;
  readonly recording: Recording;
}

/** The switches of a scenario as it begins. */
export function switchesAtFirst({ boxes = [], faults = [] }: Scenario): Switches {
  return new Map([
    ...boxes.map(({ id, on = true }) => [id, on] as const),
    ...faults.map(({ id, on = false }) => [id, on] as const),
  ]);
}

/** A new world with these switches, and nothing done in it yet. Its servers must have been loaded. */
export function freshWorld(
  scenario: Scenario,
  switches: Switches,
  seed = scenario.seed,
): { world: World; feed: (input: WorldInput) => void; played: () => Played } {
  const world = createStage(scenario, seed);
  const servers = loadedServers(scenario);
  if (!servers) throw new Error("the servers are not loaded");
  world.complete(servers);
  const inputs: RecordedInput[] = [];
  const feed = (input: WorldInput): void => {
    inputs.push(pack(world.now, input));
    world.feed(input);
  };
  for (const [id, on] of switchesAtFirst(scenario)) {
    const wanted = switches.get(id) ?? on;
    if (wanted !== on) feed({ kind: "switch", id, on: wanted });
  }
  return {
    world,
    feed,
    played: () => ({
      world,
      recording: {
        engine: ENGINE,
        scenario: scenario.name,
        seed: world.seed,
        inputs,
        answers: [],
        now: world.now,
        facts: world.trace.facts.length,
      },
    }),
  };
}

/** Plays a recording again with other switches, or (left out) as it was, and lets it come to rest. */
export function playAgain(scenario: Scenario, recording: Recording, switches?: Switches): Played {
  const first = switchesAtFirst(scenario);
  const { world, feed, played } = freshWorld(scenario, switches ?? first, recording.seed);
  for (const recorded of recording.inputs) {
    const input = unpack(recorded);
    if (switches && input.kind === "switch" && first.has(input.id)) continue;
    if (recorded[0] > world.now) world.advance(recorded[0]);
    feed(input);
  }
  if (recording.now > world.now) world.advance(recording.now);
  world.settle(AFTERWARDS);
  return played();
}
