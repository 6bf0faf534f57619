/**
 * The ladder of "What crosses the wire": rungs read from the trace, in the order of the trace.
 *
 * Which moment is a rung's? What the learner says stands where it leaves, what comes to them
 * where it arrives, and what the server does by itself (it listens, it takes a connection up)
 * where it happens. So the ladder agrees with the windows beside it, every rung is final when it
 * is written, and none has ever to be put in between. On the wire 150, bytes, close and 226
 * leave in this order and, since all travel equally long, they arrive in it.
 */
import { fromBytes, utf8Decode } from "../sim/bytes.ts";
import type { Fact } from "../sim/facts.ts";
import { type Connection, connectionReader, isOwn, met } from "./connections.ts";
import { earlyBytes } from "./early.ts";
import { flowWriter } from "./flow.ts";
import { findHostPort } from "./pasv.ts";
import { pendingNow, TRANSFERS, whyNobody } from "./pending.ts";
import { replyLine } from "./replies.ts";
import { protectionBook } from "./protection.ts";
import { roadReader, type Titles } from "./road.ts";
import type { Band, DialEnd, Pending, Rung, Telling } from "./rung.ts";
import { portWriter } from "./ports.ts";
import { bandKey, portKey, rungWriter } from "./rung-writer.ts";
import { type Talk, talkBook, veil } from "./talk.ts";
import { spoken } from "./telnet.ts";
import { tip } from "./tips.ts";
import { farAddress, type Moment, whose } from "./whose.ts";

/** Reads a growing trace into rungs. */
export interface LadderReader {
  read(facts: readonly Fact[], upTo?: number): void;
  readonly rungs: readonly Rung[];
  /** The bands that stand now. */
  readonly bands: readonly Band[];
  readonly connections: readonly Connection[];
  /** What is waited for now. */
  pending(): readonly Pending[];
  /** The rung of a fact, or the newest one before it. A reply's is the one with which it arrived. */
  rungOf(fact: number): Rung | undefined;
  /** The name by which the learner called an address, or the address. */
  readonly nameOf: (address: string) => string;
}

type FactOf<K extends Fact["kind"]> = Fact & { kind: K };

/**
 * A fresh reader for one trace. With `riddle` it names no port before it is dialled; `titles` are
 * the words for boxes and faults, by their ids.
 */
export function ladderReader(riddle = false, titles: Titles = new Map()): LadderReader {
  const connections = connectionReader();
  const writer = rungWriter();
  const road = roadReader(writer, titles, connections.list, (one) => whoseOf(one, "dial"));
  /** The computer of the first window, and the server that was talked to first: they need no name. */
  let home: string | undefined;
  let main: string | undefined;
  const push: typeof writer.push = (connection, way, tells, more = {}) => {
    const far = connection?.client
      ? "client"
      : connection && isOwn(connection)
        ? "self"
        : undefined;
    const { kind } = tells;
    const moment = kind === "dial" || kind === "close" || kind === "lost" ? kind : undefined;
    const named = far === "self" && moment !== "dial" ? undefined : whoseOf(connection, moment);
    // Words and data are inside, dials and closes are not.
    const carries = /^(?:command|reply|bytes|typed)$/.test(kind);
    const secret = carries && protection.isSecret(connection?.conn ?? 0);
    writer.push(connection, way, tells, { whose: named, far, secret, ...more });
  };
  const names = new Map<string, string>();
  /** Connections on which lines were typed: what else is sent there is a file. */
  const lined = new Set<number>();
  const protection = protectionBook();
  const talks = talkBook();
  const commands = new Map<string, FactOf<"command">>();
  const replies = new Map<number, { fact: FactOf<"reply">; index: number }[]>();
  /** By the index of a `reply` fact: its rung. */
  const arrivals = new Map<number, number>();
  /** The computers that have windows. */
  const homes = new Set<string>();
  /** Ports on which the learner has asked to be called. */
  const asked = new Set<number>();
  let agreed: { readonly hi: number; readonly lo: number } | undefined;
  let opened = 0;
  /** A list has been called BINARY; once is enough to wonder. */
  let wondered = false;
  let next = 0;

  const { flow, lose } = flowWriter(writer, push);
  const early = earlyBytes(connections.list);
  const ports = portWriter(writer, push, connections.list, riddle);

  /** A transfer begins: what waits on its connection is read now, if it is an upload. */
  const moves = (session: number): void => {
    const [connection, waited] = early.moves(session);
    if (!connection || waited === 0) return;
    push(connection, "none", { kind: "taken", port: connection.to.port, waited });
  };

  const whoseOf = (connection: Connection | undefined, moment?: Moment): string | undefined => {
    if (!connection) return undefined;
    if (connection.away) return moment === "lost" ? "between two servers" : undefined;
    if (connection.role === "control" && !isOwn(connection)) main ??= farAddress(connection);
    return whose(connection, { connections: connections.list, names, home, main }, moment);
  };

  const dialled = (connection: Connection, end: DialEnd, now: number): void => {
    const { from, to, back, role, outside, away, host, dialledAt } = connection;
    if (end === "open" && role === "data") opened++;
    const waited = Math.round((now - dialledAt) / 1000);
    const whom = away ? host : undefined;
    const tells: Telling = {
      kind: "dial",
      end,
      from,
      to,
      back,
      nth: opened,
      away: whom,
      outside,
      waited,
    };
    const way = away ? "none" : back ? "left" : "right";
    if (end !== "open") {
      const note =
        road.whyStopped(connection) ??
        (end === "given-up"
          ? undefined
          : whyNobody(connection, end, agreed, riddle, {
              asked: asked.has(to.port),
              gone: ports.gone(connection),
              others: connections.list,
              listens: connections.listens,
            }));
      push(connection, way, tells, { note });
      return;
    }
    if (away) {
      push(connection, way, tells);
      return;
    }
    const begins = ports.called(connection);
    push(connection, way, tells, { begins });
  };

  const closed = (
    connection: Connection,
    by: "you" | "server" | "nobody",
    reset: boolean,
  ): void => {
    const ends = bandKey(connection);
    if (!writer.bands.some((band) => band.key === ends)) return;
    const waiting = early.waiting(connection.conn);
    const unused =
      connection.role === "data" && !connection.client && (!connection.taken || waiting > 0);
    const tells: Telling = { kind: "close", by, reset, unused, waiting };
    ports.over(connection);
    const way = { you: "right", server: "left", nobody: "none" } as const;
    push(connection, way[by], tells, { ends });
  };

  /** The learner's side has sent bytes. */
  const said = (connection: Connection, bytes: Uint8Array): void => {
    const text = fromBytes(bytes);
    // Whoever plays the server sends files on its data connections.
    const file = connection.client && connection.role === "data";
    const fate = file ? "read" : early.sent(connection, bytes.length);
    const waits = fate === "waits";
    // One whole line may have been meant as a command. Anything else is a file before its STOR.
    const meant = lined.has(connection.conn) && !(waits && !/^[^\n]*\n$/.test(text));
    if (fate === "read" || (connection.role === "data" && !meant)) {
      flow(connection, "right", bytes, waits);
      return;
    }
    if (!/[ -~\n]/.test(text)) {
      const hex = [...bytes].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0"));
      push(connection, "right", { kind: "signal", hex: hex.join(" ") });
      return;
    }
    const talk = talks.of(connection.conn);
    const lines = (talk.said + text).split("\n");
    talk.said = lines.pop() ?? "";
    for (const octets of lines) {
      const line = veil(utf8Decode(spoken(octets.replace(/\r$/, ""))));
      if (connection.role !== "control") {
        push(connection, "right", { kind: "typed", line, waits });
        continue;
      }
      if (connection.back) {
        const { code, note } = talk.answer(line);
        const hostPort = code === 227 ? findHostPort(line) : undefined;
        const told = { verb: "", hostPort, notYet: false };
        push(connection, "right", { kind: "reply", code, lines: [line], ...told }, { note });
        continue;
      }
      const verb = line.split(" ", 1)[0]?.toUpperCase() ?? "";
      if (verb === "PORT") asked.add(findHostPort(line)?.port ?? 0);
      if (verb === "EPRT") asked.add(Number(/(\d+)\D?$/.exec(line)?.[1] ?? 0));
      const [at] = talk.owed;
      const during = at !== undefined && TRANSFERS.has(at) ? { during: at } : {};
      push(connection, "right", {
        kind: "command",
        line,
        verb,
        early: at !== undefined,
        ...during,
      });
      talk.owed.push(verb);
      talk.since = writer.rungs.at(-1)?.at ?? 0;
    }
  };

  /** Bytes have come to the learner's side. */
  const heard = (connection: Connection, bytes: Uint8Array): void => {
    if (connection.role !== "control") {
      flow(connection, "left", bytes);
      return;
    }
    const talk = talks.of(connection.conn);
    const lines = (talk.heard + fromBytes(bytes)).split("\n");
    talk.heard = lines.pop() ?? "";
    for (const octets of lines) {
      const line = utf8Decode(spoken(octets.replace(/\r$/, "")));
      if (connection.back) {
        const verb = line.split(" ", 1)[0]?.toUpperCase() ?? "";
        push(connection, "left", { kind: "command", line: veil(line), verb, early: false });
        continue;
      }
      talk.lines.push(line);
      const first = replyLine(talk.lines[0] ?? "");
      const here = replyLine(line);
      // RFC 959 §4.2: a reply ends with the line that has its code and a space.
      if (first && !(here?.last && here.code === first.code)) continue;
      answered(connection, talk, first?.code ?? 0);
    }
  };

  const answered = (connection: Connection, talk: Talk, code: number): void => {
    const lines = talk.lines;
    talk.lines = [];
    const reply = replies.get(connection.session ?? 0)?.shift();
    if (reply) arrivals.set(reply.index, writer.rungs.length);
    const command = reply && commands.get(`${reply.fact.session} ${reply.fact.command}`);
    const verb = command?.verb ?? "";
    const hostPort = code === 227 ? findHostPort(lines.join(" ")) : undefined;
    if (code >= 200) talk.owed.shift();
    const notYet = command?.known === "not-yet";
    // One who knows the types wonders: nobody has asked for anything but text.
    const binary = code === 150 && /^(LIST|NLST)$/.test(verb) && /\bBINARY\b/.test(lines[0] ?? "");
    const note = notYet
      ? `The real server knows \`${verb}\`. Ours does not yet.`
      : binary && !wondered
        ? "BINARY is only this server's word here: a list is always sent as text."
        : command && tip(verb, command.argument, code, [], lines[0]);
    wondered ||= binary;
    push(connection, "left", { kind: "reply", code, lines, verb, hostPort, notYet }, { note });
  };

  const one = (fact: Fact): void => {
    switch (fact.kind) {
      case "lookup":
        if (fact.address === null)
          push(undefined, "none", { kind: "unknown-name", name: fact.name });
        // Who dials a number looks up nothing new.
        else if (fact.name !== fact.address) names.set(fact.address, fact.name);
        return;
      case "command":
        commands.set(`${fact.session} ${fact.command}`, fact);
        early.asked(fact.session, fact.verb);
        return;
      case "reply": {
        early.answered(fact.session, fact.code);
        const list = replies.get(fact.session);
        if (list) list.push({ fact, index: next });
        else replies.set(fact.session, [{ fact, index: next }]);
        return;
      }
      case "status":
        if (fact.status.data === "transfer") moves(fact.session);
        return;
      case "passive": {
        const { port } = fact;
        agreed = { hi: port >> 8, lo: port & 255 };
        const talk = connections.list.find(({ session }) => session === fact.session);
        const verb = commands.get(`${fact.session} ${fact.command}`)?.verb ?? "PASV";
        ports.passive(fact, verb, whoseOf(talk));
        return;
      }
      case "line":
        lined.add(fact.conn);
        return;
      case "window":
        home ??= fact.host;
        homes.add(fact.host);
        return;
      case "listen":
        if (homes.has(fact.host)) ports.listen(fact);
        return;
      case "unlisten":
        writer.fade(portKey(fact.port, homes.has(fact.host)));
        return;
      default:
        break;
    }
    const connection = "conn" in fact ? connections.byConn(fact.conn) : undefined;
    if (road.read(fact, connection)) return;
    if (connection) ofConnection(fact, connection);
  };

  const ofConnection = (fact: Fact, connection: Connection): void => {
    switch (fact.kind) {
      case "open":
        dialled(connection, "open", fact.at);
        return;
      case "refused": {
        dialled(connection, road.turnedAway(connection) ? "turned-away" : "refused", fact.at);
        return;
      }
      case "abandoned":
        if (!connection.back) dialled(connection, "given-up", fact.at);
        return;
      case "unreachable":
        if (fact.by === "listener") return;
        if (connection.openedAt === undefined) dialled(connection, fact.why, fact.at);
        else closed(connection, "nobody", true);
        return;
      case "data":
        if (fact.how === "dialled" || connection.away) return;
        push(connection, "none", { kind: "taken", port: connection.to.port, waited: 0 });
        return;
      case "tls":
        if (connection.role === "control") {
          push(connection, "none", { kind: "tls", on: fact.on });
        }
        return;
      case "lost": {
        const yours = fact.by === (connection.back ? "listener" : "dialler");
        lose(connection, connection.away ? "none" : yours ? "right" : "left", fact.length);
        return;
      }
      default:
        break;
    }
    if (connection.away) {
      // Two servers between themselves: only what has arrived is told, whoever sent it.
      if (fact.kind === "arrived") flow(connection, "none", fact.bytes);
      return;
    }
    const seen = met(fact, connection);
    if (seen?.kind === "said") said(connection, seen.bytes);
    else if (seen?.kind === "heard") heard(connection, seen.bytes);
    else if (seen?.kind === "closed") closed(connection, seen.by, seen.reset);
  };

  return {
    read(facts, upTo = facts.length) {
      for (; next < upTo; next++) {
        const fact = facts[next];
        if (!fact) return;
        writer.moment(fact.at, next);
        connections.read(facts, next + 1);
        protection.read(fact);
        one(fact);
      }
    },
    rungs: writer.rungs,
    get bands() {
      return writer.bands;
    },
    connections: connections.list,
    pending: () =>
      pendingNow(connections.list, writer.bands, talks.known, early.waiting, protection.isBare),
    rungOf(fact) {
      const arrival = arrivals.get(fact);
      if (arrival !== undefined) return writer.rungs[arrival];
      let low = 0;
      let high = writer.rungs.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((writer.rungs[middle]?.fact ?? 0) <= fact) low = middle + 1;
        else high = middle;
      }
      return writer.rungs[low - 1];
    },
    nameOf: (address) => names.get(address) ?? address,
  };
}
