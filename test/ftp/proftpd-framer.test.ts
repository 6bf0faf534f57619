/** How ProFTPD finds its lines: whatever the pieces, telnet's bytes and lengths. */
import { describe, expect, test } from "vitest";
import { type Octets, toBytes } from "../../src/sim/bytes.ts";
import { proftpdFramer } from "../../src/sim/ftp/dialects/proftpd-framer.ts";

/** What comes of these segments, one after the other. */
function framed(...segments: Octets[]) {
  const framer = proftpdFramer();
  const all = segments.map((segment) => framer(toBytes(segment)));
  return {
    lines: all.flatMap(({ lines }) => lines),
    answers: all.map(({ answers }) => answers).join(""),
    hopeless: all.some(({ hopeless }) => hopeless === true),
  };
}

describe("lines", () => {
  test("end at CR LF in one piece", () => {
    expect(framed("PWD\r\nNO", "OP\r\n").lines).toEqual(["PWD", "NOOP"]);
  });

  test("a CR LF that is cut in two, or a bare LF, ends nothing", () => {
    expect(framed("PWD\r", "\nNOOP\n", "\r\n").lines).toEqual(["PWD\r\nNOOP"]);
  });

  test("one CR or LF more before the end is lost", () => {
    expect(framed("PWD\r\r\n", "NOOP\n\r\n").lines).toEqual(["PWD", "NOOP"]);
  });

  test("of 4100 octets is the longest; a longer one is lost, and then the next line counts", () => {
    const long = "x".repeat(4100);
    expect(framed(`${long}\r\n`).lines).toEqual([long]);
    expect(framed(`${long}xxxx\r\nPWD\r\n`).lines).toEqual(["PWD"]);
  });

  test("longer than four buffers is the end", () => {
    expect(framed("x".repeat(16_000)).hopeless).toBe(false);
    expect(framed("x".repeat(16_500)).hopeless).toBe(true);
  });

  test("held back from a piece before, the rest of a long segment is read once", () => {
    const held = "x".repeat(4000);
    const rest = `${"y".repeat(50)}\r\n${"NOOP\r\n".repeat(600)}`;
    expect(framed(held, rest).lines).toEqual([
      held + "y".repeat(50),
      ...Array.from({ length: 600 }, () => "NOOP"),
    ]);
  });
});

describe("telnet", () => {
  test("every option is refused, IP and DM are dropped, IAC IAC is one byte", () => {
    const { lines, answers } = framed("\xff\xfb\x01NO\xff\xf4O\xff\xf2P\xff\xff\r\n\xff\xfd\x03");
    expect(lines).toEqual(["NOOP\xff"]);
    expect(answers).toBe("\xff\xfe\x01\xff\xfc\x03");
  });

  test("its bytes may come one by one", () => {
    expect(framed("AB\xff", "\xf2", "OR\r\n").lines).toEqual(["ABOR"]);
  });

  test("an unknown command stays in the line", () => {
    expect(framed("\xff\xf1NOOP\r\n").lines).toEqual(["\xff\xf1NOOP"]);
  });
});
