/** One dialect beside the real server: every script of every set-up, played in memory. */
import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import type { Comparison } from "./compare.ts";
import { EXPLAINED } from "./explained.ts";
import { COLLECTIONS, compareWith, figuresLine, type HELD, scriptsFor } from "./held.ts";
import { differenceInWords, sumOf, tableByArea } from "./report.ts";

/** The tests of one dialect. What differs must stand in explained.ts with its reason, and nothing else there. */
export function hold(dialect: (typeof HELD)[number][0], server: string): void {
  const page = readFileSync(new URL("../../docs/conformance.md", import.meta.url), "utf8");
  const reasons = EXPLAINED[dialect] ?? {};
  const known = (scenario: string) => Object.values(reasons[scenario] ?? {}).flat();

  const played = COLLECTIONS.filter(({ collection }) => scriptsFor(server, collection).length > 0);

  describe.each(played)(`${dialect}, the scripts of $of`, ({ of, collection }) => {
    const results = new Map<string, Comparison>();
    const scripts = scriptsFor(server, collection);

    test.each(scripts)("$name", async (script) => {
      const comparison = await compareWith(dialect, server, script, collection);
      results.set(script.name, comparison);
      const { differences } = comparison;
      const expected = new Set(known(script.name));
      const news = differences.filter(({ cmd }) => !expected.has(cmd));
      expect(news.map((one) => differenceInWords(one, ["real", "ours"])).join("\n")).toBe("");
      const differing = new Set(differences.map(({ cmd }) => cmd));
      expect([...expected].filter((cmd) => !differing.has(cmd))).toEqual([]);
    });

    test("all were played, the marks are reached, and docs/conformance.md says so", () => {
      expect(results.size).toBe(scripts.length);
      const { code, text, data, connection } = sumOf(results.values());
      const part = ({ equal, of: all }: { equal: number; of: number }) => equal / all;
      expect(part(code)).toBeGreaterThanOrEqual(0.99);
      expect(part(text)).toBeGreaterThanOrEqual(0.95);
      expect(part(data)).toBeGreaterThanOrEqual(0.98);
      expect(part(connection)).toBeGreaterThanOrEqual(0.98);
      // node test/conformance/write-pages.mjs writes the page anew.
      expect(page).toContain(figuresLine(dialect, of, [...results.values()]));
    });

    afterAll(() => console.log(`${dialect}, ${of}\n${tableByArea(results)}`));
  });

  test(`every explanation for ${dialect} is of a script that is played`, () => {
    const names = new Set(
      COLLECTIONS.flatMap(({ collection }) => scriptsFor(server, collection)).map(
        ({ name }) => name,
      ),
    );
    expect(Object.keys(reasons).filter((name) => !names.has(name))).toEqual([]);
  });
}
