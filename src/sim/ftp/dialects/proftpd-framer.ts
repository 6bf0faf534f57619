/**
 * How ProFTPD 1.3.8 reads its control connection (netio.c, observed): a line ends at LF if CR stands
 * before it in the same piece that was read; any other LF stays in the line. A piece is at most what
 * still fits into the line's buffer. Of telnet it refuses every option, drops IP and DM, and reads
 * IAC IAC as one byte 255.
 */
import { fromBytes, type Octets } from "../../bytes.ts";
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
  let lines: Octets[] = [];
  let answers = "";

  /** A line is whole (its CR and LF are gone), or the buffer is full. */
  const give = (whole: boolean) => {
    if (whole && !overlong) {
      // One CR or LF more may stand before the end.
      const last = line.charCodeAt(line.length - 1);
      lines.push(last === CR || last === LF ? line.slice(0, -1) : line);
      thrown = 0;
    } else thrown++;
    overlong = !whole;
    line = "";
  };
  /** A piece without telnet's own bytes: its lines are cut out whole. */
  const plain = (text: Octets) => {
    let start = 0;
    for (let end = text.indexOf("\r\n"); end >= 0; end = text.indexOf("\r\n", start)) {
      line += text.slice(start, end);
      give(true);
      start = end + 2;
    }
    if (start < text.length) line += text.slice(start);
    if (line.length >= ROOM) give(false);
  };
  const telnet = (piece: Uint8Array) => {
    let last = 0;
    for (const byte of piece) {
      const ends = byte === LF && last === CR;
      last = byte;
      if (ends) {
        // The CR may have been taken for an option of telnet's.
        if (line.endsWith("\r")) line = line.slice(0, -1);
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
  };

  return (segment) => {
    lines = [];
    answers = "";
    for (let at = 0; at < segment.length;) {
      if (thrown > PATIENCE) break;
      const room = ROOM - line.length;
      const whole = at === 0 && segment.length <= room;
      const piece = whole ? segment : segment.subarray(at, at + room);
      at += piece.length;
      if (mode === 0 && !piece.includes(IAC)) plain(fromBytes(piece));
      else telnet(piece);
    }
    return { lines, answers, hopeless: thrown > PATIENCE };
  };
}
