/** What telnet adds to a cooked terminal, and that it can be switched off at any moment. */
import { describe, expect, it } from "vitest";
import { createBench, HOST, KEY } from "./bench.ts";

const NO_SUCH_KEY = "(A real telnet has no such key. To do without it: conveniences off, at $.)";

function connected() {
  const bench = createBench();
  bench.keys(`telnet ${HOST} 21\r`);
  bench.settle();
  return bench;
}

describe("with conveniences", () => {
  it("recalls lines, and says once in a window that a real telnet does not", async () => {
    const bench = connected();
    bench.keys("NOOP\r", KEY.up, "\r", KEY.up, KEY.up, "\r");
    bench.settle();
    expect(bench.received).toEqual(["NOOP\r\n", "NOOP\r\n", "NOOP\r\n"]);
    bench.keys(KEY.escape, "quit\r", `telnet ${HOST} 21\r`);
    bench.settle();
    bench.keys("x", KEY.left);
    const lines = await bench.screen();
    expect(lines.filter((line) => line === NO_SUCH_KEY)).toEqual([NO_SUCH_KEY]);
    expect(lines.slice(5, 7)).toEqual([NO_SUCH_KEY, "NOOP"]);
  });

  it("says it at the prompt too, and the prompt stands again behind it", async () => {
    const bench = createBench();
    bench.keys("telnet\rsta", KEY.left);
    expect(await bench.screen()).toEqual(["$ telnet", "telnet> sta", NO_SUCH_KEY, "telnet> st█"]);
  });

  it.each([
    ["USE\t", "USER "],
    ["pas\t", "pas"],
    ["pasv\t", "pasv "],
    ["sys\t", "syst "],
    ["USER a\t", "USER a"],
    ["\t", ""],
  ])("completes what is typed to the server: %j", (typed, line) => {
    const bench = connected();
    bench.keys(`${typed}\r`);
    bench.settle();
    expect(bench.received).toEqual([`${line}\r\n`]);
  });

  it("completes the words of its prompt", async () => {
    const bench = createBench();
    bench.keys("telnet\rdis\t");
    expect((await bench.screen()).at(-1)).toBe("telnet> display █");
  });

  it("takes no key for one that a terminal has", () => {
    const bench = connected();
    bench.keys("ab\x7fc d\x17\x15USER x\x12\r\x03\x04");
    expect(bench.said("program")).not.toContain(NO_SUCH_KEY);
  });
});

describe("without them", () => {
  it("shows a cursor key as what it is, and sends it", async () => {
    const bench = connected();
    bench.computer.conveniences = false;
    bench.keys("NOOP", KEY.up, "\t\r");
    bench.settle();
    expect(bench.received).toEqual(["NOOP\x1b[A\t\r\n"]);
    expect((await bench.screen()).at(-2)).toBe("NOOP^[[A");
    expect(bench.said("program")).not.toContain(NO_SUCH_KEY);
  });

  it("lets what comes tear the line", async () => {
    const bench = connected();
    bench.computer.conveniences = false;
    bench.keys("USER");
    bench.serve("421 late\r\n");
    bench.keys(" x\r");
    bench.settle();
    expect((await bench.screen()).slice(-3)).toEqual(["USER421 late", " x", "█"]);
    expect(bench.received).toEqual(["USER x\r\n"]);
  });

  it("carries the line that stands over, either way", async () => {
    const bench = connected();
    bench.keys("USER joe");
    bench.computer.conveniences = false;
    bench.keys("\x17ann");
    bench.computer.conveniences = true;
    bench.keys("e", KEY.home, KEY.del, "u\r");
    bench.settle();
    expect(bench.received).toEqual(["uSER anne\r\n"]);
    expect((await bench.screen()).at(-2)).toBe("uSER anne");
  });

  it("drops the keys that a paste would bring, and keeps its lines", () => {
    const bench = connected();
    bench.computer.conveniences = false;
    bench.paste("USER a\x03\nPASS\tb\r\nNO");
    bench.keys("OP\r");
    bench.settle();
    expect(bench.received.join("")).toBe("USER a\r\nPASS\tb\r\nNOOP\r\n");
  });
});
