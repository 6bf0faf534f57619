/** Every lesson proves itself: it is played in its own world, and measured. */
import { relative } from "node:path";
import { describe, expect, it } from "vitest";
import { lessonRun } from "../../src/lesson/run.ts";
import { why } from "../../src/lesson/why.ts";
import { checkFile, lessonPaths } from "../../src/node/lessons-cli.ts";
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
