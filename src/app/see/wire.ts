/** The ladder: two lifelines, bands, arrows; the newest at the bottom. And the same in words. */
import type { LadderReader } from "../../explain/ladder.ts";
import type { Rung } from "../../explain/rung.ts";
import { later, sentence } from "../../explain/words.ts";
import { el } from "../el.ts";
import { holdFoot } from "./foot.ts";
import { phrase } from "./phrase.ts";
import { pendingRow, rungRow } from "./row.ts";

/** How many rungs stand in the DOM, and how many more "Show earlier" brings. */
const PAGE = 300;
/** More new rungs than this at once are a replay: they do not draw themselves one by one. */
const LIVE = 8;

/** The panel: `update` appends what is new, `choose` marks the rung whose card is shown; a pinned one unfolds. */
export interface WirePanel {
  readonly dom: HTMLElement;
  update(ladder: LadderReader): void;
  choose(id: number | undefined, pinned: boolean): void;
  /** Shows the newest rung, unless the reader has scrolled up. The last call of a change: it asks for a layout. */
  follow(): void;
  destroy(): void;
}

/** An empty ladder. `select` hears of a rung that was clicked, or walked to with the arrow keys. */
export function wirePanel(select: (rung: Rung) => void): WirePanel {
  // The rungs stand in a block of their own: a flex container would lay all of them out each time.
  const list = el("div", {});
  const rows = el("div", { class: "see-rows", "aria-hidden": "true" }, list);
  const empty = el(
    "p",
    { class: "see-empty" },
    "Nothing yet. Dial a server, and every word that crosses stands here.",
  );
  const now = el("p", { class: "see-words" });
  const words = el("ol", { class: "see-words" });
  const earlier = el(
    "button",
    { type: "button", class: "see-plain", hidden: true, onclick: more },
    "Show earlier",
  );
  const scroll = el(
    "div",
    {
      class: "see-scroll",
      tabindex: 0,
      role: "group",
      "aria-label": "The ladder: up and down choose a line",
      onkeydown: walk,
      onclick: click,
    },
    empty,
    earlier,
    rows,
    words,
    now,
  );
  const hold = holdFoot(scroll);
  let foot = pendingRow([], []);
  rows.append(foot);

  let reader: LadderReader | undefined;
  const nameOf = (address: string) => reader?.nameOf(address) ?? address;
  /** The rungs drawn: from `first` to before `end`, the last of them in version `version`. */
  let first = 0;
  let end = 0;
  let version = 0;
  let chosen: number | undefined;
  let pendingKey = "";
  const drawn = new Map<number, readonly [row: HTMLElement, item: HTMLElement]>();

  function draw(rung: Rung): readonly [HTMLElement, HTMLElement] {
    const after = later(rung, reader?.rungs ?? []);
    const said = (after === undefined ? "" : `${after}: `) + sentence(rung, nameOf);
    const pair = [
      rungRow(rung, nameOf, after),
      el("li", { "data-id": rung.id, value: rung.id + 1 }, ...phrase(said)),
    ] as const;
    drawn.set(rung.id, pair);
    if (rung.id === chosen) mark(chosen, true, false);
    return pair;
  }

  function append(ladder: LadderReader): void {
    const last = ladder.rungs[end - 1];
    if (last && last.version !== version) {
      const old = drawn.get(last.id);
      const fresh = draw(last);
      old?.forEach((dom, i) => dom.replaceWith(fresh[i] ?? ""));
    }
    const { rungs } = ladder;
    const live = rungs.length - end <= LIVE && end > 0;
    if (rungs.length - end > PAGE) {
      clear();
      first = end = rungs.length - PAGE;
    }
    for (; end < rungs.length; end++) {
      const rung = rungs[end];
      if (!rung) break;
      const [row, item] = draw(rung);
      if (live) row.classList.add("fresh");
      list.append(row);
      words.append(item);
    }
    version = rungs.at(-1)?.version ?? 0;
    // Rows leave at the top: later while somebody reads further up.
    while (end - first > PAGE * (hold.held ? 1.2 : 4)) drop(first++);
    earlier.hidden = first === 0;
  }

  function drop(id: number): void {
    drawn.get(id)?.forEach((dom) => dom.remove());
    drawn.delete(id);
  }

  function clear(): void {
    for (const id of drawn.keys()) drop(id);
  }

  function more(): void {
    const bottom = scroll.scrollHeight - scroll.scrollTop;
    const to = Math.max(0, first - PAGE);
    const before = drawn.get(first);
    for (let id = to; id < first; id++) {
      const rung = reader?.rungs[id];
      if (!rung) continue;
      const [row, item] = draw(rung);
      list.insertBefore(row, before?.[0] ?? null);
      if (before) before[1].before(item);
      else words.append(item);
    }
    first = to;
    earlier.hidden = first === 0;
    hold.held = false;
    scroll.scrollTop = scroll.scrollHeight - bottom;
    if (earlier.hidden) scroll.focus();
  }

  function click(event: Event): void {
    const row = event.target instanceof Element && event.target.closest("[data-id]");
    const rung = row && reader?.rungs[Number(row.getAttribute("data-id"))];
    if (rung) select(rung);
  }

  function walk(event: KeyboardEvent): void {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const id = Math.min(end - 1, Math.max(first, (chosen ?? end) + step));
    const rung = reader?.rungs[id];
    if (!rung) return;
    event.preventDefault();
    // At either end there is nowhere to go: chosen again, the line would be let go of.
    if (id === chosen && first < end - 1) return;
    select(rung);
    for (const dom of drawn.get(id) ?? []) dom.scrollIntoView({ block: "nearest" });
  }

  function mark(id: number | undefined, on: boolean, pinned: boolean): void {
    for (const dom of drawn.get(id ?? -1) ?? []) {
      dom.classList.toggle("chosen", on);
      dom.classList.toggle("pinned", pinned);
    }
  }

  return {
    dom: scroll,
    update(ladder) {
      if (ladder !== reader) {
        clear();
        reader = ladder;
        first = end = 0;
        chosen = undefined;
        hold.held = true;
      }
      append(ladder);
      const pending = ladder.pending();
      const key = JSON.stringify([ladder.bands, pending]);
      if (key !== pendingKey) {
        pendingKey = key;
        const fresh = pendingRow(ladder.bands, pending);
        foot.replaceWith(fresh);
        foot = fresh;
        now.replaceChildren(
          ...pending.map(({ text }) => el("span", {}, "Now: ", ...phrase(text), ". ")),
        );
      }
      empty.hidden = ladder.rungs.length > 0;
    },
    choose(id, pinned) {
      if (id !== chosen) {
        mark(chosen, false, false);
        chosen = id;
      }
      mark(id, true, pinned);
    },
    follow: () => hold.follow(),
    destroy() {
      hold.destroy();
      scroll.remove();
    },
  };
}
