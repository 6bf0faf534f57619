/**
 * The parts of a world that come after its terminals: a learner sees the prompt first, and types
 * into it, while the larger half of the simulator is still on its way.
 */
import type { Parts } from "../sim/stage.ts";

let parts: Parts | undefined;

/** What completes a stage, once it has been loaded. */
export function loadedServers(): Parts | undefined {
  return parts;
}

/** Loads what completes a stage. */
export async function loadServers(): Promise<Parts> {
  const world = await import("../sim/world.ts");
  parts = world.parts();
  return parts;
}
