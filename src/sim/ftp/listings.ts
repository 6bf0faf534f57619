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
const DAY = 86_400_000;
const HALF_A_YEAR = 180 * DAY;

/** `drwxr-xr-x`: the kind and the permission bits as Unix writes them. */
export function modeText({ type, mode }: Node): string {
  let text = modes[type].get(mode);
  if (text === undefined) {
    text = { dir: "d", link: "l", file: "-" }[type] + permissions(mode);
    modes[type].set(mode, text);
  }
  return text;
}

const modes = {
  dir: new Map<number, string>(),
  link: new Map<number, string>(),
  file: new Map<number, string>(),
};

function permissions(mode: number): string {
  let text = "";
  for (let shift = 6; shift >= 0; shift -= 3) {
    const bits = mode >> shift;
    text += (bits & 4 ? "r" : "-") + (bits & 2 ? "w" : "-") + (bits & 1 ? "x" : "-");
  }
  if (mode < 0o1000) return text;
  // Set-user-id, set-group-id and sticky take an x's place: small if it is there, else a capital.
  const letters = text.split("");
  for (const [i, letter] of [
    [2, "s"],
    [5, "s"],
    [8, "t"],
  ] as const) {
    if ((mode & (0o4000 >> ((i - 2) / 3))) === 0) continue;
    letters[i] = letters[i] === "x" ? letter : letter.toUpperCase();
  }
  return letters.join("");
}

/** `Jul  1 17:37`, or `Jun 12  2019` if that is more than 180 days ago. Times are in UTC. */
export function dateText(mtime: number, now: number): string {
  const number = Math.floor(mtime / DAY);
  const { day, year } = days.get(number) ?? newDay(number);
  if (now - mtime > HALF_A_YEAR) return `${day}  ${year}`;
  const minute = Math.floor((mtime - number * DAY) / 60_000);
  return `${day} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** The days that were asked for, by their number since 1970: in a folder they come again and again. */
const days = new Map<number, { readonly day: string; readonly year: number }>();
const MOST_DAYS = 4096;

function newDay(number: number): { readonly day: string; readonly year: number } {
  const date = new Date(number * DAY);
  const day = `${MONTHS[date.getUTCMonth()]} ${padStart(String(date.getUTCDate()), 2)}`;
  const made = { day, year: date.getUTCFullYear() };
  if (days.size >= MOST_DAYS) days.clear();
  days.set(number, made);
  return made;
}

const two = (number: number) => (number < 10 ? `0${number}` : String(number));

const BLANKS = Array.from({ length: 9 }, (_, i) => " ".repeat(i));
/** As a string's own, for columns of at most 8, and faster. */
const padStart = (text: string, width: number) => (BLANKS[width - text.length] ?? "") + text;
const padEnd = (text: string, width: number) => text + (BLANKS[width - text.length] ?? "");

/** What LIST's options -n and -h change of a line. */
export interface LineOptions {
  /** Numbers in the place of the owner's and the group's name. */
  readonly ids?: readonly [user: number, group: number];
  /** Sizes with a unit. */
  readonly human?: boolean;
}

/** ProFTPD's line (mod_ls), without its line end. */
export function proftpdLine(node: Node, name: Octets, now: number, options?: LineOptions): Octets {
  const ids = options?.ids;
  const owner = padEnd(String(ids?.[0] ?? node.owner), 8);
  const group = padEnd(String(ids?.[1] ?? node.group), 8);
  const links = padStart(String(linkCount(node)), 3);
  const bytes = sizeOf(node);
  const size = padStart(options?.human === true ? humanSize(bytes) : String(bytes), 8);
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
