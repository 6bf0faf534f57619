/** What makes one server differ from another: words, verbs, framing, and how it guards its commands. */
import type { Octets } from "../bytes.ts";
import type { Reply } from "../protocol/reply.ts";
import type { Node } from "../fs/tree.ts";
import type { FtpSetup } from "../scenario.ts";
import type { Outcome, Outcomes } from "./outcomes.ts";

/** What a framer found in a segment. */
export interface Framed {
  /** Whole lines, without their ends. */
  readonly lines: Octets[];
  /** What is answered to telnet's own commands. */
  readonly answers: Octets;
}

/** Turns segments into lines; it keeps what is not whole yet. */
export type Framer = (segment: Uint8Array) => Framed;

/** One server's manners. */
export interface Dialect {
  readonly name: string;
  framer(): Framer;
  /** The reply to an outcome. */
  say<K extends Outcome>(outcome: K, what: Outcomes[K], setup: FtpSetup): Reply;
  /** Verbs that the real server has and ours lacks so far. */
  readonly notYet: ReadonlySet<string>;
  /** Verbs that the real server knows and refuses with 502. */
  readonly refused: ReadonlySet<string>;
  /** What HELP says of a verb's syntax; undefined: it does not know the verb. */
  syntax(verb: string): string | undefined;
  /** Lines that are another protocol's: the server hangs up without a word. */
  foreign(line: Octets): boolean;
  /** One line of LIST. `name` is what it calls the entry. */
  listLine(node: Node, name: Octets, now: number): Octets;
  /** How many wrong passwords close the connection. */
  readonly attempts: number;
  /** Milliseconds that it waits, after a transfer, for the client to close the data connection too. */
  readonly lingers: number;
}
