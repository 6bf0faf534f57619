/**
 * How ProFTPD 1.3.8 reads its control connection (netio.c, observed): a line ends at LF if CR stands
 * before it in the same piece that was read; any other LF stays in the line. A piece is at most what
 * still fits into the line's buffer. Of telnet it refuses every option, drops IP and DM, and reads
 * IAC IAC as one byte 255.
 */
import { type Octets } from "../../bytes.ts";
import { DM, DO, DONT, IAC, IP, WILL, WONT } from "../../protocol/telnet.ts";
import type { Framer } from "../dialect.ts";

/** What fits into the buffer of a line: PATH_MAX and 6 (PR_DEFAULT_CMD_BUFSZ), the CR with it. */
const ROOM = 4102;
/** How many full buffers it throws away for one line before it hangs up. */
const PATIENCE = 3;
const CR = 13;
const LF = 10;

/** A framer with nothing read yet. */
export function proftpdFramer(): Framer {
  let line: Octets = "";
  /** What telnet's bytes so far make of the next one: an option's verb, IAC, or nothing. */
  let mode = 0;
  /** The buffer was full before the line ended: what remains of it is thrown away too. */
  let overlong = false;
  let thrown = 0;
  return (segment) => {
    const lines: Octets[] = [];
    let answers = "";
    let hopeless = false;
    const give = (whole: boolean) => {
      if (whole && !overlong) {
        // The line's own CR, and one CR or LF more that may stand before it.
        lines.push(line.replace(/\r?$/, "").replace(/[\r\n]$/, ""));
        thrown = 0;
      } else if (++thrown > PATIENCE) hopeless = true;
      overlong = !whole;
      line = "";
    };
    let piece = 0;
    let last = 0;
    for (let i = 0; i < segment.length && !hopeless; i++) {
      if (i === piece) {
        piece += ROOM - line.length;
        last = 0;
      }
      const byte = segment[i]!;
      const ends = byte === LF && last === CR;
      last = byte;
      if (ends) {
        give(true);
        continue;
      }
      if (mode === WILL || mode === WONT || mode === DO || mode === DONT) {
        const refusal = mode === WILL || mode === WONT ? DONT : WONT;
        answers += String.fromCharCode(IAC, refusal, byte);
        mode = 0;
        continue;
      }
      if (mode === IAC) {
        mode = byte >= WILL && byte <= DONT ? byte : 0;
        if (mode > 0 || byte === IP || byte === DM) continue;
        if (byte !== IAC) line += "\xff";
      } else if (byte === IAC) {
        mode = IAC;
        continue;
      }
      if (line.length < ROOM) line += String.fromCharCode(byte);
      if (line.length === ROOM) give(false);
    }
    return { lines, answers, hopeless };
  };
}
