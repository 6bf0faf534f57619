/** How bytes are represented on the data connection: TYPE, STRU, MODE. RFC 959 §3, §4.1.2. */
import type { Turn } from "../state.ts";
import type { CommandSpec } from "./spec.ts";

/**
 * Rules in order: one or two words; A and I, whatever the second says (A's forms N, T and C all mean
 * the same here), and L with 7 or 8 are taken; E and the rest are not. The reply echoes the letter.
 */
function setType(turn: Turn): void {
  const { session, words } = turn;
  const [type = "", form = ""] = words;
  const wanted = type.toUpperCase();
  if (words.length === 0 || words.length > 2) return turn.badArguments();
  const known = wanted === "A" || wanted === "I" || (wanted === "L" && /^[78]$/.test(form));
  if (!known) return turn.say("type-refused", { type });
  // L 7 is text to ProFTPD.
  session.type = wanted !== "L" ? wanted : form === "7" ? "A" : "L";
  turn.say("type-set", { type });
}

/** Files without records, F, are all that today's servers store; R and P are known and refused. */
function stru(turn: Turn): void {
  const [structure, more] = turn.words;
  if (structure === undefined || more !== undefined) turn.badArguments();
  else if (/^f/i.test(structure)) turn.say("structure-set", { structure });
  else turn.say("structure-refused", { structure, known: /^[rp]/i.test(structure) });
}

/** Stream mode, S, is all that today's servers speak; B and C are known and refused. */
function mode(turn: Turn): void {
  const [wanted, more] = turn.words;
  if (wanted === undefined || more !== undefined) turn.badArguments();
  else if (/^s/i.test(wanted)) turn.say("mode-set", { mode: wanted });
  else turn.say("mode-refused", { mode: wanted, known: /^[bc]/i.test(wanted) });
}

export const TYPE: CommandSpec = {
  verb: "TYPE",
  syntax: "TYPE <SP> <type-code>",
  rfc: "959 §4.1.2",
  purpose: "says whether bytes are text (A) or sent as they are (I)",
  login: false,
  run: setType,
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
