/** Every lesson proves itself: it is played in its own world, and measured. */
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { checkLesson } from "../../src/lesson/check.ts";
import { lessonRun } from "../../src/lesson/run.ts";
import { why } from "../../src/lesson/why.ts";
import { lessonPaths } from "../../src/node/lesson-files.ts";
import { checkFile } from "../../src/node/lessons-cli.ts";
import { scenario } from "../play.ts";
import { play, root, talk } from "./play.ts";

const paths = lessonPaths(root).map((path) => [relative(root, path), path] as const);

describe("the course", () => {
  it("is found", () => {
    expect(paths.map(([file]) => file)).toContain("lessons/01-first-words/01-talk-to-a-server.md");
  });

  it.each(paths)("%s stands", (_, path) => {
    expect(checkFile(path, root).told).toEqual([]);
  });
});

it("the lesson in the README stands as it is printed there", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const source = /^````markdown\n([\s\S]*?)^````$/m.exec(readme)?.[1] ?? "";
  const file = "lessons/01-first-words/08-before-the-login.md";
  const part = { scenario: "article", title: "First words" };
  expect(checkLesson({ source, file, part, slugs: [], scenario }).problems).toEqual([]);
});

describe("a lesson", () => {
  it("comes back by replay: the same facts and answers, fact by fact, give the same state", () => {
    const { run, upTo, world } = play(talk);
    const again = lessonRun(talk, () => why);
    for (let step = 0; step < talk.steps.length; step++) {
      upTo(step + 1);
      for (let length = 0; length <= world.trace.facts.length; length++) {
        again.read(world.trace.facts.slice(0, length));
      }
      const answer = run.answers[step];
      if (answer) again.answer(answer.text);
      expect([again.step, again.values, again.said]).toEqual([run.step, run.values, run.said]);
    }
  });
});
