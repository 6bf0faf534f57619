/** What the learner's side sends on a data connection: a file that is read, or bytes before their time. */
import type { Connection } from "./connections.ts";

/** Keeps account of such bytes over the `connections` of a trace. */
export function earlyBytes(connections: readonly Connection[]) {
  /** The verb that each session has read and not answered for good. */
  const verbs = new Map<number, string>();
  /** Data connections that carry the learner's file, and those that carry another to them. */
  const uploads = new Set<number>();
  const downloads = new Set<number>();
  /** By data connection: how many bytes came before the server asked for any. */
  const unread = new Map<number, number>();

  const stores = (session = 0) => /^(STO|APPE)/.test(verbs.get(session) ?? "");
  /** Whether the server at the other end dialled to be sent a file. */
  const dialledFor = ({ back, from }: Connection) =>
    back &&
    connections.some(
      ({ role, session, state, to }) =>
        role === "control" && state === "open" && to.address === from.address && stores(session),
    );
  const waiting = (conn: number): number => unread.get(conn) ?? 0;

  return {
    /** A session has read a command. */
    asked: (session: number, verb: string) => void verbs.set(session, verb),
    /** It has answered. */
    answered: (session: number, code: number) => void (code >= 200 && verbs.delete(session)),
    /** How many bytes wait on a connection until somebody takes them up. */
    waiting,
    /** What becomes of bytes that are sent now. */
    sent(connection: Connection, length: number): "read" | "waits" | "unread" {
      const { conn, role } = connection;
      if (role !== "data") return "unread";
      // A server that has read STOR takes up the first that dials.
      if (uploads.has(conn) || stores(connection.session) || dialledFor(connection)) return "read";
      if (downloads.has(conn)) return "unread";
      unread.set(conn, waiting(conn) + length);
      return "waits";
    },
    /** A transfer of this session begins; gives its connection and how many bytes are read late. */
    moves(session: number): [connection: Connection | undefined, waited: number] {
      const connection = connections.findLast(
        (one) => one.role === "data" && one.session === session && one.taken && !one.away,
      );
      if (!connection) return [undefined, 0];
      const { conn } = connection;
      const waited = waiting(conn);
      unread.delete(conn);
      (stores(session) ? uploads : downloads).add(conn);
      return [connection, stores(session) ? waited : 0];
    },
  };
}
