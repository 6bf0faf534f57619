/** The left column of the sandbox: what can be typed where the session stands. */
import type { Scenario } from "../sim/scenario.ts";
import { el } from "./el.ts";
import { foot } from "./foot.ts";
import type { Offer } from "./offers.ts";

/** What the panel asks of the page. */
export interface SandboxActions {
  readonly type: (window: number, text: string, enter: boolean) => void;
  readonly startOver: () => void;
}

/** The panel; `update` is given what makes sense now. */
export function sandboxPanel(
  actions: SandboxActions,
  scenario: Scenario,
): {
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
      ...servers(scenario),
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

/** Who can be dialled, with whose name and password, and how much there is to fetch. */
function servers({ hosts }: Scenario): HTMLElement[] {
  const rows = hosts.flatMap(({ names, ftp }) => {
    if (!ftp) return [];
    const files = ftp.tree.filter(({ type }) => type === "file");
    const sizes = files.map(({ text = "", generate }) => generate?.size ?? text.length);
    const largest = Math.max(0, ...sizes);
    const size = largest < 1e6 ? `${largest} bytes` : `${Math.round(largest / 2 ** 20)} MB`;
    const accounts = ftp.users.map(({ name, password }) => `${name} / ${password}`).join(", ");
    return [
      el("dt", {}, el("code", {}, names[0] ?? "")),
      el("dd", {}, `${files.length} files, the largest of ${size}. `, el("code", {}, accounts)),
    ];
  });
  return [
    el("h2", {}, "Who can be dialled"),
    el("p", { class: "soft" }, "On port 21; behind each, a user and the password."),
    el("dl", {}, ...rows),
  ];
}
