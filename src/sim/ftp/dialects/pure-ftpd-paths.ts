/** How Pure-FTPd reads a path, and what it will not have in one. */
import type { Octets } from "../../bytes.ts";
import { type Place, placeOf } from "../../fs/change.ts";
import { Children } from "../../fs/children.ts";
import { type Directory, type Node, pathOf } from "../../fs/tree.ts";
import type { Turn } from "../state.ts";
import { printable } from "./pure-ftpd-framer.ts";
import { isGuest, writer } from "./pure-ftpd-turn.ts";

/** What Unix finds at a path, or why it finds nothing. Only a folder may end in `/`. */
export function look(
  turn: Turn,
  path: Octets,
  follow = true,
): { readonly node: Node } | { readonly error: string } {
  const { session, env, person } = turn;
  if (isTooLong(path)) return { error: "File name too long" };
  if (path === "." && isLost(turn)) return { node: ghost(turn) };
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

/** Somebody has removed the folder where the session stands. */
export function isLost({ session, env, person }: Turn): boolean {
  return "error" in env.tree.find(session.folder, "/", person);
}

/** What is left of it: an empty folder without a name. */
function ghost({ person, now: mtime }: Turn): Directory {
  const { user: owner, group } = person;
  const children = new Children<Node>();
  return {
    type: "dir",
    name: "",
    mode: 0o755,
    mtime,
    owner,
    group,
    parent: null,
    children,
    size: 0,
  };
}

/** What is in a folder, itself and the one above first; in what is left of one there is nothing. */
export function* entriesOf(turn: Turn, folder: Directory): Generator<readonly [Octets, Node]> {
  if (folder.parent === null && folder !== turn.env.tree.root) return;
  yield [".", folder];
  yield ["..", folder.parent ?? folder];
  yield* folder.children;
}

/** `~` is a name like any other; and a folder that was removed still has one above it. */
function plain(turn: Turn, path: Octets): Octets {
  const { folder } = turn.session;
  if (/^\.\.(\/|$)/.test(path) && isLost(turn)) {
    return `${folder.replace(/\/[^/]*(\/\.)*$/, "")}/${path.slice(3)}`;
  }
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
export function textLines(text: Octets): Octets[] {
  if (text === "") return [];
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  return lines.slice(0, 100).map(printable);
}

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
