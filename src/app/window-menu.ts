/** What can be done with a window, in a menu at the end of its title bar; and its new name. */
import type { WorldInput } from "../sim/stage.ts";
import { el } from "./el.ts";
import { openMenu, type MenuItem } from "./menu.ts";
import { LONGEST_NAME } from "./recording.ts";
import type { TerminalWindow } from "./terminal.ts";

/** What the menu asks of the page. */
export interface WindowActions {
  readonly feed: (input: WorldInput) => void;
  /** Names a window, or puts it away. */
  readonly dress: (window: number, name: string, hidden: boolean) => void;
  /** Whether telnet helps beyond what a terminal does. */
  readonly convenient: () => boolean;
  /** What there is beside the window's own lines. */
  readonly more: () => readonly MenuItem[];
  /** Called when the window has gone out of sight. */
  readonly gone: () => void;
}

/** Adds the menu to a window. */
export function addWindowMenu(window: TerminalWindow, actions: WindowActions): void {
  const { number, dom, bar } = window;
  const { feed, dress } = actions;
  const button = el(
    "button",
    {
      type: "button",
      class: "window-menu",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-label": `Menu of window ${number}`,
      // Tab goes from window to window; Shift+Tab from a terminal comes here.
      tabindex: -1,
      onclick: open,
    },
    "⋯",
  );
  bar.append(button);
  dom.addEventListener("focusin", () => (button.tabIndex = 0));
  dom.addEventListener("focusout", () => (button.tabIndex = -1));
  dom.addEventListener("keydown", (event) => {
    const wanted = event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey);
    if (!wanted) return;
    event.preventDefault();
    open();
  });

  function open(): void {
    const on = actions.convenient();
    const back = (): void => window.focus();
    openMenu(
      button,
      `Window ${number}`,
      [
        { label: "Rename…", run: rename },
        {
          label: "Hide",
          note: "it goes on",
          run() {
            dress(number, given(), true);
            actions.gone();
          },
        },
        {
          label: "Hang up",
          disabled: !window.running,
          run() {
            feed({ kind: "hang-up", window: number });
            back();
          },
        },
        {
          label: "Close window",
          run() {
            feed({ kind: "close", window: number });
            actions.gone();
          },
        },
        {
          label: "Conveniences of telnet",
          checked: on,
          run() {
            feed({ kind: "switch", id: "conveniences", on: !on });
            back();
          },
        },
        ...actions.more(),
      ],
      back,
    );
  }

  const given = (): string => (window.named ? window.title : "");

  function rename(): void {
    const name = bar.querySelector<HTMLElement>(".window-name");
    if (!name) return;
    const field = el("input", {
      class: "window-rename",
      "aria-label": `Name of window ${number}`,
      maxlength: LONGEST_NAME,
      value: given(),
      placeholder: window.title,
      spellcheck: "false",
      autocomplete: "off",
    });
    let over = false;
    const done = (keep: boolean): void => {
      if (over) return;
      over = true;
      field.replaceWith(name);
      if (keep) dress(number, field.value.trim(), false);
    };
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key !== "Enter" && event.key !== "Escape") return;
      // The terminal, which has the focus next, would take it for its own.
      event.preventDefault();
      done(event.key === "Enter");
      window.focus();
    });
    field.addEventListener("blur", () => done(true));
    name.replaceWith(field);
    field.select();
  }
}
