/** A lesson's run that can be shown before what reads its session has been loaded. */
import type { Lesson } from "../lesson/lesson.ts";
import type { LessonRun } from "../lesson/run.ts";

/** Stands at the beginning of `lesson` until `load` gives its run, and is that run from then on. */
export function lateRun(lesson: Lesson, load: () => LessonRun | undefined): LessonRun {
  let loaded: LessonRun | undefined;
  const run = (): LessonRun => (loaded ??= load()) ?? beginning;
  const beginning: LessonRun = {
    step: 0,
    done: lesson.steps.map(() => false),
    values: {},
    valuesOf: () => ({}),
    begins: [0],
    said: null,
    repair: null,
    right: undefined,
    answers: [],
    read: () => undefined,
    answer: (text) => ({ text, right: false, words: "" }),
  };
  return {
    get step() {
      return run().step;
    },
    get done() {
      return run().done;
    },
    get values() {
      return run().values;
    },
    valuesOf: (step) => run().valuesOf(step),
    get begins() {
      return run().begins;
    },
    get said() {
      return run().said;
    },
    get repair() {
      return run().repair;
    },
    get right() {
      return run().right;
    },
    get answers() {
      return run().answers;
    },
    read: (facts) => run().read(facts),
    answer: (text) => run().answer(text),
  };
}
