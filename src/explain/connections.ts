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
  /** The server dialled it: the learner's computer is the listener here. */
  readonly back: boolean;
  readonly window?: number;
  readonly session?: number;
  readonly state: "dialling" | "open" | "refused" | "unreachable" | "closed" | "reset";
  readonly closedBy?: Side;
  readonly dialledAt: number;
  readonly openedAt?: number;
  readonly endedAt?: number;
  readonly received: number;
  readonly sent: number;
  /** The server uses it, or used it, as a data connection. */
  readonly taken: boolean;
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
}

type Growing = { -readonly [K in keyof Connection]: Connection[K] };

/** A fresh reader for one trace. */
export function connectionReader(): ConnectionReader {
  const list: Growing[] = [];
  const known = new Map<number, Growing>();
  const windows = new Map<number, number>();
  const controls = new Map<number, Growing>();
  const servers = new Set<string>();
  const announced = new Map<string, number>();
  let next = 0;

  const one = (fact: Fact): void => {
    if (fact.kind === "dial") {
      const back = servers.has(fact.from.address);
      const session = announced.get(place(fact.to.address, fact.to.port));
      const connection: Growing = {
        conn: fact.conn,
        // A dial to port 21 means to become a control connection, whatever comes of it.
        role: back || session !== undefined ? "data" : fact.to.port === 21 ? "control" : "other",
        from: fact.from,
        to: fact.to,
        host: fact.host,
        back,
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
    const learner: Side = connection.back ? "listener" : "dialler";
    switch (fact.kind) {
      case "session":
        connection.role = "control";
        connection.session = fact.session;
        controls.set(fact.session, connection);
        servers.add(connection.to.address);
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
      case "unreachable":
        end(connection, fact.kind, fact.at);
        break;
      case "sent":
        if (fact.by === learner) connection.sent += fact.bytes.length;
        break;
      case "arrived":
        if (fact.by !== learner) connection.received += fact.bytes.length;
        break;
      // The learner's side counts: its own end at once, the other's when word of it arrives.
      case "fin":
      case "rst":
        connection.closedBy ??= fact.by;
        if (fact.by === learner) end(connection, fact.kind === "fin" ? "closed" : "reset", fact.at);
        break;
      case "finned":
      case "rsted":
        connection.closedBy ??= fact.by;
        if (fact.by !== learner) {
          end(connection, fact.kind === "finned" ? "closed" : "reset", fact.at);
        }
        break;
      default:
        break;
    }
  };

  return {
    read(facts, upTo = facts.length) {
      for (; next < upTo; next++) {
        const fact = facts[next];
        if (!fact) return;
        one(fact);
      }
    },
    list,
    byConn: (conn) => known.get(conn),
    ofWindow: (window) => known.get(windows.get(window) ?? 0),
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
