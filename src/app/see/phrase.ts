/** Sentences with words to type in backticks, as DOM. */
import { type Child, el } from "../el.ts";

/** Text nodes, and a `code` element for what stands between backticks. */
export function phrase(text: string): Child[] {
  return text.split("`").map((part, i) => (i % 2 === 1 ? el("code", {}, part) : part));
}

/** A reply's code, coloured by its first digit. */
export function codeMark(code: number): HTMLElement {
  const digit = Math.floor(code / 100);
  return el("b", { class: "see-code", style: `color:var(--digit-${digit})` }, String(code));
}
