/** PASV: the server listens on a port of its own and says which. RFC 959 §4.1.2. */
import type { Turn } from "../state.ts";
import type { CommandSpec } from "./spec.ts";

/**
 * Two steps: the port is known only when the server listens (`opened` in session.ts says 227). What
 * was agreed before is dropped first, so the old port is closed before the new one is announced.
 */
function pasv(turn: Turn): void {
  const { session, asked } = turn;
  if (turn.argument !== null) {
    turn.badArguments();
    return;
  }
  turn.drop();
  session.opening = asked;
  turn.effects.push({ kind: "listen" });
}

export const PASV: CommandSpec = {
  verb: "PASV",
  syntax: "PASV",
  rfc: "959 §4.1.2",
  purpose: "asks the server to listen for a data connection",
  login: true,
  transfers: true,
  run: pasv,
};
