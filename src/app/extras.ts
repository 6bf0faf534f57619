/**
 * What a session shows beside its terminals: the picture of the wire, the transcripts, the line to
 * type in on a narrow screen, the sandbox's panel. It loads after the terminals, which are what a
 * learner waits for.
 */
import type { ConnectionReader } from "../explain/connections.ts";
import { statusReader } from "../explain/status.ts";
import type { Fact } from "../sim/facts.ts";
import type { Scenario } from "../sim/scenario.ts";
import { asTheLessonHasIt, lessonOffers, offers, type UnderWay } from "./offers.ts";
import { sandboxPanel, type SandboxActions } from "./sandbox-panel.ts";
import { createDesk, type DeskActions } from "./desk.ts";
import type { LabOptions } from "./lab/lab.ts";
import { createSee } from "./see/see.ts";
import { touchRow } from "./touch.ts";
import { transcript } from "./transcript.ts";
import "./see/see.css";
import "./style/extras.css";
import "./style/lesson-later.css";

/** A picture drawn in more milliseconds than that rests so many times as long. */
const SLOW = 16;
const REST = 3;

/** What the extras are given. */
export interface ExtrasOptions {
  readonly frame: HTMLElement;
  readonly scenario: Scenario;
  readonly facts: readonly Fact[];
  readonly connections: ConnectionReader;
  readonly desk: DeskActions;
  readonly lab: LabOptions;
  /** Given in a lesson. */
  readonly lesson: UnderWay | undefined;
  /** Given in the sandbox, which has a panel of its own. */
  readonly sandbox: Omit<SandboxActions, "dial"> | undefined;
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
  const { frame, scenario, facts, connections, sandbox, lesson, desk } = options;
  const dialled = lesson ? asTheLessonHasIt(scenario, lesson) : scenario;
  const status = statusReader();
  const logs = new Map<number, ReturnType<typeof transcript>>();
  const touch = touchRow({ feed: options.lab.feed, choose: desk.choose });
  const bar = createDesk(desk, scenario, facts, connections, sandbox === undefined);
  /** The first window at its prompt is dialled from: what is typed elsewhere would go to a server. */
  const free = (): number =>
    Math.min(...[...desk.windows.values()].flatMap((one) => (one.running ? [] : [one.number])));
  const dial = (line: string): void => {
    const window = free();
    sandbox?.type(Number.isFinite(window) ? window : 1, line, true);
  };
  const panel = sandbox && sandboxPanel({ ...sandbox, dial }, scenario);
  let selected: number | null = null;
  let length = 0;
  const seen = {
    learner: scenario.learner,
    riddle: panel === undefined,
    lab: options.lab,
    select(index: number | null) {
      selected = index;
      see.update(facts, selected);
    },
  };
  const see = createSee(seen);
  if (panel) frame.querySelector(".read")?.replaceChildren(panel.dom);
  frame.querySelector(".see-column")?.replaceChildren(see.dom);
  frame.querySelector(".type")?.append(bar.dom);
  frame.append(touch.dom);

  // A step may be skipped when the network has gone.
  if (lesson) void import("./begin.ts").catch(console.error);

  /** A transcript for each window there is. */
  const hear = (): void => {
    for (const [number, log] of logs) {
      if (desk.windows.has(number)) continue;
      log.dom.remove();
      logs.delete(number);
    }
    for (const number of desk.windows.keys()) {
      const log = logs.get(number) ?? transcript(number);
      if (!logs.has(number)) frame.append(log.dom);
      logs.set(number, log);
      log.update(facts);
    }
  };

  /** A long picture takes its time: while a flood comes in, the page is left some for the rest. */
  let rested = 0;
  let late: ReturnType<typeof setTimeout> | undefined;
  const draw = (): void => {
    late = undefined;
    const began = performance.now();
    see.update(facts, selected);
    const took = performance.now() - began;
    if (took > SLOW) rested = performance.now() + REST * took;
  };

  return {
    update() {
      status.read(facts);
      hear();
      bar.update();
      const control = connections.list.findLast(
        ({ role, state }) => role === "control" && state === "open",
      );
      const stands = status.of(control?.session);
      const stood = connections.list.some(
        ({ role, state, to }) => role === "data" && state === "open" && to.port === stands?.port,
      );
      const cards = lesson ? lessonOffers(lesson) : [];
      const others = offers(dialled, control, stands, stood, connections.listens.at(-1));
      const now = [
        ...cards,
        ...others.filter(({ text }) => cards.every((card) => card.text !== text)),
      ];
      panel?.update(now);
      touch.update(
        now,
        [...desk.windows.keys()].toSorted((a, b) => a - b),
      );
      // A new fact: the picture goes on with the newest reply.
      if (facts.length !== length) selected = null;
      length = facts.length;
      if (late === undefined && performance.now() >= rested) draw();
      else late ??= setTimeout(draw, Math.max(0, rested - performance.now()));
    },
    choose(window) {
      touch.choose(window);
      bar.update();
    },
    destroy() {
      clearTimeout(late);
      see.destroy();
      bar.destroy();
    },
  };
}
