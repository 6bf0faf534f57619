/** What makes one server differ from another: words, verbs, framing, and how it guards its commands. */
import type { Octets } from "../bytes.ts";
import type { Node } from "../fs/tree.ts";
import type { Command } from "../protocol/command.ts";
import type { Reply } from "../protocol/reply.ts";
import type { CommandSpec } from "./commands/spec.ts";
import type { TimerName } from "./effect.ts";
import type { Outcome, Outcomes } from "./outcomes.ts";
import type { Transfer, Turn } from "./state.ts";

/** What a framer found in a segment. */
export interface Framed {
  /** Whole lines, without their ends. */
  readonly lines: Octets[];
  /** What is answered to telnet's own commands. */
  readonly answers: Octets;
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
  listens(transfer: Transfer): boolean;
  /** Milliseconds that it waits, after a transfer, for the client to close the data connection too. */
  readonly lingers: number;
  /** One line of LIST, without its end. `name` is what it calls the entry. */
  listLine(node: Node, name: Octets, now: number, turn: Turn): Octets;
  /** A name for STOU that is not `taken`. */
  uniqueName(turn: Turn, taken: (name: Octets) => boolean): Octets;
}
