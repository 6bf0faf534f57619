/**
 * What a session shows beside its terminals: the picture of the wire, the transcripts, the line to
 * type in on a narrow screen, the sandbox's panel. It loads after the terminals, which are what a
 * learner waits for.
 */
import type { ConnectionReader } from "../explain/connections.ts";
import { statusReader } from "../explain/status.ts";
import type { Fact } from "../sim/facts.ts";
import type { Scenario } from "../sim/scenario.ts";
import { offers } from "./offers.ts";
import { sandboxPanel, type SandboxActions } from "./sandbox-panel.ts";
import { createSee } from "./see/see.ts";
import { touchRow, type TouchActions } from "./touch.ts";
import { transcript } from "./transcript.ts";
import "./see/see.css";
import "./style/extras.css";

/** What the extras are given. */
export interface ExtrasOptions {
  readonly frame: HTMLElement;
  readonly scenario: Scenario;
  readonly facts: readonly Fact[];
  readonly connections: ConnectionReader;
  readonly touch: TouchActions;
  /** Given in the sandbox, which has a panel of its own. */
  readonly sandbox: SandboxActions | undefined;
}

/** The extras of one session. */
export interface Extras {
  /** Draws what is new; `connections` has been read already. */
  update(): void;
  /** Shows which window is typed in. */
  choose(window: number): void;
  destroy(): void;
}

/** Puts the extras into a frame that already has its columns. */
export function addExtras(options: ExtrasOptions): Extras {
  const { frame, scenario, facts, connections, sandbox } = options;
  const status = statusReader();
  const logs = [1, 2].map((number) => transcript(number));
  const touch = touchRow(options.touch);
  const panel = sandbox && sandboxPanel(sandbox, scenario);
  let selected: number | null = null;
  let length = 0;
  const see = createSee({
    learner: scenario.learner,
    riddle: panel === undefined,
    select(index) {
      selected = index;
      see.update(facts, selected);
    },
  });
  if (panel) frame.querySelector(".read")?.replaceChildren(panel.dom);
  frame.querySelector(".see-column")?.replaceChildren(see.dom);
  frame.append(touch.dom, ...logs.map(({ dom }) => dom));

  return {
    update() {
      status.read(facts);
      for (const log of logs) log.update(facts);
      const control = connections.list.findLast(
        ({ role, state }) => role === "control" && state === "open",
      );
      const stands = status.of(control?.session);
      const dialled = connections.list.some(
        ({ role, state, to }) => role === "data" && state === "open" && to.port === stands?.port,
      );
      const now = offers(scenario, control, stands, dialled);
      panel?.update(now);
      touch.update(now);
      // A new fact: the picture goes on with the newest reply.
      if (facts.length !== length) selected = null;
      length = facts.length;
      see.update(facts, selected);
    },
    choose: (window) => touch.choose(window),
    destroy: () => see.destroy(),
  };
}
