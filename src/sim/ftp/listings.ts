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
  return text;
}

/** `Jul  1 17:37`, or `Jun 12  2019` if that is more than 180 days ago. Times are in UTC. */
export function dateText(mtime: number, now: number): string {
  const date = new Date(mtime);
  const day = `${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)}`;
  if (now - mtime > HALF_A_YEAR) return `${day}  ${date.getUTCFullYear()}`;
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

const two = (number: number) => String(number).padStart(2, "0");

/** ProFTPD's line (mod_ls), without its line end. */
export function proftpdLine(node: Node, name: Octets, now: number): Octets {
  const owner = node.owner.padEnd(8);
  const group = node.group.padEnd(8);
  const links = String(linkCount(node)).padStart(3);
  const size = String(sizeOf(node)).padStart(8);
  const arrow = node.type === "link" ? ` -> ${node.target}` : "";
  const date = dateText(node.mtime, now);
  return `${modeText(node)} ${links} ${owner} ${group} ${size} ${date} ${name}${arrow}`;
}
