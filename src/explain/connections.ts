/** Connections as a person thinks of them, read from the trace: whose they are and how they ended. */
import type { Endpoint, Fact, Side } from "../sim/facts.ts";

/** One connection, or the attempt at one. `received` and `sent` are the learner's side of it. */
export interface Connection {
  readonly conn: number;
  readonly role: "control" | "data" | "other";
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** The dialling host. */
  readonly host: string;
  /** Another computer dialled it: the learner's is the listener here. */
  readonly back: boolean;
  /** Who dialled is a client: the learner plays the server. */
  readonly client: boolean;
  /** It passes the learner by: one server dialled another host. */
  readonly away: boolean;
  readonly window?: number;
  readonly session?: number;
  readonly state: "dialling" | "open" | "refused" | "unreachable" | "closed" | "reset";
  readonly closedBy?: Side;
  /** Whoever dialled would wait no longer. */
  readonly givenUp?: boolean;
  readonly dialledAt: number;
  readonly openedAt?: number;
  readonly endedAt?: number;
  readonly received: number;
  readonly sent: number;
  /** The server uses it, or used it, as a data connection. */
  readonly taken: boolean;
  /** What the far side sees of it, where a NAT gave it other addresses on the way. */
  readonly outside?: { readonly from: Endpoint; readonly to: Endpoint };
  /** The box that swallowed a packet of it last, or answered in another's place. */
  readonly stopped?: { readonly box: string; readonly how: "dropped" | "reset" | "unreachable" };
}

/** Whether a computer talks to itself there. */
export function isOwn({ from, to }: Pick<Connection, "from" | "to">): boolean {
  return from.address === to.address || /^(?:127\.|::1$)/.test(to.address);
}

/** Whether a control connection stands there. */
export function isTalk({ role, state }: Pick<Connection, "role" | "state">): boolean {
  return role === "control" && state === "open";
}

/** What a fact of a connection means where the learner stands: they say, they hear, an end is over. */
export type Met =
  | { readonly kind: "said" | "heard"; readonly bytes: Uint8Array }
  | { readonly kind: "closed"; readonly by: "you" | "server"; readonly reset: boolean };

/** The learner's side counts: its own doings at once, the other's when word of them arrives. */
export function met(fact: Fact, { back }: Pick<Connection, "back">): Met | undefined {
  const yours: Side = back ? "listener" : "dialler";
  switch (fact.kind) {
    case "sent":
      return fact.by === yours ? { kind: "said", bytes: fact.bytes } : undefined;
    case "arrived":
      return fact.by === yours ? undefined : { kind: "heard", bytes: fact.bytes };
    case "fin":
    case "rst":
      return fact.by === yours
        ? { kind: "closed", by: "you", reset: fact.kind === "rst" }
        : undefined;
    case "finned":
    case "rsted":
      return fact.by === yours
        ? undefined
        : { kind: "closed", by: "server", reset: fact.kind === "rsted" };
    default:
      return undefined;
  }
}

/** Reads a growing trace, each fact once. */
export interface ConnectionReader {
  /** Reads on, up to (not including) fact `upTo`. */
  read(facts: readonly Fact[], upTo?: number): void;
  /** All connections, the oldest first. */
  readonly list: readonly Connection[];
  byConn(conn: number): Connection | undefined;
  /** The connection that the program in this window attached last. */
  ofWindow(window: number): Connection | undefined;
  /** The ports on which programs of the learner wait to be called, the newest last. */
  readonly listens: readonly number[];
}

type Growing = { -readonly [K in keyof Connection]: Connection[K] };

/** A fresh reader for one trace. */
export function connectionReader(): ConnectionReader {
  const list: Growing[] = [];
  const known = new Map<number, Growing>();
  const windows = new Map<number, number>();
  const controls = new Map<number, Growing>();
  /** The hosts that have sessions, and those that have windows with the addresses they go by. */
  const servers = new Set<string>();
  const homes = new Set<string>();
  const mine = new Set<string>();
  const listens = new Set<number>();
  const announced = new Map<string, number>();
  let next = 0;

  const meet = (fact: Fact): void => {
    if (fact.kind === "window") homes.add(fact.host);
    if (fact.kind === "listen" && homes.has(fact.host)) {
      mine.add(fact.address);
      listens.add(fact.port);
    }
    if (fact.kind === "unlisten" && homes.has(fact.host)) listens.delete(fact.port);
    if (fact.kind === "dial") {
      const back = !homes.has(fact.host);
      if (!back) mine.add(fact.from.address);
      const session = announced.get(place(fact.to.address, fact.to.port));
      const connection: Growing = {
        conn: fact.conn,
        role: session === undefined ? roleOf(fact, back) : "data",
        from: fact.from,
        to: fact.to,
        host: fact.host,
        back,
        client: back && !servers.has(fact.host),
        away: back && !mine.has(fact.to.address),
        ...(session === undefined ? {} : { session }),
        state: "dialling",
        dialledAt: fact.at,
        received: 0,
        sent: 0,
        taken: false,
      };
      for (const [window, conn] of windows) if (conn === fact.conn) connection.window = window;
      list.push(connection);
      known.set(fact.conn, connection);
      return;
    }
    if (fact.kind === "attach") {
      windows.set(fact.window, fact.conn);
      const connection = known.get(fact.conn);
      if (connection) connection.window = fact.window;
      return;
    }
    if (fact.kind === "passive") {
      const { session, address, port } = fact;
      const server = controls.get(session)?.to.address;
      // Behind a NAT the announced address is not the host's own; the port is dialled at either.
      for (const at of [address, server]) if (at) announced.set(place(at, port), session);
      return;
    }
    if (!("conn" in fact)) return;
    const connection = known.get(fact.conn);
    if (!connection) return;
    switch (fact.kind) {
      case "session":
        connection.role = "control";
        connection.session = fact.session;
        controls.set(fact.session, connection);
        servers.add(fact.server);
        break;
      case "data":
        connection.role = "data";
        connection.session = fact.session;
        connection.taken = true;
        break;
      case "open":
        connection.state = "open";
        connection.openedAt = fact.at;
        break;
      case "refused":
        end(connection, fact.kind, fact.at);
        break;
      case "abandoned":
        connection.givenUp = true;
        end(connection, "unreachable", fact.at);
        break;
      case "unreachable":
        // The far end has given up; here nobody knows.
        if (fact.by === "listener" && !connection.back) break;
        end(connection, fact.kind, fact.at);
        break;
      case "translated":
        connection.outside = { from: fact.from, to: fact.to };
        if (!connection.back) mine.add(fact.from.address);
        break;
      case "dropped":
        connection.stopped = { box: fact.box, how: "dropped" };
        break;
      case "rejected":
        connection.stopped = { box: fact.box, how: fact.how };
        break;
      default:
        break;
    }
    const seen = met(fact, connection);
    if (seen?.kind === "said") connection.sent += seen.bytes.length;
    else if (seen?.kind === "heard") connection.received += seen.bytes.length;
    else if (seen?.kind === "closed") {
      connection.closedBy ??= (seen.by === "you") === connection.back ? "listener" : "dialler";
      end(connection, seen.reset ? "reset" : "closed", fact.at);
    }
  };

  /** What a connection is meant to be, before anybody has said a word on it. */
  function roleOf(fact: Fact & { kind: "dial" }, back: boolean): Connection["role"] {
    // A dial to port 21 means to become a control connection, whatever comes of it.
    if (!back) return fact.to.port === 21 ? "control" : "other";
    // A server dials for data. Anybody else is a client, whose first call is to talk.
    const talks = list.some(
      (one) => one.host === fact.host && one.role === "control" && one.state === "open",
    );
    return servers.has(fact.host) || talks ? "data" : "control";
  }

  return {
    read(facts, upTo = facts.length) {
      for (; next < upTo; next++) {
        const fact = facts[next];
        if (!fact) return;
        meet(fact);
      }
    },
    list,
    byConn: (conn) => known.get(conn),
    get listens() {
      return [...listens];
    },
    ofWindow(window) {
      const newest = known.get(windows.get(window) ?? 0);
      // A client's data connections come and go while it talks on.
      const talk =
        newest?.endedAt === undefined
          ? undefined
          : list.findLast(
              (one) =>
                one.window === window &&
                one.role === "control" &&
                (one.state === "open" || (one.endedAt ?? 0) >= (newest.endedAt ?? 0)),
            );
      return talk ?? newest;
    },
  };
}

/** The first end counts: a reset that follows a close in order changes nothing. */
function end(connection: Growing, state: Connection["state"], at: number): void {
  if (connection.endedAt !== undefined) return;
  connection.state = state;
  connection.endedAt = at;
}

function place(address: string, port: number): string {
  return `${address} ${port}`;
}
