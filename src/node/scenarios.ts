/** Which scenario is meant: a set-up of the recordings, or one of the lessons' worlds. */
import { scenarios } from "virtual:scenarios";
import type { DialectName, FtpSetup, Scenario } from "../sim/scenario.ts";
import { UsageError } from "./api.ts";
import { onlyDialect, referenceScenario, SETUP_NAMES, setupNamed } from "./setups.ts";

/** The names of all scenarios. */
export const SCENARIO_NAMES: readonly string[] = [
  ...SETUP_NAMES.map((name) => `reference-${name}`),
  ...Object.keys(scenarios),
];

/**
 * The scenario of that name, with that dialect. Without one, a set-up is ProFTPD's, or that
 * server's which alone has it.
 * @throws UsageError if there is none, or the two do not go together.
 */
export async function findScenario(
  name: string,
  dialect: DialectName | undefined,
): Promise<Scenario> {
  const setup = setupNamed(name);
  if (setup !== undefined) {
    const found = referenceScenario(dialect ?? onlyDialect(setup) ?? "proftpd", setup);
    if (found !== undefined) return found;
    throw new UsageError(
      `The scenario ${name} goes with the dialect ${onlyDialect(setup)} alone, not with ${dialect}.\n` +
        "Take another scenario, or leave the dialect out.",
    );
  }
  const load = Object.hasOwn(scenarios, name) ? scenarios[name] : undefined;
  if (load === undefined) {
    throw new UsageError(
      `There is no scenario "${name}".\nThere are: ${SCENARIO_NAMES.join(", ")}.`,
    );
  }
  const scenario = await load();
  const own = serverOf(scenario).dialect;
  if (dialect !== undefined && dialect !== own) {
    throw new UsageError(
      `The scenario ${name} has a server of the dialect ${own}, not ${dialect}.\n` +
        "Take reference-main, which every dialect has, or leave the dialect out.",
    );
  }
  return scenario;
}

/** The server that a scenario is about: its first. @throws UsageError if it has none. */
export function serverOf(scenario: Scenario): FtpSetup {
  const found = scenario.hosts.find((host) => host.ftp !== undefined)?.ftp;
  if (found === undefined) {
    throw new UsageError(`The scenario ${scenario.name} has no FTP server to be served.`);
  }
  return found;
}
