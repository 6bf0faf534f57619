/** How bytes are represented on the data connection: TYPE, STRU, MODE. RFC 959 §3, §4.1.2. */
import type { Turn } from "../state.ts";
import type { CommandSpec } from "./spec.ts";

/**
 * Rules in order: one or two words; A with N, T or C or alone, I, L with 7 or 8 are taken (all three
 * forms of A mean the same here); E and the rest are not. The reply echoes the letter as typed.
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

/** Files without records, F, are all that today's servers store; R and P are known and refused. */
function stru(turn: Turn): void {
  const structure = turn.argument?.trim() ?? "";
  if (!/^\S$/.test(structure)) {
    if (structure === "" || /\s/.test(structure)) turn.badArguments();
    else turn.say("structure-refused", { structure, known: false });
  } else if (/f/i.test(structure)) turn.say("structure-set", { structure });
  else turn.say("structure-refused", { structure, known: /[rp]/i.test(structure) });
}

/** Stream mode, S, is all that today's servers speak; B and C are known and refused. */
function mode(turn: Turn): void {
  const wanted = turn.argument?.trim() ?? "";
  if (!/^\S$/.test(wanted)) {
    if (wanted === "" || /\s/.test(wanted)) turn.badArguments();
    else turn.say("mode-refused", { mode: wanted, known: false });
  } else if (/s/i.test(wanted)) turn.say("mode-set", { mode: wanted });
  else turn.say("mode-refused", { mode: wanted, known: /[bc]/i.test(wanted) });
}

export const TYPE: CommandSpec = {
  verb: "TYPE",
  syntax: "TYPE <SP> <type-code>",
  rfc: "959 §4.1.2",
  purpose: "says whether bytes are text (A) or sent as they are (I)",
  login: false,
  run: type,
};

export const STRU: CommandSpec = {
  verb: "STRU",
  syntax: "STRU <SP> <structure-code>",
  rfc: "959 §4.1.2",
  purpose: "says how files are built: as one whole (F), of records, of pages",
  login: true,
  run: stru,
};

export const MODE: CommandSpec = {
  verb: "MODE",
  syntax: "MODE <SP> <mode-code>",
  rfc: "959 §4.1.2",
  purpose: "says how bytes are packed for the way: as a stream (S), in blocks, compressed",
  login: true,
  run: mode,
};
