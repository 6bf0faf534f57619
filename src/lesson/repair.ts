/** What has to be typed before a line can do what it is for: the connection dialled again, and so on. */
import type { NotationEvent } from "../explain/notation.ts";
import type { Fact } from "../sim/facts.ts";
import { controlKey } from "./deed.ts";
import { match } from "./goal.ts";
import { fill, type Values } from "./values.ts";
import type { Keys, Step } from "./lesson.ts";
import {
  AGREE,
  DIAL,
  isCommand,
  isReply,
  LEAVES,
  LISTEN,
  MOVES,
  PROGRAM,
  STORES,
  TO_DATA,
  verbOf,
} from "./lines.ts";
import { plain, standing } from "./standing.ts";
import { isSetup, isState, restsOn, statesBefore } from "./states.ts";

/** Reads where a session stands, and knows from a lesson's own lines how it came there. */
export interface Mender {
  /** Reads on, up to (not including) fact `upTo`. */
  read(facts: readonly Fact[], upTo?: number): void;
  /**
   * Hears each event of the notation, once the facts up to it have been read, and which step was to
   * be done when it came.
   */
  hear(event: NotationEvent, step?: Step, values?: Values): void;
  /** An answer to something that was said or dialled is still to come. */
  readonly waits: boolean;
  /** The same in one window: another may wait for ever. */
  readonly waitsIn: (window: number) => boolean;
  /** `keys` of `step` with its values, or what has to be typed before it. */
  mended(keys: Keys, step: Step, values: Values): Keys | undefined;
  /** What has to be typed before the step can be done as it stands there; null if nothing. */
  before(step: Step | undefined, values: Values): Keys | null;
}

/** A goal that says that something moves: of lines that agree or dial first, and of others. */
const MOVED = /^\d< (?:125|150|226)/;
const MOVING = /^\d< (?:125|150)|^\d: (?:received|closed \S+ by server)|^file /;
/** The same where the server calls; it may give up only after a long time, and hang up. */
const CALLED = /^\d< (?:125|150|226|421)|^\d: called/;
/** A mender for the lesson of these steps. */
export function mender(steps: readonly Step[]): Mender {
  const stands = standing();
  /** By a line that sets a state, in its window: at which step it was offered first. */
  const shown = new Map<string, number>();
  /** The index of the step that a way back is asked for. */
  let asked = 0;
  /** How many lines of the solution of `doing` have been entered. */
  let doing: Step | undefined;
  let typed = 0;
  /** The newest of a lesson's own lines before `keys` that fits, in any window or in that one. */
  function own(pattern: RegExp, step: Step, keys: Keys, of?: number): Keys | undefined {
    const { solution } = step;
    return steps
      .slice(0, steps.indexOf(step))
      .flatMap((before) => before.solution)
      .concat(solution.slice(0, Math.max(0, solution.indexOf(keys))))
      .findLast(({ window, text }) => pattern.test(text) && (of === undefined || of === window));
  }
  const dials = new Set(
    steps
      .flatMap(({ solution }) => solution.map(({ text }) => text))
      .filter((text) => DIAL.test(text)),
  );
  const talk =
    steps.flatMap(({ solution }) => solution).find(({ text }) => DIAL.test(text))?.window ?? 1;

  function mended(keys: Keys, step: Step, values: Values): Keys | undefined {
    const now = way(keys, step, values);
    const verb = verbOf(keys);
    // What was half said is said again: the old name before the new one, and where to begin.
    const half = verb === "RNTO" ? "RNFR" : MOVES.test(verb) ? "REST" : undefined;
    if (half === undefined || !now || now.text !== fill(keys.text, values)) return now;
    const before = own(/^[A-Z]/, step, keys, keys.window);
    return before?.text.startsWith(`${half} `) === true && stands.talk(keys.window)?.half !== half
      ? filled(before, values)
      : now;
  }

  function way(keys: Keys, step: Step, values: Values): Keys | undefined {
    const toData = TO_DATA.test(keys.text);
    const verb = verbOf(keys);
    const self = filled(keys, values);
    if (isReply(keys)) return served(keys, step, self);
    // A line at a prompt, or a deed.
    if (!/^[A-Z]/.test(verb) && !toData) return client(keys, step) ?? self;
    const dial = own(DIAL, step, keys, toData ? undefined : keys.window) ?? own(DIAL, step, keys);
    // Where there are several conversations, the port is the one's that was asked for it.
    const asks = agree(step, keys, toData);
    const control = stands.control(toData ? (asks?.window ?? talk) : keys.window);
    // More than one line for talking, or a client that calls: nothing sure can be said.
    if (!control) {
      // What is said there may be no FTP at all.
      const other = stands.connections.some(
        ({ state, window, to, role }) =>
          state === "open" &&
          (window === keys.window ||
            (role !== "control" && dial?.text.endsWith(` ${to.port}`) === true)),
      );
      return dial && !other && (toData || keys.window === dial.window) ? dial : self;
    }
    // Under cover is where the lesson talks, and what stands there is not.
    if (dial?.text.startsWith("openssl") && !stands.covered(control.conn)) return dial;
    const status = stands.status(control.session);
    if (verb === "USER" || verb === "QUIT") return self;
    const at = control.window ?? keys.window;
    const here = (pattern: RegExp): Keys | undefined =>
      own(pattern, step, keys, at) ?? own(pattern, step, keys);
    const login = here(/^USER /);
    if (login && typeof status?.user !== "string") {
      if (typeof status?.pending !== "string") return { ...login, window: at };
      const pass = here(/^PASS /);
      return verb === "PASS" ? self : pass && { ...pass, window: at };
    }
    const { begun = 0, folder, granted } = stands.talk(at) ?? {};
    const unsaid = statesBefore(steps, begun, at, step, keys).find(
      ({ text }) =>
        restsOn(verb, text) &&
        !granted?.has(text) &&
        !(folder === status?.folder && /^(?:CWD|CDUP)\b/.test(text)) &&
        // Who did a step without it has passed it over.
        !((shown.get(`${at}> ${text}`) ?? Infinity) < asked),
    );
    if (unsaid) return unsaid;
    if (!status || !asks || /^(?:PASV|EPSV|PORT|EPRT)$/.test(verb)) return self;
    const before = step.solution.slice(0, Math.max(0, step.solution.indexOf(keys)));
    const calls = /^(?:PORT|EPRT)/.test(asks.text);
    // Who has agreed or dialled for it in this step means it to move something, whatever the step waits for.
    const meant = before.some((line) => TO_DATA.test(line.text) || AGREE.test(line.text));
    const wanted = meant ? MOVED : calls ? CALLED : MOVING;
    const moves = step.goal.flat().some((line) => wanted.test(line));
    if (!toData && !(MOVES.test(verb) && moves)) return self;
    if (status.data === "active" || status.data === "transfer") return self;

    const ask = filled(asks, values);
    if (calls) {
      const listen = own(LISTEN, step, keys);
      if (stands.owed(at) > 0) return self;
      return listen && stands.running(listen.window) === undefined ? filled(listen, values) : ask;
    }
    const unused = stands.connections.some(
      ({ role, state, session }) =>
        role === "data" && state === "open" && session === control.session,
    );
    if (status.data !== "listening") return unused ? self : ask;
    const last = stands.road(status.port, at);
    if (last) {
      // A dial that came to nothing, or went elsewhere, has not used the port up; and what was sent
      // to a server waits until it takes it.
      const over = last.state === "reset" || (last.state === "closed" && !STORES.test(verb));
      return over ? ask : self;
    }
    const [, host = control.to.address] = /^telnet (\S+)/.exec(dial?.text ?? "") ?? [];
    // A step may well let the server wait, and dial after it was asked.
    const later = step.solution.slice(step.solution.indexOf(keys) + 1);
    if (toData || later.some(({ text: line }) => TO_DATA.test(line))) return self;
    const port = String(status.port);
    const dialled = own(TO_DATA, step, keys);
    if (dialled) return { window: dialled.window, text: dialled.text.replace(/\{[^}]*\}/, port) };
    return { window: 3 - talk, text: `telnet ${host} ${port}` };
  }

  /** What has to come before a line for the client ftp: that it runs, and has been told who asks. */
  function client(keys: Keys, step: Step): Keys | undefined {
    const { window, text } = keys;
    const start = own(PROGRAM, step, keys, window);
    // To leave it may be all that is meant.
    const leaves = LEAVES.test(text) && step.goal.length === 0;
    const starts = PROGRAM.test(text) && !LEAVES.test(text);
    if (!start?.text.startsWith("ftp ") || leaves || starts) return undefined;
    // A step that starts it has those lines itself.
    if (controlKey(text) !== undefined || step.solution.includes(start)) return undefined;
    if (stands.running(window) === undefined) return start;
    const mine = steps.flatMap(({ solution }) => solution).filter((one) => one.window === window);
    const told = /^(?:Name|Password)/.exec(stands.prompt(window));
    return told ? mine[mine.indexOf(start) + (told[0] === "Name" ? 1 : 2)] : undefined;
  }

  /** What has to come before a line that is said to a client: somebody who listens, and what is said first. */
  function served(keys: Keys, step: Step, self: Keys | undefined): Keys | undefined {
    const { window } = keys;
    const listen = own(LISTEN, step, keys, window);
    if (!listen) return self;
    if (stands.running(window) === undefined) return listen;
    const { begun = 0, spoken = new Set<string>() } = stands.talk(window) ?? {};
    const codes = [...spoken].map((line) => line.slice(0, 3));
    const all = steps.flatMap(({ solution }) => solution);
    const before = steps.slice(0, begun).flatMap(({ solution }) => solution);
    const at = before.findIndex(
      (one, index) =>
        index > all.indexOf(listen) &&
        one.window === window &&
        isReply(one) &&
        !codes.includes(verbOf(one)),
    );
    if (at < 0) return self;
    // Who is told of a port dials it; and what is sent there ends before its last reply.
    const [other, due] = before.slice(at - 1);
    const runs = other && stands.running(other.window) !== undefined;
    const waits = other && (runs ? other.text === "^C" : LISTEN.test(other.text));
    return waits === true ? other : due;
  }

  /**
   * The transfer of an earlier step on which `step` rests although it says none itself: it only waits
   * for what comes of it, or speaks of a port that a server dialled then. It is to be said again
   * once its conversation is over: the line, or what comes before it.
   */
  function restored(step: Step, values: Values): Keys | null | undefined {
    const before = steps.slice(0, steps.indexOf(step));
    const { goal, solution, ask } = step;
    const idle = ({ window, text }: Keys): boolean =>
      window === 0 || controlKey(text) !== undefined;
    const asks = solution.map(({ text }) => text).concat(ask?.kind === "number" ? ask.answer : []);
    const names = (one: Step): boolean =>
      one.goal.flat().some((line) => {
        const [, name] = /^server: dial :\{(\w+)\}/.exec(line) ?? [];
        return name !== undefined && asks.some((text) => text.includes(`{${name}}`));
      });
    const moves = (keys: Keys): boolean => MOVES.test(verbOf(keys));
    const silent = solution.every(
      (keys) =>
        idle(keys) || (TO_DATA.test(keys.text) && goal.flat().some((line) => MOVED.test(line))),
    );
    const waits = solution.length > 0 && silent;
    const of =
      (stands.calledBack ? undefined : before.findLast(names)) ??
      (waits ? before.findLast((one) => one.solution.some(moves)) : undefined);
    const transfer = of?.solution.findLast(moves);
    const window = transfer?.window ?? talk;
    const awaits = goal.length === 0 || goal.flat().some((line) => line[0] === `${window}`);
    if (!of || !transfer || !awaits) return undefined;
    const { begun = 0, spoken } = stands.talk(window) ?? {};
    const control = stands.control(window);
    if (control && begun <= steps.indexOf(of)) return undefined;
    const first = mended(transfer, of, values);
    if (first && (dials.has(first.text) || isSetup(first))) return freed(first);
    const begins = of.solution.findLastIndex(({ text }) => DIAL.test(text));
    const due = of.solution.slice(begins + 1).find((keys) => {
      if (TO_DATA.test(keys.text)) {
        const { port = 0 } = stands.status(control?.session) ?? {};
        return control && !stands.road(port, window);
      }
      const mine = keys.window === window && isCommand(keys);
      return mine && (!control || spoken?.has(plain(fill(keys.text, values))) !== true);
    });
    return due && freed(mended(due, of, values));
  }

  /** `keys`, or what makes their window free for it; null while that may still get through by itself. */
  function freed(keys: Keys | undefined): Keys | null {
    const program = keys && /^[a-z]/.test(keys.text) ? stands.running(keys.window) : undefined;
    if (!keys || program === undefined) return keys ?? null;
    // What ftp asks for is typed while it runs.
    if (program.startsWith("ftp ") && !PROGRAM.test(keys.text)) return keys;
    return program.startsWith("nc ") && stands.stale(keys.window)
      ? { window: keys.window, text: "^C" }
      : null;
  }

  /** Whether the line at `at` need not be entered as things stand, or leaves no trace of being entered. */
  function passes(step: Step, index: number): boolean {
    const { solution } = step;
    const keys = solution[index];
    if (!keys) return false;
    const { window, text } = keys;
    if (window === 0 || controlKey(text) !== undefined) return true;
    const data = TO_DATA.test(text);
    const at = data ? (agree(step, keys, true)?.window ?? talk) : window;
    const control = stands.control(at);
    if (text === "QUIT" && !control)
      return solution.slice(index).some((line) => DIAL.test(line.text));
    const port = data && stands.status(control?.session)?.port;
    return port ? stands.road(port, at)?.state === "open" : false;
  }

  /** The line by which a port was agreed on for `keys`: where several talk, their own window's. */
  function agree(step: Step, keys: Keys, toData: boolean): Keys | undefined {
    const mine = toData ? undefined : own(AGREE, step, keys, keys.window);
    return mine ?? own(AGREE, step, keys);
  }

  return {
    read: (facts, upTo) => stands.read(facts, upTo),
    hear(event, step, values = {}) {
      const { kind, window, text } = event;
      if (step !== doing) typed = 0;
      doing = step;
      if (step && (kind === "run" || kind === "line")) {
        for (let at = typed % step.solution.length; at < step.solution.length; at++) {
          const keys = step.solution[at];
          const pattern = `${keys?.window}${kind === "run" ? "$" : ">"} ${keys?.text}`;
          const same = match(pattern, text, values);
          if (same) typed = at + 1;
          if (same || !passes(step, at)) break;
        }
      }
      const begins = stands.hear(event, step ? steps.indexOf(step) : 0);
      if (begins)
        for (const line of shown.keys()) if (line[0] === String(window)) shown.delete(line);
      // What was said to somebody who has been hung up on is to be said again.
      const ended = stands.connections.find(({ conn }) => conn === event.conn);
      if (step && kind === "closed" && event.by === "you" && ended?.role === "control") {
        const mine = ({ window: of }: Keys): boolean => of === window;
        const entered = step.solution.slice(0, typed).filter(mine);
        const first = entered.find(isCommand);
        const meant = entered.some(({ text: one }) => one === "QUIT" || controlKey(one));
        if (first && !meant) typed = step.solution.indexOf(first);
      }
      // What was said before is forgotten, but for the dial itself.
      const redials = step?.solution.some(
        (keys) => keys.window === window && /^[a-z]/.test(keys.text),
      );
      if (begins && redials !== true) typed = 0;
    },
    get waits() {
      return stands.owed() > 0;
    },
    waitsIn: (window) => stands.owed(window) > 0,
    mended,
    before(step, values) {
      if (!step) return null;
      asked = steps.indexOf(step);
      const lost = restored(step, values);
      if (lost !== undefined) return lost;
      // Who works a port out needs one that is listened on.
      const works = step.ask?.kind === "number" && step.ask.also ? [DIALS] : [];
      const lines = step.solution.length > 0 ? step.solution : works;
      // All was entered, and it did not help: once more from the beginning.
      let at = doing === step ? typed % (lines.length || 1) : 0;
      // All that is left is said to a program that has ended: begin again, too.
      const idle = ({ window, text }: Keys): boolean =>
        stands.running(window) === undefined &&
        (controlKey(text) !== undefined || LEAVES.test(text));
      if (at > 0 && lines.slice(at).every(idle)) at = 0;
      while (at < lines.length && passes({ ...step, solution: lines }, at)) at++;
      // Somebody to talk to comes first, and how that is set up, whatever the step begins with.
      for (const [ahead, keys] of lines.slice(at).entries()) {
        if (DIAL.test(keys.text)) break;
        const said = isCommand(keys) || isReply(keys);
        const now = said && mended(keys, step, values);
        if (!now || now.text === keys.text) continue;
        // The step may do that by itself.
        if (lines.slice(at, at + ahead).some(({ text }) => text === now.text)) break;
        const line = `${now.window}> ${now.text}`;
        if (isState(now.text) && !shown.has(line)) shown.set(line, asked);
        if (dials.has(now.text) || isSetup(now) || isReply(keys)) return freed(now);
      }
      const keys = lines[at] ?? (lines.length > 0 ? word(step) : undefined);
      if (!keys) return null;
      const now = mended(keys, step, values);
      if (!now || now.text === fill(keys.text, values)) return null;
      // Who has all lines behind them may need no login, but somebody to talk to.
      if (keys !== lines[at] && !DIAL.test(now.text)) return null;
      return freed(now);
    },
  };
}

/** `keys` with its values, once they are known. */
function filled(keys: Keys, values: Values): Keys | undefined {
  const text = fill(keys.text, values);
  return text === undefined ? undefined : { window: keys.window, text };
}

/** A dial of a port that the session names, whatever its number. */
const DIALS: Keys = { window: 2, text: "telnet {port}" };

/** Something to say where `step` awaits a reply and has no line of its own left: it rests on the talk alone. */
function word({ goal, solution }: Step): Keys | undefined {
  const window = Number(goal.flat().findLast((line) => /^\d</.test(line))?.[0] ?? 0);
  const starts = solution.some((keys) => keys.window === window && /^[a-z]/.test(keys.text));
  return window > 0 && !starts ? { window, text: "NOOP" } : undefined;
}
