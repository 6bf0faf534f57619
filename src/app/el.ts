/** Building DOM: `el("button", { class: "plain", onclick: go }, "Back")`. Text goes in as text nodes. */

/** Written as a method, so that a listener may ask for the kind of event it will get. */
type Listener = { on(event: Event): void }["on"];
type Props = Record<string, string | number | boolean | null | undefined | Listener>;

/** What can stand inside an element; null, undefined and false are left out. */
export type Child = Node | string | null | undefined | false;

/** An element with attributes, listeners (`onclick` …) and children. `false` leaves an attribute out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") {
      element.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(
    ...children.filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/** Puts `text` in, only if it changed: a live region is not spoken again for nothing. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
