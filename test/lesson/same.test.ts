/** Every lesson's solution leaves the same trace, byte for byte, when its keys are pressed again at their times. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, it } from "vitest";
import { parseLesson, parsePart } from "../../src/lesson/parse.ts";
import { player } from "../../src/lesson/play.ts";
import { lessonPaths } from "../../src/node/lesson-files.ts";
import { dialects } from "../../src/sim/ftp/dialects/all.ts";
import type { Scenario } from "../../src/sim/scenario.ts";
import { createWorld, type World } from "../../src/sim/world.ts";
import { root } from "./play.ts";

function read(path: string) {
  const file = join(dirname(path), "part.md");
  const part = existsSync(file) ? parsePart(readFileSync(file, "utf8"), "part.md") : {};
  return parseLesson(readFileSync(path, "utf8"), relative(root, path), part);
}

function made(name: string, seed?: number): World {
  const file = join(root, "lessons/scenarios", `${name}.json`);
  const scenario = JSON.parse(readFileSync(file, "utf8")) as Scenario;
  return createWorld(scenario, { dialects, ...(seed !== undefined && { seed }) });
}

/** All facts of a world in a few letters. */
function mark({ trace }: World): string {
  const hash = createHash("sha256");
  for (const fact of trace.facts) {
    const text = (_: string, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value;
    hash.update(JSON.stringify(fact, text));
  }
  return `${trace.facts.length} ${hash.digest("hex")}`;
}

const lessons = lessonPaths(root).map((path) => [relative(root, path), read(path)] as const);

it.each(lessons)("%s twice", (_, lesson) => {
  const play = player(lesson, made(lesson.scenario));
  play.upTo(lesson.steps.length);
  const { world, inputs } = play;
  const again = (seed?: number): string => {
    const other = made(lesson.scenario, seed);
    for (const [at, input] of inputs) {
      if (at > other.now) other.advance(at);
      other.feed(input);
    }
    other.advance(world.now);
    return mark(other);
  };
  expect(again()).toBe(mark(world));
  // The mark can tell: other chance gives another trace as soon as anybody dials.
  if (world.trace.facts.some(({ kind }) => kind === "dial")) {
    expect(again(world.seed + 1)).not.toBe(mark(world));
  }
});
