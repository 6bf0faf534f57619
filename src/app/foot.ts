/** The foot of the left column: what can always be done, and which keys the page has. */
import { el, type Child } from "./el.ts";

const KEYS: readonly (readonly [keys: string[], does: string])[] = [
  [["Alt+1", "Alt+6"], "go to window 1, or up to 6"],
  [["Shift+F10"], "the menu of a window: rename, hide, close"],
  [["Alt+S"], "skips ahead to when something happens"],
  [["Tab"], "leaves a window, as anywhere on the page"],
  [["Ctrl+C"], "copies what is selected; with nothing selected it goes to the program"],
  [["Ctrl+V"], "pastes"],
  [["Ctrl+]"], "telnet’s own prompt, where close hangs up"],
];

/** A row of buttons and, folded, the keys. */
export function foot(...buttons: Child[]): HTMLElement {
  const rows = KEYS.flatMap(([keys, does]) => [
    el("dt", {}, ...keys.flatMap((key, at) => [at > 0 ? " " : "", el("kbd", {}, key)])),
    el("dd", {}, does),
  ]);
  return el(
    "footer",
    { class: "panel-foot" },
    el("details", { class: "keys" }, el("summary", {}, "Keys"), el("dl", {}, ...rows)),
    el("div", { class: "row" }, ...buttons),
  );
}
