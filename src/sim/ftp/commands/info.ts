/** Small talk: SYST, NOOP, HELP. RFC 959 §4.1.3. */
import type { Turn } from "../state.ts";
import type { CommandSpec } from "./spec.ts";

export const SYST: CommandSpec = {
  verb: "SYST",
  syntax: "SYST",
  rfc: "959 §4.1.3",
  purpose: "asks what system the server runs on",
  login: false,
  run: (turn) => turn.say("system", {}),
};

export const NOOP: CommandSpec = {
  verb: "NOOP",
  syntax: "NOOP",
  rfc: "959 §4.1.3",
  purpose: "does nothing, and keeps the connection awake",
  login: false,
  run: (turn) => {
    if (turn.session.transfer !== null) turn.say("nothing-busy", {});
    else turn.say("nothing", {});
  },
};

/** Without an argument the list of verbs, with one that verb's syntax. */
function help(turn: Turn): void {
  const verb = turn.argument?.trim().split(/[ \t]/)[0]?.toUpperCase();
  if (verb === undefined) {
    turn.say("help", {});
    return;
  }
  const syntax = turn.env.dialect.syntax(verb);
  if (syntax === undefined) turn.say("help-unknown", { verb });
  else turn.say("help-verb", { verb, syntax });
}

export const HELP: CommandSpec = {
  verb: "HELP",
  syntax: "HELP [<SP> <string>]",
  rfc: "959 §4.1.3",
  purpose: "asks what the server understands",
  login: false,
  run: help,
};
