/**
 * How ProFTPD 1.3.8 finds lines in what it reads (observed): a line ends at CR LF, and only if both
 * came in one segment; a bare LF, or a CR LF cut in two, ends nothing and stays in the line. Of
 * telnet it refuses every option, drops IP and DM, and reads IAC IAC as one byte 255.
 */
import { fromBytes, type Octets } from "../../bytes.ts";
import { DM, DO, DONT, IAC, IP, WILL, WONT } from "../../protocol/telnet.ts";
import type { Framer } from "../dialect.ts";

/** What ProFTPD holds of one line (PR_DEFAULT_CMD_BUFSZ); bytes beyond it are thrown away. */
const LONGEST = 4096;

/** A framer with nothing read yet. */
export function proftpdFramer(): Framer {
  let held: Octets = "";
  return (segment) => {
    const { text, answers } = withoutTelnet(fromBytes(segment));
    const lines: Octets[] = [];
    let start = 0;
    for (let end = text.indexOf("\r\n"); end >= 0; end = text.indexOf("\r\n", start)) {
      lines.push(upToNul((held + text.slice(start, end)).slice(0, LONGEST)));
      held = "";
      start = end + 2;
    }
    if (held.length < LONGEST) held += text.slice(start, start + LONGEST - held.length);
    return { lines, answers };
  };
}

/** C reads a line as a string, which ends at its first NUL. */
function upToNul(line: Octets): Octets {
  const nul = line.indexOf("\0");
  return nul < 0 ? line : line.slice(0, nul);
}

function withoutTelnet(text: Octets): { text: Octets; answers: Octets } {
  if (!text.includes("\xff")) return { text, answers: "" };
  let kept = "";
  let answers = "";
  for (let i = 0; i < text.length; i++) {
    const next = text.charCodeAt(i) === IAC ? text.charCodeAt(i + 1) : 0;
    if (next === WILL || next === DO) {
      answers += String.fromCharCode(IAC, next === WILL ? DONT : WONT) + (text[i + 2] ?? "");
      i += 2;
    } else if (next === WONT || next === DONT) i += 2;
    else if (next === IP || next === DM) i += 1;
    else {
      kept += text[i];
      if (next === IAC) i += 1;
    }
  }
  return { text: kept, answers };
}
