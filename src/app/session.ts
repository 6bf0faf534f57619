/**
 * The live session: a world whose time follows the wall clock while the page is looked at, and the
 * recording of everything that was put into it.
 */
import type { Scenario } from "../sim/scenario.ts";
import { createStage, type Parts, type Stage, type World, type WorldInput } from "../sim/stage.ts";
import { isNoticed } from "../lesson/deed.ts";
import {
  ENGINE,
  onOtherTab,
  pack,
  saveRecording,
  unpack,
  type RecordedAnswer,
  type RecordedInput,
  type Recording,
  type WindowLook,
} from "./recording.ts";
import { afterPaint } from "./after-paint.ts";
import { loadedServers, loadServers } from "./servers.ts";

/** How often, at most, the world is moved on by itself: about once a frame, in milliseconds. */
const FRAME = 16;
/** The most virtual time that one frame may take on, so that a slow machine lags and never freezes. */
const STRIDE = 250;
/** How long, in milliseconds of the wall clock, one frame may work on the world. */
const BUSY = 30;
/** How long after a change the session is stored, in milliseconds. */
const SAVE_DELAY = 400;
/** So many characters of input are stored: they are all played again at a reload, while one waits. */
const MOST_STORED = 1_000_000;
/** What one input takes beside its text, as JSON. */
const PER_INPUT = 24;
/** Of what happens unseen, so many things are skipped to find one that is seen. */
const MOST_SKIPS = 1000;

/** One session, from its start or from a recording. To start over, open another. */
export interface Session {
  readonly world: World;
  /** The world's time at this moment of the wall clock; the world itself is moved on now and then. */
  readonly now: number;
  /** Answers to the lesson's questions, oldest first. */
  readonly answers: readonly RecordedAnswer[];
  /** Does `input` now, and records it. */
  feed(input: WorldInput): void;
  /** Keeps an answer to a question of the lesson. */
  answer(text: string): void;
  /** How windows have been named and put away; what is set here is stored with the session. */
  looks: readonly WindowLook[];
  /** Goes to the moment at which something happens next by itself, or so many milliseconds on. */
  skip(milliseconds?: number): void;
  /** Calls `listener` after each change. Gives back how to stop it. */
  onChange(listener: () => void): () => void;
  /** Lets the world's time stand still, as a hidden page does, or go on again. */
  hold(on: boolean): void;
  /** Everything put in so far. */
  recording(): Recording;
  /** Stores what is not stored yet, and stops the clock. */
  destroy(): void;
}

/** What a session is opened with. `key` names its place in the browser's store. */
export interface SessionOptions {
  readonly key: string;
  readonly scenario: Scenario;
  readonly recording?: Recording | undefined;
  /** Told once, in a sentence, when something about storing goes wrong. */
  readonly onTrouble: (words: string) => void;
}

/**
 * Opens a session. A recording is played at once and silently, for which the servers must have been
 * loaded; a fresh session loads them by itself, and does what is typed meanwhile when they are there.
 */
export function openSession({ key, scenario, recording, onTrouble }: SessionOptions): Session {
  const start = loadedServers(scenario);
  const replayed = recording && start && replay(scenario, recording, start);
  if (recording && !replayed) {
    onTrouble("The site has changed since your last visit, so this is a fresh start.");
  }
  const world = replayed ?? createStage(scenario);
  /** What was typed before the servers were there; undefined once they are. */
  let early: WorldInput[] | undefined = replayed ? undefined : [];
  const inputs: RecordedInput[] = replayed ? [...(recording?.inputs ?? [])] : [];
  const answers: RecordedAnswer[] = replayed ? [...(recording?.answers ?? [])] : [];
  const listeners = new Set<() => void>();
  const stop = new AbortController();
  /** The moment of the wall clock at which the world began, were it never stopped. */
  let anchor = performance.now() - world.now;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saving: ReturnType<typeof setTimeout> | undefined;
  let looks: readonly WindowLook[] = (replayed ? recording?.looks : undefined) ?? [];
  let size = inputs.reduce((sum, [, , , text]) => sum + text.length + PER_INPUT, 0);
  let storable = true;
  let held = false;
  let broken = false;

  const snapshot = (): Recording => ({
    engine: ENGINE,
    scenario: scenario.name,
    seed: world.seed,
    inputs,
    answers,
    now: world.now,
    facts: world.trace.facts.length,
    looks,
  });
  const save = (): void => {
    clearTimeout(saving);
    saving = undefined;
    // What was stored before stays: it is the same session, as it was a while ago.
    const fits = size <= MOST_STORED;
    const stored = fits && saveRecording(key, snapshot());
    if (!stored && storable) {
      onTrouble(
        fits
          ? "This browser keeps nothing for this page, so a reload will start afresh."
          : "So much was put in here that it cannot be stored. A reload goes back to before that.",
      );
    }
    storable = stored;
  };
  const saveSoon = (): void => {
    saving ??= setTimeout(save, SAVE_DELAY);
  };
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const catchUp = (): void => {
    if (held) return;
    const wanted = Math.floor(performance.now() - anchor);
    const to = Math.min(wanted, Math.max(world.next ?? wanted, world.now) + STRIDE);
    const began = performance.now();
    // Moment by moment: where very much happens at once, some of it is left to the next frame.
    while (world.now < to && performance.now() - began < BUSY) {
      guarded(() => world.advance(Math.min(to, Math.ceil(world.next ?? to))));
      if (broken) break;
    }
    if (world.now < wanted && world.next !== undefined) anchor += wanted - world.now;
  };
  /** A mistake of ours in the simulated world must not leave a page that is silently dead. */
  const guarded = (run: () => void): void => {
    try {
      run();
    } catch (error) {
      console.error(error);
      if (!broken)
        onTrouble("Something broke in this little world, and it is our fault. Start over.");
      broken = true;
    }
  };
  const schedule = (): void => {
    clearTimeout(timer);
    if (world.next === undefined || held || document.hidden || stop.signal.aborted) return;
    const wait = world.next - (performance.now() - anchor);
    timer = setTimeout(tick, Math.max(wait, FRAME));
  };
  const tick = (): void => {
    const before = world.trace.facts.length;
    catchUp();
    schedule();
    if (world.trace.facts.length !== before) {
      saveSoon();
      changed();
    }
  };

  document.addEventListener(
    "visibilitychange",
    () => {
      // Time stands still while nobody looks: the wall clock's run meanwhile is not counted.
      if (document.hidden) {
        tick();
        clearTimeout(timer);
        if (saving !== undefined) save();
      } else {
        anchor = performance.now() - world.now;
        schedule();
      }
    },
    { signal: stop.signal },
  );
  addEventListener("pagehide", () => saving !== undefined && save(), { signal: stop.signal });
  let warned = false;
  const unlisten = onOtherTab(key, () => {
    if (!warned) onTrouble("This page is open in another tab too: what is typed last is kept.");
    warned = true;
  });

  const open = (servers: Parts): void => {
    if (stop.signal.aborted) return;
    world.complete(servers);
    anchor = performance.now() - world.now;
    const typed = early ?? [];
    early = undefined;
    for (const input of typed) session.feed(input);
    schedule();
    changed();
  };
  const session: Session = {
    world,
    get now() {
      const still = held || document.hidden || early !== undefined;
      return still ? world.now : Math.max(world.now, performance.now() - anchor);
    },
    answers,
    feed(input) {
      if (early !== undefined) {
        early.push(input);
        return;
      }
      catchUp();
      const packed = pack(world.now, input);
      const more = packed[3].length + PER_INPUT;
      // What came before is kept at the least.
      if (size + more > MOST_STORED && saving !== undefined) save();
      size += more;
      inputs.push(packed);
      guarded(() => world.feed(input));
      // The clock first: it goes on even if a reader of the trace should fail.
      schedule();
      saveSoon();
      changed();
    },
    get looks() {
      return looks;
    },
    set looks(now) {
      looks = now;
      saveSoon();
    },
    skip(milliseconds) {
      if (held || early !== undefined) return;
      catchUp();
      const before = world.trace.facts.length;
      if (milliseconds !== undefined) guarded(() => world.advance(world.now + milliseconds));
      else {
        const seen = (): boolean => world.trace.facts.slice(before).some(isNoticed);
        for (let i = 0; i < MOST_SKIPS && !seen(); i++) {
          const { next } = world;
          if (next === undefined) break;
          guarded(() => world.advance(Math.ceil(next)));
        }
      }
      anchor = performance.now() - world.now;
      schedule();
      saveSoon();
      changed();
    },
    answer(text) {
      answers.push([world.trace.facts.length, text]);
      changed();
      saveSoon();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hold(on) {
      if (on) tick();
      else if (held) anchor = performance.now() - world.now;
      held = on;
      schedule();
    },
    recording: snapshot,
    destroy() {
      if (saving !== undefined) save();
      clearTimeout(timer);
      listeners.clear();
      stop.abort();
      unlisten();
    },
  };
  if (replayed) schedule();
  else if (start) open(start);
  else {
    afterPaint(() => {
      loadServers(scenario).then(open, () =>
        onTrouble("The server did not load. Is the network there? Reload to try again."),
      );
    });
  }
  return session;
}

/** The world after all inputs of `recording`, or undefined if they no longer lead where they led. */
function replay(scenario: Scenario, recording: Recording, start: Parts): Stage | undefined {
  const world = createStage(scenario, recording.seed);
  world.complete(start);
  for (const input of recording.inputs) {
    if (input[0] > world.now) world.advance(input[0]);
    world.feed(unpack(input));
  }
  if (recording.now > world.now) world.advance(recording.now);
  return world.trace.facts.length === recording.facts ? world : undefined;
}
