/** A switch: something that is on or off, and says which. */
import { el } from "../el.ts";

/** The switch; `set` shows a state without telling anybody. */
export interface SwitchButton {
  readonly dom: HTMLElement;
  readonly on: boolean;
  set(on: boolean): void;
}

/** A switch called `name`. `flipped` hears what the person wants it to be. */
export function switchButton(name: string, flipped: (on: boolean) => void): SwitchButton {
  let state = false;
  const word = el("span", { class: "toggle-word", "aria-hidden": "true" }, "off");
  const dom = el(
    "button",
    {
      type: "button",
      class: "toggle",
      role: "switch",
      "aria-checked": "false",
      "aria-label": name,
      onclick: () => flipped(!state),
    },
    word,
    el("i", { "aria-hidden": "true" }),
  );
  return {
    dom,
    get on() {
      return state;
    },
    set(on) {
      if (on === state) return;
      state = on;
      dom.setAttribute("aria-checked", String(on));
      word.textContent = on ? "on" : "off";
    },
  };
}
