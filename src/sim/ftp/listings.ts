/** How a listing writes an entry. LIST has no standard form (RFC 959 §4.1.3 says: for a human). */
import type { Octets } from "../bytes.ts";
import { linkCount, type Node, sizeOf } from "../fs/tree.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"].concat([
  "Jul",
  "Aug",
  "Sep",
  "Oct",
  "Nov",
  "Dec",
]);
const HALF_A_YEAR = 180 * 86_400_000;

/** `drwxr-xr-x`: the kind and the permission bits as Unix writes them. */
export function modeText(node: Node): string {
  const kind = node.type === "dir" ? "d" : node.type === "link" ? "l" : "-";
  let text = kind;
  for (let shift = 6; shift >= 0; shift -= 3) {
    const bits = node.mode >> shift;
    text += (bits & 4 ? "r" : "-") + (bits & 2 ? "w" : "-") + (bits & 1 ? "x" : "-");
  }
  if (node.mode < 0o1000) return text;
  // Set-user-id, set-group-id and sticky take an x's place: small if it is there, else a capital.
  const letters = text.split("");
  for (const [i, letter] of [
    [3, "s"],
    [6, "s"],
    [9, "t"],
  ] as const) {
    if ((node.mode & (0o4000 >> (i / 3 - 1))) === 0) continue;
    letters[i] = letters[i] === "x" ? letter : letter.toUpperCase();
  }
  return letters.join("");
}

/** `Jul  1 17:37`, or `Jun 12  2019` if that is more than 180 days ago. Times are in UTC. */
export function dateText(mtime: number, now: number): string {
  const date = new Date(mtime);
  const day = `${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)}`;
  if (now - mtime > HALF_A_YEAR) return `${day}  ${date.getUTCFullYear()}`;
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

const two = (number: number) => String(number).padStart(2, "0");

/** What LIST's options -n and -h change of a line. */
export interface LineOptions {
  /** Numbers in the place of the owner's and the group's name. */
  readonly ids?: readonly [user: number, group: number];
  /** Sizes with a unit. */
  readonly human?: boolean;
}

/** ProFTPD's line (mod_ls), without its line end. */
export function proftpdLine(
  node: Node,
  name: Octets,
  now: number,
  { ids, human = false }: LineOptions = {},
): Octets {
  const owner = String(ids?.[0] ?? node.owner).padEnd(8);
  const group = String(ids?.[1] ?? node.group).padEnd(8);
  const links = String(linkCount(node)).padStart(3);
  const size = (human ? humanSize(sizeOf(node)) : String(sizeOf(node))).padStart(8);
  const arrow = node.type === "link" ? ` -> ${node.target}` : "";
  const date = dateText(node.mtime, now);
  return `${modeText(node)} ${links} ${owner} ${group} ${size} ${date} ${name}${arrow}`;
}

/** `16.0M`; below 1000 the number alone. */
function humanSize(size: number): string {
  if (size < 1000) return String(size);
  let rest = size;
  let unit = 0;
  for (; rest >= 1024; unit++) rest /= 1024;
  return `${rest.toFixed(1)}${"kMGTP".charAt(unit - 1)}`;
}
