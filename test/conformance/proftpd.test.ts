/** Our `proftpd` beside the real one: every script of the set-up `main`, played in memory. */
import { afterAll, describe, expect, test } from "vitest";
import type { Octets } from "../../src/sim/bytes.ts";
import { commands } from "../../src/sim/ftp/commands/table.ts";
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
import { differenceInWords, tableByArea } from "./report.ts";
import type { Script } from "./scenario.ts";
import { referenceMain, SERVER } from "./setups.ts";
import { virtualWire } from "./virtual.ts";

const OURS = new Set(commands.map(({ verb }) => verb));

/** What ProFTPD does and ours does not yet. Any other verb is unknown to it, or refused by it. */
const LATER = new Set(
  (
    "PORT EPRT EPSV ALLO RNFR RNTO DELE MDTM RMD XRMD MKD XMKD SIZE FEAT OPTS HOST CLNT STRU MODE " +
    "STOR STOU APPE REST ABOR RANG NLST STAT SITE MLSD MLST CSID LANG MFF MFMT"
  )
    .split(" ")
    .filter((verb) => !OURS.has(verb)),
);

/** A command counts unless one of its lines has a verb that ours lacks (telnet's IAC before it aside). */
function counts(sent: Octets): boolean {
  const verbs = sent.split("\r\n").map((line) => /^[\xf0-\xff]*([^\s]*)/.exec(line)?.[1] ?? "");
  return !verbs.some((verb) => LATER.has(verb.toUpperCase()));
}

/** The numbers of the commands of a scenario that differ for want of something. */
function explained(scenario: string): number[] {
  return Object.entries(EXPLAINED[scenario] ?? {})
    .filter(([lacking]) => !OURS.has(lacking))
    .flatMap(([, numbers]) => numbers);
}

describe.each([
  { of: "the reference", collection: REFERENCE },
  { of: "what was observed since", collection: OBSERVED },
])("the scripts of $of", ({ collection }) => {
  const results = new Map<string, Comparison>();
  test.each(scriptsOf(collection))("$name", async (script) => {
    const played = await play(script, virtualWire(referenceMain()), SERVER);
    const real = readRecording("proftpd", script.name, collection);
    const comparison = compare(real, played, counts);
    results.set(script.name, comparison);

    const known = new Set(explained(script.name));
    const { differences } = comparison;
    const news = differences.filter(({ cmd }) => !known.has(cmd));
    expect(news.map((one) => differenceInWords(one, ["proftpd", "ours"])).join("\n")).toBe("");
    const differing = new Set(differences.map(({ cmd }) => cmd));
    expect([...known].filter((cmd) => !differing.has(cmd))).toEqual([]);
  });

  afterAll(() => console.log(tableByArea(results)));
});

test("every explanation is of a script that is played", () => {
  const names = new Set([REFERENCE, OBSERVED].flatMap(scriptsOf).map(({ name }) => name));
  expect(Object.keys(EXPLAINED).filter((name) => !names.has(name))).toEqual([]);
});

function scriptsOf(collection: Collection): Script[] {
  const recorded = new Set(recordedScenarios("proftpd", collection));
  return readScripts(collection).filter(
    ({ name, header }) => header["server"] === "main" && recorded.has(name),
  );
}
