/** The left column of the sandbox: what can be typed where the session stands, and who is there. */
import { scenarios } from "virtual:scenarios";
import type { HostSetup, Scenario } from "../sim/scenario.ts";
import { el } from "./el.ts";
import { foot } from "./foot.ts";
import type { Offer } from "./offers.ts";
import "./style/sandbox.css";

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
  const { title, about } = scenario;
  const dom = el(
    "div",
    { class: "panel" },
    el(
      "div",
      { class: "panel-body" },
      el("p", { class: "count" }, about === undefined ? "Sandbox" : `Sandbox: ${title}`),
      el("h1", { tabindex: -1 }, "What you can type"),
      el(
        "p",
        { class: "sandbox-lead soft" },
        about ??
          "These fit where you stand: press one, and it is typed for you. Anything else gets its true answer too.",
      ),
      list,
      ...dialled(scenario),
      otherNetworks(scenario.name),
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
        ...offers.map(({ window, text, why, data }) => {
          const whole = !text.endsWith(" ");
          return el(
            "li",
            {},
            el(
              "button",
              {
                class: data ? "offer data" : "offer",
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
function dialled({ hosts }: Scenario): HTMLElement[] {
  return [
    el("h2", {}, "Who can be dialled"),
    el("p", { class: "soft" }, "Behind each server, a user and the password."),
    el("dl", {}, ...hosts.flatMap(hostRows)),
  ];
}

function hostRows({ names, title, ftp, services = [] }: HostSetup): HTMLElement[] {
  const port = ftp?.port ?? 21;
  const head = el("dt", {}, el("code", {}, names[0] ?? ""), port === 21 ? "" : ` port ${port}`);
  const says = title === undefined ? "" : `${title}. `;
  if (!ftp) {
    const ports = services.map((each) => each.port).join(", ");
    const other = ports === "" ? "No FTP server" : `Answers on port ${ports}`;
    return [head, el("dd", {}, `${says}${other}.`)];
  }
  const files = ftp.tree.filter(({ type }) => type === "file").length;
  const accounts = ftp.users.map(({ name, password }) => `${name} / ${password}`);
  for (const name of ftp.anonymous?.names.slice(0, 1) ?? []) accounts.push(`${name} / anything`);
  return [
    head,
    el(
      "dd",
      {},
      `${says}${files === 1 ? "1 file" : `${files} files`}. `,
      el("code", {}, accounts.join(", ")),
    ),
  ];
}

/** The other scenarios by their titles, which are read only when somebody wants to see them. */
function otherNetworks(here: string): HTMLElement {
  const list = el("ul", { class: "networks" });
  const details = el(
    "details",
    { class: "other-networks", ontoggle: () => void fill() },
    el("summary", {}, "Other networks to play in"),
    list,
  );
  let asked = false;
  async function fill(): Promise<void> {
    if (asked) return;
    asked = true;
    const loads = Object.entries(scenarios).filter(([name]) => name !== here);
    const found = await Promise.all(loads.map(([, load]) => load()));
    list.replaceChildren(
      ...found.map(({ name, title, about }) =>
        el(
          "li",
          {},
          el("a", { href: `#/sandbox/${name}` }, title),
          about === undefined ? null : el("span", {}, about),
        ),
      ),
    );
  }
  return details;
}
