/** What a program of the simulated computer is, and what it may touch. */
import type { NewFact } from "../facts.ts";
import type { HostNetwork } from "../net/network.ts";

/** What the person at a window did: one key as a terminal encodes it, a paste, or closing the program's window. */
export type Typed =
  /** One key: a character, "\r", "\x7f", "\x1b[A", "\x03" … */
  | { readonly kind: "key"; readonly text: string }
  /** Text that came at once; its lines end in "\r", "\n" or "\r\n". */
  | { readonly kind: "paste"; readonly text: string };

/** The screen of a window: each method says who speaks. Line ends are CR LF. */
export interface Screen {
  /** A prompt; what is typed next stands behind it. */
  prompt(text: string): void;
  /** Words of a program. */
  say(text: string): void;
  /** Bytes that came over connection `conn`. */
  relay(bytes: Uint8Array, conn: number): void;
  /** What the person types, as it is echoed. */
  echo(text: string): void;
  /** Moves the cursor or erases: control sequences and no words. */
  edit(sequence: string): void;
}

/** The computer on which programs run: all windows on it share it. */
export interface Computer {
  /** Its name in the trace. */
  readonly name: string;
  readonly net: HostNetwork;
  /** The names that can be dialled, for Tab and for `hosts`; the first one is the one to recommend. */
  readonly hosts: readonly { readonly name: string; readonly title: string }[];
  /** Its files, all in one folder, the home. */
  readonly files: Map<string, Uint8Array>;
  /** Whether telnet helps beyond what a terminal does: history and completion of verbs. */
  conveniences: boolean;
}

/** What a running program is given. */
export interface ProgramContext {
  readonly window: number;
  /** What is written here goes to the window; `relay` and `say` to a file where `>` stands. */
  readonly screen: Screen;
  /** Behind `>`, the window itself: for what goes to standard error. Absent, `screen` is the window. */
  readonly terminal?: Screen;
  /** Behind `<`, what is read instead of the keyboard. */
  readonly input?: Uint8Array;
  /** The status with which the last program in this window ended. */
  readonly status?: number;
  /** The lines entered in this window's shell. */
  readonly history?: readonly string[];
  readonly net: HostNetwork;
  readonly computer?: Computer;
  record(fact: NewFact): void;
  /** Says that the program has ended; nothing of it is called any more. */
  exit(status: number): void;
}

/** A running program. */
export interface Program {
  readonly name: string;
  typed(input: Typed): void;
  /** The window's program is closed by force (SIGHUP): its sockets close, nothing is said. */
  hangUp(): void;
}

/** Starts a program with the words of its command line, its own name first. */
export type Start = (words: readonly string[], context: ProgramContext) => Program;
