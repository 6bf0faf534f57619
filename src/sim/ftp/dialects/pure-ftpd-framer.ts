/**
 * How Pure-FTPd 1.0.50 finds lines and verbs (observed): a line ends at LF, and a CR before it goes
 * too; every other control character becomes an underscore. It knows nothing of telnet.
 */
import { fromBytes, type Octets } from "../../bytes.ts";
import type { Command } from "../../protocol/command.ts";
import type { Framer } from "../dialect.ts";

/** What the framer gives for a line that is too long; no other line can hold a NUL. */
export const TOO_LONG = "\0";
/** So many bytes without an LF among them are too long (PATH_MAX and some more). */
const BUFFER = 4112;

/** A framer with nothing read yet. */
export function pureFtpdFramer(): Framer {
  let held: Octets = "";
  return (segment) => {
    const parts = (held + fromBytes(segment)).split("\n");
    held = (parts.pop() ?? "").slice(0, BUFFER);
    const lines = parts.map((part) =>
      part.length < BUFFER ? printable(part.replace(/\r$/, "")) : TOO_LONG,
    );
    if (held.length === BUFFER) lines.push(TOO_LONG);
    return { lines, answers: "" };
  };
}

/** Control characters, DEL among them, as underscores. */
export const printable = (text: Octets) => text.replace(/[\0-\x1f\x7f]/g, "_");

/**
 * The verb is letters, digits and `@` (P@SW); a blank must follow or nothing, or the line has no
 * verb, and no answer either. One blank is skipped: all behind it is the argument.
 */
export function parsePureFtpd(line: Octets): Command {
  const parts = /^([A-Za-z0-9@]+)(?: ([^]*))?$/.exec(line);
  const [, typed = "", rest = ""] = parts ?? [];
  return { verb: typed.toUpperCase(), typed, argument: rest === "" ? null : rest };
}
