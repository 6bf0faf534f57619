/** Where the server stands with its client: four rows for a panel. */
import { utf8Decode } from "../sim/bytes.ts";
import type { Fact, Status } from "../sim/facts.ts";
import type { Connection } from "./connections.ts";

/** A row: what it is called and what it says. `quiet` is a value that says "nothing". */
export interface StatusRow {
  readonly name: "User" | "Folder" | "Type" | "Data";
  readonly value: string;
  readonly quiet: boolean;
}

/** Reads a growing trace for its newest status. */
export interface StatusReader {
  read(facts: readonly Fact[], upTo?: number): void;
  /** The newest status of a session that lives. */
  of(session: number | undefined): Status | undefined;
  rows(connections: readonly Connection[], riddle?: boolean): readonly StatusRow[];
}

const TYPES = { A: "A, ASCII", I: "I, image", E: "E, EBCDIC", L: "L, local" } as const;

/** A fresh reader for one trace. */
export function statusReader(): StatusReader {
  /** The newest status of each session that lives; the newest one of all stands last. */
  const live = new Map<number | undefined, Status>();
  /** By session: the data connection that was taken up and that no transfer has used yet. */
  const fresh = new Map<number, number>();
  const ended = new Set<number>();
  let next = 0;
  return {
    read(facts, upTo = facts.length) {
      for (; next < upTo; next++) {
        const fact = facts[next];
        if (!fact) return;
        if (fact.kind === "session-end") ended.add(fact.session);
        if (fact.kind === "data") fresh.set(fact.session, fact.conn);
        if (fact.kind !== "status") continue;
        if (fact.status.data === "transfer") fresh.delete(fact.session);
        live.delete(fact.session);
        live.set(fact.session, fact.status);
      }
    },
    of: (session) => (ended.has(session ?? 0) ? undefined : live.get(session)),
    rows(connections, riddle = false) {
      // The server may have handed all to the network long before the last byte is there.
      const travels = (session: number | undefined): boolean =>
        connections.some(
          (one) =>
            one.role === "data" &&
            one.session === session &&
            one.state === "open" &&
            one.taken &&
            fresh.get(session ?? 0) !== one.conn,
        );
      // It may be slow to hear that somebody hung up, and its goodbye follows what still travels.
      const stands = (session: number | undefined): boolean =>
        connections.some(
          (one) => one.role === "control" && one.session === session && one.state === "open",
        ) &&
        (!ended.has(session ?? 0) || travels(session));
      const [session, status] = [...live].findLast(([one]) => stands(one)) ?? [];
      const row = (name: StatusRow["name"], value: string, quiet = false) => ({
        name,
        value,
        quiet,
      });
      if (!status) {
        return (["User", "Folder", "Type", "Data"] as const).map((name) => row(name, "–", true));
      }
      const { user, pending, folder, type } = status;
      const waits = connections.some(
        (one) =>
          one.role === "data" &&
          one.session === session &&
          one.state === "open" &&
          (!one.taken || fresh.get(session ?? 0) === one.conn),
      );
      return [
        user === null
          ? row("User", pending === null ? "not logged in" : `${pending}, not proved`, true)
          : row("User", user),
        row("Folder", user === null ? "–" : utf8Decode(folder), user === null),
        row("Type", TYPES[type]),
        status.data === "none" && travels(session)
          ? row("Data", "in use")
          : row("Data", ...data(status, waits, riddle && !isDialled(connections, status.port))),
      ];
    },
  };
}

function data({ data: state, port }: Status, waits: boolean, secret: boolean): [string, boolean] {
  switch (state) {
    case "none":
      return waits ? ["dialled, unused", false] : ["none", true];
    case "listening":
      if (waits) return ["dialled, unused", false];
      return [secret ? "listening" : `listening on ${port}`, false];
    case "active":
      return [`will dial ${port}`, false];
    case "transfer":
      return ["in use", false];
    default:
      return state satisfies never;
  }
}

/** Whether the learner has dialled this port: then its number is no riddle any more. */
export function isDialled(connections: readonly Connection[], port: number): boolean {
  return connections.some(({ to, back }) => to.port === port && !back);
}
