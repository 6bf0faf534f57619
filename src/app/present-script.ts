/**
 * The script of a presentation: what comes next, read from where the session really stands. So it
 * goes on in the right place after a reload, a step back, or somebody typing freely in between.
 */
import { connectionReader, type ConnectionReader } from "../explain/connections.ts";
import { notationReader, type NotationEvent } from "../explain/notation.ts";
import { controlKey, readDeed } from "../lesson/deed.ts";
import { fill } from "../lesson/values.ts";
import type { Ask, Keys, Lesson, Step } from "../lesson/lesson.ts";
import { mender } from "../lesson/repair.ts";
import { lessonRun, rightAnswer, type LessonRun } from "../lesson/run.ts";
import { why } from "../lesson/why.ts";
import type { Fact } from "../sim/facts.ts";
import { enteredLines, standingLine } from "./present-lines.ts";
import { pack, type RecordedInput } from "./recording.ts";
import type { Session } from "./session.ts";

/** What comes next. */
export type Next =
  /** A line to type. `typed`: as much of it as stands there; undefined: something else stands there. */
  | {
      readonly kind: "line";
      readonly window: number;
      readonly text: string;
      readonly typed: string | undefined;
      /** It is not the step's own line: something has to be mended first. */
      readonly mends: boolean;
      /** Another program has the window, and has to go. */
      readonly blocked: boolean;
    }
  | { readonly kind: "question"; readonly ask: Ask; readonly answer: string }
  /** A switch, time that passes, or one key: what leaves no line. `done` says that it was done. */
  | { readonly kind: "deed"; readonly keys: Keys; done(): void }
  /** Something is on its way. */
  | { readonly kind: "wait" }
  | { readonly kind: "end" };

/** Reads one session. */
export interface Script {
  readonly run: LessonRun;
  readonly events: readonly NotationEvent[];
  readonly connections: ConnectionReader;
  /** The number that the room still has to work out: no part of the screen may tell it first. */
  readonly riddle: string | undefined;
  /** Reads what the session has become. */
  read(): void;
  next(): Next;
}

/**
 * Milliseconds of the world's time. An answer that is owed is waited for if anything at all will
 * happen SOON, but no longer than PATIENCE; what follows an answer comes within SETTLE.
 */
const SOON = 1000;
const PATIENCE = 1500;
const SETTLE = 60;

/** Something that was done in a session. */
interface Sign {
  readonly at: number;
  readonly window: number;
  /** A line that was entered. */
  readonly text?: string;
  /** What was put in. */
  readonly put?: RecordedInput;
  /** A dial of this port that stands. */
  readonly port?: number;
}

/** The script of `lesson` for `session`. */
export function presentScript(lesson: Lesson, session: Session): Script {
  const { world } = session;
  const { facts } = world.trace;
  const run = lessonRun(lesson, () => why);
  const notation = notationReader();
  const connections = connectionReader();
  const mend = mender(lesson.steps);
  /** As much of the trace as has been read: the run is shown one fact at a time. */
  const seen: Fact[] = [];
  const exits = new Map<number, number>();
  const busy = new Set<number>();
  /** Where time was let pass, by step and line: nothing records it. */
  const paused = new Set<string>();
  let heard = 0;
  let answered = 0;
  let step = 0;
  /** How many events there were when the present step began, and when that was. */
  let began = 0;
  let beganAt = -1;

  const answer = (): void => {
    for (; session.answers[answered]?.[0] === seen.length; answered++) {
      run.answer(session.answers[answered]?.[1] ?? "");
    }
  };
  const turned = (): void => {
    if (run.step === step) return;
    step = run.step;
    notation.read(seen);
    began = notation.events.length;
    beganAt = seen.at(-1)?.at ?? -1;
  };

  /** Whether something is on its way. */
  function waiting(): boolean {
    const last = facts[notation.events.at(-1)?.fact ?? -1];
    if (world.next === undefined || !last) return false;
    const hope = mend.waits;
    return (
      world.next <= world.now + (hope ? SOON : SETTLE) &&
      world.now < last.at + (hope ? PATIENCE : SETTLE)
    );
  }

  /** What was entered, pressed, switched and dialled since the step began, in its order. */
  function signs(): readonly Sign[] {
    const dials = notation.events.slice(began).flatMap(({ kind, fact, window, port }) => {
      const { at } = facts[fact] ?? {};
      return kind === "connected" && window && port && at !== undefined
        ? [{ at, window, port }]
        : [];
    });
    const { inputs } = session.recording();
    const deeds = inputs.map((put) => ({ at: put[0], window: put[1], put }));
    return [...enteredLines(inputs), ...deeds, ...dials]
      .filter(({ at }) => at > beganAt)
      .toSorted((a, b) => a.at - b.at);
  }

  /** How many of the step's lines have been typed or done in their order since it began. */
  function typedLines(lines: readonly Keys[]): number {
    let done = 0;
    for (const sign of signs()) {
      // Time that was let pass is no sign: what was done after it tells of it.
      let at = done;
      while (isPause(lines[at])) at++;
      const keys = lines[at];
      const wanted = keys && fill(keys.text, run.values);
      if (keys && wanted && fits(sign, keys.window, wanted)) done = at + 1;
    }
    while (paused.has(`${run.step} ${done}`)) done++;
    return done;
  }

  function lineOf(current: Step): Next {
    const { solution: lines, ask } = current;
    const typed = typedLines(lines);
    // What is asked for is typed first, and what it brings is asked about.
    const right = ask && typed >= lines.length ? rightAnswer(ask, run.values) : undefined;
    if (ask && right !== undefined) return { kind: "question", ask, answer: right };
    const at = Math.min(typed, lines.length - 1);
    const keys = lines[at];
    if (keys && (keys.window === 0 || controlKey(keys.text) !== undefined)) {
      const { step: of } = run;
      const done = (): void => void (isPause(keys) && paused.add(`${of} ${at}`));
      return { kind: "deed", keys, done };
    }
    const now = keys && mend.mended(keys, current, run.values);
    if (!keys || !now) return { kind: "wait" };
    const { window, text } = now;
    const stands = standingLine(session.recording().inputs, window, exits.get(window) ?? -1);
    return {
      kind: "line",
      window,
      text,
      typed: stands !== undefined && text.startsWith(stands) ? stands : undefined,
      mends: text !== fill(keys.text, run.values),
      blocked: text.startsWith("telnet ") && busy.has(window),
    };
  }

  /** Asked for by a question, or by a step whose lines stand on no card: then it is for the room. */
  function riddle(): string | undefined {
    const { ask, body, solution } = lesson.steps[run.step] ?? { body: [], solution: [] };
    if (ask?.kind === "number" && ask.answer.includes("{")) return rightAnswer(ask, run.values);
    if (body.some(({ kind }) => kind === "type")) return undefined;
    const [port] = solution.flatMap(({ text }) => / (\{\w+\.port\})$/.exec(text)?.[1] ?? []);
    const number = port && fill(port, run.values);
    const dialled = connections.list.some(({ to }) => String(to.port) === number);
    return dialled ? undefined : number;
  }

  return {
    run,
    events: notation.events,
    connections,
    get riddle() {
      return riddle();
    },
    read() {
      answer();
      turned();
      for (let at = seen.length; at < facts.length; at++) {
        const fact = facts[at];
        if (!fact) break;
        seen.push(fact);
        if (fact.kind === "attach") busy.add(fact.window);
        if (fact.kind === "exit") {
          busy.delete(fact.window);
          exits.set(fact.window, fact.at);
        }
        run.read(seen);
        turned();
        answer();
        turned();
      }
      notation.read(seen);
      connections.read(seen);
      // Event by event, as the mender wants it: a session read at once reads as one that was lived.
      for (; heard < notation.events.length; heard++) {
        const event = notation.events[heard];
        if (!event) continue;
        mend.read(seen, event.fact + 1);
        mend.hear(event);
      }
      mend.read(seen);
    },
    next() {
      const current = lesson.steps[run.step];
      if (!current) return { kind: "end" };
      if (waiting()) return { kind: "wait" };
      return lineOf(current);
    },
  };
}

/** Whether a line of a solution lets time pass. */
function isPause(keys: Keys | undefined): boolean {
  return keys?.window === 0 && /^(?:skip|wait)$/.test(readDeed(keys.text)?.kind ?? "");
}

/** Whether `sign` is what the line `wanted` of a solution asks for in `window`. */
function fits({ put, text, port, ...sign }: Sign, window: number, wanted: string): boolean {
  const key = controlKey(wanted);
  if (window === 0 || key !== undefined) {
    const deed =
      key === undefined ? readDeed(wanted) : ({ kind: "key", window, text: key } as const);
    if (!put || !deed || deed.kind === "skip" || deed.kind === "wait") return false;
    return pack(put[0], deed).join(" ") === put.join(" ");
  }
  if (sign.window !== window) return false;
  // A dial counts by whatever name it was dialled, once it stands.
  if (wanted.startsWith("telnet ") && port !== undefined) return wanted.endsWith(` ${port}`);
  return text === wanted;
}
