/** Plays a lesson in its world as somebody at the keyboard would: for tests, and to begin in its midst. */
import { notationReader, type NotationEvent } from "../explain/notation.ts";
import type { World, WorldInput } from "../sim/stage.ts";
import { controlKey, isNoticed, readDeed } from "./deed.ts";
import { fill } from "./values.ts";
import type { Keys, Lesson } from "./lesson.ts";
import { lessonRun, rightAnswer, type LessonRun } from "./run.ts";
import { why } from "./why.ts";

/** Milliseconds after each line: time to see what comes of it. */
const GLANCE = 3000;
/** ... and after the last one of a step, as long as its goal is not reached and something happens. */
const PATIENCE = 60_000;
/** No skip leads further than this. */
const HOUR = 3_600_000;

/** Somebody who plays a lesson. */
export interface Player {
  readonly world: World;
  readonly run: LessonRun;
  /** The session so far, in the notation. */
  readonly events: readonly NotationEvent[];
  /** Everything put in so far, with its time. */
  readonly inputs: readonly (readonly [at: number, input: WorldInput])[];
  /** The answers given, with the length of the trace then. */
  readonly answers: readonly (readonly [facts: number, text: string])[];
  /** Every line that was offered as a repair, with the step that was to be done then. */
  readonly offers: readonly (readonly [step: number, keys: Keys])[];
  /** Every sentence that was derived from an attempt, with the step that was to be done then. */
  readonly blames: readonly (readonly [step: number, text: string])[];
  /** Types lines, each with its Enter (`^]` is that key alone), and does deeds. False: a value is not known yet. */
  type(keys: readonly Keys[]): boolean;
  /** Does the present step as its solution says. False: that did not reach its goal. */
  solve(): boolean;
  /** Does the steps before `step`. False: one of them could not be done. */
  upTo(step: number): boolean;
  /** Hangs up in a window, and sees what comes of it. */
  hangUp(window: number): void;
  /** Does something now. */
  feed(input: WorldInput): void;
  /** Gives an answer now. */
  answer(text: string): void;
  /** Lets time run up to `to`. */
  advance(to: number): void;
}

/** A player of `lesson` in a world that has just begun. */
export function player(lesson: Lesson, world: World): Player {
  const run = lessonRun(lesson, () => why);
  const reader = notationReader();
  const { events } = reader;
  const inputs: (readonly [number, WorldInput])[] = [];
  const answers: (readonly [number, string])[] = [];
  const offers: (readonly [number, Keys])[] = [];
  const blames: (readonly [number, string])[] = [];
  const { facts } = world.trace;
  const read = (): void => {
    run.read(facts);
    reader.read(facts);
    const { step, repair, said } = run;
    const [newest, keys] = offers.at(-1) ?? [];
    if (said?.kind === "derived" && blames.at(-1)?.[1] !== said.text)
      blames.push([step, said.text]);
    if (repair && (newest !== step || keys?.text !== repair.text)) offers.push([step, repair]);
  };
  const advance = (to: number): void => {
    // Also at this very moment: what one says to oneself takes no time.
    if (to >= world.now) world.advance(to);
    read();
  };
  const feed = (input: WorldInput): void => {
    inputs.push([world.now, input]);
    world.feed(input);
    read();
  };
  const answer = (text: string): void => {
    answers.push([facts.length, text]);
    run.answer(text);
  };

  /** Lets things happen, at most for so long, until `enough`. */
  function wait(milliseconds: number, enough: () => boolean): void {
    const end = world.now + milliseconds;
    for (let { next } = world; next !== undefined && next <= end && !enough(); { next } = world) {
      advance(next);
    }
  }

  function act(text: string): void {
    const deed = readDeed(text);
    if (deed?.kind === "wait") advance(world.now + deed.seconds * 1000);
    else if (deed?.kind === "skip") {
      let from = facts.length;
      wait(HOUR, () => {
        while (from < facts.length) if (isNoticed(facts[from++]!)) return true;
        return false;
      });
    } else if (deed) feed(deed);
  }

  function type(keys: readonly Keys[]): boolean {
    for (const { window, text: unfilled } of keys) {
      const text = fill(unfilled, run.values);
      if (text === undefined) return false;
      if (window === 0) act(text);
      else {
        const key = controlKey(text);
        const pressed = key === undefined ? Array.from(`${text}\r`) : [key];
        for (const each of pressed) feed({ kind: "key", window, text: each });
      }
      wait(GLANCE, () => false);
    }
    return true;
  }

  function solve(): boolean {
    const at = run.step;
    const step = lesson.steps[at];
    // What is still on its way comes first.
    wait(GLANCE, () => false);
    if (!step || !type(step.solution)) return false;
    if (step.ask && run.step === at) {
      answer(rightAnswer(step.ask, run.values) ?? "");
      wait(GLANCE, () => false);
    }
    wait(PATIENCE, () => run.step !== at);
    return run.step !== at;
  }

  wait(GLANCE, () => false);
  read();
  return {
    world,
    run,
    events,
    inputs,
    answers,
    offers,
    blames,
    type,
    solve,
    hangUp(window) {
      feed({ kind: "hang-up", window });
      wait(GLANCE, () => false);
    },
    feed,
    answer,
    advance,
    upTo(step) {
      while (run.step < step) if (!solve()) return false;
      return true;
    },
  };
}
