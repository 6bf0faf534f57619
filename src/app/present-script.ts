/**
 * The script of a presentation: what comes next, read from where the session really stands. So it
 * goes on in the right place after a reload, a step back, or somebody typing freely in between.
 */
import { connectionReader, type ConnectionReader } from "../explain/connections.ts";
import { notationReader, type NotationEvent } from "../explain/notation.ts";
import { controlKey } from "../lesson/deed.ts";
import { fill } from "../lesson/goal.ts";
import type { Ask, Keys, Lesson, Step } from "../lesson/lesson.ts";
import { mender } from "../lesson/repair.ts";
import { lessonRun, rightAnswer, type LessonRun } from "../lesson/run.ts";
import { why } from "../lesson/why.ts";
import type { Fact } from "../sim/facts.ts";
import { enteredLines, standingLine } from "./present-lines.ts";
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
  /** The deeds that were done, by step and line. */
  const deeds = new Set<string>();
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

  /** The lines that were entered and the dials that stood since the step began, in their order. */
  function signs(): readonly { at: number; window?: number; text?: string; port?: number }[] {
    const dials = notation.events.slice(began).flatMap(({ kind, fact, window, port }) => {
      const { at } = facts[fact] ?? {};
      return kind === "connected" && window && port && at !== undefined
        ? [{ at, window, port }]
        : [];
    });
    const lines = enteredLines(session.recording().inputs).filter(({ at }) => at > beganAt);
    return [...lines, ...dials].toSorted((a, b) => a.at - b.at);
  }

  /** How many of the step's lines have been typed in their order since it began. */
  function typedLines(lines: readonly Keys[]): number {
    let done = 0;
    const pass = (): void => {
      while (deeds.has(`${run.step} ${done}`)) done++;
    };
    for (const sign of signs()) {
      pass();
      const keys = lines[done];
      const wanted = keys && fill(keys.text, run.values);
      if (!wanted || sign.window !== keys.window) continue;
      // A dial counts by whatever name it was dialled, once it stands.
      const dial = sign.port !== undefined && wanted.startsWith("telnet ");
      if (dial ? wanted.endsWith(` ${sign.port}`) : sign.text === wanted) done++;
    }
    pass();
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
      return { kind: "deed", keys, done: () => void deeds.add(`${of} ${at}`) };
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
      mend.read(seen);
      for (; heard < notation.events.length; heard++) {
        const event = notation.events[heard];
        if (event) mend.hear(event);
      }
    },
    next() {
      const current = lesson.steps[run.step];
      if (!current) return { kind: "end" };
      if (waiting()) return { kind: "wait" };
      return lineOf(current);
    },
  };
}
