/** ABOR: breaks the transfer off. RFC 959 §4.1.3. */
import { Turn } from "../state.ts";
import type { CommandSpec } from "./spec.ts";

/** With a transfer running two replies: 426 for it, then 226 for ABOR when the data connection is closed. */
function abor(turn: Turn): void {
  const { session, argument } = turn;
  if (argument !== null) return turn.badArguments();
  if (session.transfer === null) {
    turn.drop();
    turn.say("abort-done", {});
    return;
  }
  turn.say("transfer-aborted", {});
  // It is ABOR that this answers, when the data connection is closed at last.
  turn.abort(({ env, now, effects }) =>
    new Turn(session, env, now, effects, turn.asked).say("abort-done", {}),
  );
}

export const ABOR: CommandSpec = {
  verb: "ABOR",
  syntax: "ABOR",
  rfc: "959 §4.1.3",
  purpose: "breaks a transfer off",
  login: true,
  run: abor,
};
