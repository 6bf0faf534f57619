/** What a ladder is made of: one rung for each thing that crosses the wire or changes what can. */
import type { Endpoint } from "../sim/facts.ts";
import type { HostPort } from "./pasv.ts";

/** Blue, amber, or a connection that has nothing to do with FTP. */
export type Wire = "control" | "data" | "other";

/** A band along a lifeline: a connection, or (`dashed`) a port that is listened on. */
export interface Band {
  readonly key: string;
  readonly wire: Wire;
  /** 0 is the outermost. */
  readonly lane: number;
  readonly dashed: boolean;
  /** Whose port it is that is listened on, if it is not the server's. */
  readonly side?: "you";
  readonly state: "through" | "begins" | "ends";
}

/** Why a dialled connection did not come to stand. */
export type DialEnd =
  | "open"
  | "refused"
  | "turned-away"
  | "timeout"
  | "no-route"
  | "port-taken"
  /** The learner would wait no longer. */
  | "given-up";

/** What a rung tells; `way` says which way it goes: "right" is from the learner to the server. */
export type Telling =
  | { kind: "unknown-name"; name: string }
  | {
      kind: "dial";
      end: DialEnd;
      from: Endpoint;
      to: Endpoint;
      /** The server dialled, not the learner. */
      back: boolean;
      /** How many data connections have stood so far, this one with them. */
      nth: number;
      /** It passes the learner by: the host that dials, where that is a server and the other no window. */
      away: string | undefined;
      /** What the far side sees, where a NAT stands between. */
      outside: { readonly from: Endpoint; readonly to: Endpoint } | undefined;
      /** Seconds until it was given up. */
      waited: number;
    }
  /** It is `early` where the last answer had not come; `during` a transfer, where that is why. */
  | { kind: "command"; line: string; verb: string; early: boolean; during?: string }
  | {
      kind: "reply";
      code: number;
      lines: readonly string[];
      verb: string;
      hostPort: HostPort | undefined;
      /** The real server does what this one refuses. */
      notYet: boolean;
    }
  /** `tell` is what tells somebody to call a port of `yours`, where anybody is there to be told. */
  | { kind: "listening"; port: number | undefined; ended: number; yours: boolean; tell?: string }
  /** The server uses a connection that it was dialled for; `waited` bytes of a file lay there already. */
  | { kind: "taken"; port: number; waited: number }
  /** Data. `lines` is -1 where the bytes are no text; `waits`: the server has not begun to read. */
  | { kind: "bytes"; length: number; lines: number; head: string; waits?: boolean }
  /** A line typed where no commands are read. It `waits` where a later STOR would read it as data. */
  | { kind: "typed"; line: string; waits: boolean }
  /** Bytes of the telnet protocol, or others that make no line. */
  | { kind: "signal"; hex: string }
  /** TLS begins on a control connection, or ends. */
  | { kind: "tls"; on: boolean }
  | { kind: "lost"; length: number }
  /** `waiting` counts the bytes that you had sent and nobody had taken up; by "nobody": no answer came any more. */
  | {
      kind: "close";
      by: "you" | "server" | "nobody";
      reset: boolean;
      unused: boolean;
      waiting: number;
    }
  | OnTheRoad;

/** What boxes and faults on the way do, and what the network does of its own. `box` is a title. */
export type OnTheRoad =
  /** Nobody answered the first packet, so it left once more, `attempt` times in all. */
  | { kind: "again"; port: number; attempt: number }
  | {
      kind: "dropped";
      /** Not told where it is hidden. */
      box: string | undefined;
      what: "syn" | "data" | "fin" | "rst";
      why: "rule" | "unknown" | "size" | "fault";
      port: number;
      length: number;
      times: number;
    }
  /** An ALG wrote other numbers, and lets a connection to `port` through. */
  | { kind: "rewritten"; box: string; before: string; after: string; port: number | undefined }
  | { kind: "expected"; box: string; port: number }
  | { kind: "forgotten"; box: string; port: number }
  | { kind: "switch"; box: string; on: boolean }
  | { kind: "ping"; to: string; times: number; lost: number; took: number | null };

/** One rung. Only the newest one of a ladder ever changes, and `version` counts those changes. */
export interface Rung {
  /** Its place in the ladder, from 0. */
  readonly id: number;
  readonly at: number;
  /** The fact with which it came; where it shows one line of many, its own line number is in `id`. */
  readonly fact: number;
  readonly wire: Wire;
  readonly way: "right" | "left" | "none";
  readonly conn: number;
  readonly window: number;
  readonly lane: number;
  readonly bands: readonly Band[];
  readonly version: number;
  readonly tells: Telling;
  /** A sentence that helps here: a tip, or why it failed. Words in backticks are to be typed. */
  readonly note: string | undefined;
  /** Whose it is, where more than one could be meant: "files.example.net", "on your-laptop". */
  readonly whose?: string;
  /** It crossed inside TLS. */
  readonly secret?: true;
  /** The far side, where that is no server: a client that called, or the learner's own computer. */
  readonly far?: "client" | "self";
}

/** What stands at this moment and will go on until something happens. */
export interface Pending {
  readonly wire: Wire;
  readonly lane: number;
  readonly text: string;
}
