/** Lets progress, stamps and the reference see what happens in a session, once they have loaded. */
import type { Lesson } from "../lesson/lesson.ts";
import type { LessonRun } from "../lesson/run.ts";
import type { Fact } from "../sim/facts.ts";
import { afterPaint } from "./after-paint.ts";

/** Is told after each change of a session. */
export type Watch = (facts: readonly Fact[], run: LessonRun | undefined) => void;

/** A watch for a session with `lesson`, or for the sandbox. */
export function witness(lesson?: Lesson): Watch {
  let latest: Parameters<Watch> | undefined;
  let watch: Watch = (...now) => {
    latest = now;
  };
  afterPaint(() => {
    void import("./progress/watch.ts").then(({ sessionWatch }) => {
      watch = sessionWatch(lesson);
      if (latest) watch(...latest);
    });
  });
  return (...now) => watch(...now);
}
