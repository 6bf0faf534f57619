/**
 * How vsftpd 3.0.3 finds lines (observed): a line ends at LF, with every CR before it taken off;
 * a NUL stands for LF in it, as a telnet user writes it. Of telnet itself it knows nothing.
 */
import { fromBytes, type Octets } from "../../bytes.ts";
import type { Command } from "../../protocol/command.ts";
import type { Framer } from "../dialect.ts";

/** So many bytes without an LF are too long for a line; one that long comes out of the framer as it is. */
export const TOO_LONG = 4096;

/** ABOR with telnet's Synch before it (IAC IP IAC DM): vsftpd has it as a verb of its own. */
export const SYNCH = "\xff\xf4\xff\xf2";

/** A framer with nothing read yet. */
export function vsftpdFramer(): Framer {
  let held: Octets = "";
  return (segment) => {
    const lines: Octets[] = [];
    const parts = (held + fromBytes(segment)).split("\n");
    held = (parts.pop() ?? "").slice(0, TOO_LONG);
    for (const part of parts) {
      lines.push(part.length < TOO_LONG ? part.replace(/\r+$/, "") : part.slice(0, TOO_LONG));
    }
    if (held.length === TOO_LONG) lines.push(held);
    return { lines, answers: "" };
  };
}

/** The verb ends at the first blank, and nothing else; all behind that blank is the argument. */
export function parseVsftpd(line: Octets): Command {
  // Where urgent data is no part of the stream (Node), the Synch comes without its middle byte.
  const text = line.replaceAll("\0", "\n").replace(/^\xff\xf4\xf2/, SYNCH);
  const blank = text.indexOf(" ");
  const typed = blank < 0 ? text : text.slice(0, blank);
  const rest = blank < 0 ? "" : text.slice(blank + 1);
  const verb = typed.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
  return { verb, typed, argument: rest === "" ? null : rest };
}
