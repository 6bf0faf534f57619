import { array, assert, asyncProperty, constantFrom, integer, oneof } from "fast-check";
import { describe, expect, it } from "vitest";
import type { ShellFact } from "../../src/sim/facts.ts";
import { createEditor } from "../../src/sim/shell/editor.ts";
import { createScreen } from "../../src/sim/shell/screen.ts";
import { KEY, rows, textOf } from "./bench.ts";

type Print = Extract<ShellFact, { kind: "print" }>;

function createLine() {
  const prints: Print[] = [];
  const screen = createScreen(1, {
    wants: true,
    record: (fact) => void (fact.kind === "print" && prints.push(fact)),
  });
  const log: string[] = [];
  const editor = createEditor(screen, {
    line: (text) => log.push(text),
    interrupt: () => log.push("^C"),
    endOfFile: () => log.push("^D"),
    complete: (before) => (before === "tel" ? "net " : ""),
    control: (key) => log.push(`control ${key.charCodeAt(0)}`),
  });
  const key = (text: string) => editor.typed({ kind: "key", text });
  return {
    editor,
    screen,
    log,
    prints,
    keys(...presses: string[]): void {
      for (const press of presses) {
        if (press.startsWith("\x1b")) key(press);
        else for (const text of press) key(text);
      }
    },
    rows: (columns = 80) => rows(prints, columns),
  };
}

const LEFT_4 = [KEY.left, KEY.left, KEY.left, KEY.left];

/** Each case: what is pressed, the line that comes of it. */
const edits: [string, string[], string][] = [
  ["characters", ["USER x"], "USER x"],
  ["backspace", ["USERR", KEY.backspace, " x"], "USER x"],
  ["backspace in an empty line", [KEY.backspace, "a"], "a"],
  ["insert in the middle", ["UER", KEY.left, KEY.left, "S"], "USER"],
  ["backspace in the middle", ["USXER", KEY.left, KEY.left, KEY.backspace], "USER"],
  ["delete", ["XUSER", KEY.home, KEY.del], "USER"],
  ["^D in the middle deletes", ["XUSER\x01\x04"], "USER"],
  ["Home, End", ["SER", KEY.home, "U", KEY.end, " x"], "USER x"],
  ["^A, ^E", ["SER\x01U\x05 x"], "USER x"],
  ["→ stops at the end", ["ab", KEY.right, "c"], "abc"],
  ["← stops at the start", ["b", KEY.left, KEY.left, "a"], "ab"],
  ["^U", ["junk\x15USER"], "USER"],
  ["^U in the middle", ["junkUSER", ...LEFT_4, "\x15"], "USER"],
  ["^W", ["USER  joe  \x17x"], "USER  x"],
  ["^Y brings back what was cut", ["joe USER\x17\x01\x19 x"], "USER xjoe "],
  ["^Y after ^U and ^K", ["ab cd", "\x1bb", "\x15\x0b\x19\x19"], "cdcd"],
  ["Alt+B, Alt+F", ["USER joe", "\x1bb", "\x1bb", "x", "\x1bf", "y"], "xUSERy joe"],
  [
    "Ctrl+←, Ctrl+→",
    ["a/b  c.txt", "\x1b[1;5D", "\x1b[1;5D", "x", "\x1b[1;5C", "y"],
    "a/b  xcy.txt",
  ],
  ["Alt+D", ["RETR  a.txt", KEY.home, "\x1bd"], "  a.txt"],
  ["words with marks", ["e\u0301a b", KEY.home, "\x1bf", "x"], "e\u0301ax b"],
  ["^K", ["USERjunk", ...LEFT_4, "\x0b"], "USER"],
  ["Tab", ["tel\t21"], "telnet 21"],
  ["emoji", ["a😀b", KEY.left, KEY.backspace, "c"], "acb"],
  ["wide characters", ["日本語", KEY.left, KEY.backspace, "x"], "日x語"],
  ["a mark goes with its letter", ["ae\u0301b", KEY.left, KEY.backspace], "ab"],
  ["cursor over a mark", ["ae\u0301b", KEY.left, KEY.left, "x"], "axe\u0301b"],
  ["a mark typed in the middle", ["ab", KEY.left, "\u0301"], "a\u0301b"],
  ["unknown sequences", ["US", "\x1b[15~", "\x1b[1;6C", "\x1bOP", "ER"], "USER"],
];

describe("the line editor", () => {
  describe.each([80, 7])("in %i columns", (columns) => {
    it.each(edits)("%s", async (_what, presses, line) => {
      const bench = createLine();
      bench.keys(...presses);
      expect(bench.editor.text).toBe(line);
      // What was cut leaves no trace: hiding the line empties the screen.
      bench.keys(KEY.end);
      expect(await bench.rows(columns)).toEqual([`${line}█`]);
      bench.editor.hide();
      expect(await bench.rows(columns)).toEqual(["█"]);
      bench.editor.show();
      bench.keys(KEY.enter);
      expect(bench.log).toEqual([line]);
      expect(await bench.rows(columns)).toEqual([line, "█"]);
    });
  });

  it("shows in a window of any width what stands in the line, whatever is pressed", async () => {
    const press = oneof(
      { weight: 3, arbitrary: constantFrom("a", "b", " ", "0123456789", "日", "😀") },
      constantFrom(...Object.values(KEY).filter((key) => key !== KEY.enter), "\x15", "\x17"),
      constantFrom("\x0b", "\x01", "\x05", "\x19", "\x1bb", "\x1bf", "\x1bd", "hide"),
    );
    await assert(
      asyncProperty(
        array(press, { maxLength: 60 }),
        integer({ min: 5, max: 30 }),
        async (presses, columns) => {
          const bench = createLine();
          bench.screen.prompt("$ ");
          for (const each of presses) {
            if (each === "hide") {
              bench.editor.hide();
              bench.editor.show();
            } else bench.keys(each);
          }
          bench.keys(KEY.end);
          // Blanks at the end and in the cells where a wide character did not fit are no text.
          const shown = (await bench.rows(columns)).join("").replaceAll(" ", "");
          expect(shown).toBe(`$${bench.editor.text.replaceAll(" ", "")}█`);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("enters the whole line from wherever the cursor stands", async () => {
    const bench = createLine();
    bench.keys("abcdefghijkl", KEY.home, KEY.enter);
    expect(bench.log).toEqual(["abcdefghijkl"]);
    expect(await bench.rows(7)).toEqual(["abcdefghijkl", "█"]);
  });

  it("recalls lines with ↑ and ↓, and gives back the one that was begun", () => {
    const bench = createLine();
    bench.keys("one\rtwo\rtwo\r\rthr", KEY.up);
    expect(bench.editor.text).toBe("two");
    bench.keys(KEY.up);
    expect(bench.editor.text).toBe("one");
    bench.keys(KEY.up);
    expect(bench.editor.text).toBe("one");
    bench.keys(KEY.down, KEY.down, KEY.down);
    expect(bench.editor.text).toBe("thr");
  });

  it("tells of ^C, ^D and control characters", () => {
    const bench = createLine();
    bench.keys("abc\x03\x04\x0c\x1d\x07x\r");
    expect(bench.log).toEqual(["^C", "^D", "control 12", "control 29", "control 7", "x"]);
    expect(textOf(bench.prints, "you")).toBe("abc^Cx\r\n");
  });

  it("echoes as `you` and moves as `edit`", () => {
    const bench = createLine();
    bench.keys("ac", KEY.left, "b");
    expect(textOf(bench.prints, "you").replaceAll(/[^a-z]/g, "")).toBe(textOf(bench.prints, "you"));
    expect(textOf(bench.prints, "edit")).toMatch(/^(?:\x1b\[\?45h(?:\x08|\x1b\[X)+)+$/);
  });

  it.each(["\r", "\n", "\r\n"])("takes a paste with %j, a line at a time", (end) => {
    const bench = createLine();
    let rest = bench.editor.typed({ kind: "paste", text: `USER a${end}PASS b${end}${end}QU` });
    expect(rest).toEqual({ kind: "paste", text: `PASS b${end}${end}QU` });
    while (rest !== undefined) rest = bench.editor.typed(rest);
    bench.keys("IT\r");
    expect(bench.log).toEqual(["USER a", "PASS b", "", "QUIT"]);
  });

  it("drops control characters and escape sequences from a paste", () => {
    const bench = createLine();
    bench.editor.typed({ kind: "paste", text: "\x1b[200~US\x03\x04\x1b[DE\x1bOA\tR\x7f\x1d\x9bx" });
    expect(bench.editor.text).toBe("USE Rx");
    expect(bench.log).toEqual([]);
  });

  it("takes 4096 characters and no more, pairs unbroken", () => {
    const bench = createLine();
    bench.editor.typed({ kind: "paste", text: "😀".repeat(5000) });
    bench.keys("x");
    expect(bench.editor.text).toBe("😀".repeat(4096));
    expect(bench.prints.length).toBe(1);
  });
});
