/** The tabs of a page that has no room for three columns: Type, Read, See. */
import { el } from "./el.ts";

/** What can be shown alone. */
export type Part = "type" | "read" | "see";

/**
 * Tabs that switch `frame`; the style sheet decides when they are needed. `title` heads the parts that
 * have no heading of their own in sight.
 */
export function partTabs(
  frame: HTMLElement,
  title: string,
): { dom: HTMLElement; show(part: Part): void } {
  const tab = (part: Part, name: string): HTMLElement =>
    el("button", { "data-part": part, onclick: () => show(part) }, name);
  const tabs = [tab("type", "Type"), tab("read", "Read"), tab("see", "See")];

  function show(part: Part): void {
    frame.dataset["part"] = part;
    // With two columns the windows always stand, and Read beside them unless See is wanted.
    const beside = part === "type" && matchMedia("(min-width: 960px)").matches ? "read" : part;
    for (const button of tabs) {
      button.setAttribute("aria-pressed", String(button.dataset["part"] === beside));
    }
  }
  const dom = el(
    "div",
    { class: "parts", role: "group", "aria-label": "Parts of the page" },
    el("h1", { class: "unseen", tabindex: -1 }, title),
    ...tabs,
  );
  return { dom, show };
}
