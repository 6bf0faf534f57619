/** What a session waits for when nothing moves, in a sentence. */
import type { Connection } from "../explain/connections.ts";
import type { Fact } from "../sim/facts.ts";

/** A wait: what for, and how patient a reader should be before being told. */
export interface Waiting {
  /** A sentence that ends in "in", for the time to follow. */
  readonly words: string;
  /** Somebody asked for something; otherwise only a clock runs somewhere. */
  readonly asked: boolean;
  /** Bytes are on their way: with the next of them near, there is nothing to skip. */
  readonly moves?: true;
}

/** Linux sends a SYN seven times in all. */
const LAST_TRY = 7;

/** Reads a growing trace for what is still owed. */
export function waitingReader(): {
  read(facts: readonly Fact[]): void;
  of(connections: readonly Connection[]): Waiting;
} {
  let next = 0;
  /** How often a connection has been tried. */
  const tries = new Map<number, number>();
  /** Sessions whose last command has had no final reply yet. */
  const owing = new Set<number>();
  /** How many bytes of a connection are on their way, while nothing on the way stops them. */
  const afloat = new Map<number, number>();
  const stuck = new Set<number>();
  const travel = (conn: number, bytes: number): void =>
    void afloat.set(conn, (afloat.get(conn) ?? 0) + bytes);

  return {
    read(facts) {
      for (; next < facts.length; next++) {
        const fact = facts[next];
        if (fact?.kind === "again") tries.set(fact.conn, fact.attempt);
        // An empty line asks for nothing, and not every server answers it.
        else if (fact?.kind === "command" && fact.verb !== "") owing.add(fact.session);
        else if (fact?.kind === "reply" && fact.code >= 200) owing.delete(fact.session);
        else if (fact?.kind === "session-end") owing.delete(fact.session);
        else if (fact?.kind === "sent") travel(fact.conn, fact.bytes.length);
        else if (fact?.kind === "lost") travel(fact.conn, -fact.length);
        else if (fact?.kind === "dropped") stuck.add(fact.conn);
        else if (fact?.kind === "arrived") {
          travel(fact.conn, -fact.bytes.length);
          stuck.delete(fact.conn);
        }
      }
    },
    of(connections) {
      const dialling = connections.findLast(({ state }) => state === "dialling");
      if (dialling) {
        const again = (tries.get(dialling.conn) ?? 1) < LAST_TRY;
        const then = again ? "The next try is in" : "The dial is given up in";
        return { words: `Nothing answers. ${then}`, asked: true };
      }
      const open = connections.filter(({ state }) => state === "open");
      if (
        open.some(
          ({ role, conn }) => role === "data" && (afloat.get(conn) ?? 0) > 0 && !stuck.has(conn),
        )
      ) {
        return { words: "Data is on its way. Something happens in", asked: true, moves: true };
      }
      if (open.some(({ role, taken }) => role === "data" && taken)) {
        return { words: "Nothing moves on the data connection. Something happens in", asked: true };
      }
      if (open.some(({ role, session = 0 }) => role === "control" && owing.has(session))) {
        return { words: "The server does not answer yet. Something happens in", asked: true };
      }
      return { words: "All is quiet. Something happens by itself in", asked: false };
    },
  };
}

/** Virtual milliseconds as a person says them: "7 s", "4:58", "1:00:00". */
export function duration(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const two = (number: number): string => String(number).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  const rest = two(seconds % 60);
  if (minutes < 60) return `${minutes}:${rest}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
}
