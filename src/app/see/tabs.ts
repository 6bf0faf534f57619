/** The tabs of the See column: the ladder, and beside it the network and the eavesdropper's view. */
import { ahead } from "../after-paint.ts";
import { el } from "../el.ts";
import type { LabOptions, LabPanel } from "../lab/lab.ts";
import { notice } from "../notice.ts";

/** The row of tabs; undefined where the ladder is all there is to see. */
export interface SeeTabs {
  readonly bar: HTMLElement;
  /** Draws what is new in the view that is shown. */
  update(): void;
  destroy(): void;
}

interface Tab {
  readonly button: HTMLElement;
  view: HTMLElement;
  panel?: LabPanel;
  readonly load?: () => Promise<LabPanel>;
}

/** Tabs for `lab`, with `ladder` as the first. `free`: no lesson decides what there is to see. */
export function seeTabs(
  lab: LabOptions,
  ladder: HTMLElement,
  free: boolean,
  shown: () => void,
): SeeTabs | undefined {
  const { boxes = [], faults = [], eavesdropper } = lab.scenario;
  const tabs: Tab[] = [];
  const add = (name: string, view: HTMLElement, load?: Tab["load"]): void => {
    const nth = tabs.length;
    view.id = `see-view-${nth}`;
    view.setAttribute("role", "tabpanel");
    view.setAttribute("aria-labelledby", `see-tab-${nth}`);
    const button = el(
      "button",
      {
        type: "button",
        role: "tab",
        id: `see-tab-${nth}`,
        "aria-controls": view.id,
        onclick: () => void show(nth),
        onkeydown: walk,
      },
      name,
    );
    tabs.push({ button, view, ...(load && { load }) });
  };
  const late = (): HTMLElement => el("div", { class: "see-view" });
  add("Ladder", ladder);
  if (free || boxes.length > 0 || faults.length > 0) {
    const code = ahead(() => import("../lab/lab.ts"));
    add("Network", late(), async () => (await code()).labPanel(lab));
  }
  if (free || eavesdropper) {
    const code = ahead(() => import("../lab/wiretap.ts"));
    add("Eavesdropper", late(), async () => (await code()).wiretapPanel(lab));
  }
  if (tabs.length === 1) return undefined;
  let chosen = 0;
  const bar = el(
    "div",
    { class: "see-tabs", role: "tablist", "aria-label": "What to see" },
    ...tabs.map(({ button }) => button),
  );
  mark();

  function mark(): void {
    for (const [at, { button }] of tabs.entries()) {
      button.setAttribute("aria-selected", String(at === chosen));
      button.tabIndex = at === chosen ? 0 : -1;
    }
  }

  async function show(nth: number): Promise<void> {
    const tab = tabs[nth];
    const old = tabs[chosen];
    if (!tab || !old || nth === chosen) return;
    chosen = nth;
    mark();
    old.view.replaceWith(tab.view);
    bar.parentElement?.classList.toggle("not-ladder", nth > 0);
    if (tab.load && !tab.panel) {
      try {
        tab.panel = await tab.load();
        tab.view.replaceChildren(tab.panel.dom);
      } catch {
        notice("This view did not load. Reload to try again.");
      }
    }
    tab.panel?.update();
    if (nth === 0) shown();
  }

  /** Left and right walk along the tabs, and show each. */
  function walk(event: KeyboardEvent): void {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    const next = (chosen + step + tabs.length) % tabs.length;
    event.preventDefault();
    void show(next);
    tabs[next]?.button.focus();
  }

  return {
    bar,
    update: () => tabs[chosen]?.panel?.update(),
    destroy() {
      for (const { panel } of tabs) panel?.destroy();
    },
  };
}
