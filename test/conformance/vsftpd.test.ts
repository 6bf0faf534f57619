/** Our `vsftpd` beside the real one: every script of every set-up, played in memory; nothing differs. */
import { afterAll, describe, expect, test } from "vitest";
import { referenceScenario, setupNamed } from "../../src/node/setups.ts";
import { type Comparison, compare } from "./compare.ts";
import { play } from "./player.ts";
import {
  type Collection,
  OBSERVED,
  readRecording,
  readScripts,
  recordedScenarios,
  REFERENCE,
} from "./recordings.ts";
import { differenceInWords, sumOf, tableByArea } from "./report.ts";
import type { Script } from "./scenario.ts";
import { virtualWire } from "./virtual.ts";

const NAME = "vsftpd";
/** The recordings were made on one machine, and some scripts have its address in them. */
const LOOPBACK = { learner: { name: "player", address: "127.0.0.1" }, bandwidth: Infinity };
const AT = { address: "127.0.0.1", port: 21 };

/** The set-up that a script wants, as a scenario of ours. */
function scenarioFor({ header }: Script) {
  const setup = setupNamed(`reference-${header["server"] ?? "main"}`);
  const scenario = setup && referenceScenario(NAME, setup);
  if (scenario === undefined) throw new Error(`no set-up ${header["server"]}`);
  return { ...scenario, ...LOOPBACK };
}

function scriptsOf(collection: Collection): Script[] {
  const recorded = new Set(recordedScenarios(NAME, collection));
  return readScripts(collection).filter(({ name }) => recorded.has(name));
}

describe.each([
  { of: "the reference", collection: REFERENCE },
  { of: "what was observed since", collection: OBSERVED },
])("the scripts of $of", ({ collection }) => {
  const results = new Map<string, Comparison>();
  const scripts = scriptsOf(collection);

  test.each(scripts)("$name", async (script) => {
    const played = await play(script, virtualWire(scenarioFor(script)), AT);
    const comparison = compare(readRecording(NAME, script.name, collection), played);
    results.set(script.name, comparison);
    const { differences } = comparison;
    expect(differences.map((one) => differenceInWords(one, [NAME, "ours"])).join("\n")).toBe("");
  });

  test("all were played, and the marks are reached", () => {
    expect(results.size).toBe(scripts.length);
    const { code, text, data, connection } = sumOf(results.values());
    const part = ({ equal, of }: { equal: number; of: number }) => equal / of;
    expect(part(code)).toBeGreaterThanOrEqual(0.99);
    expect(part(text)).toBeGreaterThanOrEqual(0.95);
    expect(part(data)).toBeGreaterThanOrEqual(0.98);
    expect(part(connection)).toBeGreaterThanOrEqual(0.98);
  });

  afterAll(() => console.log(tableByArea(results)));
});
