import { describe, expect, test } from "vitest";
import { Control, cutReply } from "./control.ts";
import { formatRecording, parseRecording } from "./events.ts";
import { readRecording } from "./recordings.ts";
import { parseScript, substitute, unescape } from "./scenario.ts";
import type { Line } from "./wire.ts";

describe("a script", () => {
  test("has a header and steps; comments and empty lines are none", () => {
    const script = parseScript(
      "x",
      "# title: A b\n# server: main\n\nUSER a\n# later: no\n@wait 2\n",
    );
    expect(script.header).toEqual({ title: "A b", server: "main" });
    expect(script.steps).toEqual(["USER a", "@wait 2"]);
  });
  test.each([
    ["USER ${user}", "USER ftptest"],
    ["${rep:Ab:3}.", "AbAbAb."],
    ["${nobody}", "${nobody}"],
  ])("%s has its values put in", (text, result) => {
    expect(substitute(text, { user: "ftptest" })).toBe(result);
  });
  test.each([
    ["a\\r\\n\\t\\0", "a\r\n\t\0"],
    ["\\xff\\xF4", "\xff\xf4"],
    ["\\\\n", "\\n"],
    ["\\q\\x4", "\\q\\x4"],
    ["é", "\xc3\xa9"],
  ])("%s is read as C reads it", (text, octets) => {
    expect(unescape(text)).toBe(octets);
  });
});

/** What came over a control connection, `size` octets at a time: the replies with their codes. */
function replies(text: string, size: number): (string | null | undefined)[][] {
  const seen: (string | null | undefined)[][] = [];
  const parts = text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
  const control = new Control("A", ({ bytes, code }) => {
    if (bytes !== undefined) seen.push([bytes, code]);
  });
  control.line = {
    read: () => parts.shift() ?? "",
    secure: false,
    ended: undefined,
  } as unknown as Line;
  for (let left = parts.length; left > 0; left--) control.take();
  control.flushPart();
  return seen;
}

describe.each([1, 2, 7, 1000])("replies that come %i octets at a time", (size) => {
  test.each([
    ["one line", ["220 Hello\r\n"], ["220"]],
    ["two replies", ["150 a\r\n", "226 b\r\n"], ["150", "226"]],
    ["many lines with digits in them", ["211-a\r\n 220 b\r\n220 c\r\n211-d\r\n211 e\r\n"], ["211"]],
    ["an end of three bare digits", ["214-a\r\n214\r\n", "200 b\r\n"], ["214", "200"]],
    ["telnet before a reply", ["\xff\xfc\xf4\xff\xf2226 a\r\n"], ["226"]],
    ["lines without a code", ["hello\n", "200\r\n", "200 a\r\n"], [null, "200", "200"]],
    ["a part at the end", ["220 a\r\n", "331 b"], ["220", null]],
  ])("%s", (_, texts, codes) => {
    expect(replies(texts.join(""), size)).toEqual(texts.map((text, i) => [text, codes[i]]));
  });
});

test("a reply that is not whole yet is not cut", () => {
  expect(cutReply("211-a\r\n211 b")).toBeUndefined();
  expect(cutReply("211-a\r\n211 b\r\n200")).toEqual({ length: 14, code: "211" });
});

test("a recording is written as it is read", () => {
  const recording = readRecording("proftpd", "syntax-iac");
  expect(parseRecording(formatRecording(recording))).toEqual(recording);
});
