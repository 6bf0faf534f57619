/**
 * What a third party reads who sits at the road: every packet with its ports, and all that is said
 * in the clear; of TLS the records and their lengths, and no more.
 */
import { fromBytes, utf8Decode } from "../sim/bytes.ts";
import type { Endpoint, Fact, Side } from "../sim/facts.ts";
import type { Scenario } from "../sim/scenario.ts";
import { connectionReader, type Connection } from "./connections.ts";
import { spoken } from "./telnet.ts";

/** One packet, as it passes the ear. */
export interface Packet {
  readonly at: number;
  readonly conn: number;
  readonly role: Connection["role"];
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly by: Side;
  readonly flags: "SYN" | "SYN ACK" | "FIN" | "RST" | "";
  /** What it carries; empty for a bare flag. As TLS, this is what is inside and nobody reads. */
  readonly bytes: Uint8Array;
  /** It was sent inside TLS. */
  readonly secret: boolean;
}

/** A line of what was heard. */
export interface Heard {
  readonly id: number;
  readonly packet: Packet;
  /** Readable words, or what can be said of the packet. */
  readonly text: string;
  readonly kind: "words" | "data" | "flag" | "tls" | "note";
  /** The part of `text` that is a password. */
  readonly password?: readonly [start: number, end: number];
}

/** What somebody who listened knows by now. */
export interface Loot {
  readonly server: string;
  /** Empty where the password came without a name. */
  readonly user: string;
  readonly password: string;
}

/** Reads a growing trace. */
export interface WiretapReader {
  read(facts: readonly Fact[], upTo?: number): void;
  readonly packets: readonly Packet[];
  readonly heard: readonly Heard[];
  readonly loot: readonly Loot[];
  /** Files and lists that data connections carried in the clear, with the command that asked for each. */
  readonly files: readonly { readonly what: string; readonly bytes: number }[];
}

/** TLS 1.2 with AES-GCM: 5 bytes of record header, 8 of nonce (RFC 5288 §3), 16 of tag. */
export const TLS_OVERHEAD = 29;
/** The most that one record holds (RFC 5246 §6.2.1). */
const RECORD = 16_384;
/** So much of a data packet is shown. */
const HEAD = 200;

const SIDES: readonly Side[] = ["dialler", "listener"];

/** A command that asks for data, and the address that said it. */
interface Asked {
  readonly what: string;
  readonly client: string;
  readonly upload: boolean;
}
/** What a data connection carries, by the end that sends it. */
interface Cargo {
  asked: Asked | undefined;
  readonly ends: Readonly<Record<Side, string>>;
  readonly sent: Record<Side, number>;
}

/** A reader for one trace; without an eavesdropper in the scenario it sits beside the learner's computer. */
export function wiretapReader({
  eavesdropper,
  hosts,
  learner,
  boxes = [],
}: Scenario): WiretapReader {
  const connections = connectionReader();
  const packets: Packet[] = [];
  const heard: Heard[] = [];
  const loot: Loot[] = [];
  const cargoes = new Map<number, Cargo>();
  const secret = new Set<number>();
  const rests = new Map<string, string>();
  const users = new Map<number, string>();
  /** By conversation: the commands that no reply has come to, and what they ask for if it is data. */
  const owed = new Map<number, (Asked | undefined)[]>();
  /** The newest one, and by conversation the one that a 150 has answered. */
  let newest: Asked | undefined;
  const begun = new Map<number, Asked>();
  let next = 0;
  /** The addresses on the ear's side of the road, those of a NAT before them too. */
  const heardOnes = eavesdropper?.hears ?? [learner.name];
  const near = new Set([
    ...hosts.flatMap(({ names, addresses }) =>
      heardOnes.includes(names[0] ?? "") ? addresses : [],
    ),
    ...boxes.flatMap(({ behind, nat }) =>
      behind.some((name) => heardOnes.includes(name)) ? (nat?.addresses ?? []) : [],
    ),
    ...(eavesdropper ? [] : [learner.address, learner.address6 ?? learner.address]),
  ]);

  /** The end that is close to the ear: what it sends is heard at once, the other's when it arrives. */
  const nearEnd = (one: Connection): Side | undefined =>
    near.has(one.from.address) ? "dialler" : near.has(one.to.address) ? "listener" : undefined;

  const hear = (
    packet: Packet,
    text: string,
    kind: Heard["kind"],
    pass?: Heard["password"],
  ): void => {
    heard.push({ id: heard.length, packet, text, kind, ...(pass && { password: pass }) });
  };

  const pass = (
    one: Connection,
    fact: Fact,
    by: Side,
    flags: Packet["flags"],
    bytes: Uint8Array,
  ): Packet => {
    // On the far side of a NAT its outside addresses are seen.
    const { from, to } = eavesdropper && one.outside ? one.outside : one;
    const [source, target] = by === "dialler" ? [from, to] : [to, from];
    const packet: Packet = {
      at: fact.at,
      conn: one.conn,
      role: one.role,
      from: source,
      to: target,
      by,
      flags,
      bytes,
      secret: secret.has(one.conn),
    };
    packets.push(packet);
    return packet;
  };

  const words = (one: Connection, packet: Packet): void => {
    const { bytes, by } = packet;
    if (packet.secret) {
      for (let sent = 0; sent < bytes.length; sent += RECORD) {
        const inside = Math.min(RECORD, bytes.length - sent);
        hear(packet, `application data, ${inside + TLS_OVERHEAD} bytes`, "tls");
      }
      return;
    }
    if (one.role === "data") {
      const { from, to } = one;
      const ends = { dialler: from.address, listener: to.address };
      const sent = { dialler: 0, listener: 0 };
      const cargo = cargoes.get(one.conn) ?? { asked: asked(), ends, sent };
      cargoes.set(one.conn, cargo);
      if (!cargo.asked || carried(cargo) === 0) cargo.asked = asked();
      cargo.sent[by] += bytes.length;
      const head = utf8Decode(fromBytes(bytes.subarray(0, HEAD)));
      hear(packet, head.trimEnd() + (bytes.length > HEAD ? " …" : ""), "data");
      return;
    }
    const key = `${one.conn} ${by}`;
    const lines = ((rests.get(key) ?? "") + fromBytes(bytes)).split("\n");
    rests.set(key, lines.pop() ?? "");
    for (const octets of lines) line(one, packet, utf8Decode(spoken(octets.replace(/\r$/, ""))));
  };

  /** What data is about, where more was typed ahead. */
  const asked = (): Asked | undefined => [...begun.values()].at(-1) ?? newest;

  const replied = (conn: number, code: number): void => {
    const says = owed.get(conn) ?? [];
    if (code < 200) {
      const at = says.findIndex(Boolean);
      const first = at < 0 ? undefined : says.splice(0, at + 1).at(-1);
      if (first) begun.set(conn, first);
    } else if (code < 300 || [425, 426, 451].includes(code)) {
      if (!begun.delete(conn)) says.shift();
    } else says.shift();
  };

  const line = (one: Connection, packet: Packet, text: string): void => {
    const verb = /^\s*([a-z]{3,4})\b/i.exec(text)?.[1]?.toUpperCase() ?? "";
    const argument = text.trim().slice(verb.length + 1);
    const says = owed.get(one.conn) ?? [];
    owed.set(one.conn, says);
    if (packet.by === "listener") {
      if (/^[1-5]\d\d /.test(text)) replied(one.conn, Number(text.slice(0, 3)));
    } else if (/^(LIST|NLST|MLSD|RETR|STOR|STOU|APPE)$/.test(verb)) {
      newest = { what: text.trim(), client: one.from.address, upload: /^(STO|APPE)/.test(verb) };
      says.push(newest);
      // A file may have been on its way before anybody asked for it.
      const last = [...cargoes.values()].at(-1);
      if (last && (!last.asked || carried(last) === 0)) last.asked = asked();
    } else if (text.trim() !== "") says.push(undefined);
    if (verb === "USER") users.set(one.conn, argument);
    if (verb === "PASS" && argument !== "") {
      const start = text.length - argument.length;
      loot.push({ server: packet.to.address, user: users.get(one.conn) ?? "", password: argument });
      hear(packet, text, "words", [start, text.length]);
      return;
    }
    hear(packet, text, "words");
  };

  const meet = (fact: Fact): void => {
    const connection = "conn" in fact ? connections.byConn(fact.conn) : undefined;
    const ear = connection && nearEnd(connection);
    if (!connection || ear === undefined) return;
    const bare = new Uint8Array();
    const { to } = connection;
    switch (fact.kind) {
      case "dial":
      case "again":
        // A call from afar is heard only if it comes through: then with its answer.
        if (ear !== "dialler") return;
        hear(pass(connection, fact, "dialler", "SYN", bare), `may I? port ${to.port}`, "flag");
        return;
      case "open":
        if (ear !== "dialler") {
          hear(pass(connection, fact, "dialler", "SYN", bare), `may I? port ${to.port}`, "flag");
        }
        hear(
          pass(connection, fact, "listener", "SYN ACK", bare),
          `come in, port ${to.port}`,
          "flag",
        );
        return;
      case "refused":
        if (ear === "listener") {
          // A box in between has answered: nothing of it came this far.
          if (connection.stopped) return;
          hear(pass(connection, fact, "dialler", "SYN", bare), `may I? port ${to.port}`, "flag");
        }
        hear(pass(connection, fact, "listener", "RST", bare), `nobody here at ${to.port}`, "flag");
        return;
      case "sent":
        if (fact.by === ear) words(connection, pass(connection, fact, fact.by, "", fact.bytes));
        return;
      case "arrived":
        if (fact.by !== ear) words(connection, pass(connection, fact, fact.by, "", fact.bytes));
        return;
      case "fin":
      case "rst":
        if (fact.by === ear) closing(connection, fact, fact.by, fact.kind);
        return;
      case "finned":
      case "rsted":
        if (fact.by !== ear)
          closing(connection, fact, fact.by, fact.kind === "finned" ? "fin" : "rst");
        return;
      case "tls":
        handshake(connection, fact);
        break;
      default:
    }
  };

  function closing(one: Connection, fact: Fact, by: Side, how: "fin" | "rst"): void {
    const packet = pass(one, fact, by, how === "fin" ? "FIN" : "RST", new Uint8Array());
    hear(packet, how === "fin" ? "that was all" : "broken off", "flag");
  }

  function handshake(one: Connection, fact: Fact & { kind: "tls" }): void {
    if (fact.on) secret.add(one.conn);
    else secret.delete(one.conn);
    const packet: Packet = {
      at: fact.at,
      conn: one.conn,
      role: one.role,
      from: one.from,
      to: one.to,
      by: "dialler" as const,
      flags: "" as const,
      bytes: new Uint8Array(),
      secret: false,
    };
    hear(
      packet,
      fact.on
        ? "TLS begins. Of the handshake the ear reads the versions and ciphers that are offered, the server’s name if the client sends it (SNI), and, this being TLS 1.2, the certificate of a new session. TLS 1.3 hides that too."
        : "TLS ends. What follows is in the clear again.",
      "note",
    );
  }

  return {
    read(facts, upTo = facts.length) {
      for (; next < upTo; next++) {
        const fact = facts[next];
        if (!fact) return;
        connections.read(facts, next + 1);
        meet(fact);
      }
    },
    packets,
    heard,
    loot,
    get files() {
      return [...cargoes.values()].flatMap((cargo) => {
        const bytes = carried(cargo);
        return bytes > 0 ? [{ what: cargo.asked?.what ?? "data", bytes }] : [];
      });
    },
  };
}

/** The bytes of what was asked for. What goes the other way is nothing that anybody reads. */
function carried({ asked, ends, sent }: Cargo): number {
  const client = SIDES.filter((side) => ends[side] === asked?.client);
  const [mine] = client;
  // From one server to another either way may be meant.
  if (mine === undefined || client.length > 1) return sent.dialler + sent.listener;
  return sent[(mine === "dialler") === asked?.upload ? "dialler" : "listener"];
}
