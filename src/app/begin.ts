/** The beginning of a step: the session as it stood then, or one in which the page does what comes before. */
import type { Lesson } from "../lesson/lesson.ts";
import { player, type Player } from "../lesson/play.ts";
import { PASSED_OVER } from "../lesson/run.ts";
import type { Scenario } from "../sim/scenario.ts";
import { createStage } from "../sim/stage.ts";
import { ENGINE, pack, unpack, type Recording } from "./recording.ts";
import { loadServers } from "./servers.ts";

/** By lesson: the session that went furthest, for whoever goes back and forth again. */
const furthest = new Map<string, { recording: Recording; step: number }>();

/** A session of `lesson` that stands at the beginning of `step`; `now` is where the present one stands. */
export async function recordingAt(
  step: number,
  lesson: Lesson,
  scenario: Scenario,
  now: { readonly recording: Recording; readonly step: number },
): Promise<Recording | undefined> {
  const before = furthest.get(lesson.slug);
  if (!before || now.step >= before.step) furthest.set(lesson.slug, now);
  const from = now.step < step && before && before.step > now.step ? before : now;
  const { recording } = from;
  const servers = await loadServers(scenario);
  const begin = (): Player => {
    const world = createStage(scenario, recording.seed);
    world.complete(servers);
    return player(lesson, world);
  };
  const own = begin();
  follow(own, recording, Math.min(step, from.step));
  // Whoever ran ahead has done the step in the same breath; whose session is spoilt, too, is given a new one.
  const found = [own, begin()].find((play) => play.run.step <= step && goOn(play, step));
  if (!found) return undefined;
  return {
    engine: ENGINE,
    scenario: scenario.name,
    seed: recording.seed,
    inputs: found.inputs.map(([at, input]) => pack(at, input)),
    answers: found.answers,
    now: found.world.now,
    facts: found.world.trace.facts.length,
  };
}

/** Does what `recording` did until the turn of `step` comes. */
function follow(play: Player, { inputs, answers, now }: Recording, step: number): void {
  const { world, run } = play;
  let answered = 0;
  const there = (): boolean => {
    for (let next = answers[answered]; next; next = answers[answered]) {
      if (run.step >= step || next[0] > world.trace.facts.length) break;
      play.answer(next[1]);
      answered++;
    }
    return run.step >= step;
  };
  const until = (at: number): boolean => {
    while (!there() && world.next !== undefined && world.next <= at) play.advance(world.next);
    if (!there()) play.advance(at);
    return there();
  };
  for (const input of inputs) {
    if (until(input[0])) return;
    play.feed(unpack(input));
  }
  until(now);
}

/** Lets the page do the steps up to `step`. */
function goOn(play: Player, step: number): boolean {
  while (play.run.step < step) {
    play.answer(PASSED_OVER);
    if (!play.solve()) return false;
  }
  return play.run.step === step;
}
