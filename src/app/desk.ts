/**
 * The row below the windows: those that are put away, what the session waits for, a new window. On a
 * narrow screen, where one window of several is seen, it is their tabs.
 */
import type { ConnectionReader } from "../explain/connections.ts";
import type { Fact } from "../sim/facts.ts";
import type { Scenario } from "../sim/scenario.ts";
import { MOST_WINDOWS } from "../sim/stage.ts";
import { el } from "./el.ts";
import { openMenu, type MenuItem } from "./menu.ts";
import type { Session } from "./session.ts";
import { skipChip } from "./skip-chip.ts";
import type { TerminalWindow } from "./terminal.ts";
import { addWindowMenu } from "./window-menu.ts";

/** What the row asks of the page. */
export interface DeskActions {
  readonly windows: ReadonlyMap<number, TerminalWindow>;
  readonly session: Session;
  /** Brings a window to the front and the focus into it. */
  readonly go: (window: number) => void;
  /** Names a window, or puts it away. */
  readonly dress: (window: number, name: string, hidden: boolean) => void;
  /** Makes it the window that is typed in. */
  readonly choose: (window: number) => void;
}

/** Makes the row. In a lesson, what nobody asked for is not waited for. */
export function createDesk(
  actions: DeskActions,
  scenario: Scenario,
  facts: readonly Fact[],
  connections: ConnectionReader,
  lesson: boolean,
): { dom: HTMLElement; update(): void; destroy(): void } {
  const { windows, session, go, dress } = actions;
  const menus = new WeakSet<TerminalWindow>();
  const chips = el("div", { class: "desk-chips", role: "group", "aria-label": "Windows" });
  const skip = skipChip(session, connections, lesson);
  const add = el(
    "button",
    { type: "button", class: "desk-add", onclick: () => (hosts.length > 0 ? choose() : open()) },
    "+ Window",
  );
  const dom = el("div", { class: "desk" }, chips, skip.dom, add);
  /** Computers that are not the learner's and have windows too. */
  const hosts = scenario.hosts.filter(({ shell }) => shell === true);
  if (hosts.length > 0) {
    add.setAttribute("aria-haspopup", "menu");
    add.setAttribute("aria-expanded", "false");
  }
  let convenient = true;
  /** Hidden windows in which something was said meanwhile. */
  const fresh = new Set<number>();
  let read = facts.length;
  let shown = "";
  for (const fact of facts) notice(fact);

  function notice(fact: Fact): void {
    if (fact.kind === "switch" && fact.id === "conveniences") convenient = fact.on;
    if (fact.kind !== "print" || fact.who === "you" || fact.who === "edit") return;
    if (windows.get(fact.window)?.dom.hidden === true) fresh.add(fact.window);
  }

  const free = (): number | undefined =>
    Array.from({ length: MOST_WINDOWS }, (_, at) => at + 1).find((number) => !windows.has(number));

  function open(host?: string): void {
    const window = free();
    if (window === undefined) return;
    session.feed({ kind: "open", window, ...(host !== undefined && { host }) });
    go(window);
  }

  /** On which computer? */
  function choose(): void {
    const { name, address } = scenario.learner;
    const all: MenuItem[] = [
      { label: capital(name), note: address, run: () => open() },
      ...hosts.map(({ names: [first = ""], title, addresses: [at = ""] }) => ({
        label: title === undefined ? first : capital(title),
        note: title === undefined ? at : first,
        run: () => open(first),
      })),
    ];
    openMenu(add, "A window on which computer?", all, () => add.focus());
  }

  /** The focus goes to a window that is still in sight. */
  const gone = (): void => {
    const next = [...windows.values()].find((window) => !window.dom.hidden);
    if (next) go(next.number);
    else add.focus();
  };

  function draw(): void {
    const all = [...windows.values()].toSorted((a, b) => a.number - b.number);
    for (const {
      number,
      dom: { hidden },
    } of all)
      if (!hidden) fresh.delete(number);
    const rows = all.map(({ number, title, dom: window }) => ({
      number,
      title,
      hidden: window.hidden,
      active: window.hasAttribute("data-active"),
      fresh: fresh.has(number),
    }));
    const full = free() === undefined;
    add.toggleAttribute("disabled", full);
    add.title = full ? "Six windows are the most" : "";
    const key = JSON.stringify(rows);
    if (key === shown) return;
    shown = key;
    // Tabs are worth their room when there is something that cannot be seen.
    dom.toggleAttribute("data-tabs", rows.length > 2 || rows.some(({ hidden }) => hidden));
    chips.replaceChildren(
      ...rows.map((row) =>
        el(
          "button",
          {
            type: "button",
            class: "desk-chip",
            "data-hidden": row.hidden,
            "data-fresh": row.fresh,
            "aria-pressed": String(row.active && !row.hidden),
            title: row.hidden ? `Bring window ${row.number} back (Alt+${row.number})` : undefined,
            onclick: () => go(row.number),
          },
          el("b", {}, String(row.number)),
          " ",
          row.title.replace(" connection", ""),
          row.fresh && el("span", { class: "unseen" }, ", something new"),
        ),
      ),
    );
  }

  return {
    dom,
    update() {
      for (; read < facts.length; read++) {
        const fact = facts[read];
        if (fact) notice(fact);
      }
      for (const window of windows.values()) {
        if (menus.has(window)) continue;
        menus.add(window);
        addWindowMenu(window, {
          feed: (input) => session.feed(input),
          dress,
          convenient: () => convenient,
          more: () =>
            matchMedia("(max-width: 959px)").matches && free() !== undefined
              ? [{ label: "New window", run: () => (hosts.length > 0 ? choose() : open()) }]
              : [],
          gone,
        });
      }
      draw();
      skip.update(facts);
    },
    destroy: () => skip.destroy(),
  };
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
