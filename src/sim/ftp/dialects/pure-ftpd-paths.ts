/** How Pure-FTPd reads a path, and what it will not have in one. */
import type { Octets } from "../../bytes.ts";
import { type Place, placeOf } from "../../fs/change.ts";
import { type Node, pathOf } from "../../fs/tree.ts";
import type { Turn } from "../state.ts";
import { isGuest, writer } from "./pure-ftpd-turn.ts";

/** What Unix finds at a path, or why it finds nothing. Only a folder may end in `/`. */
export function look(
  turn: Turn,
  path: Octets,
  follow = true,
): { readonly node: Node } | { readonly error: string } {
  const { session, env, person } = turn;
  if (isTooLong(path)) return { error: "File name too long" };
  const slash = path.endsWith("/");
  const found = env.tree.find(plain(turn, path), session.folder, person, follow || slash);
  if (slash && "node" in found && found.node.type !== "dir") return { error: "Not a directory" };
  return found;
}

/** Where a path would put something new. */
export function place(turn: Turn, path: Octets): Place {
  if (isTooLong(path)) return { error: "File name too long" };
  return placeOf(turn.env.tree, plain(turn, path), turn.session.folder, writer(turn));
}

/** `~` is a name like any other; and a folder that was removed under our feet still has one above it. */
function plain(turn: Turn, path: Octets): Octets {
  const { tree } = turn.env;
  const { folder } = turn.session;
  const lost = /^\.\.(\/|$)/.test(path) && "error" in tree.find(folder, "/", turn.person);
  if (lost) return `${folder.replace(/\/[^/]*(\/\.)*$/, "")}/${path.slice(3)}`;
  return path.startsWith("~") ? `./${path}` : path;
}

/** Linux's and ext4's limits. */
const isTooLong = (path: Octets) =>
  path.length > 4095 || path.split("/").some(({ length }) => length > 255);

/** No backslash; and for guests no name that begins with a dot. */
export function isSane(turn: Turn, path: Octets): boolean {
  return !path.includes("\\") && !(isGuest(turn) && /(^|\/)\.(?!\.?(\/|$))/.test(path));
}

/** A path for something new: simplified, and with blanks at either end shown as underscores. */
export function reveal(path: Octets | null): Octets {
  return simplify(path ?? "").replace(/^ +| +$/g, (blanks) => "_".repeat(blanks.length));
}

/** A path without `//`, `/./` and `name/../`. What it makes of a last `..` is a slip of its own. */
export function simplify(path: Octets): Octets {
  let rest = path.replace(/\/{2,}/g, "/").replace(/(\/\.)+(?=\/)/g, "");
  const lead = /^(\.\.\/)*/.exec(rest)?.[0] ?? "";
  rest = rest.slice(lead.length).replace(/^(\/\.\.)+(?=\/)/, "");
  for (let before = ""; before !== rest;) {
    before = rest;
    rest = rest.replace(/(^|\/)(?!\.\.\/)[^/]+\/\.\.\//, "$1");
  }
  rest = rest.replace(/^\.\/+/, "");
  if (rest.endsWith("/.")) rest = rest.slice(0, -1);
  else if (rest.endsWith("/..")) {
    const above = rest.slice(0, -3);
    rest = above.includes("/") ? above.slice(0, above.lastIndexOf("/") + 1) : "/";
  }
  return lead + rest;
}

/** The lines of a small text file in the working folder, as `.message`; none if it cannot be read. */
export function linesOf(turn: Turn, name: Octets): Octets[] {
  const found = look(turn, name);
  if (!("node" in found) || found.node.type !== "file") return [];
  if (!mayRead(turn, found.node)) return [];
  return textLines(String.fromCharCode(...found.node.contents.slice(0, 50_000)));
}

/** A text's lines, a hundred at most. */
export const textLines = (text: Octets) =>
  text
    .replace(/\r?\n$/, "")
    .split(/\r?\n/)
    .slice(0, 100)
    .map((line) => line.replace(/[\0-\x1f\x7f]/g, "_"));

/** Goes to a folder. */
export function stand(turn: Turn, folder: Node): void {
  turn.session.folder = pathOf(folder);
}

/** Whether the client may read what it has found. */
export function mayRead(turn: Turn, node: Node): boolean {
  const { user, group } = turn.person;
  const shift = node.owner === user ? 6 : node.group === group ? 3 : 0;
  return ((node.mode >> shift) & 4) !== 0;
}
