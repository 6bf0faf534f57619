/** A paste of a megabyte, into a page that stands still for as long as it takes. */
import { describe, expect, it } from "vitest";
import { createBench, HOST } from "./bench.ts";

const MEGABYTE = 2 ** 20;
const lines = (length: number): string =>
  `${"x".repeat(length - 1)}\n`.repeat(Math.floor(MEGABYTE / length));

const PASTES: [string, string][] = [
  ["one line", "x".repeat(MEGABYTE)],
  ["lines of 4000", lines(4000)],
  ["lines of 80", lines(80)],
  ["lines of 8", lines(8)],
  ["empty lines", "\n".repeat(MEGABYTE)],
];

/**
 * Milliseconds of the processor, for the clock also counts what others do. It takes 5 to 160; work
 * that grows with the square of the lines takes some 2000.
 */
const LIMIT = 900;

function work(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe("a paste of 1 MB", () => {
  it.each(PASTES)("%s, at $", (_name, text) => {
    const bench = createBench();
    expect(work(() => bench.paste(text))).toBeLessThan(LIMIT);
    expect(bench.of("run").length).toBeLessThanOrEqual(4096);
  });

  it.each(PASTES.flatMap(([name, text]) => [true, false].map((on) => [name, on, text] as const)))(
    "%s, into telnet, conveniences %s",
    (_name, conveniences, text) => {
      const bench = createBench();
      bench.computer.conveniences = conveniences;
      bench.keys(`telnet ${HOST} 21\r`);
      bench.settle();
      expect(work(() => bench.paste(text))).toBeLessThan(LIMIT);
      expect(bench.of("line").length).toBeLessThanOrEqual(4096);
      bench.keys("\x1d\r");
      expect(work(() => bench.paste(text))).toBeLessThan(LIMIT);
    },
  );
});
