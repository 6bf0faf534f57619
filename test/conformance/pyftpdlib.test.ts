/** Our `pyftpdlib` beside the real one: every script of every set-up, played in memory. */
import { afterAll, describe, expect, test } from "vitest";
import { referenceScenario, setupNamed } from "../../src/node/setups.ts";
import type { Scenario } from "../../src/sim/scenario.ts";
import { type Comparison, compare } from "./compare.ts";
import { play } from "./player.ts";
import {
  OBSERVED,
  readRecording,
  readScripts,
  recordedScenarios,
  REFERENCE,
} from "./recordings.ts";
import { differenceInWords, sumOf, tableByArea } from "./report.ts";
import type { Script } from "./scenario.ts";
import { virtualWire } from "./virtual.ts";

/** The recordings were made on one machine, and some scripts have its address in them. */
const LOOPBACK = { learner: { name: "player", address: "127.0.0.1" }, bandwidth: Infinity };
const AT = { address: "127.0.0.1", port: 21 };

/** The set-up that a script wants, as a scenario of ours. */
function scenarioFor({ header }: Script): Scenario {
  const setup = setupNamed(`reference-${header["server"] ?? "main"}`);
  const scenario = setup && referenceScenario("pyftpdlib", setup);
  if (scenario === undefined) throw new Error(`no set-up ${header["server"]}`);
  return { ...scenario, ...LOOPBACK };
}

describe.each([
  { of: "the reference", collection: REFERENCE },
  { of: "what was observed since", collection: OBSERVED },
])("the scripts of $of", ({ collection }) => {
  const recorded = new Set(recordedScenarios("pyftpdlib", collection));
  const scripts = readScripts(collection).filter(({ name }) => recorded.has(name));
  const results = new Map<string, Comparison>();

  test.each(scripts)("$name", async (script) => {
    const played = await play(script, virtualWire(scenarioFor(script)), AT);
    const comparison = compare(readRecording("pyftpdlib", script.name, collection), played);
    results.set(script.name, comparison);
    const { differences } = comparison;
    expect(differences.map((one) => differenceInWords(one, ["real", "ours"])).join("\n")).toBe("");
  });

  test("every recording was played, and the marks are reached", () => {
    expect(results.size).toBe(recorded.size);
    const { code, text, data, connection } = sumOf(results.values());
    const part = ({ equal, of }: { equal: number; of: number }) => equal / of;
    expect(part(code)).toBeGreaterThanOrEqual(0.99);
    expect(part(text)).toBeGreaterThanOrEqual(0.95);
    expect(part(data)).toBeGreaterThanOrEqual(0.98);
    expect(part(connection)).toBeGreaterThanOrEqual(0.98);
  });

  afterAll(() => console.log(tableByArea(results)));
});
