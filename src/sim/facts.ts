/**
 * Every kind of fact that a layer of the simulator can record: the vocabulary of the trace.
 * Readers (explain, lesson, app) import these types and nothing deeper.
 *
 * Each fact also carries `at`, milliseconds of virtual time since the world began; its place in
 * the trace is its index. Numbers that name things (`conn`, `session`, `window`) count from 1.
 */
import type { Octets } from "./bytes.ts";

/** An address and a port, as one end of a connection. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** Which end of a connection: the one that dialled, or the one that listened. */
export type Side = "dialler" | "listener";

/** What the network saw. */
export type NetFact =
  /** A program asked for the address of a name. `address` is null if there is none. */
  | { kind: "lookup"; host: string; name: string; address: string | null }
  /** A program on `host` listens. */
  | { kind: "listen"; host: string; address: string; port: number }
  /** It listens no more. */
  | { kind: "unlisten"; host: string; address: string; port: number }
  /** The first packet of a connection leaves (SYN). `host` is the name of the dialling host. */
  | { kind: "dial"; conn: number; host: string; from: Endpoint; to: Endpoint }
  /** The dialler learns that nobody listens there (RST in answer to SYN). */
  | { kind: "refused"; conn: number }
  /**
   * The dialler hears nothing for too long, or that there is no way. With `by` it is the one who
   * was called: what it sends on the standing connection is acknowledged no more.
   */
  | {
      kind: "unreachable";
      conn: number;
      why: "timeout" | "no-route" | "port-taken";
      by?: "listener";
    }
  /** The dialler has given up before any answer came: nothing more of it leaves. */
  | { kind: "abandoned"; conn: number }
  /** The dialler learns that the connection stands (SYN ACK). The listener's program may not know yet. */
  | { kind: "open"; conn: number }
  /** The listening program takes the connection from its kernel's queue. */
  | { kind: "accept"; conn: number }
  /** Bytes leave one end. */
  | { kind: "sent"; conn: number; by: Side; bytes: Uint8Array }
  /** Bytes that `by` sent are there at the other end. */
  | { kind: "arrived"; conn: number; by: Side; bytes: Uint8Array }
  /** Bytes that `by` sent reached an end that takes no more: they are lost. */
  | { kind: "lost"; conn: number; by: Side; length: number }
  /** One end closes in order: it will send no more (FIN leaves). */
  | { kind: "fin"; conn: number; by: Side }
  /** The other end learns of that close. */
  | { kind: "finned"; conn: number; by: Side }
  /** One end breaks the connection off (RST leaves). */
  | { kind: "rst"; conn: number; by: Side }
  /** From here on both ends speak TLS (simulated: what follows is recorded in the clear), or no longer. */
  | { kind: "tls"; conn: number; on: boolean }
  /** The other end learns of that reset. */
  | { kind: "rsted"; conn: number; by: Side }
  /** Nobody has answered the first packet: it leaves again, for the `attempt`th time (from 2). */
  | { kind: "again"; conn: number; attempt: number }
  /** A NAT lets a connection through under other addresses: these are what the far side sees. */
  | { kind: "translated"; conn: number; box: string; from: Endpoint; to: Endpoint }
  /**
   * A packet of `by` goes no further: the box (or the fault) `box` swallows it. `length` counts its
   * bytes of data. `why`: a rule forbids it, the box knows no such connection, the packet is larger
   * than the way allows, or a fault was ordered.
   */
  | {
      kind: "dropped";
      conn: number;
      box: string;
      by: Side;
      what: "syn" | "data" | "fin" | "rst";
      length: number;
      why: "rule" | "unknown" | "size" | "fault";
    }
  /** A box answers in the place of the one who was called: with RST, or with ICMP unreachable. */
  | { kind: "rejected"; conn: number; box: string; how: "reset" | "unreachable" }
  /** A box that follows FTP wrote another address into what `by` says (an ALG). */
  | {
      kind: "rewritten";
      conn: number;
      box: string;
      by: Side;
      before: Uint8Array;
      after: Uint8Array;
    }
  /** ... and lets a data connection to `to` through, which it has read there. */
  | { kind: "expected"; conn: number; box: string; to: Endpoint }
  /** A box forgets a connection that was silent for too long. */
  | { kind: "forgotten"; conn: number; box: string }
  /** A box or a fault was switched (`id` of the scenario), or one of the learner's settings. */
  | { kind: "switch"; id: string; on: boolean }
  /** An ICMP echo of `host` came back after `took` milliseconds, or did not (null). `window`: for whom. */
  | {
      kind: "ping";
      host: string;
      to: string;
      sequence: number;
      took: number | null;
      window?: number;
    };

/** Where the server stands with its client: the panel "server's state" is drawn from the newest one. */
export interface Status {
  /** The user who is logged in, or null. */
  readonly user: string | null;
  /** The name that USER gave while PASS is awaited, or null. */
  readonly pending: string | null;
  /** The working directory, as PWD would say it. */
  readonly folder: Octets;
  /** The representation type: A, I, E or L. */
  readonly type: "A" | "I" | "E" | "L";
  /** What stands ready for the next transfer. */
  readonly data: "none" | "listening" | "active" | "transfer";
  /** The port listened on (`listening`) or to be dialled (`active`), else 0. */
  readonly port: number;
}

/** What the FTP server did. `session` is one control connection's life; `conn` is that connection. */
export type FtpFact =
  | { kind: "session"; session: number; conn: number; server: string; dialect: string }
  /**
   * A whole command line was read. `command` counts the session's command lines from 1.
   * `known`: "yes"; "not-yet" is a verb of the real server that ours lacks so far; "no".
   */
  | {
      kind: "command";
      session: number;
      command: number;
      verb: string;
      argument: Octets | null;
      known: "yes" | "not-yet" | "no";
    }
  /** A reply was sent: to command `command`, or on the server's own account (greeting, time-out) if 0. */
  | { kind: "reply"; session: number; command: number; code: number; lines: readonly Octets[] }
  /** PASV was granted: the server listens on `port` and announces `address`. */
  | { kind: "passive"; session: number; command: number; address: string; port: number }
  /** The server took `conn` up as this session's data connection, by accepting or by dialling it. */
  | { kind: "data"; session: number; conn: number; how: "accepted" | "dialled" }
  /** The server's state changed. */
  | { kind: "status"; session: number; status: Status }
  /** The session ended: its control connection is closed on the server's side. */
  | { kind: "session-end"; session: number };

/** Who speaks on a screen. */
export type Speaker =
  /** The shell's prompt, and telnet's `telnet> `. */
  | "prompt"
  /** What the learner types, as it is echoed. */
  | "you"
  /** A program of the learner's computer: the shell, telnet. */
  | "program"
  /** What came over the connection `conn`. */
  | "server"
  /** Movements of the cursor and erasing while a line is edited: no words. */
  | "edit";

/** What happened on the learner's computer. */
export type ShellFact =
  /** A window is there from now on, with a shell on the computer `host`. */
  | { kind: "window"; window: number; host: string }
  /** A window was closed, and whatever ran in it with it. */
  | { kind: "window-closed"; window: number }
  /** Something was written on a window's screen. */
  | { kind: "print"; window: number; who: Speaker; conn: number; bytes: Uint8Array }
  /** A line was entered at the shell's prompt. Empty lines are recorded too. */
  | { kind: "run"; window: number; line: string }
  /** A program started by that line ended, and the prompt came back. */
  | { kind: "exit"; window: number; program: string; status: number }
  /** The program in this window now holds connection `conn`: it dials it, or it was called. */
  | { kind: "attach"; window: number; conn: number }
  /** A line was entered into telnet and sent over `conn`. `line` is without its line end. */
  | { kind: "line"; window: number; conn: number; line: string }
  /** A program in this window has written a file of its computer; `bytes` is all that stands in it now. */
  | { kind: "file"; window: number; name: string; bytes: Uint8Array };

/** A fact as it lies in the trace. */
export type Fact = (NetFact | FtpFact | ShellFact) & { readonly at: number };

/** The fact without its time, as a layer hands it to its sink. */
export type NewFact = NetFact | FtpFact | ShellFact;
