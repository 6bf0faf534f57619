/** The left column of the sandbox: what can be typed where the session stands, and who is there. */
import { scenarios } from "virtual:scenarios";
import type { HostSetup, Scenario } from "../sim/scenario.ts";
import { el } from "./el.ts";
import { foot } from "./foot.ts";
import type { Offer } from "./offers.ts";
import "./style/sandbox.css";

/** The headings of the networks, in their order; the scenario's schema names the same. */
const TOPICS = [
  "Servers",
  "Active mode",
  "Firewalls",
  "NATs",
  "Names and addresses",
  "Roads and patience",
  "Trust",
  "Faults",
];

/** What the panel asks of the page. */
export interface SandboxActions {
  readonly type: (window: number, text: string, enter: boolean) => void;
  /** Types a line where no program is in its way: in window 1 if it can be. */
  readonly dial: (text: string) => void;
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
  const { name, title, about } = scenario;
  const dom = el(
    "div",
    { class: "panel" },
    el(
      "div",
      { class: "panel-body" },
      el("p", { class: "count" }, "Sandbox"),
      el("h1", { tabindex: -1 }, title),
      about === undefined ? null : el("p", { class: "sandbox-lead soft" }, about),
      el("h2", { class: "sandbox-head" }, "What you can type"),
      el(
        "p",
        { class: "soft" },
        "This fits where you stand. Anything else gets its true answer too.",
      ),
      list,
      ...dialled(scenario, actions.dial),
      otherNetworks(name),
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
function dialled({ hosts }: Scenario, dial: SandboxActions["dial"]): HTMLElement[] {
  return [
    el("h2", { class: "sandbox-head" }, "Who can be dialled"),
    el(
      "p",
      { class: "soft" },
      "Press a name to dial it. Below each stand a user and the password.",
    ),
    el("dl", {}, ...hosts.flatMap((host) => hostRows(host, dial))),
  ];
}

function hostRows(
  { names: [name = ""], title, ftp, services = [] }: HostSetup,
  dial: SandboxActions["dial"],
): HTMLElement[] {
  const port = ftp ? (ftp.port ?? 21) : services[0]?.port;
  const line = `telnet ${name} ${port}`;
  const words = el("code", {}, name);
  const head = el(
    "dt",
    {},
    port === undefined
      ? words
      : el("button", { class: "dial", title: line, onclick: () => dial(line) }, words),
    port === 21 || port === undefined ? "" : ` port ${port}`,
  );
  const says = title === undefined ? "" : `${title}${/[.?!]$/.test(title) ? "" : "."} `;
  if (!ftp) {
    const ports = services.map((each) => each.port).join(", ");
    const other = ports === "" ? "No FTP server" : `Answers on port ${ports}`;
    return [head, el("dd", {}, `${says}${other}.`)];
  }
  const files = ftp.tree.filter(({ type }) => type === "file").length;
  const accounts = ftp.users.map((user) => `${user.name} / ${user.password}`);
  for (const guest of ftp.anonymous?.names.slice(0, 1) ?? []) {
    accounts.push(`${guest} / anything`);
  }
  return [
    head,
    el(
      "dd",
      {},
      `${says}${files === 1 ? "1 file" : `${files} files`}. `,
      ...accounts.flatMap((account, i) => [i > 0 && ", ", el("code", {}, account)]),
    ),
  ];
}

/** The other scenarios by their titles, which are read only when somebody wants to see them. */
function otherNetworks(here: string): HTMLElement {
  const list = el("div", { class: "networks" });
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
      ...[...TOPICS, undefined].flatMap((topic) => {
        const rows = found.filter((one) => one.topic === topic).map(networkRow);
        return rows.length === 0 ? [] : [el("h3", {}, topic ?? "Others"), el("ul", {}, ...rows)];
      }),
    );
  }
  return details;
}

function networkRow({ name, title, about }: Scenario): HTMLElement {
  return el(
    "li",
    {},
    el("a", { href: `#/sandbox/${name}` }, title),
    about === undefined ? null : el("span", {}, about),
  );
}
