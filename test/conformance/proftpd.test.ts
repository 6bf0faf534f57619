/** Our `proftpd` beside the real one: every script of every set-up, played in memory. */
import { afterAll, describe, expect, test } from "vitest";
import { referenceScenario, setupNamed } from "../../src/node/setups.ts";
import type { Scenario } from "../../src/sim/scenario.ts";
import { type Comparison, compare } from "./compare.ts";
import { EXPLAINED } from "./explained.ts";
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

/** The recordings were made on one machine, and some scripts have its address in them. */
const LOOPBACK = { learner: { name: "player", address: "127.0.0.1" }, bandwidth: Infinity };
const AT = { address: "127.0.0.1", port: 21 };

/** The numbers of the commands of a scenario that differ for a reason. */
const explained = (scenario: string) => Object.values(EXPLAINED[scenario] ?? {}).flat();

describe.each([
  { of: "the reference", collection: REFERENCE },
  { of: "what was observed since", collection: OBSERVED },
])("the scripts of $of", ({ collection }) => {
  const results = new Map<string, Comparison>();
  test.each(scriptsOf(collection))("$name", async (script) => {
    const played = await play(script, virtualWire(scenarioFor(script)), AT);
    const comparison = compare(readRecording("proftpd", script.name, collection), played);
    results.set(script.name, comparison);

    const known = new Set(explained(script.name));
    const { differences } = comparison;
    const news = differences.filter(({ cmd }) => !known.has(cmd));
    expect(news.map((one) => differenceInWords(one, ["proftpd", "ours"])).join("\n")).toBe("");
    const differing = new Set(differences.map(({ cmd }) => cmd));
    expect([...known].filter((cmd) => !differing.has(cmd))).toEqual([]);
  });

  test("the marks are reached", () => {
    const { code, text, data, connection } = sumOf(results.values());
    const part = ({ equal, of }: { equal: number; of: number }) => equal / of;
    expect(part(code)).toBeGreaterThanOrEqual(0.99);
    expect(part(text)).toBeGreaterThanOrEqual(0.95);
    expect(part(data)).toBeGreaterThanOrEqual(0.98);
    expect(part(connection)).toBeGreaterThanOrEqual(0.98);
  });

  afterAll(() => console.log(tableByArea(results)));
});

test("every explanation is of a script that is played", () => {
  const names = new Set([REFERENCE, OBSERVED].flatMap(scriptsOf).map(({ name }) => name));
  expect(Object.keys(EXPLAINED).filter((name) => !names.has(name))).toEqual([]);
});

/** The set-up that a script wants, as a scenario of ours. */
function scenarioFor({ header }: Script): Scenario {
  const setup = setupNamed(`reference-${header["server"] ?? "main"}`);
  const scenario = setup && referenceScenario("proftpd", setup);
  if (scenario === undefined) throw new Error(`no set-up ${header["server"]}`);
  return { ...scenario, ...LOOPBACK };
}

function scriptsOf(collection: Collection): Script[] {
  const recorded = new Set(recordedScenarios("proftpd", collection));
  return readScripts(collection).filter(({ name }) => recorded.has(name));
}
