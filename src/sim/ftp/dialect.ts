/** What makes one server differ from another: words, verbs, framing, and how it guards its commands. */
import type { Octets } from "../bytes.ts";
import type { Endpoint } from "../facts.ts";
import type { Node } from "../fs/tree.ts";
import type { Command } from "../protocol/command.ts";
import type { Reply } from "../protocol/reply.ts";
import type { CommandSpec } from "./commands/spec.ts";
import type { DataInput, TimerName } from "./effect.ts";
import type { Outcome, Outcomes } from "./outcomes.ts";
import type { Env, Session, Transfer, Turn } from "./state.ts";

/** What a framer found in a segment. */
export interface Framed {
  /** Whole lines, without their ends. */
  readonly lines: Octets[];
  /** What is answered to telnet's own commands. */
  readonly answers: Octets;
  /** A line was so long that the server hangs up behind those found. */
  readonly hopeless?: boolean;
}

/** Turns segments into lines; it keeps what is not whole yet. */
export type Framer = (segment: Uint8Array) => Framed;

/** The words for every outcome: one reply, several, or none. */
export type Words = {
  readonly [K in Outcome]: (what: Outcomes[K], turn: Turn) => Reply | readonly Reply[];
};

/** One server's manners. */
export interface Dialect {
  readonly name: string;
  /** The verbs it has, each with its handler. */
  readonly table: ReadonlyMap<string, CommandSpec>;
  /** Verbs that the real server has and ours lacks so far. */
  readonly notYet: ReadonlySet<string>;
  framer(): Framer;
  /** Takes a line apart. */
  parse(line: Octets): Command;
  /** The replies to an outcome. */
  say<K extends Outcome>(outcome: K, what: Outcomes[K], turn: Turn): readonly Reply[];
  /** What happens when somebody has dialled: greet, or turn away. */
  greet(turn: Turn): void;
  /**
   * Refuses the command if that is not up to its handler, in this server's order: what is unknown,
   * not allowed before the login or during a transfer … True: it was answered.
   */
  guard(turn: Turn, spec: CommandSpec | undefined): boolean;
  /** A clock has run out. */
  timeOut(turn: Turn, name: Exclude<TimerName, "delay">, seconds: number): void;
  /** The TLS handshake of the control connection failed. */
  tlsFailed(turn: Turn): void;
  /** Whether an encrypted data connection is taken; if not, says why. */
  acceptsData(turn: Turn, ok: boolean, resumed: boolean): boolean;
  /** Whether the control connection is read while this transfer runs. */
  listens(transfer: Transfer, session: Session): boolean;
  /** Milliseconds that it waits, after a transfer, for the client to close the data connection too. */
  readonly lingers: number;
  /** A transfer ends before it has begun, without a word (ProFTPD after EPSV ALL, for one). */
  declines?(turn: Turn): boolean;
  /** What its 421 says at the door while it is too busy for anybody. */
  readonly busy: Octets | ((env: Env) => Octets);
  /**
   * The disk is full in the midst of an upload; `part`: some of what came last was stored. Left out
   * by those that deal with uploads in their own way.
   */
  diskFull?(turn: Turn, transfer: Transfer, part: boolean): void;
  /** Where it dials with neither PASV nor PORT; left out: the client's end of the control connection. */
  dials?(turn: Turn): Endpoint | undefined;
  /** Deals with an input of the data connection in its own way; false leaves it to the session. */
  data?(turn: Turn, input: DataInput): boolean;
  /** How many data connections may wait at the passive port (listen(2)); left out: 1. */
  readonly backlog?: number;
  /** PASV's port stays open after a transfer: the next one takes the next connection there. */
  readonly keepsPort?: boolean;
  /** Looks at the lines that come while data moves, in its own way; the session then leaves them alone. */
  meanwhile?(turn: Turn): void;
  /** The client has closed its half and all is answered: what is said before hanging up. */
  leave?(turn: Turn): void;
  /** Comes after every input, when the lines that could be answered are. */
  settle?(turn: Turn): void;
  /** One line of LIST, without its end. `name` is what it calls the entry. */
  listLine(node: Node, name: Octets, now: number, turn: Turn): Octets;
  /** A name for STOU that is not `taken`. */
  uniqueName(turn: Turn, taken: (name: Octets) => boolean): Octets;
}
