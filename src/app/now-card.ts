/**
 * What is to be done now, above the windows where there is no room for the lesson beside them:
 * a step's text folded to two lines, or what is said about the latest attempt.
 */
import { fill } from "../lesson/values.ts";
import type { Lesson } from "../lesson/lesson.ts";
import type { LessonRun } from "../lesson/run.ts";
import { el, setText } from "./el.ts";
import { fillValues, prose, wordsElement } from "./prose.ts";

/** The card. Pressed, it calls `read`. */
export function nowCard(
  lesson: Lesson,
  run: LessonRun,
  read: () => void,
): { dom: HTMLElement; update(): void } {
  const title = el("b");
  const text = el("div", { class: "now-text" });
  const more = el("button", { type: "button", onclick: read }, title, el("span", {}, "Read ›"));
  const dom = el("div", { class: "now-card" }, more, text);
  let shown = "";

  /** The first words of the step, or of what follows the last one. */
  function opening(step: number): HTMLElement {
    const first = lesson.steps[step]?.body.find(({ kind }) => kind === "prose");
    return prose(first?.kind === "prose" ? first.html : lesson.outro);
  }

  return {
    dom,
    update() {
      const { step, said, values } = run;
      const words = said ? (fill(said.text, values) ?? said.text) : "";
      const key = `${step} ${words}`;
      if (key !== shown) {
        shown = key;
        const { title: name } = lesson.steps[step] ?? {};
        setText(title, name === undefined ? "Done" : `Now: ${name}`);
        text.replaceChildren(words ? wordsElement(words) : opening(step));
        text.classList.toggle("says", words !== "");
      }
      fillValues(text, values);
    },
  };
}
