/** The See column: what crosses the wire, the card of what is chosen, the server's state. */
import { farEnd } from "../../explain/far-end.ts";
import { type LadderReader, ladderReader } from "../../explain/ladder.ts";
import type { Rung } from "../../explain/rung.ts";
import { titlesOf } from "../../explain/road.ts";
import { ownAddress } from "../../explain/own-addresses.ts";
import { type StatusReader, statusReader } from "../../explain/status.ts";
import type { Fact } from "../../sim/facts.ts";
import { el, setText } from "../el.ts";
import type { LabOptions } from "../lab/lab.ts";
import { cardOf } from "./card.ts";
import { seeTabs } from "./tabs.ts";
import { wirePanel } from "./wire.ts";

/** The column. `update` is cheap: it reads only what is new. */
export interface See {
  readonly dom: HTMLElement;
  update(facts: readonly Fact[], selected: number | null): void;
  destroy(): void;
}

/** Makes the column. `select` hears which fact a click chose; null means the newest again. */
export function createSee(options: {
  learner: { name: string; address: string };
  select(factIndex: number | null): void;
  /** A lesson asks which port a 227 names: it is not told before the learner has dialled it. */
  riddle: boolean;
  /** The session's network, where it can be looked at and switched: in the other tabs. */
  lab?: LabOptions;
}): See {
  const { learner, riddle, lab } = options;
  const titles = lab && titlesOf(lab.scenario);
  const peer = el("div", { class: "peer" });
  const own = el("span", {}, learner.address);
  const inWords = el(
    "button",
    { type: "button", class: "see-plain", "aria-pressed": "false", onclick: flip },
    "In words",
  );
  const card = el("div", { class: "see-card" });
  const state = el("dl", { class: "see-state" });
  const wire = wirePanel(chose);
  const ends = el(
    "div",
    { class: "see-ends" },
    el("div", {}, el("b", {}, learner.name.slice(0, 1).toUpperCase() + learner.name.slice(1)), own),
    peer,
  );
  const ladderView = el("div", { class: "see-view" }, ends, wire.dom, card, state);
  const tabs = lab && seeTabs(lab, ladderView, !riddle, () => wire.follow());
  const dom = el(
    "section",
    { class: "see", "aria-labelledby": "see-title" },
    el("header", {}, el("h2", { id: "see-title" }, "What crosses the wire"), inWords),
    tabs?.bar,
    ladderView,
  );

  let read: readonly Fact[] | undefined;
  let count = 0;
  let ladder: LadderReader = ladderReader(riddle, titles);
  let status: StatusReader = statusReader();
  /** The rung that a click chose; several rungs can have come with one fact. */
  let clicked: Rung | undefined;
  let cardKey = "";
  let stateKey = "";

  function flip(): void {
    const on = dom.classList.toggle("in-words");
    inWords.setAttribute("aria-pressed", String(on));
    wire.follow();
  }

  function chose(rung: Rung): void {
    // Choosing the newest, or the chosen one again, lets the card follow once more.
    clicked = rung.id === clicked?.id ? undefined : rung;
    show(clicked?.fact ?? null);
    wire.follow();
    options.select(clicked?.fact ?? null);
  }

  function show(selected: number | null): void {
    if (selected === null) clicked = undefined;
    else if (clicked?.fact !== selected) clicked = ladder.rungOf(selected);
    const rung = clicked ? ladder.rungs[clicked.id] : newest();
    wire.choose(rung?.id, clicked !== undefined);
    // A dial may give a port away, so the card follows each; and it is silent only until it is used.
    const { length: dials } = ladder.connections;
    const stands = ladder.connections.find(({ conn }) => conn === rung?.conn);
    const now = `${dials} ${stands?.state} ${stands?.taken}`;
    const key = rung ? `${rung.id} ${rung.version} ${clicked ? 1 : 0} ${now}` : "";
    if (key === cardKey && !followsMore(rung)) return;
    cardKey = key;
    const newestOne =
      clicked &&
      el("button", { type: "button", class: "see-plain", onclick: back }, "Show the newest");
    card.replaceChildren(
      ...(rung ? [el("div", {}, ...cardOf(rung, ladder, riddle), newestOne)] : []),
    );
    card.scrollTop = 0;
  }

  function back(): void {
    show(null);
    options.select(null);
  }

  /** What the card tells of by itself: the newest reply, data connection, or thing that went wrong. */
  function newest(): Rung | undefined {
    return ladder.rungs.findLast(
      ({ tells, wire: of, note }) =>
        tells.kind === "reply" ||
        note !== undefined ||
        (of === "data" && (tells.kind === "dial" ? !tells.back : isUnused(tells))),
    );
  }

  /** The card of a 150 tells of the bytes after it, so it grows with the rungs that follow. */
  function followsMore(rung: Rung | undefined): boolean {
    return rung?.tells.kind === "reply" && Math.floor(rung.tells.code / 100) === 1;
  }

  /** The two ends at the top and the server's state at the bottom. */
  function stand(): void {
    const { name: far, below, connection: it } = farEnd(ladder.connections, ladder.nameOf);
    const rows = status.rows(ladder.connections, riddle);
    const mine =
      it?.away === false && (it.back || it.host === learner.name)
        ? (it.back ? it.to : it.from).address
        : lab
          ? ownAddress(lab.scenario, read ?? [])
          : learner.address;
    const key = JSON.stringify([rows, far, below, mine]);
    if (key === stateKey) return;
    stateKey = key;
    state.replaceChildren(
      ...rows.map(({ name, value, quiet }) =>
        el("div", {}, el("dt", {}, name), el("dd", quiet ? { class: "quiet" } : {}, value)),
      ),
    );
    setText(own, mine);
    peer.replaceChildren(el("b", {}, far), below);
  }

  return {
    dom,
    update(facts, selected) {
      if (facts !== read || facts.length < count) {
        ladder = ladderReader(riddle, titles);
        status = statusReader();
        clicked = undefined;
        cardKey = "";
        read = facts;
      }
      count = facts.length;
      ladder.read(facts);
      status.read(facts);
      wire.update(ladder);
      show(selected);
      stand();
      wire.follow();
      tabs?.update();
    },
    destroy() {
      tabs?.destroy();
      wire.destroy();
      dom.remove();
    },
  };
}

/** A data connection that was closed before it was of any use: there comes no reply to tell of it. */
function isUnused(tells: Rung["tells"]): boolean {
  return tells.kind === "close" && tells.unused;
}
