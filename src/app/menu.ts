/** A small menu that opens at a button, for the mouse and the keyboard. */
import { el } from "./el.ts";

/** One line of a menu. */
export interface MenuItem {
  readonly label: string;
  /** Said more quietly at its right. */
  readonly note?: string;
  /** Given for a line that is on or off. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  readonly run: () => void;
}

/** Opens a menu of `items` at `button`. `left` is called when it closed and nothing was chosen. */
export function openMenu(
  button: HTMLElement,
  label: string,
  items: readonly MenuItem[],
  left: () => void,
): void {
  let chosen = false;
  const lines = items.map(({ label: words, note, checked, disabled = false, run }) =>
    el(
      "button",
      {
        type: "button",
        role: checked === undefined ? "menuitem" : "menuitemcheckbox",
        "aria-checked": checked === undefined ? undefined : String(checked),
        "aria-disabled": disabled ? "true" : undefined,
        tabindex: -1,
        onclick: () => {
          if (disabled) return;
          chosen = true;
          menu.hidePopover();
          run();
        },
      },
      words,
      note === undefined ? null : el("span", {}, note),
    ),
  );
  const menu = el("div", { class: "menu", role: "menu", "aria-label": label, popover: "auto" });
  menu.append(...lines);

  const step = (by: number): void => {
    const at = lines.findIndex((line) => line === document.activeElement);
    lines[(at + by + lines.length) % lines.length]?.focus();
  };
  menu.addEventListener("keydown", (event) => {
    const { key } = event;
    // Elsewhere a letter means a window, and Alt with a number goes there: not from here.
    event.stopPropagation();
    if (key === "ArrowDown") step(1);
    else if (key === "ArrowUp") step(-1);
    else if (key === "Home") lines[0]?.focus();
    else if (key === "End") lines.at(-1)?.focus();
    else if (key === "Tab") menu.hidePopover();
    else if (key.length === 1) {
      const from = lines.findIndex((line) => line === document.activeElement) + 1;
      [...lines.slice(from), ...lines.slice(0, from)]
        .find((line) => line.textContent?.toLowerCase().startsWith(key.toLowerCase()))
        ?.focus();
      if (key !== " ") event.preventDefault();
      return;
    } else return;
    event.preventDefault();
  });
  menu.addEventListener("toggle", (event) => {
    if (event.newState === "open") return;
    button.setAttribute("aria-expanded", "false");
    menu.remove();
    if (!chosen) left();
  });

  (button.closest("main") ?? document.body).append(menu);
  button.setAttribute("aria-expanded", "true");
  menu.showPopover();
  const at = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = at.bottom + 4 + height <= innerHeight;
  menu.style.left = `${Math.max(8, Math.min(at.right - width, innerWidth - width - 8))}px`;
  menu.style.top = `${Math.max(8, below ? at.bottom + 4 : at.top - height - 4)}px`;
  lines[0]?.focus();
}
