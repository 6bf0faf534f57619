/** A small word at the foot of the page that needs no answer and takes no focus. */
import { el } from "./el.ts";

/** How long a notice stays, in milliseconds: long enough to read it and to press its button. */
const STAY = 12_000;

const shelf = (): HTMLElement | null => document.getElementById("notices");

/** Says `words`; with `action`, a button beside them does it. */
export function notice(words: string, action?: { label: string; run(): void }): void {
  /** Where the focus came from. */
  let from: EventTarget | null = null;
  const close = (): void => {
    clearTimeout(timer);
    const left = box.contains(document.activeElement);
    box.remove();
    if (left && from instanceof HTMLElement) from.focus();
  };
  const act =
    action &&
    el(
      "button",
      {
        class: "strong",
        onclick: () => {
          close();
          action.run();
        },
      },
      action.label,
    );
  const box = el(
    "div",
    { class: "notice" },
    el("p", {}, words),
    act,
    el("button", { class: "plain", "aria-label": "Close this notice", onclick: close }, "✕"),
  );
  let timer = setTimeout(close, STAY);
  // Whoever points at it or has tabbed into it is reading: it waits.
  const hold = (): void => clearTimeout(timer);
  const release = (): void => {
    timer = setTimeout(close, STAY);
  };
  box.addEventListener("mouseenter", hold);
  box.addEventListener("focusin", ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && box.contains(relatedTarget))) from = relatedTarget;
    hold();
  });
  box.addEventListener("mouseleave", release);
  box.addEventListener("focusout", release);
  shelf()?.replaceChildren(box);
}
