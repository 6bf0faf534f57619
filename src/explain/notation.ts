/**
 * The trace in the one notation of the project, as the learner met it: what their windows did
 * and what arrived there. Lessons ask for these lines, tests and exports write them.
 *
 *     1$ telnet ftptest.exavault.com 21     entered at the prompt of window 1
 *     1> PASV                               sent by the program in window 1
 *     1< 227 Entering Passive Mode (…).     one line of a reply that arrived there
 *     2: connected :62843                   what became of window 2's connection
 *     2: listening :50000                   a program in window 2 listens
 *     2: called :50000                      somebody dialled it, and it took the call
 *     server: dial :40126                   a connection that an FTP server dials, and no window took
 *     net: dial :50022 by caller            the same of any other computer
 *     net: box home-nat dropped syn :50000  what a box on the way did
 *     net: switch home-nat off              a box, a fault or a setting was switched
 *     1: prompt telnet>                     telnet asks for a command of its own
 *     1: ftp> get readme.txt                entered at the prompt of the program ftp
 *     2: nc> PORT 1,2,3,4,5,6               entered where nc waits for a call
 *     2: trying> LIST                       entered while a program still dials
 *     file list.txt 837 1f2e3d4c            a file of the learner's was written: length and sum
 */
import { fromBytes, utf8Decode } from "../sim/bytes.ts";
import type { Fact } from "../sim/facts.ts";
import { spoken } from "./telnet.ts";

/** What a line of the notation tells. */
export type NotationKind =
  | "run"
  | "prompt"
  | "entered"
  | "line"
  | "reply"
  | "dial"
  | "listening"
  | "called"
  | "connected"
  | "refused"
  | "unreachable"
  | "unknown"
  | "received"
  | "lost"
  | "closed"
  | "reset"
  | "box"
  | "switch"
  | "ping"
  | "file";

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
  readonly by?: "you" | "server" | "caller";
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
  /** Who dialled. */
  readonly host: string;
  readonly address: string;
  /** The window whose program holds its dialling end, or its listening one. */
  window?: number;
  /** The learner's end is the one that listened. */
  called: boolean;
  told: boolean;
  control: boolean;
  /** A server has taken it for its data connection. */
  data: boolean;
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
  /** By window: the computer it stands on, and the line by which a program was started there. */
  const hosts = new Map<number, string>();
  const started = new Map<number, string>();
  /** By window where ftp asks for a command, nc waits for a call or a dial for its answer: what has been typed there. */
  const asked = new Map<number, { who: "ftp" | "nc" | "trying"; echo: string }>();
  /** Computers with an FTP server that has been spoken to. */
  const servers = new Set<string>();

  const whose = ({ window: own, host }: Wire): string =>
    own === undefined ? (servers.has(host) ? "server" : "net") : String(own);

  /** What is typed there, as it is echoed. */
  function entering(at: number, echo: string): void {
    const now = asked.get(window);
    if (!now) return;
    now.echo += echo;
    if (!now.echo.includes("\n")) return;
    const line = now.echo.replace(/.\x08 \x08/g, "").trim();
    const text = `${window}: ${now.who}> ${line}`;
    if (line) events.push({ fact: at, kind: "entered", text, window, line });
    // ftp asks anew; nc says nothing.
    if (now.who === "ftp") asked.delete(window);
    now.echo = "";
  }

  /** A line about a connection; the first one about a dial that no window claimed tells the dial. */
  function tell(
    fact: number,
    conn: number,
    wire: Wire,
    kind: NotationKind,
    words: string,
    more: Partial<NotationEvent> = {},
  ): void {
    const whom = whose(wire);
    if (!wire.told) {
      wire.told = true;
      const by = whom === "net" ? ` by ${wire.host}` : "";
      tell(wire.dialled, conn, wire, "dial", `dial :${wire.port}${by}`);
    }
    const who = wire.window === undefined ? {} : { window: wire.window };
    const text = `${whom}: ${words}`;
    events.push({ fact, kind, text, conn, port: wire.port, ...who, ...more });
  }

  function end(fact: number, conn: number, wire: Wire, who?: "you" | "server"): void {
    wire.over = true;
    const { port, bytes } = wire;
    if (!wire.control) tell(fact, conn, wire, "received", `received ${bytes}`, { bytes });
    // Where the learner plays the server, the other end is a client.
    const by = who === "server" && wire.called && !servers.has(wire.host) ? "caller" : who;
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
      const text = `${whose(wire)}< ${line}`;
      const who = wire.window === undefined ? {} : { window: wire.window };
      const what = code ? { code: Number(code[0]) } : {};
      events.push({ fact, kind: "reply", text, conn, line, ...who, ...what });
    }
  }

  function take(fact: Fact, at: number): void {
    if ("window" in fact) window = fact.window;
    if (fact.kind === "window") hosts.set(window, fact.host);
    else if (fact.kind === "exit") started.delete(window);
    else if (fact.kind === "run") {
      const line = fact.line.trim();
      started.set(window, line);
      if (line) events.push({ fact: at, kind: "run", text: `${window}$ ${line}`, window, line });
    } else if (fact.kind === "line") {
      const { conn, line } = fact;
      const wire = wires.get(conn);
      // Whoever is called, and speaks before anything came, plays the server.
      if (wire?.called && !wire.data && wire.bytes === 0) wire.control = true;
      const control = wire?.control ?? false;
      const text = `${window}> ${line}`;
      events.push({ fact: at, kind: "line", text, window, conn, line, control });
    } else if (fact.kind === "print") {
      // Nothing else tells that what is typed next goes neither to the shell nor to a server.
      if (fact.who === "prompt") {
        const prompt = fromBytes(fact.bytes);
        asked.delete(window);
        if (prompt === "ftp> ") asked.set(window, { who: "ftp", echo: "" });
        if (prompt !== "telnet> ") return;
        events.push({ fact: at, kind: "prompt", text: `${window}: prompt telnet>`, window });
      } else if (fact.who === "you") entering(at, fromBytes(fact.bytes));
    } else if (fact.kind === "lookup" && fact.address === null) {
      // Another computer may be at a loss too.
      if (fact.host !== hosts.get(window)) return;
      const line = fact.name;
      events.push({ fact: at, kind: "unknown", text: `${window}: unknown ${line}`, window, line });
    } else if (fact.kind === "dial") {
      const { host, to } = fact;
      const ends = { port: to.port, address: to.address, host, dialled: at };
      const flags = { told: false, called: false, control: false, data: false, over: false };
      wires.set(fact.conn, { ...ends, ...flags, bytes: 0, rest: "" });
    } else if (fact.kind === "listen") {
      // A server listens too, on its own computer or when nobody has started anything here.
      if (fact.host !== hosts.get(window) || !started.has(window)) return;
      const text = `${window}: listening :${fact.port}`;
      events.push({ fact: at, kind: "listening", text, window, port: fact.port });
      if (started.get(window)?.startsWith("nc ")) asked.set(window, { who: "nc", echo: "" });
    } else if (fact.kind === "file") {
      const { name, bytes } = fact;
      const text = `file ${name} ${bytes.length} ${sum(bytes)}`;
      events.push({ fact: at, kind: "file", text, window, bytes: bytes.length });
    } else if (fact.kind === "switch") {
      const text = `net: switch ${fact.id} ${fact.on ? "on" : "off"}`;
      events.push({ fact: at, kind: "switch", text });
    } else if (fact.kind === "ping") {
      const text = `${window}: ping ${fact.to} ${fact.took === null ? "lost" : "back"}`;
      events.push({ fact: at, kind: "ping", text, window });
    } else if ("conn" in fact) {
      const wire = wires.get(fact.conn);
      if (wire) follow(fact, at, wire);
    }
  }

  function follow(fact: Fact & { conn: number }, at: number, wire: Wire): void {
    const { conn } = fact;
    if (fact.kind === "attach") {
      asked.delete(fact.window);
      // One window may call another: then the caller's tells the rest.
      if (wire.window !== undefined) {
        events.push({
          fact: at,
          kind: "called",
          text: `${fact.window}: called :${wire.port}`,
          window: fact.window,
          conn,
          port: wire.port,
        });
        return;
      }
      wire.window = fact.window;
      wire.called = hosts.get(fact.window) !== wire.host;
      // A well-known port speaks: what comes from there are lines.
      wire.control ||= !wire.called && wire.port < 1024;
      const over = wire.address.includes(":") ? " over IPv6" : "";
      const kind = wire.called ? "called" : "dial";
      if (!wire.called) asked.set(fact.window, { who: "trying", echo: "" });
      wire.told = true;
      tell(wire.called ? at : wire.dialled, conn, wire, kind, `${kind} :${wire.port}${over}`);
    } else if (fact.kind === "session") {
      wire.control = true;
      servers.add(fact.server);
    } else if (fact.kind === "data") wire.data = true;
    else if ("box" in fact) {
      const text = `net: box ${fact.box} ${boxDid(fact)} :${wire.port}`;
      events.push({ fact: at, kind: "box", text, conn, port: wire.port });
    } else if (fact.kind === "open") {
      if (wire.window) asked.delete(wire.window);
      if (!wire.called) tell(at, conn, wire, "connected", `connected :${wire.port}`);
    } else if (fact.kind === "refused" || fact.kind === "unreachable") {
      // The far end has given up: the learner hears nothing of it.
      const listens = wire.called || wire.window === undefined;
      if (fact.kind === "unreachable" && fact.by === "listener" && !listens) return;
      // An end that was hung up may try for long to say so; nobody waits for that.
      if (!wire.over) tell(at, conn, wire, fact.kind, `${fact.kind} :${wire.port}`);
      wire.over = true;
    } else if (fact.kind === "lost" && fact.by === "listener" && !wire.control) {
      tell(at, conn, wire, "lost", `lost ${fact.length}`, { bytes: fact.length });
    } else if ("by" in fact && !wire.over) {
      // Which end is the learner's: the dialling one, unless somebody else dialled.
      const listens = wire.called || wire.window === undefined;
      const mine = fact.by === (listens ? "listener" : "dialler");
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

/** A short sum of bytes (FNV-1a, 32 bits): two files that differ have another one, as good as always. */
export function sum(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/** What a box on the way did with a connection. */
function boxDid(fact: Fact & { box: string }): string {
  switch (fact.kind) {
    case "dropped":
      return `dropped ${fact.what}`;
    case "rejected":
      return fact.how === "reset" ? "refused" : "unreachable";
    case "rewritten":
      return `rewrote ${fromBytes(fact.after).trim()}`;
    case "expected":
      return `expected :${fact.to.port} on`;
    case "translated":
      return `translated to ${fact.from.address}:${fact.from.port}`;
    default:
      return "forgot";
  }
}
