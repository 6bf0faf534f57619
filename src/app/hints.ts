/** The hints of the step to be done, one by one; the last is what does it. */
import { fill } from "../lesson/values.ts";
import type { Keys, Step } from "../lesson/lesson.ts";
import type { LessonRun } from "../lesson/run.ts";
import { el, setText } from "./el.ts";
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
  /** What names the answer, once it was asked for. */
  let answer: HTMLElement | undefined;

  function update(): void {
    if (answer) setText(answer, run.right ? `It is: ${run.right}` : "The answer is still to come.");
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
        // The last one may have told the answer already.
        const { right = "" } = run;
        const tells = !ask || (right.length > 3 && item.textContent.includes(right));
        told = given.length === hints.length && solution.length === 0 && tells;
        return;
      }
      told = true;
      if (solution.length > 0) {
        dom.append(el("li", {}, "This does it:"));
        dom.append(...solution.map((keys) => el("li", {}, card(keys))));
      } else if (ask) {
        answer = el("li");
        dom.append(answer);
        update();
      }
    },
    clear() {
      given = [];
      answer = undefined;
      told = false;
      dom.replaceChildren();
    },
    update,
  };
}
