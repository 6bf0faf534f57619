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
  update(offers: readonly Offer[], windows: readonly number[]): void;
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
  const buttons = new Map<number, HTMLElement>();
  const group = el("div", { class: "windows", role: "group", "aria-label": "Window to type in" });
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
      group,
      input,
      el("button", { class: "strong" }, "Enter"),
    ),
  );

  function choose(window: number): void {
    into = window;
    for (const [number, button] of buttons) {
      button.setAttribute("aria-pressed", String(number === window));
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

  /** One button a window. With more of them the tabs above the windows do it. */
  function count(windows: readonly number[]): void {
    if (windows.join() === [...buttons.keys()].join()) return;
    buttons.clear();
    for (const window of windows) {
      const label = `Window ${window}`;
      const go = (): void => chosen(window);
      const button = el("button", { type: "button", "aria-label": label, onclick: go });
      button.append(String(window));
      buttons.set(window, button);
    }
    group.replaceChildren(...buttons.values());
    group.hidden = windows.length !== 2;
    choose(into);
  }

  let now: readonly Offer[] = [];
  let shown = "";
  choose(1);
  return {
    dom,
    choose,
    update(offers, windows) {
      count(windows);
      now = offers;
      draw();
    },
  };
}
