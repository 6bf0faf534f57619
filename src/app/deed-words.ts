/** What a lesson asks for beside lines to type, in words. */
import type { Keys, Step } from "../lesson/lesson.ts";

/** What a deed is called: as its card in the step says, or what it comes to. */
export function deedWords({ text }: Keys, step: Pick<Step, "body"> | undefined): string {
  const card = step?.body.find((one) => one.kind === "type" && one.text === text);
  if (card?.kind === "type" && card.label) return card.label;
  if (/^(?:skip|wait)/.test(text)) return "Let time pass, until something happens";
  const words = text.replace(/^(open|close|hang up) /, "$1 window ");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
