/** The left column of the sandbox: what can be typed where the session stands. */
import { el } from "./el.ts";
import { foot } from "./foot.ts";
import type { Offer } from "./offers.ts";

/** What the panel asks of the page. */
export interface SandboxActions {
  readonly type: (window: number, text: string, enter: boolean) => void;
  readonly startOver: () => void;
}

/** The panel; `update` is given what makes sense now. */
export function sandboxPanel(actions: SandboxActions): {
  dom: HTMLElement;
  update(offers: readonly Offer[]): void;
} {
  const list = el("ul", { class: "offers" });
  const dom = el(
    "div",
    { class: "panel" },
    el(
      "div",
      { class: "panel-body" },
      el("p", { class: "count" }, "Sandbox"),
      el("h1", { tabindex: -1 }, "What you can type"),
      el(
        "p",
        { class: "sandbox-lead soft" },
        "These fit where you stand: press one, and it is typed for you. Anything else gets its true answer too.",
      ),
      list,
    ),
    foot(el("button", { class: "plain", onclick: actions.startOver }, "Start over")),
  );
  let shown = "";
  return {
    dom,
    update(offers) {
      const key = offers.map(({ window, text }) => `${window}${text}`).join("\n");
      if (key === shown) return;
      shown = key;
      list.replaceChildren(
        ...offers.map(({ window, text, why }) => {
          const whole = !text.endsWith(" ");
          return el(
            "li",
            {},
            el(
              "button",
              {
                class: text.startsWith("telnet") && !whole ? "offer data" : "offer",
                onclick: () => actions.type(window, text, whole),
              },
              el("code", {}, whole ? text : `${text}…`),
              el("span", {}, why),
            ),
          );
        }),
      );
    },
  };
}
