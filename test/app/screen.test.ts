import { readFileSync } from "node:fs";
import xterm from "@xterm/headless";
import { describe, expect, it } from "vitest";
import { screenPainter, type Piece } from "../../src/app/screen.ts";
import { concat, fromBytes, toBytes } from "../../src/sim/bytes.ts";
import type { Fact } from "../../src/sim/facts.ts";
import type { Scenario } from "../../src/sim/scenario.ts";
import { createWorld, type World } from "../../src/sim/world.ts";

const scenario = JSON.parse(
  readFileSync("lessons/scenarios/article.json", "utf8"),
) as unknown as Scenario;

/** A world in which these lines have been typed, each to its end. */
function afterTyping(...typed: readonly (readonly [window: number, line: string])[]): World {
  const world = createWorld(scenario);
  for (const [window, line] of typed) {
    for (const text of `${line}\r`) world.feed({ kind: "key", window, text });
    world.settle();
  }
  return world;
}

const LOGGED_IN = [
  [1, "telnet ftptest.exavault.com 21"],
  [1, "USER ftptest"],
  [1, "PASS guestpass"],
] as const;

/** The control sequences that are ours: colours, and what tidies up before a prompt. */
const OURS = /\x1b\[[\d;]*m|\x18\x1b\[!p/g;

const written = (pieces: readonly Piece[]): string =>
  fromBytes(concat(pieces.map(({ bytes }) => bytes)));

const printed = (facts: readonly Fact[], window: number): string =>
  facts
    .flatMap((fact) =>
      fact.kind === "print" && fact.window === window ? [fromBytes(fact.bytes)] : [],
    )
    .join("");

describe("what a window is written", () => {
  it("is what was printed, and colours", () => {
    const { facts } = afterTyping(
      ...LOGGED_IN,
      [1, "PASV"],
      [1, "HELP"],
      [1, "ls"],
      [1, "QUIT"],
    ).trace;
    for (const window of [1, 2]) {
      const text = written(screenPainter(window).read(facts));
      expect(text.replaceAll(OURS, "")).toBe(printed(facts, window));
    }
  });

  it("is the same whether the trace is read at once or fact by fact", () => {
    const { facts } = afterTyping(...LOGGED_IN, [1, "HELP"]).trace;
    const painter = screenPainter(1);
    const pieces = facts.flatMap((_, at) => painter.read(facts.slice(0, at + 1)));
    expect(written(pieces)).toBe(written(screenPainter(1).read(facts)));
  });

  it("colours a reply's code by its first digit, and the six numbers of a 227", () => {
    const { facts } = afterTyping(...LOGGED_IN, [1, "PASV"]).trace;
    const text = written(screenPainter(1).read(facts));
    expect(text).toContain("\x1b[38;2;92;201;154m230\x1b[m User ftptest logged in");
    expect(text).toContain("\x1b[38;2;195;163;255m331\x1b[m Password");
    const [, address, port] =
      /\(\x1b\S+m([\d,]+)\x1b\[m,\x1b\S+m([\d,]+)\x1b\[m\)/.exec(text) ?? [];
    expect([address, port]).toEqual(["67,208,93,232", "245,123"]);
  });

  it("colours the port of a 229, which is all that it names", () => {
    const { facts } = afterTyping(...LOGGED_IN, [1, "EPSV"]).trace;
    expect(written(screenPainter(1).read(facts))).toMatch(/\(\|\|\|\x1b\S+m62843\x1b\[m\|\)/);
  });

  it("marks each reply once, with the verb it answers, and each speech of a program", () => {
    const { facts } = afterTyping(...LOGGED_IN, [1, "HELP"], [1, "QUIT"]).trace;
    const marks = screenPainter(1)
      .read(facts)
      .flatMap(({ mark }) => (mark ? [mark] : []))
      .map((mark) => {
        if (mark.kind === "reply") return `${mark.code} ${mark.verb ?? "-"}`;
        return mark.kind === "speaker" ? mark.name : mark.kind;
      });
    expect(marks).toEqual([
      "telnet",
      "220 -",
      "331 USER",
      "230 PASS",
      "214 HELP",
      "221 QUIT",
      "telnet",
    ]);
  });

  it("leaves data alone, even where it looks like a reply", () => {
    const bytes = toBytes("226 not a reply\r\n\x1b[31mred");
    const fact = { at: 0, kind: "print", window: 2, who: "server", conn: 9, bytes } as const;
    expect(written(screenPainter(2).read([fact]))).toBe(fromBytes(bytes));
  });

  it("marks where data begins, once for each run of it", () => {
    const print = (who: "server" | "program", text: string): Fact => {
      return { at: 0, kind: "print", window: 2, who, conn: 9, bytes: toBytes(text) };
    };
    const pieces = screenPainter(2).read([
      print("program", "Connected.\r\n"),
      print("server", "a\r\n"),
      print("server", "b\r\n"),
    ]);
    const at = pieces.findIndex(({ mark }) => mark?.kind === "data");
    expect(pieces.filter(({ mark }) => mark?.kind === "data")).toHaveLength(1);
    expect(written(pieces.slice(0, at))).toBe("Connected.\r\n");
    expect(written(pieces.slice(at))).toBe("a\r\nb\r\n");
  });

  it("keeps the end of a flood", () => {
    const bytes = toBytes("x".repeat(65_536));
    const fact = { at: 0, kind: "print", window: 2, who: "server", conn: 9, bytes } as const;
    const facts: Fact[] = Array.from({ length: 64 }, () => fact);
    const end = { ...fact, bytes: toBytes("the end") };
    const text = written(screenPainter(2).read([...facts, end]));
    expect(text.length).toBeLessThan(300_000);
    expect(text.endsWith("the end")).toBe(true);
  });

  it("is whole again at the prompt, whatever a server left behind", async () => {
    const terminal = new xterm.Terminal({ allowProposedApi: true });
    const print = (who: "server" | "prompt", text: string): Fact => {
      return { at: 0, kind: "print", window: 1, who, conn: 9, bytes: toBytes(text) };
    };
    // Line drawing on, red, the cursor hidden, and half a title.
    const mess = "\x1b(0\x1b[31m\x1b[?25l\x1b]0;half";
    for (const { bytes } of screenPainter(1).read([
      print("server", mess),
      print("prompt", "$ lqk"),
    ])) {
      await new Promise<void>((done) => terminal.write(bytes, done));
    }
    expect(terminal.buffer.active.getLine(0)?.translateToString(true)).toBe("$ lqk");
    terminal.dispose();
  });
});
