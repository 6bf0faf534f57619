/**
 * A line to type in on a narrow screen: touch keyboards change and complete words behind a
 * terminal's back, and in a real field they may. Above it stands what makes sense to type now.
 */
import type { WorldInput } from "../sim/stage.ts";
import { el } from "./el.ts";
import type { Offer } from "./offers.ts";

/** The row below the windows. */
export interface TouchRow {
  readonly dom: HTMLElement;
  update(offers: readonly Offer[]): void;
  /** Shows and keeps the window that Enter sends to. */
  choose(window: number): void;
}

/** What the row asks of the page. */
export interface TouchActions {
  readonly feed: (input: WorldInput) => void;
  /** Told which window is wanted. */
  readonly choose: (window: number) => void;
}

/** Makes the row. */
export function touchRow({ feed, choose: chosen }: TouchActions): TouchRow {
  let into = 1;
  const input = el("input", {
    autocapitalize: "off",
    autocomplete: "off",
    autocorrect: "off",
    spellcheck: "false",
    enterkeyhint: "send",
  });
  const buttons = [1, 2].map((window) =>
    el("button", { type: "button", onclick: () => chosen(window) }, String(window)),
  );
  const legal = el("div", { class: "legal", role: "group", "aria-label": "What you can type now" });
  const dom = el(
    "div",
    { class: "touch" },
    legal,
    el(
      "form",
      {
        onsubmit: (event: Event) => {
          event.preventDefault();
          for (const text of [...Array.from(input.value), "\r"])
            feed({ kind: "key", window: into, text });
          input.value = "";
        },
      },
      el("div", { class: "windows", role: "group", "aria-label": "Window to type in" }, ...buttons),
      input,
      el("button", { class: "strong" }, "Enter"),
    ),
  );

  function choose(window: number): void {
    into = window;
    for (const [at, button] of buttons.entries()) {
      button.setAttribute("aria-pressed", String(at + 1 === window));
      button.setAttribute("aria-label", `Window ${at + 1}`);
    }
    input.setAttribute("aria-label", `Type a line for window ${window}`);
    input.placeholder = `window ${window}: type here`;
    draw();
  }

  /** What fits the chosen window; and if something else comes first, that, with its window's number. */
  function draw(): void {
    const [first] = now;
    const here = now.filter(({ window }) => window === into);
    const all = first && first.window !== into ? [first, ...here] : here;
    const key = `${into} ${all.map(({ text }) => text).join("\n")}`;
    if (key === shown) return;
    shown = key;
    legal.replaceChildren(
      ...all.map(({ window, text }) => {
        const press = (): void => {
          chosen(window);
          input.value = text;
          input.focus();
        };
        const label = text.endsWith(" ") ? `${text}…` : text;
        const where =
          window === into
            ? []
            : [el("span", { class: "unseen" }, "in window "), el("b", {}, String(window)), " "];
        return el("button", { type: "button", onclick: press }, ...where, label);
      }),
    );
    legal.scrollLeft = 0;
  }

  let now: readonly Offer[] = [];
  let shown = "";
  choose(1);
  return {
    dom,
    choose,
    update(offers) {
      now = offers;
      draw();
    },
  };
}
