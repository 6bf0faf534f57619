/** What has to be typed before a line can do what it is for: the connection dialled again, and so on. */
import { connectionReader } from "../explain/connections.ts";
import type { NotationEvent } from "../explain/notation.ts";
import { statusReader } from "../explain/status.ts";
import type { Fact } from "../sim/facts.ts";
import { fill, type Values } from "./goal.ts";
import type { Keys, Step } from "./lesson.ts";

/** Reads where a session stands, and knows from a lesson's own lines how it came there. */
export interface Mender {
  /** Reads on, up to (not including) fact `upTo`. */
  read(facts: readonly Fact[], upTo?: number): void;
  /** Hears each event of the notation, once the facts up to it have been read. */
  hear(event: NotationEvent): void;
  /** An answer to something that was said or dialled is still to come. */
  readonly waits: boolean;
  /** `keys` of `step` with its values, or what has to be typed before it. */
  mended(keys: Keys, step: Step, values: Values): Keys | undefined;
  /** What has to be typed before the step can be done as it stands there; null if nothing. */
  before(step: Step | undefined, values: Values): Keys | null;
}

/** A line that dials a port which the session names. */
const TO_DATA = /^(?:telnet|nc) .*\{/;

/** A mender for the lesson of these steps. */
export function mender(steps: readonly Step[]): Mender {
  const connections = connectionReader();
  const statuses = statusReader();
  /** By window: how many last replies are still to come. */
  const owed = new Map<number, number>();
  /** The newest of a lesson's own lines before `step` (or in it, where `within`) that fits. */
  function own(pattern: RegExp, step: Step, within = false): Keys | undefined {
    return steps
      .slice(0, steps.indexOf(step) + (within ? 1 : 0))
      .flatMap(({ solution }) => solution)
      .findLast(({ text }) => pattern.test(text));
  }
  const DIAL = /^telnet [^{]*$/;
  const talk =
    steps.flatMap(({ solution }) => solution).find(({ text }) => DIAL.test(text))?.window ?? 1;

  function mended(keys: Keys, step: Step, values: Values): Keys | undefined {
    const toData = TO_DATA.test(keys.text);
    const [verb = ""] = keys.text.split(" ", 1);
    const text = fill(keys.text, values);
    const self = text === undefined ? undefined : { window: keys.window, text };
    // A line at the shell's prompt, or a deed.
    if (/^[^A-Z]/.test(verb) && !toData) return self;
    const dial = own(DIAL, step, true);
    const control = connections.list.findLast(
      ({ role, state, window }) =>
        role === "control" && state === "open" && window === (toData ? talk : keys.window),
    );
    // More than one line for talking, or a client that calls: nothing sure can be said.
    if (!control) {
      // What is said there may be no FTP at all.
      const other = connections.list.some(
        (one) => one.state === "open" && one.window === keys.window,
      );
      return dial && !other && (toData || keys.window === dial.window) ? dial : self;
    }
    const status = statuses.of(control.session);
    if (verb === "USER" || verb === "QUIT") return self;
    const login = own(/^USER /, step);
    if (login && typeof status?.user !== "string") {
      if (typeof status?.pending !== "string") return login;
      return verb === "PASS" ? self : own(/^PASS /, step);
    }
    const moves = step.goal.flat().some((pattern) => /^\d< 150/.test(pattern));
    // With PORT somebody has to listen first: more than one line can mend.
    const agreed = own(/^(?:PASV|EPSV)$/, step);
    if (!status || !agreed || /^(?:PASV|EPSV|PORT|EPRT)$/.test(verb)) return self;
    if (!toData && !moves) return self;

    const ask = { window: agreed.window, text: agreed.text };
    if (status.data === "active" || status.data === "transfer") return self;
    if (status.data !== "listening") return ask;
    const dialled = connections.list.findLast(
      ({ to, role }) =>
        role === "data" && to.port === status.port && to.address === control.to.address,
    );
    if (dialled) return dialled.state === "open" && !toData ? self : ask;
    const [, host = control.to.address] = /^telnet (\S+)/.exec(dial?.text ?? "") ?? [];
    // A step may well let the server wait, and dial after it was asked.
    const later = step.solution.slice(step.solution.indexOf(keys) + 1);
    if (toData || later.some(({ text: line }) => TO_DATA.test(line))) return self;
    const port = String(status.port);
    const before = own(TO_DATA, step);
    if (before) return { window: before.window, text: before.text.replace(/\{[^}]*\}/, port) };
    return { window: 3 - talk, text: `telnet ${host} ${port}` };
  }

  return {
    read(facts, upTo) {
      connections.read(facts, upTo);
      statuses.read(facts, upTo);
    },
    hear({ kind, window = 0, control, code = 0, line, conn = 0 }) {
      const before = owed.get(window) ?? 0;
      if (kind === "dial" || (kind === "line" && control)) owed.set(window, before + 1);
      else if (kind === "reply" && code >= 200 && line?.[3] !== "-") owed.set(window, before - 1);
      else if (/^(refused|unreachable|closed|reset)$/.test(kind)) owed.delete(window);
      // Only a control connection greets.
      else if (kind === "connected" && connections.byConn(conn)?.role !== "control") {
        owed.delete(window);
      }
    },
    get waits() {
      return [...owed.values()].some((count) => count > 0);
    },
    mended,
    before(step, values) {
      const [first] = step?.solution ?? [];
      // Who works a port out needs one that is listened on.
      const dials = step?.ask?.kind === "number" && step.ask.also ? DIALS : undefined;
      const keys = first ?? dials;
      if (!step || !keys || keys.window === 0) return null;
      // Dialled already, or through and only nc is still to be left: nothing has to be done anew.
      const road = connections.list.findLast(({ role }) => role === "data");
      const leaves = step.solution.some(({ text }) => text === "^C");
      if (leaves && road && keys.window === road.window && keys.text.includes("{")) {
        if (road.state === "open" || road.taken) return null;
      }
      const now = mended(keys, step, values);
      return now && now.text !== fill(keys.text, values) ? now : null;
    },
  };
}

/** A dial of a port that the session names, whatever its number. */
const DIALS: Keys = { window: 2, text: "telnet {port}" };
