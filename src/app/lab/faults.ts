/** "Break something": a switch for each fault that the scenario knows, host by host. */
import type { BoxState } from "../../explain/boxes.ts";
import type { Scenario } from "../../sim/scenario.ts";
import { el, setText } from "../el.ts";
import { switchButton } from "./switch.ts";

/** The panel, or undefined where nothing can be broken. */
export function faultsView(
  { faults = [], boxes = [] }: Scenario,
  flip: (id: string, on: boolean) => void,
): { dom: HTMLElement; update(of: (id: string) => BoxState): void } | undefined {
  if (faults.length === 0) return undefined;
  const several = new Set(faults.map(({ host }) => host)).size > 1;
  const rows = faults.map(({ id, title, host }) => {
    const toggle = switchButton(title, (on) => flip(id, on));
    const did = el("span", { class: "lab-did" });
    const dom = el(
      "li",
      {},
      el(
        "div",
        { class: "lab-words" },
        el("b", {}, title),
        several ? el("span", { class: "lab-about" }, host) : null,
        did,
      ),
      toggle.dom,
    );
    return { id, toggle, did, dom };
  });
  return {
    dom: el(
      "details",
      // Where there are no boxes to switch, this is what there is to do.
      { class: "lab-part", open: boxes.length === 0 },
      el(
        "summary",
        {},
        el("h3", {}, "Break something"),
        ` ${faults.length} ${faults.length === 1 ? "fault" : "faults"} to order`,
      ),
      el(
        "p",
        { class: "lab-about" },
        "Each goes wrong as it does on a real wire, from the moment you switch it.",
      ),
      el("ul", { class: "lab-faults" }, ...rows.map(({ dom }) => dom)),
    ),
    update(of) {
      for (const { id, toggle, did, dom } of rows) {
        const state = of(id);
        toggle.set(state.on);
        setText(did, state.did ?? "");
        dom.classList.toggle("on", state.on);
      }
    },
  };
}
