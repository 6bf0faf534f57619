/** What has to be typed before a line can do what it is for: the connection dialled again, and so on. */
import { connectionReader, type Connection } from "../explain/connections.ts";
import type { NotationEvent } from "../explain/notation.ts";
import { statusReader } from "../explain/status.ts";
import { fromBytes } from "../sim/bytes.ts";
import type { Fact } from "../sim/facts.ts";
import { controlKey } from "./deed.ts";
import { match } from "./goal.ts";
import { fill, type Values } from "./values.ts";
import type { Keys, Step } from "./lesson.ts";

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

/** The commands that want a data connection. */
const MOVES = /^(?:LIST|NLST|MLSD|RETR|STOR|STOU|APPE)$/;
/** Words by which a program is left. */
const LEAVES = /^(?:quit|close|bye)$/;
/** A line that dials a port which the session names. */
const TO_DATA = /^(?:telnet|nc|openssl) .*\{/;
/** A line that dials a server to talk to it. */
const DIAL = /^(?:telnet [^{]*|openssl s_client [^{]*-starttls ftp [^{]*)$/;
/** What a server forgets when one hangs up, and the commands that rest on it. */
const STATE = /^(?:CWD|CDUP|TYPE|MODE|STRU|OPTS|PBSZ|PROT)\b[^{]*$/;
/** Of these only the newest counts. */
const ONE = /^(?:TYPE|MODE|STRU|PROT)$/;
/** Which commands rest on which of them. */
const RESTS: readonly (readonly [state: RegExp, on: RegExp])[] = [
  [
    /^(?:CWD|CDUP)\b/,
    /^(?:LIST|NLST|MLSD|MLST|RETR|STOR|STOU|APPE|SIZE|MDTM|DELE|RNFR|MKD|RMD|PWD)$/,
  ],
  [/^(?:TYPE|MODE|STRU)\b/, /^(?:LIST|NLST|MLSD|RETR|STOR|STOU|APPE|REST|SIZE)$/],
  [/^OPTS\b/, /^(?:LIST|NLST|MLSD|MLST)$/],
  [/^(?:PBSZ|PROT)\b/, /^(?:PASV|EPSV|LIST|NLST|MLSD|RETR|STOR|STOU|APPE)$/],
];

/** A mender for the lesson of these steps. */
export function mender(steps: readonly Step[]): Mender {
  const connections = connectionReader();
  const statuses = statusReader();
  /** By window: how many last replies are still to come. */
  const owed = new Map<number, number>();
  /** By window: how many connections there were when a port was named last. Ports come again. */
  const since = new Map<number, number>();
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
  /** By window: at which step its conversation was begun, and in which folder the one before ended. */
  const talks = new Map<number, { begun: number; folder: string | undefined }>();
  /** By window: what was said last in its conversation, and what was granted in it. */
  const said = new Map<number, string>();
  const granted = new Map<number, Set<string>>();
  /** By session: the folder in which it stood last. */
  const folders = new Map<number | undefined, string>();
  /** Connections under TLS. */
  const covered = new Set<number>();
  /** The windows in which a program runs. */
  const running = new Set<number>();
  let next = 0;
  const AGREE = /^(?:PASV|EPSV)$/;
  const talk =
    steps.flatMap(({ solution }) => solution).find(({ text }) => DIAL.test(text))?.window ?? 1;

  /**
   * The lines of done steps that set a state in a conversation before this one in `window`, but for
   * those whose place the steps since then take.
   */
  function states(window: number, step: Step): readonly Keys[] {
    const { begun = 0 } = talks.get(window) ?? {};
    const here = ({ window: of }: Keys): boolean => of === window;
    // Where the step itself dials, a new conversation is meant.
    if (steps[begun]?.solution.some((keys) => here(keys) && DIAL.test(keys.text))) return [];
    const lines = steps.slice(0, Math.max(0, begun)).flatMap((one) => one.solution.filter(here));
    const set: Keys[] = [];
    for (const keys of lines.slice(lines.findLastIndex(({ text }) => DIAL.test(text)) + 1)) {
      const { text } = keys;
      if (!STATE.test(text)) continue;
      const [verb = ""] = text.split(" ", 1);
      const last = set.findLastIndex((one) => one.text.startsWith(verb));
      // One type takes another's place, and the way up takes back the way down.
      if (/^(?:CDUP|CWD \.\.)$/.test(text)) {
        const down = set.findLastIndex((one) => /^CWD (?!\.\.|\/)/.test(one.text));
        if (down >= 0) set.splice(down, 1);
        else set.push(keys);
        continue;
      }
      if (last >= 0 && ONE.test(verb)) set.splice(last, 1);
      set.push(keys);
    }
    const later = steps
      .slice(begun, steps.indexOf(step) + 1)
      .flatMap((one) => one.solution.filter(here));
    return set.filter(({ text }) => {
      const [verb = ""] = text.split(" ", 1);
      return !ONE.test(verb) || !later.some((keys) => keys.text.startsWith(`${verb} `));
    });
  }

  function mended(keys: Keys, step: Step, values: Values): Keys | undefined {
    const toData = TO_DATA.test(keys.text);
    const [verb = ""] = keys.text.split(" ", 1);
    const text = fill(keys.text, values);
    const self = text === undefined ? undefined : { window: keys.window, text };
    // A line at the shell's prompt, or a deed.
    if (!/^[A-Z]/.test(verb) && !toData) return self;
    const dial = own(DIAL, step, keys, toData ? undefined : keys.window) ?? own(DIAL, step, keys);
    // Where there are several conversations, the port is the one's that was asked for it.
    const asks = own(AGREE, step, keys)?.window ?? talk;
    const control = connections.list.findLast(
      ({ role, state, window }) =>
        role === "control" && state === "open" && window === (toData ? asks : keys.window),
    );
    // More than one line for talking, or a client that calls: nothing sure can be said.
    if (!control) {
      // What is said there may be no FTP at all.
      const other = connections.list.some(
        ({ state, window, to, role }) =>
          state === "open" &&
          (window === keys.window ||
            (role !== "control" && dial?.text.endsWith(` ${to.port}`) === true)),
      );
      return dial && !other && (toData || keys.window === dial.window) ? dial : self;
    }
    // Under cover is where the lesson talks, and what stands there is not.
    if (dial?.text.startsWith("openssl") && !covered.has(control.conn)) return dial;
    const status = statuses.of(control.session);
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
    const back = talks.get(at)?.folder === status?.folder;
    const unsaid = states(at, step).find(
      ({ text: line }) =>
        !granted.get(at)?.has(line) &&
        !(back && /^(?:CWD|CDUP)\b/.test(line)) &&
        RESTS.some(([state, on]) => state.test(line) && on.test(verb)),
    );
    if (unsaid) return unsaid;
    // Who has dialled for it in this step means it to move something; else the goal has to say so.
    const dialled = step.solution.slice(0, Math.max(0, step.solution.indexOf(keys)));
    const wanted = dialled.some((line) => TO_DATA.test(line.text))
      ? /^\d< (?:150|226)/
      : /^\d< 150/;
    const moves = MOVES.test(verb) && step.goal.flat().some((pattern) => wanted.test(pattern));
    // With PORT somebody has to listen first: more than one line can mend.
    const agreed = own(AGREE, step, keys);
    if (!status || !agreed || /^(?:PASV|EPSV|PORT|EPRT)$/.test(verb)) return self;
    if (!toData && !moves) return self;

    const ask = { window: agreed.window, text: agreed.text };
    if (status.data === "active" || status.data === "transfer") return self;
    if (status.data !== "listening") return ask;
    const last = road(status.port, control.window);
    if (last) {
      // A dial that came to nothing, or went elsewhere, has not used the port up.
      const over = last.state === "closed" || last.state === "reset";
      return over ? ask : self;
    }
    const [, host = control.to.address] = /^telnet (\S+)/.exec(dial?.text ?? "") ?? [];
    // A step may well let the server wait, and dial after it was asked.
    const later = step.solution.slice(step.solution.indexOf(keys) + 1);
    if (toData || later.some(({ text: line }) => TO_DATA.test(line))) return self;
    const port = String(status.port);
    const before = own(TO_DATA, step, keys);
    if (before) return { window: before.window, text: before.text.replace(/\{[^}]*\}/, port) };
    return { window: 3 - talk, text: `telnet ${host} ${port}` };
  }

  /** The newest dial of a port that was named in `window`, by whatever name of the server. */
  function road(port: number, window = talk): Connection | undefined {
    return connections.list
      .slice(since.get(window) ?? 0)
      .findLast(({ to, role, away }) => role !== "control" && !away && to.port === port);
  }

  /** Whether the line at `at` need not be entered as things stand, or leaves no trace of being entered. */
  function passes(step: Step, at: number): boolean {
    const { solution } = step;
    const keys = solution[at];
    if (!keys) return false;
    const { window, text } = keys;
    if (window === 0 || controlKey(text) !== undefined) return true;
    const control = talker(keys, step);
    if (text === "QUIT" && !control) return solution.slice(at).some((line) => DIAL.test(line.text));
    const port = TO_DATA.test(text) && statuses.of(control?.session)?.port;
    return port ? road(port, control?.window)?.state === "open" : false;
  }

  /** The connection that `keys` speak on, or on which their port was named. */
  function talker(keys: Keys, step: Step): Connection | undefined {
    const data = TO_DATA.test(keys.text);
    const window = data ? (own(AGREE, step, keys)?.window ?? talk) : keys.window;
    return connections.list.findLast(
      (one) => one.role === "control" && one.state === "open" && one.window === window,
    );
  }

  return {
    read(facts, upTo = facts.length) {
      for (; next < upTo; next++) {
        const fact = facts[next];
        if (fact?.kind === "tls" && fact.on) covered.add(fact.conn);
        if (fact?.kind === "status") folders.set(fact.session, fact.status.folder);
        // Nobody waits for a dial that was given up.
        if (fact?.kind === "abandoned") {
          const { window = 0 } = connections.byConn(fact.conn) ?? {};
          owed.set(window, Math.max(0, (owed.get(window) ?? 0) - 1));
        }
        if (fact?.kind === "run") running.add(fact.window);
        // A line that starts nothing brings the prompt back at once.
        else if (fact?.kind === "exit") running.delete(fact.window);
        else if (fact?.kind === "print" && fact.who === "prompt" && fromBytes(fact.bytes) === "$ ")
          running.delete(fact.window);
      }
      connections.read(facts, upTo);
      statuses.read(facts, upTo);
    },
    hear({ kind, window = 0, control, code = 0, line, conn = 0, text }, step, values = {}) {
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
      if (kind === "connected" && window && connections.byConn(conn)?.role === "control") {
        const before = connections.list.findLast(
          (one) => one.window === window && one.session && one.conn !== conn,
        );
        const folder = folders.get(before?.session);
        talks.set(window, { begun: step ? steps.indexOf(step) : 0, folder });
        granted.set(window, new Set());
        // What was said before is forgotten, but for the dial itself.
        if (!step?.solution.some((keys) => keys.window === window && /^[a-z]/.test(keys.text))) {
          typed = 0;
        }
        said.delete(window);
      } else if (kind === "line" && control) said.set(window, line ?? "");
      else if (kind === "reply" && code >= 200 && code < 300) {
        const words = said.get(window)?.trim().replace(/ +/g, " ") ?? "";
        granted.get(window)?.add(words.replace(/^\S+/, (verb) => verb.toUpperCase()));
      }
      if (code > 226 && code < 230) since.set(window, connections.list.length);
      const before = owed.get(window) ?? 0;
      if (kind === "dial" || (kind === "line" && control)) owed.set(window, before + 1);
      else if (kind === "reply" && code >= 200 && line?.[3] !== "-")
        owed.set(window, Math.max(0, before - 1));
      else if (/^(refused|unreachable|closed|reset)$/.test(kind)) owed.delete(window);
      // Only a control connection greets.
      else if (kind === "connected" && connections.byConn(conn)?.role !== "control") {
        owed.delete(window);
      }
    },
    get waits() {
      return [...owed.values()].some((count) => count > 0);
    },
    waitsIn: (window) => (owed.get(window) ?? 0) > 0,
    mended,
    before(step, values) {
      if (!step) return null;
      // Who works a port out needs one that is listened on.
      const works = step.ask?.kind === "number" && step.ask.also ? [DIALS] : [];
      const lines = step.solution.length > 0 ? step.solution : works;
      // All was entered, and it did not help: once more from the beginning.
      let at = doing === step ? typed % (lines.length || 1) : 0;
      // All that is left is said to a program that has ended: begin again, too.
      const idle = ({ window, text }: Keys): boolean =>
        !running.has(window) && (controlKey(text) !== undefined || LEAVES.test(text));
      if (at > 0 && lines.slice(at).every(idle)) at = 0;
      while (at < lines.length && passes({ ...step, solution: lines }, at)) at++;
      const keys = lines[at] ?? (lines.length > 0 ? word(step) : undefined);
      if (!keys) return null;
      const now = mended(keys, step, values);
      if (!now || now.text === fill(keys.text, values)) return null;
      // Who has all lines behind them may need no login, but somebody to talk to.
      if (keys !== lines[at] && !DIAL.test(now.text)) return null;
      // It may still get through, or must be left first.
      return /^[a-z]/.test(now.text) && running.has(now.window) ? null : now;
    },
  };
}

/** A dial of a port that the session names, whatever its number. */
const DIALS: Keys = { window: 2, text: "telnet {port}" };

/** Something to say where `step` awaits a reply and has no line of its own left: it rests on the talk alone. */
function word({ goal, solution }: Step): Keys | undefined {
  const window = Number(goal.flat().findLast((line) => /^\d</.test(line))?.[0] ?? 0);
  const starts = solution.some((keys) => keys.window === window && /^[a-z]/.test(keys.text));
  return window > 0 && !starts ? { window, text: "NOOP" } : undefined;
}
