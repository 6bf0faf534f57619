/**
 * A command line taken apart. RFC 959 §5.3: `<verb> [<SP> <argument>] <CRLF>`, the verb three or
 * four letters in either case. Nonsense still becomes a command, so that it can be shown and refused.
 */
import type { Octets } from "../bytes.ts";

/** One command line. */
export interface Command {
  /** In upper case; empty if the line has no verb. */
  readonly verb: Octets;
  /** The verb as it was typed. */
  readonly typed: Octets;
  /** All that stands after the one blank behind the verb; null if that is nothing but blanks. */
  readonly argument: Octets | null;
  /** The argument's words as this server counts them; left out: what blanks and tabs separate. */
  readonly words?: readonly Octets[];
  /** What is looked for where the argument is a path; left out: the argument itself. */
  readonly path?: Octets;
}

/** Takes a line (without its line end) apart at its first blank or tab. */
export function parseCommand(line: Octets): Command {
  const blank = line.search(/[ \t]/);
  const typed = blank < 0 ? line : line.slice(0, blank);
  const rest = blank < 0 ? "" : line.slice(blank + 1);
  return { verb: upper(typed), typed, argument: /[^ \t]/.test(rest) ? rest : null };
}

/** ASCII letters alone are raised: what else a byte may mean is nobody's business here. */
function upper(octets: Octets): Octets {
  return octets.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}
