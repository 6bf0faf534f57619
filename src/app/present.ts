/** Present: a lesson for a projector. */
import type { Lesson } from "../lesson/lesson.ts";
import type { Scenario } from "../sim/scenario.ts";
import type { WorldInput } from "../sim/stage.ts";
import { el } from "./el.ts";
import { notice } from "./notice.ts";
import { oneBack } from "./present-back.ts";
import { presentBar, type Act } from "./present-bar.ts";
import { presentDriver } from "./present-driver.ts";
import { exchangeReader } from "./present-exchange.ts";
import { presentKeys } from "./present-keys.ts";
import { presentScript } from "./present-script.ts";
import { dropRecording, loadRecording, saveRecording, type Recording } from "./recording.ts";
import { createSee } from "./see/see.ts";
import { openSession } from "./session.ts";
import { terminalWindow } from "./terminal.ts";
import { transcript } from "./transcript.ts";
import "./see/see.css";
import "./style/present.css";

/** What is presented. */
export interface PresentOptions {
  readonly lesson: Lesson;
  readonly scenario: Scenario;
}

/** How soon, in milliseconds, to look again while something is on its way. */
const AGAIN = 40;

/** What one step back, or Start over, hands on to the next session. */
interface Modes {
  hold: boolean;
}

/** Fills `frame` with the presentation: the stored one if there is one. Gives back how to leave it. */
export function openPresent(frame: HTMLElement, options: PresentOptions): () => void {
  const { lesson, scenario } = options;
  const key = `present.${lesson.slug}`;
  const modes: Modes = { hold: false };
  const { recording, trouble } = loadRecording(key, scenario.name);
  if (trouble !== undefined) notice(trouble);
  const leave = el("a", { class: "button", href: `#/learn/${lesson.slug}` }, "Leave");
  document.getElementById("theme")?.before(leave);
  let close = mount(recording);

  function mount(from: Recording | undefined): () => void {
    return build(frame, options, key, from, modes, (to) => {
      close();
      if (to) saveRecording(key, to);
      else dropRecording(key);
      close = mount(to);
    });
  }
  return () => {
    close();
    leave.remove();
  };
}

/** One session's DOM. `remount` goes on from another recording, or from none. */
function build(
  frame: HTMLElement,
  { lesson, scenario }: PresentOptions,
  key: string,
  recording: Recording | undefined,
  modes: Modes,
  remount: (to: Recording | undefined) => void,
): () => void {
  const session = openSession({ key, scenario, recording, onTrouble: (words) => notice(words) });
  const { facts } = session.world.trace;
  const script = presentScript(lesson, session);
  script.read();
  const exchange = exchangeReader(script.connections);
  const driver = presentDriver(session, script, modes.hold, () => update());
  const bar = presentBar(lesson, act);
  const stop = new AbortController();
  const { signal } = stop;
  let taken: number | undefined;
  /** Windows where telnet's own prompt has the keyboard. */
  const commanding = new Set<number>();
  let read = facts.length;
  let soon: ReturnType<typeof setTimeout> | undefined;

  const feed = (input: WorldInput): void => {
    if ("text" in input && /[\r\n]/.test(input.text)) commanding.delete(input.window);
    session.feed(input);
  };
  const windows = [1, 2].map((number) => terminalWindow(number, feed));
  const logs = [1, 2].map((number) => transcript(number));
  let selected: number | null = null;
  let length = facts.length;
  const see = createSee({
    learner: scenario.learner,
    riddle: false,
    select(index) {
      selected = index;
      see.update(facts, selected);
    },
  });

  const heading = el("h1", { class: "unseen", tabindex: -1 }, `Present: ${lesson.title}`);
  const blank = el("div", { class: "blank", hidden: true, onclick: () => (blank.hidden = true) });
  const stage = el(
    "div",
    { class: "stage" },
    heading,
    el("div", { class: "stage-windows" }, ...windows.map(({ dom }) => dom)),
    el("div", { class: "stage-see" }, see.dom),
    ...bar.dom,
    ...logs.map(({ dom }) => dom),
    blank,
  );
  stage.style.setProperty("--cell", String(cellWidth()));

  function act(what: Act): void {
    if (what === "next") driver.next();
    else if (what === "play") driver.play();
    else if (what === "blank") {
      driver.stop();
      blank.hidden = false;
    } else if (what === "hold") {
      modes.hold = !modes.hold;
      driver.setHold(modes.hold);
    } else if (what === "take") {
      const next = script.next();
      take(next.kind === "line" ? next.window : 1);
    } else if (what === "back") {
      driver.stop();
      const to = oneBack(session.recording(), scenario);
      if (to) remount(to);
    } else {
      const old = session.recording();
      driver.stop();
      remount(undefined);
      notice("Started over.", { label: "Undo", run: () => remount(old) });
    }
    update();
  }

  function take(window: number): void {
    driver.stop();
    windows[window - 1]?.focus();
  }

  function giveBack(): void {
    heading.focus();
    // A telnet that was left at its own prompt goes back to the server.
    for (const window of commanding) feed({ kind: "key", window, text: "\r" });
    update();
  }

  presentKeys(
    {
      act,
      letter: () => {
        if (driver.playing) driver.stop();
        driver.letter();
      },
      taken: () => taken !== undefined,
      take,
      giveBack,
      lift() {
        const was = !blank.hidden;
        blank.hidden = true;
        return was;
      },
    },
    signal,
  );
  // Whoever has the focus in a window has taken over, however it came there.
  stage.addEventListener("focusin", ({ target }) => {
    const at = windows.findIndex(({ dom }) => target instanceof Node && dom.contains(target));
    const now = at >= 0 && target instanceof HTMLTextAreaElement ? at + 1 : undefined;
    if (now !== undefined && taken === undefined) driver.stop();
    if (now === taken) return;
    taken = now;
    update();
  });
  stage.addEventListener("focusout", ({ relatedTarget }) => {
    // The whole browser losing the focus changes nothing: it comes back to where it was.
    if (taken === undefined || !document.hasFocus()) return;
    if (relatedTarget instanceof Node && stage.contains(relatedTarget)) return;
    taken = undefined;
    update();
  });

  function update(): void {
    if (signal.aborted) return;
    script.read();
    for (; read < facts.length; read++) {
      const fact = facts[read];
      if (fact?.kind === "exit") commanding.delete(fact.window);
      if (fact?.kind === "print" && fact.who === "prompt") {
        if (fact.bytes.length > 2) commanding.add(fact.window);
        else commanding.delete(fact.window);
      }
    }
    exchange.read(script.events);
    for (const window of windows) {
      window.update(facts, script.connections.ofWindow(window.number));
    }
    for (const log of logs) log.update(facts);
    if (facts.length !== length) selected = null;
    length = facts.length;
    see.update(facts, selected);
    const next = script.next();
    bar.update({
      driver,
      script,
      next,
      exchange: exchange.newest,
      hold: modes.hold,
      taken,
    });
    // What follows an answer may be nothing at all, and nobody tells of that.
    clearTimeout(soon);
    if (next.kind === "wait" && !driver.held) soon = setTimeout(update, AGAIN);
    stage.classList.toggle("taken", taken !== undefined);
    // The sum must not give away what is being asked.
    const { riddle } = script;
    const secret = riddle !== undefined && riddle !== driver.revealed;
    const asking = next.kind === "question" || driver.answered;
    stage.classList.toggle("asking", secret);
    // What has just arrived in window 2 is there to be read: it gets the room.
    const data = script.connections.ofWindow(2);
    const lines = script.events.findLast(({ kind }) => kind === "line" || kind === "run");
    const fresh = data && data.received > 0 && (lines?.fact ?? 0) < lastOf(data.conn);
    stage.classList.toggle("reading", fresh === true);
    // While the room counts its lines, its first ones stay.
    windows[1]?.showData(fresh === true && asking);
  }

  /** The fact with which the newest bytes of a connection came. */
  function lastOf(conn: number): number {
    return facts.findLastIndex((fact) => fact.kind === "arrived" && fact.conn === conn);
  }

  session.onChange(update);
  frame.replaceChildren(stage);
  update();

  return () => {
    driver.stop();
    stop.abort();
    session.destroy();
    for (const window of windows) window.destroy();
    see.destroy();
    stage.remove();
  };
}

/** How wide a character of the windows' type is, in em: the style sheet makes 80 of them fit. */
function cellWidth(): number {
  const probe = el("span", { class: "probe" }, "0".repeat(100));
  document.body.append(probe);
  const width = probe.getBoundingClientRect().width / 10_000;
  probe.remove();
  return width || 0.602;
}
