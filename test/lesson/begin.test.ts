/** Going back to a step, and forth to one that was never reached. */
import { expect, it } from "vitest";
import { recordingAt } from "../../src/app/begin.ts";
import { ENGINE, pack, unpack, type Recording } from "../../src/app/recording.ts";
import type { Lesson } from "../../src/lesson/lesson.ts";
import { player, type Player } from "../../src/lesson/play.ts";
import { lessonRun } from "../../src/lesson/run.ts";
import { why } from "../../src/lesson/why.ts";
import { createWorld } from "../../src/sim/world.ts";
import { article, talk } from "./play.ts";

/** A lesson of its own each time: the page remembers how far each was taken. */
let count = 0;
const lesson = (): Lesson => ({ ...talk, slug: `talk-${count++}` });

function recordingOf(play: Player): Recording {
  return {
    engine: ENGINE,
    scenario: article.name,
    seed: article.seed,
    inputs: play.inputs.map(([at, input]) => pack(at, input)),
    answers: play.answers,
    now: play.world.now,
    facts: play.world.trace.facts.length,
  };
}

/** What a page makes of a recording: the world it leads to, and the lesson's state. */
function open({ inputs, answers, now, facts, seed }: Recording) {
  const world = createWorld(article, { seed });
  for (const input of inputs) {
    if (input[0] > world.now) world.advance(input[0]);
    world.feed(unpack(input));
  }
  if (now > world.now) world.advance(now);
  expect(world.trace.facts.length).toBe(facts);
  const run = lessonRun(talk, () => why);
  for (const [length, text] of answers) {
    run.read(world.trace.facts.slice(0, length));
    run.answer(text);
  }
  run.read(world.trace.facts);
  return { world, run };
}

/** Plays up to `upTo`, then goes to the beginning of `step`. */
async function go(upTo: number, step: number, of: Lesson) {
  const play = player(of, createWorld(article));
  expect(play.upTo(upTo)).toBe(true);
  const recording = recordingOf(play);
  const there = await recordingAt(step, of, article, { recording, step: upTo });
  return { play, ...open(there!) };
}

const steps = talk.steps.map(({ title }, at) => [at, title] as const);

it.each(steps)("goes back to step %i, %s, as it was then", async (step) => {
  const { play, world, run } = await go(talk.steps.length, step, lesson());
  expect(run.step).toBe(step);
  expect(run.done).toEqual(talk.steps.map((_, at) => at < step));
  const own = play.world.trace.facts.slice(0, world.trace.facts.length);
  expect(world.trace.facts).toEqual(own);
});

it.each(steps)("goes forth to step %i, %s, and what the page did is not done", async (step) => {
  const { run } = await go(2, step, lesson());
  expect(run.step).toBe(step);
  expect(run.done).toEqual(talk.steps.map((_, at) => at < Math.min(step, 2)));
  expect(run.said).toBeNull();
});

it("goes forth again to where one has been", async () => {
  const of = lesson();
  const first = await go(8, 3, of);
  expect(first.run.step).toBe(3);
  const recording = { ...recordingOf(first.play), answers: [] };
  const again = await recordingAt(7, of, article, { recording, step: 3 });
  expect(open(again!).run.done.slice(0, 7)).toEqual(talk.steps.slice(0, 7).map(() => true));
});

it("gives a new session where the old one cannot go on", async () => {
  const of = lesson();
  const play = player(of, createWorld(article));
  play.upTo(3);
  play.type([{ window: 1, text: "QUIT" }]);
  const now = { recording: recordingOf(play), step: 3 };
  const there = await recordingAt(5, of, article, now);
  expect(open(there!).run.step).toBe(5);
});

it("steps back before keys that were typed ahead", async () => {
  const of = lesson();
  const play = player(of, createWorld(article));
  play.upTo(1);
  for (const text of "USER ftptest\rPASS guestpass\r") play.feed({ kind: "key", window: 1, text });
  play.advance(play.world.now + 1000);
  expect(play.run.step).toBe(3);
  const there = await recordingAt(2, of, article, { recording: recordingOf(play), step: 3 });
  expect(open(there!).run.step).toBe(2);
});
