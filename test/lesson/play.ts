/** Plays lessons in a real world, as a person at the keyboard would. */
import { readFileSync } from "node:fs";
import { notationReader } from "../../src/explain/notation.ts";
import { fill } from "../../src/lesson/values.ts";
import type { Keys, Lesson } from "../../src/lesson/lesson.ts";
import { lessonRun, rightAnswer, type LessonRun } from "../../src/lesson/run.ts";
import { why } from "../../src/lesson/why.ts";
import { parseLesson, parsePart } from "../../src/lesson/parse.ts";
import type { Scenario } from "../../src/sim/scenario.ts";
import { dialects } from "../../src/sim/ftp/dialects/all.ts";
import { createWorld, type World } from "../../src/sim/world.ts";

export const root = new URL("../..", import.meta.url).pathname;

const source = (path: string): string =>
  readFileSync(`${root}lessons/01-first-words/${path}`, "utf8");

/** The first lesson. */
export const talk = parseLesson(
  source("01-talk-to-a-server.md"),
  "lessons/01-first-words/01-talk-to-a-server.md",
  parsePart(source("part.md"), "part.md"),
);

/** Its world. */
export const article = JSON.parse(
  readFileSync(`${root}lessons/scenarios/article.json`, "utf8"),
) as Scenario;

export interface Play {
  readonly world: World;
  readonly run: LessonRun;
  /** Types lines as `1> PASV` or `2$ telnet …`, each with Enter; `2> ^]` is that key alone. */
  readonly type: (...lines: string[]) => void;
  /** Does the steps before `step` as their solutions say. */
  readonly upTo: (step: number) => void;
  /** The session so far, in the notation. */
  readonly wire: () => string[];
}

/** The step's solution as lines to type. */
export function asLines(keys: readonly Keys[]): string[] {
  return keys.map(({ window, text }) => `${window}> ${text}`);
}

export function play(lesson: Lesson): Play {
  const file = `${root}lessons/scenarios/${lesson.scenario}.json`;
  const world = createWorld(JSON.parse(readFileSync(file, "utf8")) as Scenario, { dialects });
  const run = lessonRun(lesson, () => why);
  const read = (): void => {
    world.settle();
    run.read(world.trace.facts);
  };
  const type = (...lines: string[]): void => {
    for (const line of lines) {
      const text = fill(line.slice(3), run.values);
      if (text === undefined) throw new Error(`"${line}" is typed before its value is known`);
      const control = /^\^(.)$/.exec(text)?.[1];
      const keys = control
        ? [String.fromCharCode(control.charCodeAt(0) - 64)]
        : Array.from(`${text}\r`);
      for (const key of keys) world.feed({ kind: "key", window: Number(line[0]), text: key });
      read();
    }
  };
  read();
  return {
    world,
    run,
    type,
    upTo(step) {
      for (let at = run.step; at < step; at++) {
        const { solution = [], ask } = lesson.steps[at] ?? {};
        if (ask && solution.length === 0) run.answer(rightAnswer(ask, run.values) ?? "unknown");
        else type(...asLines(solution));
      }
    },
    wire() {
      const reader = notationReader();
      reader.read(world.trace.facts);
      return reader.events.map(({ text }) => text);
    },
  };
}
