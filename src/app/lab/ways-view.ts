/** PASV, PORT and EPSV on the present network: what comes of each, in a small table. */
import type { Connection } from "../../explain/connections.ts";
import { spokenTo } from "../../explain/map.ts";
import { titlesOf } from "../../explain/road.ts";
import { el } from "../el.ts";
import { loadServers } from "../servers.ts";
import { codeMark } from "../see/phrase.ts";
import { present } from "./again.ts";
import { openCompare } from "./compare.ts";
import type { LabOptions } from "./lab.ts";
import { playWay, WAYS, type Outcome } from "./ways.ts";

/** The panel, or undefined where there is no FTP server to try it on. */
export function waysView(
  { scenario, adopt }: LabOptions,
  now: (id: string) => boolean,
): { dom: HTMLElement; update(connections: readonly Connection[]): void } | undefined {
  const hosts = scenario.hosts.filter(({ ftp }) => ftp !== undefined);
  if (hosts.length === 0) return undefined;
  const titles = titlesOf(scenario);
  /** Somebody has chosen by hand. */
  let chosen = false;
  const choice = el(
    "select",
    {
      "aria-label": "On which server",
      class: "lab-choice",
      onchange: () => {
        chosen = true;
      },
    },
    ...hosts.map(({ names }) => el("option", {}, names[0] ?? "")),
  );
  const body = el("tbody");
  const word = el("p", { class: "lab-about", role: "status" });
  const table = el(
    "table",
    { class: "lab-ways" },
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        ...["Way", "What came of it", "Then"].map((head) => el("th", { scope: "col" }, head)),
      ),
    ),
    body,
  );
  table.hidden = true;
  const both = el(
    "button",
    { type: "button", class: "button", hidden: true, onclick: compare },
    "PASV and PORT side by side",
  );
  let outcomes: readonly Outcome[] = [];
  const all = el(
    "button",
    { type: "button", class: "button strong", onclick: () => void tryAll() },
    "Try all three",
  );
  const dom = el(
    "section",
    { class: "lab-part" },
    el("h3", {}, "PASV, PORT, EPSV"),
    el(
      "p",
      { class: "lab-about" },
      "Each is played from the login to the list, in a fresh world with the switches as they stand now. Your own session is not touched.",
    ),
    el("div", { class: "lab-actions" }, hosts.length > 1 && choice, all),
    word,
    table,
    el("div", { class: "lab-actions" }, both),
  );

  async function tryAll(): Promise<void> {
    await loadServers(scenario);
    const host = hosts[choice.selectedIndex] ?? hosts[0];
    if (!host) return;
    outcomes = WAYS.map(({ way }) => playWay(scenario, present(scenario, now), host, way));
    body.replaceChildren(...outcomes.map(row));
    table.hidden = false;
    both.hidden = false;
    word.textContent = outcomes
      .map(({ way, worked }) => `${way} ${worked ? "works" : "does not work"}`)
      .join(", ")
      .concat(".");
    both.scrollIntoView({ block: "nearest" });
  }

  /** "no answer for 127 seconds, swallowed by “NAT at your home”". */
  function came({ worked, fate, stoppedBy, stoppedHow }: Outcome): string {
    if (worked || stoppedBy === undefined) return fate;
    const how = stoppedHow === "dropped" ? "swallowed by" : "refused by";
    return `${fate}, ${how} “${titles.get(stoppedBy)?.title ?? stoppedBy}”`;
  }

  function row(outcome: Outcome): HTMLElement {
    const { way, worked, code, recording } = outcome;
    return el(
      "tr",
      { class: worked ? "worked" : "failed" },
      el("th", { scope: "row" }, way),
      el("td", {}, code > 0 && codeMark(code), " ", came(outcome)),
      el(
        "td",
        {},
        el(
          "button",
          {
            type: "button",
            class: "see-plain",
            "aria-label": `Go in with ${way}`,
            onclick: () => adopt(recording),
          },
          "Go in",
        ),
      ),
    );
  }

  function compare(): void {
    const [pasv, port] = outcomes;
    if (!pasv || !port) return;
    const side = (one: Outcome) => ({
      title: `With ${one.way}`,
      played: one,
      goOn: "Go on in this one",
    });
    const heading = "PASV and PORT on this network";
    const reading = `PASV: ${came(pasv)}. PORT: ${came(port)}.`;
    openCompare(scenario, heading, [side(pasv), side(port)], adopt, { reading });
  }
  return {
    dom,
    update(connections) {
      if (chosen) return;
      const name = spokenTo(scenario, connections);
      const at = hosts.findIndex(({ names }) => names[0] === name);
      if (at >= 0) choice.selectedIndex = at;
    },
  };
}
