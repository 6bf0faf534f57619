import { expect, it } from "vitest";
import { codes, findEntry, verbs } from "../../src/app/reference/entries.ts";
import { exampleOf } from "../../src/app/reference/examples.ts";
import { notes } from "../../src/app/reference/notes.ts";
import { play, SERVERS } from "../../src/app/reference/play.ts";

it("finds a word however it is written", () => {
  expect(findEntry("pasv")?.word).toBe("PASV");
  expect(findEntry("227")).toMatchObject({ kind: "code", code: 227 });
  expect(findEntry("Passive-Mode")?.word).toBe("passive mode");
  expect(findEntry("UTF-8")?.word).toBe("UTF-8");
  expect(findEntry("constructor")).toBeUndefined();
});

it("has an example of each verb that a learner would say", () => {
  const without = verbs.map(({ verb }) => verb).filter((verb) => !exampleOf(verb));
  expect(without).toEqual(["ESTA", "LPRT", "MFCT", "PRET", "RANG"]);
});

it("has notes on verbs only", () => {
  const known = verbs.map(({ verb }) => verb);
  expect(Object.keys(notes).filter((verb) => !known.includes(verb))).toEqual([]);
});

const told = codes.map(({ code }) => code).filter((code) => exampleOf(String(code)));
it.each(told)("really draws a %i from one server or more", (code) => {
  const example = exampleOf(String(code));
  const said = SERVERS.flatMap(([server]) =>
    play(server, example!).seen.filter(({ kind }) => kind === "reply"),
  );
  expect(said.map(({ text }) => text.slice(0, 3))).toContain(String(code));
});

it.each(SERVERS)("draws an answer to every verb's example from %s", (server) => {
  for (const { verb } of verbs) {
    const example = exampleOf(verb);
    if (example) expect(play(server, example).answer, verb).not.toEqual([]);
  }
});
