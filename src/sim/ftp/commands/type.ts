/** TYPE: how a file's bytes are represented on the data connection. RFC 959 §3.1.1, §4.1.2. */
import type { Turn } from "../state.ts";
import type { CommandSpec } from "./spec.ts";

/**
 * Rules in order: one or two words; A with N, T or C or alone, I, L with 7 or 8 are taken (all three
 * forms of A mean the same to ProFTPD); E and the rest are not. The reply echoes the letter as typed.
 */
function type(turn: Turn): void {
  const { session, argument } = turn;
  const words = argument?.trim().split(/[ \t]+/) ?? [];
  const wanted = words.join(" ").toUpperCase();
  if (words.length === 0 || words.length > 2) turn.badArguments();
  else if (/^(A( [NTC])?|I( .*)?|L [78])$/.test(wanted)) {
    session.type = wanted.startsWith("A") ? "A" : wanted.startsWith("I") ? "I" : "L";
    turn.say("type-set", { type: words[0] ?? "" });
  } else turn.say("type-refused", { type: words[0] ?? "" });
}

export const TYPE: CommandSpec = {
  verb: "TYPE",
  syntax: "TYPE <SP> <type-code>",
  rfc: "959 §4.1.2",
  purpose: "says whether bytes are text (A) or sent as they are (I)",
  login: false,
  run: type,
};
