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
import { root, talk } from "./play.ts";

it("lists the course and loads each lesson when it is wanted", async () => {
  expect(course[0]).toMatchObject({
    slug: "talk-to-a-server",
    title: "Talk to a server by hand",
    number: 1,
    part: "First words",
    minutes: 8,
  });
  const [first, second] = Object.keys(lessons);
  expect(first).toBe("talk-to-a-server");
  const loaded = (await lessons["talk-to-a-server"]?.())?.default;
  expect(loaded).toMatchObject(talk);
  expect(loaded?.place).toMatchObject({ number: 1, of: course.length, next: { slug: second } });
});

it("has the world of every lesson", async () => {
  for (const load of Object.values(lessons)) {
    const { scenario } = (await load()).default;
    expect((await scenarios[scenario]?.())?.name).toBe(scenario);
  }
});

it("reads each lesson once, until it changes", () => {
  const [first] = readLessons(root);
  expect(readLessons(root)[0]?.lesson).toBe(first?.lesson);
});

it("fails for a lesson whose link is taken, or whose file has no number", () => {
  const folder = mkdtempSync(join(tmpdir(), "lessons-"));
  const part = join(folder, "lessons", "01-part");
  mkdirSync(part, { recursive: true });
  const source =
    "---\ntitle: T\nscenario: sandbox\n---\n\n## S\n\n```goal\n1> NOOP\n```\n\n```type 1\nNOOP\n```\n";
  writeFileSync(join(part, "01-one.md"), source);
  expect(readLessons(folder)).toHaveLength(1);
  writeFileSync(join(part, "02-one.md"), source);
  expect(() => readLessons(folder)).toThrow(/^lessons\/01-part\/01-one\.md:1: .*the same link\.$/);
  rmSync(join(part, "02-one.md"));
  writeFileSync(join(part, "two.md"), source);
  expect(() => readLessons(folder)).toThrow(/^lessons\/01-part\/two\.md:1: .*`01-two\.md`\.$/);
  rmSync(folder, { recursive: true });
});

it("fails for a lesson that errs, with its file and line", () => {
  const folder = mkdtempSync(join(tmpdir(), "lessons-"));
  mkdirSync(join(folder, "lessons", "01-part"), { recursive: true });
  writeFileSync(join(folder, "lessons", "01-part", "01-bad.md"), "---\ntitle: T\n---\n\n## S\n");
  expect(() => readLessons(folder)).toThrow(/^lessons\/01-part\/01-bad\.md:5: The step "S" has/m);
  // While it is written, it stands there as what is wrong with it, and the others stay.
  const [bad] = readLessons(folder, true);
  expect(bad?.lesson).toMatchObject({ slug: "bad", title: "This lesson errs" });
  expect(bad?.lesson.intro).toContain("Line 5: The step &quot;S&quot; has");
  rmSync(folder, { recursive: true });
});
