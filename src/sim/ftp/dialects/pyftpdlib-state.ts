/** What pyftpdlib remembers of a session besides what every server does. */
import type { Octets } from "../../bytes.ts";
import type { Stream, TimerName } from "../effect.ts";
import { type Asked, type Env, type House, type Session, Turn } from "../state.ts";

/** A transfer that was asked for. */
export type Job =
  | {
      readonly kind: "send";
      readonly asked: Asked;
      readonly stream: Stream;
      /** The kernel sends it by itself: a file in binary. */
      readonly sendfile: boolean;
      readonly what: "lines" | "names" | "file";
    }
  | {
      readonly kind: "receive";
      readonly asked: Asked;
      readonly sink: (bytes: Uint8Array) => boolean;
      /** The file is closed: what is held of it is written. */
      readonly close: () => void;
    };

/** A data connection that stands. */
export interface Channel {
  /** What it does, or null while it waits. */
  job: Job | null;
  /** It was to be encrypted when it was opened. */
  readonly protect: boolean;
  secured: boolean;
  /** A transfer waits for the end of this turn to begin. */
  begins: boolean;
  /** An upload was asked for while something was sent: the connection turns round. */
  turns: boolean;
  /** A download was asked for during an upload: nothing moves any more. */
  stuck: boolean;
  /** The disk was full, which Python finds out only when it closes the file. */
  full: boolean;
  /** A second listing was asked for behind the first, and will never be sent. */
  crowded: boolean;
  sent: number;
  received: number;
  /** Bytes moved when the clock for stalled transfers was last looked at. */
  seen: number;
  readonly since: number;
}

/** What Python holds of a file before it writes: the file does not grow before that is full. */
export const BUFFER = 4096;

/** What pyftpdlib remembers. */
export interface State {
  /** PASV: "stale" once its time is over, since then there is still something for ABOR to close. */
  acceptor: "none" | "opening" | "open" | "stale";
  /** PORT whose dialling is not over. */
  dialling: Asked | null;
  /** PORT was used; that is never forgotten but by the next PORT, PASV or ABOR. */
  connector: boolean;
  channel: Channel | null;
  /** Transfers that were asked for before the data connection stood. */
  out: Job | null;
  into: Job | null;
  renaming: Octets | null;
  /** QUIT waits for the transfer that runs. */
  quitting: boolean;
  /** The control connection is not read: what came meanwhile. */
  deaf: Uint8Array[] | null;
  /** Answers to wrong passwords that are held back. */
  readonly late: ((turn: Turn) => void)[];
  /** An error that nothing caught has left the data connection half closed: nothing more becomes of it. */
  wrecked: boolean;
  /** PBSZ was said. */
  pbsz: boolean;
  /** A command has come since the clock of idle clients was made. */
  spoke: boolean;
  /** Clocks that have run out unnoticed. */
  readonly missed: Set<TimerName>;
  /** Those of them that are looked at now. */
  readonly woken: Set<TimerName>;
  /** What comes now is a clock's doing. */
  byClock: boolean;
  readonly expire: Env["expire"];
}

const states = new WeakMap<Session, State>();
const houses = new WeakMap<House, Guests>();

/** All sessions of a server. */
interface Guests {
  readonly all: Set<State>;
  /** A session ended by a clock: the server sleeps without any time until something happens. */
  asleep: boolean;
}

/** The session's state. */
export function stateOf({ session, env }: Turn): State {
  let state = states.get(session);
  if (state === undefined) {
    state = {
      acceptor: "none",
      dialling: null,
      connector: false,
      channel: null,
      out: null,
      into: null,
      renaming: null,
      quitting: false,
      deaf: null,
      late: [],
      wrecked: false,
      pbsz: false,
      spoke: false,
      missed: new Set(),
      woken: new Set(),
      byClock: false,
      expire: env.expire,
    };
    states.set(session, state);
    guests(env.house).all.add(state);
  }
  return state;
}

function guests(house: House): Guests {
  let found = houses.get(house);
  if (found === undefined) houses.set(house, (found = { all: new Set(), asleep: false }));
  return found;
}

/** The session is over. */
export function forget({ session, env }: Turn): void {
  const state = states.get(session);
  const { all } = guests(env.house);
  if (state === undefined || !all.delete(state)) return;
  // on_disconnect is to be called at once, which the loop takes for "no hurry".
  if (state.byClock) guests(env.house).asleep = true;
}

/**
 * Whether one more socket is one too many. pyftpdlib counts all that it watches: the port it
 * listens on, control connections that it reads, and whatever stands for a data connection.
 */
export function isFull({ env }: Turn): boolean {
  const { clients = 511 } = env.setup.limits ?? {};
  let sockets = 0;
  for (const { deaf, acceptor, dialling, channel } of guests(env.house).all) {
    if (deaf === null) sockets++;
    if (acceptor === "open" || dialling !== null || channel !== null) sockets++;
  }
  return sockets > clients;
}

/**
 * Whether a clock that has run out is noticed. A command sets the clock of idle clients back, and by
 * that (ioloop.py, `_CallLater.reset`) its end only puts the server to sleep, without any time, until
 * something happens on one of its connections. Then the clocks that ran out meanwhile are looked at.
 */
export function notices(turn: Turn, name: TimerName): boolean {
  const state = stateOf(turn);
  const woken = state.woken.delete(name);
  const house = guests(turn.env.house);
  const asleep = !woken && (house.asleep || [...house.all].some(({ missed }) => missed.size > 0));
  const late = !asleep && name === "idle" && state.spoke;
  state.byClock = true;
  if (late) state.spoke = false;
  if (late || asleep) state.missed.add(name);
  return !late && !asleep;
}

/** Something has happened on a connection, unless it was a clock. */
export function wake({ env }: Turn, state: State): void {
  const { byClock } = state;
  state.byClock = false;
  if (byClock) return;
  const house = guests(env.house);
  house.asleep = false;
  for (const { missed, woken, expire } of house.all) {
    for (const name of missed) {
      woken.add(name);
      expire(name);
    }
    missed.clear();
  }
}

/** Reads no more of the control connection, but what came together with this line is still answered. */
export function goDeaf(turn: Turn): void {
  const state = stateOf(turn);
  if (state.deaf !== null) return;
  const held: Uint8Array[] = (state.deaf = []);
  const { framer } = turn.session;
  turn.session.framer = (segment) => {
    if (state.deaf !== null) {
      held.push(segment);
      return { lines: [], answers: "" };
    }
    turn.session.framer = framer;
    return framer(segment);
  };
}

/** Reads again, first what came meanwhile. */
export function hearAgain(turn: Turn): void {
  const state = stateOf(turn);
  const held = state.deaf ?? [];
  state.deaf = null;
  for (const segment of held) turn.session.lines.push(...turn.session.framer(segment).lines);
}

/** A turn that answers an earlier command. */
export function lateTurn({ session, env, now, effects }: Turn, asked: Asked): Turn {
  return new Turn(session, env, now, effects, asked);
}
