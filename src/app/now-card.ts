/**
 * What is to be done now, above the windows where there is no room for the lesson beside them:
 * the text that leads to a step's first card, or what is said about the latest attempt.
 */
import { fill } from "../lesson/values.ts";
import type { Lesson } from "../lesson/lesson.ts";
import type { LessonRun } from "../lesson/run.ts";
import { el, setText } from "./el.ts";
import { fillValues, prose, wordsElement } from "./prose.ts";

/** Of a longer text the end is shown, which says what to do: whole paragraphs of so many characters. */
const ROOM = 120;

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

  /** What leads to the first card of the step, or what follows the last one. */
  function opening(step: number): HTMLElement {
    const { body, ask } = lesson.steps[step] ?? {};
    if (!body) return prose(lesson.outro);
    const card = body.findIndex(({ kind }) => kind !== "prose");
    const lead = card > 0 ? body.slice(0, card) : body;
    const html = lead.map((piece) => (piece.kind === "prose" ? piece.html : "")).join("");
    if (!html && ask) return wordsElement(fill(ask.words, run.values) ?? "");
    const whole = prose(html);
    let length = 0;
    for (const part of [...whole.children].toReversed()) {
      length += part.textContent.length;
      if (length > ROOM && part !== whole.lastElementChild) part.remove();
    }
    if (length > whole.textContent.length) whole.firstElementChild?.prepend("… ");
    return whole;
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
