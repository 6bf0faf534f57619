/**
 * The network lab: a map of the scenario with a switch on each box and each fault, the same keys
 * played again on another network, and three ways to a data connection beside each other.
 *
 * The See column shows it as a tab beside the ladder, and loads this module when it is asked for:
 * `createSee({ …, lab })` takes the `LabOptions`.
 */
import { connectionReader } from "../../explain/connections.ts";
import type { Fact } from "../../sim/facts.ts";
import type { Scenario } from "../../sim/scenario.ts";
import type { WorldInput } from "../../sim/stage.ts";
import { el } from "../el.ts";
import type { Recording } from "../recording.ts";
import { faultsView } from "./faults.ts";
import { mapView } from "./map.ts";
import { replayView } from "./again.ts";
import { waysView } from "./ways-view.ts";
import "./lab.css";

/** What the lab asks of the session it stands beside. */
export interface LabOptions {
  readonly scenario: Scenario;
  readonly facts: readonly Fact[];
  /** Does this in the live session, and records it. */
  readonly feed: (input: WorldInput) => void;
  /** Everything put into the live session so far. */
  readonly recording: () => Recording;
  /** Makes another session the live one. */
  readonly adopt: (recording: Recording) => void;
}

/** A panel of the See column. */
export interface LabPanel {
  readonly dom: HTMLElement;
  update(): void;
  destroy(): void;
}

/** The lab's panel. */
export function labPanel(options: LabOptions): LabPanel {
  const { scenario, facts, feed } = options;
  const connections = connectionReader();
  const flip = (id: string, on: boolean): void => feed({ kind: "switch", id, on });
  const map = mapView(scenario, facts, connections, flip);
  const faults = faultsView(scenario, flip);
  const again = replayView(options, (id) => map.boxes.of(id).on);
  const ways = waysView(options, (id) => map.boxes.of(id).on);
  const dom = el(
    "div",
    { class: "lab", tabindex: 0, role: "group", "aria-label": "The network" },
    map.dom,
    ways?.dom,
    faults?.dom,
    again?.dom,
  );
  return {
    dom,
    update() {
      connections.read(facts);
      map.update();
      ways?.update(connections.list);
      faults?.update((id) => map.boxes.of(id));
      again?.update();
    },
    destroy: () => dom.remove(),
  };
}
