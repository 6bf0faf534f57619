/** Pure-FTPd's patterns: `*`, `?`, `[a-z]`, `[!a-z]`, and a backslash before what is meant as it is. */
import type { Octets } from "../../bytes.ts";
import type { Turn } from "../state.ts";
import { look, mayRead } from "./pure-ftpd-paths.ts";

/** The paths that a pattern stands for, in the order of their bytes. A dot at the beginning must be written. */
export function expand(turn: Turn, pattern: Octets): Octets[] {
  let paths: Octets[] = [""];
  for (const part of pattern.match(/\/+|[^/]+/g) ?? []) {
    const fits = part.startsWith("/") ? undefined : matcher(part);
    if (fits === undefined) paths = paths.map((path) => path + part.replace(/\\(.)/g, "$1"));
    else paths = paths.flatMap((path) => names(turn, path, fits, part.startsWith(".")));
  }
  return paths.filter((path) => "node" in look(turn, path, false)).toSorted(byBytes);
}

/** The order of C's strcmp. */
export const byBytes = (a: Octets, b: Octets) => (a < b ? -1 : a > b ? 1 : 0);

function names(turn: Turn, folder: Octets, fits: RegExp, dots: boolean): Octets[] {
  const found = look(turn, folder === "" ? "." : folder);
  if (!("node" in found) || found.node.type !== "dir" || !mayRead(turn, found.node)) return [];
  return [".", "..", ...found.node.children.keys()]
    .filter((name) => (dots || !name.startsWith(".")) && fits.test(name))
    .map((name) => folder + name);
}

/** A name with anything special in it, as a regular expression. */
function matcher(name: Octets): RegExp | undefined {
  let special = false;
  const source = name.replace(
    /\\(.)|\[(!?)(.[^\]]*)\]|[^]/g,
    (one, quoted?: string, not?: string, set?: string) => {
      if (quoted !== undefined) return literal(quoted);
      if (set === undefined && !/[*?]/.test(one)) return literal(one);
      special = true;
      if (one === "*") return "[^]*";
      if (one === "?") return "[^]";
      return `[${not === "!" ? "^" : ""}${(set ?? "").replace(/[\\\]^]/g, "\\$&")}]`;
    },
  );
  try {
    return special ? new RegExp(`^${source}$`) : undefined;
  } catch {
    return /^$/; // a range from high to low: nothing is between
  }
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
