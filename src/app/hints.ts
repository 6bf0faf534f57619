/** The hints of the step to be done, one by one; the last is what does it. */
import { fill } from "../lesson/goal.ts";
import type { Keys, Step } from "../lesson/lesson.ts";
import { rightAnswer, type LessonRun } from "../lesson/run.ts";
import { el } from "./el.ts";
import { wordsElement } from "./prose.ts";

/** A list that is empty when a step begins. `card` makes the card of a line to type. */
export function hintList(
  steps: readonly Step[],
  run: LessonRun,
  card: (keys: Keys) => HTMLElement,
): {
  readonly dom: HTMLElement;
  /** Whether there is one that has not been given. */
  readonly more: boolean;
  give(): void;
  clear(): void;
  /** Writes what has become known since into those that were given. */
  update(): void;
} {
  const dom = el("ul", { class: "hints" });
  /** The words of those that were given, and what stands there of them. */
  let given: { item: HTMLElement; words: string; shown: string }[] = [];
  let told = false;

  function update(): void {
    for (const hint of given) {
      const shown = hint.words.replace(/\{[^}]*\}/g, (name) => fill(name, run.values) ?? "…");
      if (shown === hint.shown) continue;
      hint.shown = shown;
      hint.item.replaceChildren(wordsElement(shown));
    }
  }

  return {
    dom,
    get more() {
      return run.step < steps.length && !told;
    },
    give() {
      const { hints = [], solution = [], ask } = steps[run.step] ?? {};
      const words = hints[given.length];
      if (words !== undefined) {
        const item = el("li");
        given.push({ item, words, shown: "" });
        dom.append(item);
        update();
        told = given.length === hints.length && solution.length === 0 && !ask;
        return;
      }
      told = true;
      const answer = ask && rightAnswer(ask, run.values);
      if (solution.length > 0) {
        dom.append(el("li", {}, "This does it:"));
        dom.append(...solution.map((keys) => el("li", {}, card(keys))));
      } else if (ask) {
        const known = answer === undefined ? "The answer is still to come." : `It is: ${answer}`;
        dom.append(el("li", {}, known));
      }
    },
    clear() {
      given = [];
      told = false;
      dom.replaceChildren();
    },
    update,
  };
}
