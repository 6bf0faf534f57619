/** The dialog in which two ladders of the same keys stand side by side. */
import { align, verdict, type Pair } from "../../explain/compare.ts";
import { ladderReader, type LadderReader } from "../../explain/ladder.ts";
import { titlesOf } from "../../explain/road.ts";
import type { Band, Rung } from "../../explain/rung.ts";
import { sentence } from "../../explain/words.ts";
import type { Scenario } from "../../sim/scenario.ts";
import { el } from "../el.ts";
import type { Recording } from "../recording.ts";
import { phrase } from "../see/phrase.ts";
import { pendingRow, rungRow } from "../see/row.ts";
import type { Played } from "./replay.ts";
import "./compare.css";

/** One of the two sides. */
export interface SideOfTwo {
  readonly title: string;
  readonly played: Played;
  /** What its button offers; no button if it is the session that goes on already. */
  readonly goOn?: string;
}

/** Opens the dialog. `adopt` makes one of them the live session; without a `reading` it finds its own, and `more` follows it. */
export function openCompare(
  scenario: Scenario,
  heading: string,
  sides: readonly [SideOfTwo, SideOfTwo],
  adopt: (recording: Recording) => void,
  { reading, more = "" }: { readonly reading?: string; readonly more?: string } = {},
): void {
  const left = read(scenario, sides[0].played);
  const right = read(scenario, sides[1].played);
  const pairs = align(left.rungs, right.rungs);
  const names = [sides[0].title, sides[1].title] as const;
  const said = (reading ?? verdict(pairs, names, left.nameOf)) + more;
  const heads = sides.map(({ title, played, goOn }) =>
    el(
      "div",
      { class: "compare-head" },
      el("h3", {}, title),
      goOn !== undefined &&
        el(
          "button",
          {
            type: "button",
            class: "button",
            onclick() {
              dialog.close();
              adopt(played.recording);
            },
          },
          goOn,
        ),
    ),
  );
  const dialog: HTMLDialogElement = el(
    "dialog",
    {
      class: "compare see",
      "aria-labelledby": "compare-title",
      onclose: () => dialog.remove(),
      onclick: (event: Event) => event.target === dialog && dialog.close(),
    },
    el(
      "div",
      { class: "compare-sheet" },
      el(
        "header",
        {},
        el("h2", { id: "compare-title" }, heading),
        el("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Close"),
      ),
      el("p", { class: "compare-verdict" }, ...phrase(said)),
      el("div", { class: "compare-heads" }, ...heads),
      el(
        "div",
        { class: "compare-scroll", tabindex: 0, role: "group", "aria-label": "Both ladders" },
        el("div", { class: "compare-rows", "aria-hidden": "true" }, ...rows(pairs, left.nameOf)),
        wordTable(pairs, names, left.nameOf),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  // Only what scrolls is scrolled: the heading stays where it is.
  const scroll = dialog.querySelector(".compare-scroll");
  const parted = dialog.querySelector<HTMLElement>(".compare-row.parted:not(:has(.switch))");
  if (scroll && parted) scroll.scrollTop = parted.offsetTop - scroll.clientHeight / 3;
}

function read(scenario: Scenario, { world }: Played): LadderReader {
  const ladder = ladderReader(false, titlesOf(scenario));
  ladder.read(world.trace.facts);
  return ladder;
}

/** Both ladders, line beside line; where one has nothing to tell, its bands run on. */
function rows(pairs: readonly Pair[], nameOf: LadderReader["nameOf"]): HTMLElement[] {
  let stand: readonly [readonly Band[], readonly Band[]] = [[], []];
  return pairs.map(({ left, right }) => {
    const cell = (rung: Rung | undefined, bands: readonly Band[]): HTMLElement =>
      rung ? rungRow(rung, nameOf) : pendingRow(bands, []);
    const row = el(
      "div",
      { class: left && right ? "compare-row" : "compare-row parted" },
      el("div", {}, el("div", { class: "see-rows" }, cell(left, stand[0]))),
      el("div", {}, el("div", { class: "see-rows" }, cell(right, stand[1]))),
    );
    stand = [after(left, stand[0]), after(right, stand[1])];
    return row;
  });
}

/** The bands that stand below a rung. */
function after(rung: Rung | undefined, before: readonly Band[]): readonly Band[] {
  if (!rung) return before;
  return rung.bands
    .filter(({ state }) => state !== "ends")
    .map((band) => ({ ...band, state: "through" }));
}

/** The same as a table, for those who listen. */
function wordTable(
  pairs: readonly Pair[],
  names: readonly string[],
  nameOf: LadderReader["nameOf"],
): HTMLElement {
  const words = (rung: Rung | undefined) => (rung ? phrase(sentence(rung, nameOf)) : ["–"]);
  return el(
    "table",
    { class: "unseen" },
    el(
      "tbody",
      {},
      el("tr", {}, ...names.map((name) => el("th", { scope: "col" }, name))),
      ...pairs.map(({ left, right }) =>
        el("tr", {}, el("td", {}, ...words(left)), el("td", {}, ...words(right))),
      ),
    ),
  );
}
