/**
 * The trace in the one notation of the project, as the learner met it: what their windows did
 * and what arrived there. Lessons ask for these lines, tests and exports write them.
 *
 *     1$ telnet ftptest.exavault.com 21     entered at the prompt of window 1
 *     1> PASV                               sent by the program in window 1
 *     1< 227 Entering Passive Mode (…).     one line of a reply that arrived there
 *     2: connected :62843                   what became of window 2's connection
 *     server: dial :40126                   the same of a connection that no window dialled
 *     1: prompt telnet>                     telnet asks for a command of its own
 */
import { fromBytes, utf8Decode } from "../sim/bytes.ts";
import type { Fact } from "../sim/facts.ts";
import { spoken } from "./telnet.ts";

/** What a line of the notation tells. */
export type NotationKind =
  | "run"
  | "prompt"
  | "line"
  | "reply"
  | "dial"
  | "connected"
  | "refused"
  | "unreachable"
  | "unknown"
  | "received"
  | "lost"
  | "closed"
  | "reset";

/** One line of the notation. */
export interface NotationEvent {
  /** The index in the trace of the fact that completed it. */
  readonly fact: number;
  readonly kind: NotationKind;
  /** The whole line. */
  readonly text: string;
  /** The window it belongs to; none for a connection that the server dialled. */
  readonly window?: number;
  readonly conn?: number;
  /** What was typed, or the words that arrived. */
  readonly line?: string;
  /** The code of a reply's first or last line. */
  readonly code?: number;
  /** The port that was dialled. */
  readonly port?: number;
  /** The bytes that a data connection brought, or that came too late for it. */
  readonly bytes?: number;
  /** Of what was typed: whether it went over a control connection. */
  readonly control?: boolean;
  /** Who closed. */
  readonly by?: "you" | "server";
}

/** Reads a trace as it grows; `events` is everything told so far. */
export interface NotationReader {
  /** Reads on, up to (not including) fact `upTo`. */
  read(facts: readonly Fact[], upTo?: number): void;
  readonly events: readonly NotationEvent[];
}

interface Wire {
  readonly port: number;
  readonly dialled: number;
  window?: number;
  told: boolean;
  control: boolean;
  over: boolean;
  bytes: number;
  rest: string;
}

/** A reader at the beginning of a trace. */
export function notationReader(): NotationReader {
  const events: NotationEvent[] = [];
  const wires = new Map<number, Wire>();
  let next = 0;
  /** The window where something happened last: a look-up does not say whose it is. */
  let window = 1;

  /** A line about a connection; the first one about a dial that no window claimed tells the dial. */
  function tell(
    fact: number,
    conn: number,
    wire: Wire,
    kind: NotationKind,
    words: string,
    more: Partial<NotationEvent> = {},
  ): void {
    if (!wire.told) {
      wire.told = true;
      tell(wire.dialled, conn, wire, "dial", `dial :${wire.port}`);
    }
    const who = wire.window === undefined ? {} : { window: wire.window };
    const text = `${wire.window ?? "server"}: ${words}`;
    events.push({ fact, kind, text, conn, port: wire.port, ...who, ...more });
  }

  function end(fact: number, conn: number, wire: Wire, by?: "you" | "server"): void {
    wire.over = true;
    const { port, bytes } = wire;
    if (!wire.control) tell(fact, conn, wire, "received", `received ${bytes}`, { bytes });
    if (by) tell(fact, conn, wire, "closed", `closed :${port} by ${by}`, { by });
    else tell(fact, conn, wire, "reset", `reset :${port}`);
  }

  /** Bytes are joined until a whole line stands, however they were cut on the way. */
  function arrived(fact: number, conn: number, wire: Wire, bytes: Uint8Array): void {
    if (!wire.control) {
      wire.bytes += bytes.length;
      return;
    }
    const lines = (wire.rest + fromBytes(bytes)).split("\r\n");
    wire.rest = lines.pop() ?? "";
    for (const octets of lines) {
      const line = utf8Decode(spoken(octets));
      const code = /^[1-5]\d\d(?=[ -]|$)/.exec(line);
      const text = `${wire.window ?? "server"}< ${line}`;
      const who = wire.window === undefined ? {} : { window: wire.window };
      const what = code ? { code: Number(code[0]) } : {};
      events.push({ fact, kind: "reply", text, conn, line, ...who, ...what });
    }
  }

  function take(fact: Fact, at: number): void {
    if ("window" in fact) window = fact.window;
    if (fact.kind === "run") {
      const line = fact.line.trim();
      if (line) events.push({ fact: at, kind: "run", text: `${window}$ ${line}`, window, line });
    } else if (fact.kind === "line") {
      const { conn, line } = fact;
      const control = wires.get(conn)?.control ?? false;
      const text = `${window}> ${line}`;
      events.push({ fact: at, kind: "line", text, window, conn, line, control });
    } else if (fact.kind === "print") {
      // Nothing else tells that what is typed next goes neither to the shell nor to a server.
      if (fact.who !== "prompt" || fromBytes(fact.bytes) !== "telnet> ") return;
      events.push({ fact: at, kind: "prompt", text: `${window}: prompt telnet>`, window });
    } else if (fact.kind === "lookup" && fact.address === null) {
      const line = fact.name;
      events.push({ fact: at, kind: "unknown", text: `${window}: unknown ${line}`, window, line });
    } else if (fact.kind === "dial") {
      const wire = { told: false, control: false, over: false, bytes: 0, rest: "" };
      wires.set(fact.conn, { ...wire, port: fact.to.port, dialled: at });
    } else if ("conn" in fact) {
      const wire = wires.get(fact.conn);
      if (wire) follow(fact, at, wire);
    }
  }

  function follow(fact: Fact & { conn: number }, at: number, wire: Wire): void {
    const { conn } = fact;
    if (fact.kind === "attach") {
      wire.window = fact.window;
      wire.told = true;
      tell(wire.dialled, conn, wire, "dial", `dial :${wire.port}`);
    } else if (fact.kind === "session") wire.control = true;
    else if (fact.kind === "open") tell(at, conn, wire, "connected", `connected :${wire.port}`);
    else if (fact.kind === "refused" || fact.kind === "unreachable") {
      wire.over = true;
      tell(at, conn, wire, fact.kind, `${fact.kind} :${wire.port}`);
    } else if (fact.kind === "lost" && fact.by === "listener" && !wire.control) {
      tell(at, conn, wire, "lost", `lost ${fact.length}`, { bytes: fact.length });
    } else if ("by" in fact && !wire.over) {
      // Which end is the learner's: the dialling one, unless the server dialled.
      const mine = fact.by === (wire.window === undefined ? "listener" : "dialler");
      if (mine && (fact.kind === "fin" || fact.kind === "rst")) end(at, conn, wire, "you");
      else if (!mine && fact.kind === "arrived") arrived(at, conn, wire, fact.bytes);
      else if (!mine && fact.kind === "finned") end(at, conn, wire, "server");
      else if (!mine && fact.kind === "rsted") end(at, conn, wire);
    }
  }

  return {
    events,
    read(facts, upTo = facts.length) {
      for (; next < upTo; next++) {
        const fact = facts[next];
        if (fact) take(fact, next);
      }
    },
  };
}
