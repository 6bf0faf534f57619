/** What the rest of the site learns from a session: steps done, stamps earned, help asked for. */
import type { Lesson } from "../../lesson/lesson.ts";
import type { Fact } from "../../sim/facts.ts";
import { stampReader } from "../../explain/stamps.ts";
import { notice } from "../notice.ts";
import { linkWords, onRun, peekAt } from "../reference/links.ts";
import type { Watch } from "../witness.ts";
import { addProgress, readProgress, type LessonProgress, type Stamp } from "./progress.ts";
import { countStamps } from "./tab.ts";

/** A watch over one session, with its lesson or in the sandbox. */
export function sessionWatch(lesson?: Lesson): Watch {
  let stamps = stampReader();
  let step = -1;
  /** The trace being read: whoever starts over has another one. */
  let trace: readonly Fact[] | undefined;
  /** What was said before this one listened is not asked again. */
  let heard: number | undefined;

  return (facts, run) => {
    if (facts !== trace) {
      trace = facts;
      stamps = stampReader();
      heard = undefined;
      linkWords(document.querySelector("#frame .read"));
    }
    const on = today();
    const drawn = stamps.read(facts);
    const kept = drawn.length > 0 ? readProgress().stamps : {};
    const fresh = drawn.filter(({ code }) => !(code in kept));
    const earned = fresh.map(({ code, line }): [string, Stamp] => [
      String(code),
      { line, lesson: lesson?.slug ?? "", on },
    ]);
    const steps: [string, LessonProgress][] = [];
    if (lesson && run && run.done.filter(Boolean).length > step) {
      step = run.done.filter(Boolean).length;
      const of = lesson.steps.length;
      steps.push([lesson.slug, { step, of, ...(step === of && { done: on }) }]);
    }
    if (earned.length > 0 || steps.some(([, { step: done }]) => done > 0)) {
      const all = addProgress({
        lessons: Object.fromEntries(steps),
        stamps: Object.fromEntries(earned),
      });
      countStamps(all);
    }
    for (let at = heard ?? facts.length; at < facts.length; at++) {
      const fact = facts[at];
      const word = fact?.kind === "run" ? onRun(fact.line) : undefined;
      if (word !== undefined) {
        notice(`The reference tells more about ${word}.`, {
          label: "Look it up",
          run: () => peekAt(word),
        });
      }
    }
    heard = facts.length;
  };
}

/** The day, as a learner's calendar has it. */
function today(): string {
  const now = new Date();
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
