/** Small talk: SYST, NOOP, HELP. RFC 959 §4.1.3. */
import type { Turn } from "../state.ts";
import type { CommandSpec } from "./spec.ts";

/** Without an argument the list of verbs, with one that verb's syntax; only its first word counts. */
function help(turn: Turn): void {
  const verb = turn.words[0]?.toUpperCase();
  if (verb === undefined) turn.say("help", {});
  else turn.say("help-verb", { verb });
}

function noop(turn: Turn): void {
  if (turn.session.transfer !== null) turn.say("nothing-busy", {});
  else turn.say("nothing", {});
}

const row = (
  verb: string,
  syntax: string,
  purpose: string,
  run: (turn: Turn) => void,
): CommandSpec => ({
  verb,
  syntax,
  rfc: "959 §4.1.3",
  purpose,
  login: false,
  run,
});

export const SYST = row("SYST", "SYST", "asks what system the server runs on", (turn) =>
  turn.say("system", {}),
);
export const NOOP = row("NOOP", "NOOP", "does nothing, and keeps the connection awake", noop);
export const HELP = row("HELP", "HELP [<SP> <string>]", "asks what the server understands", help);
