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

/** A mender for the lesson of these steps. */
export function mender(steps: readonly Step[]): Mender {
  const connections = connectionReader();
  const statuses = statusReader();
  /** By window: how many last replies are still to come. */
  const owed = new Map<number, number>();
  const lines = steps.flatMap(({ solution }) => solution);
  const own = (pattern: RegExp): Keys | undefined => lines.find(({ text }) => pattern.test(text));
  const dial = own(/^telnet [^{]*$/);
  const talk = dial?.window ?? 1;

  function mended(keys: Keys, { goal }: Step, values: Values): Keys | undefined {
    const toData = /^telnet .*\{/.test(keys.text);
    const [verb = ""] = keys.text.split(" ", 1);
    const text = fill(keys.text, values);
    const self = text === undefined ? undefined : { window: keys.window, text };
    if (verb === "telnet" && !toData) return self;
    const control = connections.list.findLast(
      ({ role, state, window }) => role === "control" && state === "open" && window === talk,
    );
    if (!control) return dial;
    const status = statuses.of(control.session);
    if (verb === "USER" || verb === "QUIT") return self;
    if (typeof status?.user !== "string") {
      if (typeof status?.pending !== "string") return own(/^USER /);
      return verb === "PASS" ? self : own(/^PASS /);
    }
    const moves = goal.flat().some((pattern) => /^\d< 150/.test(pattern));
    if (!toData && (verb === "PASV" || !moves)) return self;

    const ask = { window: talk, text: "PASV" };
    if (status.data !== "listening") return ask;
    const dialled = connections.list.findLast(
      ({ to, role }) => role === "data" && to.port === status.port,
    );
    if (dialled) return dialled.state === "open" && !toData ? self : ask;
    const [, host = control.to.address] = /^telnet (\S+)/.exec(dial?.text ?? "") ?? [];
    return toData ? self : { window: 3 - talk, text: `telnet ${host} ${status.port}` };
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
      if (!step || !keys) return null;
      const now = mended(keys, step, values);
      return now && now.text !== fill(keys.text, values) ? now : null;
    },
  };
}

/** A dial of a port that the session names, whatever its number. */
const DIALS: Keys = { window: 2, text: "telnet {port}" };
