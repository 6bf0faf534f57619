/** Light and dark: the system's choice until ◐ is pressed, then the learner's, remembered. */
import { readStored, writeStored } from "./storage.ts";

/** The inline script of index.html reads the same key before the first paint. */
const KEY = "port21.theme";

/** Makes `button` switch between light and dark. */
export function themeButton(button: HTMLElement): void {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = (): boolean =>
    (root.dataset["theme"] ?? (system.matches ? "dark" : "light")) === "dark";
  const label = (): void =>
    button.setAttribute("aria-label", `Switch to ${dark() ? "light" : "dark"} colours`);
  if (readStored(KEY) === undefined) delete root.dataset["theme"];
  label();
  system.addEventListener("change", label);
  button.addEventListener("click", () => {
    const theme = dark() ? "light" : "dark";
    root.dataset["theme"] = theme;
    writeStored(KEY, theme);
    label();
  });
}
