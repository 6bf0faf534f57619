/**
 * The servers of a world come after its terminals: a learner sees the prompt first, and types into
 * it, while the larger half of the simulator is still on its way.
 */
import type { Site } from "../sim/stage.ts";

/** Starts the server of a site. */
export type StartServer = (site: Site) => void;

let start: StartServer | undefined;

/** What starts servers, once it has been loaded. */
export function loadedServers(): StartServer | undefined {
  return start;
}

/** Loads what starts servers. */
export async function loadServers(): Promise<StartServer> {
  const { startFtp } = await import("../sim/world.ts");
  start = (site) => startFtp(site);
  return start;
}
