/** Every lesson proves itself: it is played in its own world. */
import { describe, expect, it } from "vitest";
import { fill, match } from "../../src/lesson/goal.ts";
import { lessonRun } from "../../src/lesson/run.ts";
import { asLines, lessons, play } from "./play.ts";

const byTitle = lessons.map(({ lesson, source }) => [lesson.title, lesson, source] as const);

/** The words a reader sees in HTML. */
function seen(html: string): string[] {
  return html
    .replace(/<[^>]+>/g, "")
    .split(/\s+/)
    .filter(Boolean);
}

describe.each(byTitle)("%s", (_, lesson, source) => {
  it("is reached step by step by its solution, without a word of blame", () => {
    const { run, upTo } = play(lesson);
    for (let step = 0; step < lesson.steps.length; step++) {
      expect(run.step, lesson.steps[step]?.title).toBe(step);
      upTo(step + 1);
      const words = run.answers[step]?.words;
      expect(run.said, lesson.steps[step]?.title).toEqual(
        words ? { kind: "right", text: words } : null,
      );
    }
    expect(run.done).toEqual(lesson.steps.map(() => true));
  });

  it("is not reached by doing nothing", () => {
    const { run, world } = play(lesson);
    world.advance(3_600_000);
    run.read(world.trace.facts);
    expect(run.step).toBe(0);
    expect(run.said).toBeNull();
  });

  const near = lesson.steps.flatMap((step, at) => step.near.map((each) => ({ at, ...each })));
  it.each(near)("says its own words to $on in step $at", ({ at, on, words, attempt }) => {
    const { run, type, upTo, wire } = play(lesson);
    upTo(at);
    type(...asLines(attempt));
    const caught = wire().map((line) => match(on, line, run.values));
    const values = { ...run.values, ...caught.findLast(Boolean) };
    expect(run.said).toEqual({ kind: "near", text: fill(words, values) });
    expect(run.step).toBe(at);
  });

  it.each(lesson.near)("says its own words to $on in some step", ({ on, words, attempt }) => {
    const said = lesson.steps.map((_step, at) => {
      const { run, type, upTo, wire } = play(lesson);
      upTo(at);
      // In some steps there is no such value yet, or window 1 is not at its prompt.
      if (attempt.some(({ text }) => fill(text, run.values) === undefined)) return false;
      type(...asLines(attempt));
      const caught = wire().map((line) => match(on, line, run.values));
      const values = { ...run.values, ...caught.findLast(Boolean) };
      return run.said?.kind === "near" && run.said.text === fill(words, values);
    });
    expect(said).toContain(true);
  });

  it("quotes only what really crosses the wire", () => {
    const { upTo, wire } = play(lesson);
    upTo(lesson.steps.length);
    const session = wire().join("\n");
    for (const [, quoted = ""] of source.matchAll(/`([1-5]\d\d(?: [^`]*)?)`/g)) {
      const tried = lesson.near.concat(...lesson.steps.map((step) => step.near));
      const elsewhere = tried.some(
        ({ on, words }) => on.includes(quoted) && words.includes(quoted),
      );
      expect(elsewhere || session.includes(`< ${quoted}`), quoted).toBe(true);
    }
    const blocks = [...source.matchAll(/```wire\n([\s\S]*?)```/g)];
    for (const line of blocks.flatMap(([, text = ""]) => text.trim().split("\n"))) {
      expect(session).toContain(line);
    }
  });

  it("has something to do in every step, and no wall of text", () => {
    for (const step of lesson.steps) {
      const prose = step.body.map((piece) => (piece.kind === "prose" ? piece.html : "")).join(" ");
      expect(seen(prose).length, `words in "${step.title}"`).toBeLessThanOrEqual(60);
      expect(step.hints.length, `hints in "${step.title}"`).toBeGreaterThanOrEqual(1);
      expect(step.caption, `the caption of "${step.title}"`).not.toBe("");
    }
    expect(seen(lesson.intro).length, "words before the first step").toBeLessThanOrEqual(60);
    expect(seen(lesson.outro).length, "words after the last step").toBeLessThanOrEqual(80);
  });

  it("comes back by replay: the same facts and answers, fact by fact, give the same state", () => {
    const { run, upTo, world } = play(lesson);
    const again = lessonRun(lesson);
    for (let step = 0; step < lesson.steps.length; step++) {
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
