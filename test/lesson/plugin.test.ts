// What declares them is no module and cannot be imported.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="../../src/app/virtual.d.ts" />
/** The modules that the site imports. */
import { course } from "virtual:course";
import { lessons } from "virtual:lessons";
import { scenarios } from "virtual:scenarios";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readLessons } from "../../src/node/lessons-plugin.ts";
import { talk } from "./play.ts";

it("lists the course and loads each lesson when it is wanted", async () => {
  expect(course[0]).toMatchObject({
    slug: "talk-to-a-server",
    title: "Talk to a server by hand",
    number: 1,
    part: "First words",
    minutes: 8,
  });
  const [first] = lessons;
  expect(first?.slug).toBe("talk-to-a-server");
  expect(await first?.load()).toMatchObject(talk);
});

it("has the world of every lesson", async () => {
  for (const { load } of lessons) {
    const { scenario } = await load();
    expect((await scenarios[scenario]?.())?.name).toBe(scenario);
  }
});

it("fails for a lesson that errs, with its file and line", () => {
  const root = mkdtempSync(join(tmpdir(), "lessons-"));
  mkdirSync(join(root, "lessons", "01-part"), { recursive: true });
  writeFileSync(join(root, "lessons", "01-part", "01-bad.md"), "---\ntitle: T\n---\n\n## S\n");
  expect(() => readLessons(root)).toThrow(/^lessons\/01-part\/01-bad\.md:5: The step "S" has/m);
  rmSync(root, { recursive: true });
});
