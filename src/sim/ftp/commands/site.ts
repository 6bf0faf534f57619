/** SITE: what one server alone can do. RFC 959 §4.1.3. */
import type { CommandRow } from "./spec.ts";

export const SITE: CommandRow = {
  verb: "SITE",
  syntax: "SITE <SP> <string>",
  rfc: "959 §4.1.3",
  purpose: "asks for something that this server alone has",
  login: true,
};

/**
 * A file mode as chmod(1) takes it: octal (`644`), or symbolic (`u+x,go-w`), which changes `from`.
 * Undefined if it is neither.
 */
export function parseMode(text: string, from: number): number | undefined {
  if (/^[0-7]{1,5}$/.test(text)) {
    const mode = Number.parseInt(text, 8);
    return mode <= 0o7777 ? mode : undefined;
  }
  let mode = from;
  for (const clause of text.split(",")) {
    const parts = /^([ugoa]*)([-+=])([rwxXst]*)$/.exec(clause);
    if (parts === null) return undefined;
    const [, who = "", sign, rights = ""] = parts;
    let mask = 0;
    let bits = 0;
    for (const [letter, shift] of [
      ["u", 6],
      ["g", 3],
      ["o", 0],
    ] as const) {
      if (who !== "" && !who.includes("a") && !who.includes(letter)) continue;
      mask |= 7 << shift;
      for (const right of rights) bits |= ({ r: 4, w: 2, x: 1 }[right] ?? 0) << shift;
    }
    mode = sign === "+" ? mode | bits : sign === "-" ? mode & ~bits : (mode & ~mask) | bits;
  }
  return mode;
}
