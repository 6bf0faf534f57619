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
import { loadServers } from "./servers.ts";
import { transcript } from "./transcript.ts";
import { openWindows } from "./windows.ts";
import "./see/see.css";
import "./style/present.css";
import "./style/present-small.css";

/** How soon, in milliseconds, to look again while something is on its way. */
const AGAIN = 40;

/** What one step back, or Start over, hands on to the next session. */
interface Modes {
  hold: boolean;
}

/** Of more windows only so many stand open; the others are title bars until they are used again. */
const UNFOLDED = 2;
/** A phone, where but one does. The style sheet says the same. */
const small = matchMedia("(max-width: 699px), (max-height: 499px)");

/** Fills `frame` with the presentation: the stored one if there is one. Gives back how to leave it. */
export async function openPresent(
  frame: HTMLElement,
  lesson: Lesson,
  scenario: Scenario,
): Promise<() => void> {
  await loadServers(scenario);
  const key = `present.${lesson.slug}`;
  const modes: Modes = { hold: false };
  const { recording, trouble } = loadRecording(key, scenario.name);
  if (trouble !== undefined) notice(trouble);
  const leave = el("a", { class: "button", href: `#/learn/${lesson.slug}` }, "Leave");
  document.getElementById("theme")?.before(leave);
  let close = mount(recording);

  function mount(from: Recording | undefined): () => void {
    return build(frame, { lesson, scenario }, key, from, modes, (to) => {
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
  { lesson, scenario }: { lesson: Lesson; scenario: Scenario },
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
  let read = 0;
  let soon: ReturnType<typeof setTimeout> | undefined;

  const feed = (input: WorldInput): void => {
    if ("text" in input && /[\r\n]/.test(input.text)) commanding.delete(input.window);
    session.feed(input);
  };
  const stack = el("div", { class: "stage-windows" });
  const opened = openWindows(stack, scenario.learner.name, feed);
  const windows = opened.open;
  const logs = new Map<number, ReturnType<typeof transcript>>();
  /** The windows by their last use, the newest first. */
  let used: readonly number[] = [];
  let selected: number | null = null;
  let length = facts.length;
  const { boxes = [], faults = [], eavesdropper } = scenario;
  // The teacher's panel: it is there where there is something to switch or to overhear.
  const lab = { scenario, facts, feed, recording: () => session.recording(), adopt: remount };
  const switchable = boxes.length + faults.length > 0 || eavesdropper !== undefined;
  const see = createSee({
    learner: scenario.learner,
    riddle: false,
    ...(switchable && { lab }),
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
    stack,
    el("div", { class: "stage-see" }, see.dom),
    ...bar.dom,
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
      take(next.kind === "line" ? next.window : (used[0] ?? 1));
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
    windows.get(window)?.focus();
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
    const at = target instanceof HTMLTextAreaElement && target.closest<HTMLElement>(".window");
    const now = at ? Number(at.dataset["window"]) : undefined;
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
      const mere = fact?.kind === "window" || (fact?.kind === "print" && fact.who === "prompt");
      if (fact && "window" in fact && !mere) {
        const { window } = fact;
        if (used[0] !== window) used = [window, ...used.filter((each) => each !== window)];
      }
      if (fact?.kind === "exit") commanding.delete(fact.window);
      if (fact?.kind === "print" && fact.who === "prompt") {
        if (fact.bytes.length > 2) commanding.add(fact.window);
        else commanding.delete(fact.window);
      }
    }
    exchange.read(script.events);
    opened.read(facts);
    stack.dataset["count"] = String(windows.size);
    const room = small.matches ? 1 : UNFOLDED;
    const open = [...new Set([...used, 1, 2])]
      .filter((number) => windows.has(number))
      .slice(0, room);
    for (const [number, window] of windows) {
      window.dom.classList.toggle("folded", windows.size > room && !open.includes(number));
      window.update(facts, script.connections.ofWindow(number));
      const log = logs.get(number) ?? transcript(number);
      if (!logs.has(number)) stage.append(log.dom);
      logs.set(number, log);
      log.update(facts);
    }
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
    windows.get(2)?.showData(fresh === true && asking);
  }

  /** The fact with which the newest bytes of a connection came. */
  function lastOf(conn: number): number {
    return facts.findLastIndex((fact) => fact.kind === "arrived" && fact.conn === conn);
  }

  session.onChange(update);
  small.addEventListener("change", update, { signal });
  frame.replaceChildren(stage);
  update();

  return () => {
    driver.stop();
    stop.abort();
    session.destroy();
    for (const window of windows.values()) window.destroy();
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
