/**
 * Lines as RFC 959 §5.3 has them: ended by CR LF, in telnet's bytes. Of telnet's commands (RFC 854)
 * options are refused, the Synch and IP before an ABOR are dropped, and IAC IAC is one byte 255.
 */
import { fromBytes, type Octets } from "../../bytes.ts";
import { DO, DONT, IAC, WILL, WONT } from "../../protocol/telnet.ts";
import type { Framer } from "../dialect.ts";

/** What is held of a line; RFC 959 knows no bound. What is beyond makes it no command. */
const LONGEST = 4096;

/** A framer with nothing read yet. */
export function rfcFramer(): Framer {
  let line: Octets = "";
  /** A telnet command that is not whole yet. */
  let telnet: Octets = "";
  return (segment) => {
    const lines: Octets[] = [];
    let answers: Octets = "";
    for (const octet of fromBytes(segment)) {
      if (telnet !== "" || octet.charCodeAt(0) === IAC) {
        telnet += octet;
        const done = command(telnet);
        if (done === undefined) continue;
        telnet = "";
        answers += done.answer;
        line += done.data;
        continue;
      }
      if (octet === "\n" && line.endsWith("\r")) {
        lines.push(line.slice(0, -1));
        line = "";
      } else if (line.length <= LONGEST) line += octet;
      // The end of a line too long is still to be found.
      else if (octet === "\r") line = `${line.slice(0, LONGEST + 1)}\r`;
    }
    return { lines, answers };
  };
}

/** Whether a line is longer than a command may be. */
export const isTooLong = (line: Octets) => line.length > LONGEST;

/** What a whole telnet command comes to; undefined if more of it must come. */
function command(octets: Octets): { answer: Octets; data: Octets } | undefined {
  if (octets.length < 2) return undefined;
  const verb = octets.charCodeAt(1);
  if (verb === IAC) return { answer: "", data: octets.charAt(1) };
  if (verb < WILL) return { answer: "", data: "" };
  if (octets.length < 3) return undefined;
  const no = verb === WILL ? DONT : verb === DO ? WONT : undefined;
  const answer = no === undefined ? "" : String.fromCharCode(IAC, no) + octets.charAt(2);
  return { answer, data: "" };
}
