/** Who types in a presentation: the next thing at a key press, letter by letter, or all by itself. */
import { controlKey, readDeed } from "../lesson/deed.ts";
import type { Keys } from "../lesson/lesson.ts";
import type { Next, Script } from "./present-script.ts";
import type { Session } from "./session.ts";

/** Milliseconds from key to key: when asked for the next thing, and when it plays. */
const QUICK = 22;
const HUMANE = 60;
/** How long a play rests: between lines, where a new caption wants to be read, at a question. */
const REST = 1500;
const READ = 3200;
const THINK = 4500;
/** How soon a play looks again whether something has come. */
const SOON = 100;

/** Types into a session what its script asks for. */
export interface Driver {
  /** The next thing: types what remains of the line, answers the question, lets the answer come. */
  next(): void;
  /** The next character of it. */
  letter(): void;
  /** Plays, or stops playing. */
  play(): void;
  /** Stops typing and playing, and leaves what has been typed. */
  stop(): void;
  /** Whether replies are held back until the room has guessed. */
  setHold(on: boolean): void;
  readonly playing: boolean;
  /** An answer is being held back. */
  readonly held: boolean;
  /** The answer to a question, as far as it has been told. */
  readonly told: string;
  /** The number that was told before the line with it is typed. */
  readonly revealed: string | undefined;
  /** The last question's answer stands on the screen until the next key. */
  readonly answered: boolean;
}

/** A driver of `session`. `shown` is called when something other than the session has changed. */
export function presentDriver(
  session: Session,
  script: Script,
  hold: boolean,
  shown: () => void,
): Driver {
  let rest: string[] = [];
  let into = 1;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let playing = false;
  let player: ReturnType<typeof setTimeout> | undefined;
  let held = false;
  let told = "";
  let revealed: string | undefined;
  let seen = session.answers.length;
  /** Of a play: the page that has been read, and whether it has rested since the last thing. */
  let known = "";
  let rested = true;

  const key = (text: string): void => {
    if (text === "\r" && hold) {
      session.hold(true);
      held = true;
    }
    session.feed({ kind: "key", window: into, text });
  };
  const press = (pace: number): void => {
    const next = rest.shift();
    if (next !== undefined) key(next);
    timer = rest.length > 0 ? setTimeout(press, pace, pace) : undefined;
  };
  const finish = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (const each of rest.splice(0)) key(each);
  };
  const release = (): void => {
    held = false;
    session.hold(false);
    shown();
  };
  /** What has to go before the line can be typed, and what remains of it. */
  const begin = (line: Next & { kind: "line" }): string[] => {
    const { window, text, typed, blocked } = line;
    into = window;
    const { scenario, trace } = session.world;
    const last = trace.facts.findLast(
      (fact) => /^window(-closed)?$/.test(fact.kind) && "window" in fact && fact.window === window,
    );
    const host = scenario.windows?.[window - 1];
    if (last?.kind !== "window") {
      session.feed({ kind: "open", window, ...(host !== undefined && { host }) });
    }
    if (blocked) session.feed({ kind: "hang-up", window });
    const clear = typed === undefined ? ["\x05", "\x15"] : [];
    return [...clear, ...Array.from(text.slice(blocked ? 0 : (typed?.length ?? 0)))];
  };

  /** Does what is no line. */
  function act({ window, text }: Keys): void {
    const pressed = controlKey(text);
    const deed = window === 0 ? readDeed(text) : undefined;
    if (pressed !== undefined) session.feed({ kind: "key", window, text: pressed });
    else if (deed?.kind === "skip") session.skip();
    else if (deed?.kind === "wait") session.skip(deed.seconds * 1000);
    else if (deed) session.feed(deed);
  }

  /** Does the next thing, its keys `pace` milliseconds apart, if nothing is under way. */
  function go(pace: number): void {
    if (held) return release();
    if (timer !== undefined) return finish();
    if (session.answers.length > seen) return moveOn();
    const now = script.next();
    if (now.kind === "question") {
      told = "";
      session.answer(now.answer);
    } else if (now.kind === "deed") {
      now.done();
      act(now.keys);
    } else if (now.kind === "line" && isRiddle(now)) {
      revealed = script.riddle;
      shown();
    } else if (now.kind === "line") {
      rest = [...begin(now), "\r"];
      if (matchMedia("(prefers-reduced-motion: reduce)").matches) finish();
      else press(pace);
    }
  }

  /** Whether the line ends with a number that the room has not been told and nobody has typed. */
  function isRiddle({ text, typed }: Next & { kind: "line" }): boolean {
    const { riddle } = script;
    return riddle !== undefined && riddle !== revealed && text.endsWith(riddle) && typed !== text;
  }

  function moveOn(): void {
    seen = session.answers.length;
    shown();
  }

  /** What the room has to read before a play goes on. */
  const page = (): string => `${script.run.step} ${session.answers.length - seen} ${revealed}`;

  /** One turn of a play: it goes on once what came of the last thing has been seen. */
  function turn(): void {
    const now = script.next();
    let wait = SOON;
    if (now.kind === "wait" || held || timer !== undefined) rested = false;
    else if (now.kind === "end" && session.answers.length === seen) stop();
    else if (page() !== known) {
      known = page();
      rested = true;
      const asks = now.kind === "question" || (now.kind === "line" && isRiddle(now));
      wait = asks ? THINK : READ;
    } else if (!rested) {
      rested = true;
      wait = REST;
    } else go(HUMANE);
    if (playing) player = setTimeout(turn, wait);
  }

  function stop(): void {
    clearTimeout(player);
    clearTimeout(timer);
    timer = undefined;
    rest = [];
    if (playing) {
      playing = false;
      shown();
    }
  }

  return {
    next: () => go(QUICK),
    letter() {
      if (held) return release();
      if (timer !== undefined) return finish();
      if (session.answers.length > seen) return moveOn();
      const now = script.next();
      if (now.kind === "question") {
        if (told === now.answer) go(0);
        else told = now.answer.slice(0, told.length + 1);
        shown();
      } else if (now.kind === "deed") go(0);
      else if (now.kind === "line") {
        rest = [...begin(now), "\r"];
        // What clears the line first is no letter of its own.
        const clears = rest[0] === "\x05" ? 2 : 0;
        for (const each of rest.slice(0, clears + 1)) key(each);
        rest = [];
      }
    },
    play() {
      if (held) return release();
      if (playing) return stop();
      playing = true;
      rested = true;
      known = page();
      shown();
      turn();
    },
    stop() {
      if (held) release();
      stop();
    },
    setHold(on) {
      hold = on;
      if (held && !on) release();
    },
    get playing() {
      return playing;
    },
    get held() {
      return held;
    },
    get told() {
      return told;
    },
    get revealed() {
      return revealed;
    },
    get answered() {
      return session.answers.length > seen;
    },
  };
}
