/** The eavesdropper's view: what somebody reads who sits at the road. */
import { pcap } from "../../explain/pcap.ts";
import { type Heard, wiretapReader } from "../../explain/wiretap.ts";
import { el } from "../el.ts";
import { holdFoot } from "../see/foot.ts";
import type { LabOptions, LabPanel } from "./lab.ts";
import "./lab.css";
import "./wiretap.css";

/** So many lines stand in the page; the file has them all. */
const SHOWN = 400;

/** The panel. */
export function wiretapPanel({ scenario, facts }: LabOptions): LabPanel {
  const tap = wiretapReader(scenario);
  const { eavesdropper } = scenario;
  const hears = eavesdropper?.hears ?? [];
  const where = hears.length > 3 ? "the servers here" : hears.join(" and ");
  const who = eavesdropper
    ? `${capital(eavesdropper.name)} sits on the road to ${where}, and reads this:`
    : "Somebody on the same Wi-Fi as you needs no more than patience. This is what they read:";
  const loot = el("dl", { class: "tap-loot", "aria-live": "polite" });
  const list = el("ol", { class: "tap-lines" });
  const scroll = el(
    "div",
    {
      class: "tap-scroll",
      tabindex: 0,
      role: "group",
      "aria-label": "What the eavesdropper reads",
    },
    list,
  );
  const empty = el("p", { class: "lab-about" }, "Nothing yet: the road is quiet.");
  const save = el(
    "button",
    { type: "button", class: "button", onclick: download },
    "Save as .pcap",
  );
  const dom = el(
    "div",
    { class: "lab tap" },
    el("p", { class: "lab-lead" }, who),
    loot,
    empty,
    scroll,
    el(
      "div",
      { class: "lab-actions" },
      save,
      el("span", { class: "lab-about" }, "for Wireshark or tcpdump"),
    ),
  );
  const feet = [holdFoot(scroll), holdFoot(loot)];
  let drawn = 0;
  let known = "";

  function download(): void {
    const file = pcap(tap.packets, Date.parse(scenario.begins));
    const url = URL.createObjectURL(
      new Blob([new Uint8Array(file)], { type: "application/vnd.tcpdump.pcap" }),
    );
    el("a", { href: url, download: `${scenario.name}.pcap` }).click();
    // The click has taken its copy of the address by the time the browser is idle.
    requestAnimationFrame(() => URL.revokeObjectURL(url));
  }

  return {
    dom,
    update() {
      tap.read(facts);
      const { heard } = tap;
      empty.hidden = heard.length > 0;
      save.hidden = heard.length === 0;
      drawn = Math.max(drawn, heard.length - SHOWN);
      for (; drawn < heard.length; drawn++) {
        const one = heard[drawn];
        if (one) list.append(row(one));
      }
      while (list.childElementCount > SHOWN) list.firstElementChild?.remove();
      drawLoot();
      for (const foot of feet) foot.follow();
    },
    destroy() {
      for (const foot of feet) foot.destroy();
      dom.remove();
    },
  };

  function drawLoot(): void {
    const rows = [
      ...tap.loot.map(({ user, password, server }) => [
        "Password",
        user === "" ? password : `${user} / ${password}`,
        user === "" ? `without a name, ${server}` : server,
      ]),
      ...tap.files.map(({ what, bytes }) => [
        "Carried",
        what,
        `${bytes.toLocaleString("en")} bytes`,
      ]),
    ];
    const key = rows.join("\n");
    if (key === known) return;
    known = key;
    loot.replaceChildren(
      ...rows.map(([name = "", what = "", more = ""]) =>
        el(
          "div",
          { class: name === "Password" ? "secret" : "" },
          el("dt", {}, name),
          el("dd", {}, el("code", {}, what), " ", el("small", {}, more)),
        ),
      ),
    );
  }
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function row({ packet, text, kind, password }: Heard): HTMLElement {
  const { from, to, at, role } = packet;
  const [start, end] = password ?? [text.length, text.length];
  return el(
    "li",
    { class: `tap-line ${role} ${kind}` },
    el("span", { class: "tap-time" }, (at / 1000).toFixed(3)),
    el(
      "span",
      { class: "tap-ports", title: `${from.address} → ${to.address}` },
      `${from.port} → ${to.port}`,
    ),
    el("span", { class: "tap-flag" }, packet.flags || (kind === "tls" ? "TLS" : "")),
    el(
      "span",
      { class: "tap-text" },
      text.slice(0, start),
      start < end && el("mark", {}, text.slice(start, end)),
      text.slice(end),
    ),
  );
}
