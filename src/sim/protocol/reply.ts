/** A reply of the server, and how it is written on the wire (RFC 959 §4.2). */
import type { Octets } from "../bytes.ts";

/** One reply. */
export interface Reply {
  /** Three digits, 100 to 699. */
  readonly code: number;
  /** At least one line, without code and line end. */
  readonly lines: readonly Octets[];
  /**
   * How the lines between the first and the last look: "indented" with a space before them, so that
   * none can be taken for the last (the default), "dashed" with the code and a hyphen, "raw" as they are.
   */
  readonly layout?: "indented" | "dashed" | "raw";
}

/** The octets of a reply: `ddd text`, or `ddd-first`, the middle lines, `ddd last`, each ended by CR LF. */
export function encodeReply(reply: Reply): Octets {
  const { code, lines, layout = "indented" } = reply;
  const last = lines.length - 1;
  const before = layout === "indented" ? " " : layout === "dashed" ? `${code}-` : "";
  let octets = "";
  for (const [i, line] of lines.entries()) {
    const lead = i === last ? `${code} ` : i === 0 ? `${code}-` : before;
    octets += `${lead}${line}\r\n`;
  }
  return octets;
}
