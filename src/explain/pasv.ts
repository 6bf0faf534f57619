/** The six numbers of a 227 (and of PORT), and the port that two of them make. */

/** Six numbers found in a text: where they stand and what they name. */
export interface HostPort {
  readonly numbers: readonly [number, number, number, number, number, number];
  /** Where the six numbers begin and end in the text. */
  readonly start: number;
  readonly end: number;
  readonly address: string;
  readonly port: number;
}

/**
 * Finds h1,h2,h3,h4,p1,p2 anywhere in a text. RFC 1123 §4.1.2.6: the words around the numbers
 * are not fixed, parentheses neither, so a client scans for the numbers.
 */
export function findHostPort(text: string): HostPort | undefined {
  for (const match of text.matchAll(/(?<![\d,])\d{1,3}(?:\s*,\s*\d{1,3}){5}(?![\d,])/g)) {
    const [h1, h2, h3, h4, p1, p2] = match[0].split(",").map(Number);
    if (h1 === undefined || h2 === undefined || h3 === undefined) continue;
    if (h4 === undefined || p1 === undefined || p2 === undefined) continue;
    const numbers = [h1, h2, h3, h4, p1, p2] as const;
    if (numbers.some((number) => number > 255)) continue;
    return {
      numbers,
      start: match.index,
      end: match.index + match[0].length,
      address: numbers.slice(0, 4).join("."),
      port: portSum(p1, p2),
    };
  }
  return undefined;
}

/** Where a reply to PASV or EPSV names the place to dial: the six numbers, or the port alone (RFC 2428 §3). */
export function placeIn(
  code: number,
  text: string,
): readonly [start: number, end: number] | undefined {
  if (code === 227) {
    const found = findHostPort(text);
    return found && [found.start, found.end];
  }
  const port = code === 229 ? /(?<=\1\1([!-~]))\d+(?=\1)/.exec(text) : null;
  return port ? [port.index, port.index + port[0].length] : undefined;
}

/** The port that a high and a low byte make. */
export function portSum(hi: number, lo: number): number {
  return hi * 256 + lo;
}

/** The eight bits of a byte, the highest first. */
export function byteBits(byte: number): readonly (0 | 1)[] {
  return [7, 6, 5, 4, 3, 2, 1, 0].map((bit) => ((byte >> bit) & 1 ? 1 : 0));
}

/** What a person did who worked out a port and came to `typed`. */
export type PortDiagnosis =
  | "right"
  | "swapped"
  | "times-255"
  | "no-low-byte"
  | "digits-joined"
  | "added"
  | "high-only"
  | "other";

/** How `typed` came about, if it was meant to be the port of `hi` and `lo`. */
export function diagnosePort(typed: number, hi: number, lo: number): PortDiagnosis {
  if (typed === portSum(hi, lo)) return "right";
  if (typed === portSum(lo, hi)) return "swapped";
  if (typed === hi * 255 + lo) return "times-255";
  if (typed === hi * 256) return "no-low-byte";
  if (typed === Number(`${hi}${lo}`)) return "digits-joined";
  if (typed === hi) return "high-only";
  return typed === hi + lo ? "added" : "other";
}

/**
 * One sentence for a wrong port, or undefined where nothing sensible can be said. A `riddle` is
 * left to be worked out.
 */
export function portMistake(
  diagnosis: PortDiagnosis,
  hi: number,
  lo: number,
  riddle = false,
): string | undefined {
  const sum = `${hi} × 256 + ${lo}${riddle ? "" : ` = ${portSum(hi, lo)}`}`;
  switch (diagnosis) {
    case "swapped":
      return `The halves changed places: the fifth number is the high byte, so ${sum}.`;
    case "times-255":
      return `A byte has 256 values, 0 to 255, so it is times 256: ${sum}.`;
    case "no-low-byte":
      return `The low byte, ${lo}, is still to be added: ${sum}.`;
    case "digits-joined":
      return `The two numbers are bytes, not digits to write side by side: ${sum}.`;
    case "added":
      return `The two bytes are not just added, the first one counts 256s: ${sum}.`;
    case "high-only":
      return `${hi} is only the high byte: ${sum}.`;
    case "right":
    case "other":
      return undefined;
    default:
      return diagnosis satisfies never;
  }
}
