/** Somebody who plays a lesson lets time pass. */
import { describe, expect, it } from "vitest";
import { parseLesson } from "../../src/lesson/parse.ts";
import { player } from "../../src/lesson/play.ts";
import { createWorld } from "../../src/sim/world.ts";
import { article } from "./play.ts";

describe("time that passes", () => {
  const source = "---\ntitle: T\nscenario: article\n---\n## S\n```goal\n1: unreachable :21\n```\n";
  const lesson = parseLesson(
    `${source}\`\`\`solution\n1$ telnet 203.0.113.99 21\n! skip\n\`\`\``,
    "t.md",
  );

  it("is skipped to the end of a dial that nobody answers, in one go", () => {
    const one = player(lesson, createWorld(article));
    one.type(lesson.steps[0]!.solution);
    expect(one.events.at(-1)?.text).toBe("1: unreachable :21");
    expect(one.run.done).toEqual([true]);
  });

  it("may be no time at all, and what is due at this moment still happens", () => {
    const one = player(lesson, createWorld(article));
    one.type([{ window: 1, text: "nc -l 5000" }]);
    one.type([{ window: 2, text: "nc 127.0.0.1 5000" }]);
    one.type([{ window: 2, text: "hello" }]);
    one.advance(one.world.now);
    expect(one.events.map(({ text }) => text)).toContain("2> hello");
    expect(one.world.next ?? Infinity).toBeGreaterThan(one.world.now);
  });
});
