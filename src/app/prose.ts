/**
 * The one place where HTML text becomes elements: prose of the lessons, rendered and cleaned when
 * the site was built. Nothing that a learner types or a server says comes this way.
 */
import { words } from "../lesson/words.ts";
import { fill, type Values } from "../lesson/values.ts";
import { el } from "./el.ts";

/** Rendered lesson prose as an element. */
export function prose(html: string): HTMLElement {
  const element = el("div", { class: "prose" });
  element.innerHTML = html;
  return element;
}

/** Writes what the session has named (`<span data-value="data.port">`) wherever it is known by now. */
export function fillValues(root: HTMLElement, values: Values): void {
  for (const span of root.querySelectorAll<HTMLElement>("[data-value]")) {
    const value = fill(`{${span.dataset["value"] ?? ""}}`, values);
    if (value !== undefined && span.textContent !== value) span.textContent = value;
  }
}

const TAGS = { code: "code", control: "span", data: "span", stress: "em" } as const;

/** Words (a sentence with a few marks) as elements. */
export function wordsElement(text: string): HTMLElement {
  const parts = words(text).map(({ kind, text: part }) =>
    kind === "plain" ? part : el(TAGS[kind], { class: kind }, part),
  );
  return el("p", { class: "words" }, ...parts);
}
