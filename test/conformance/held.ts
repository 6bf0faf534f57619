/** Which dialects are held to which real servers, by which scripts; and the playing of one. */
import { referenceScenario, setupNamed } from "../../src/node/setups.ts";
import type { DialectName, Scenario } from "../../src/sim/scenario.ts";
import { type Comparison, compare, figuresInWords } from "./compare.ts";
import { play } from "./player.ts";
import {
  type Collection,
  OBSERVED,
  readRecording,
  readScripts,
  recordedScenarios,
  REFERENCE,
} from "./recordings.ts";
import { sumOf } from "./report.ts";
import type { Script } from "./scenario.ts";
import { virtualWire } from "./virtual.ts";

/** The recordings were made on one machine, and some scripts have its address in them. */
const LOOPBACK = { learner: { name: "player", address: "127.0.0.1" }, bandwidth: Infinity };
const AT = { address: "127.0.0.1", port: 21 };

/** The dialects that are held to a real server, and how its folder of recordings is called. */
export const HELD = [
  ["proftpd", "proftpd"],
  ["vsftpd", "vsftpd"],
  ["pure-ftpd", "pureftpd"],
  ["pyftpdlib", "pyftpdlib"],
] as const;

/** What is played: the open scenarios, and what was looked up at the real servers since. */
export const COLLECTIONS = [
  { of: "the reference", collection: REFERENCE },
  { of: "what was observed since", collection: OBSERVED },
] as const;

/** The scripts that a server was recorded with. */
export function scriptsFor(server: string, collection: Collection): Script[] {
  const recorded = new Set(recordedScenarios(server, collection));
  return readScripts(collection).filter(({ name }) => recorded.has(name));
}

/** Plays a script at our dialect, in the set-up that it names, beside the recording. */
export async function compareWith(
  dialect: DialectName,
  server: string,
  script: Script,
  collection: Collection,
): Promise<Comparison> {
  const wire = virtualWire(scenarioFor(dialect, script));
  return compare(readRecording(server, script.name, collection), await play(script, wire, AT));
}

function scenarioFor(dialect: DialectName, { header }: Script): Scenario {
  const setup = setupNamed(`reference-${header["server"] ?? "main"}`);
  const scenario = setup && referenceScenario(dialect, setup);
  if (scenario === undefined) throw new Error(`no set-up ${header["server"]}`);
  return { ...scenario, ...LOOPBACK };
}

/** Each dialect's line in docs/conformance.md. */
export function figuresLine(dialect: string, of: string, results: readonly Comparison[]): string {
  return `| ${dialect} | ${of} | ${results.length} | ${figuresInWords(sumOf(results))} |`;
}
