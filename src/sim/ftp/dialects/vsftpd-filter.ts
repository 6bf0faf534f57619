/** The patterns that vsftpd's listings take, in the last name of a path alone (observed). */
import type { Octets } from "../../bytes.ts";

/** How many steps one pattern may cost. */
const MOST_STEPS = 1000;
interface Steps {
  left: number;
}

/**
 * Whether a name fits a pattern of `*`, `?` and `{a,b}`. Behind a `*` the last place is taken where
 * the text that follows stands, and no other is tried: `*a*b*b` fits less than one might think.
 * Braces bind to the place where they stand, and are not nested; a `{` left open is itself, but
 * nothing fits a pattern that begins with it.
 */
export function fits(name: Octets, pattern: Octets): boolean {
  return matches(name, pattern, { left: MOST_STEPS });
}

function matches(name: Octets, pattern: Octets, steps: Steps): boolean {
  if (pattern.startsWith("{") && !pattern.includes("}")) return false;
  let rest = name;
  let anywhere = false;
  let token: string | undefined;
  for (let at = 0; at < pattern.length;) {
    if (--steps.left <= 0) return false;
    const next = pattern.slice(at).search(/[*?{]/);
    const end = next < 0 ? pattern.length : at + next;
    const text = pattern.slice(at, end);
    token = pattern[end];
    at = end + 1;
    const place = anywhere ? rest.lastIndexOf(text) : rest.startsWith(text) ? 0 : -1;
    if (text !== "") {
      if (place < 0) return false;
      rest = rest.slice(place + text.length);
    }
    anywhere = token === "*";
    if (token === "?") {
      if (rest === "") return false;
      rest = rest.slice(1);
    } else if (token === "{") {
      const close = pattern.indexOf("}", at);
      if (close >= 0) return alternatives(rest, pattern, at, close, steps);
      if (!rest.startsWith("{")) return false;
      rest = rest.slice(1);
    }
  }
  return rest === "" || token === "*";
}

/** Whether the name goes on with one of `{a,b}` and what stands behind it; an empty one ends the list. */
function alternatives(
  name: Octets,
  pattern: Octets,
  open: number,
  close: number,
  steps: Steps,
): boolean {
  for (const one of pattern.slice(open, close).split(",")) {
    if (one === "") return false;
    if (matches(name, one + pattern.slice(close + 1), steps)) return true;
  }
  return false;
}
