import { expect, it } from "vitest";
import { glossary } from "../../src/explain/glossary.ts";
import { repliesTo } from "../../src/explain/sequences.ts";
import { card } from "../../src/explain/stamps.ts";
import { rows } from "../../src/sim/ftp/commands/table.ts";

const entries = Object.entries(glossary);

it("has eighty terms and more, each a whole sentence", () => {
  expect(entries.length).toBeGreaterThan(80);
  for (const [name, { text }] of entries) expect(text, name).toMatch(/^[A-Z0-9].*[.?]$/);
});

it("refers to terms that are there", () => {
  const lost = entries.flatMap(([name, { see = [] }]) =>
    see.filter((other) => !(other in glossary)).map((other) => `${name} → ${other}`),
  );
  expect(lost).toEqual([]);
});

it("names RFCs as a number, and a section if any", () => {
  for (const [name, { rfc = "959" }] of entries) {
    expect(rfc, name).toMatch(/^\d{3,4}(?: §\d+(?:\.\d+)*)?$/);
  }
});

it("lists replies of known verbs only, each of them a box of the card", () => {
  const boxes = card.map(({ code }) => code);
  for (const { verb } of rows) {
    expect(
      repliesTo(verb).filter((code) => !boxes.includes(code)),
      verb,
    ).toEqual([]);
  }
  // RFC 959 §5.4 has a row for each of its verbs.
  const of959 = rows.filter(({ rfc }) => rfc.startsWith("959")).map(({ verb }) => verb);
  expect(of959.filter((verb) => repliesTo(verb).length === 0)).toEqual([]);
});
