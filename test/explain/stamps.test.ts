import { expect, it } from "vitest";
import { replyNote } from "../../src/explain/replies.ts";
import { card, stampReader } from "../../src/explain/stamps.ts";
import { DIAL, LOGIN, typed } from "./typing.ts";

it("tells each code once, with the command that drew it first", () => {
  const session = typed([...LOGIN, "1> RETR nothing", "1> RETR nowhere"]);
  const { facts } = session.read();
  expect(stampReader().read(facts)).toEqual([
    { code: 220, line: "" },
    { code: 331, line: "USER ftptest" },
    { code: 230, line: "PASS ••••" },
    { code: 550, line: "RETR nothing" },
  ]);
});

it("reads on where it stopped", () => {
  const session = typed([DIAL]);
  const reader = stampReader();
  expect(reader.read(session.read().facts)).toHaveLength(1);
  session.more(["1> USER ftptest"]);
  expect(reader.read(session.read().facts)).toEqual([{ code: 331, line: "USER ftptest" }]);
});

it("has boxes in order, none twice, each with words of its own", () => {
  const codes = card.map(({ code }) => code);
  expect(codes).toEqual([...new Set(codes)].toSorted((a, b) => a - b));
  const general = (code: number): string => replyNote(Math.floor(code / 100) * 100 + 99).long;
  expect(codes.filter((code) => replyNote(code).long === general(code))).toEqual([]);
});
