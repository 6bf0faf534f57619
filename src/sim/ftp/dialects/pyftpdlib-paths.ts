/** How pyftpdlib reads paths and rights: as text first, then against the file system. */
import type { Octets } from "../../bytes.ts";
import { mayChange, openForWriting, placeOf } from "../../fs/change.ts";
import {
  type Directory,
  type File,
  type Found,
  may,
  type Node,
  type Person,
} from "../../fs/tree.ts";
import type { Turn } from "../state.ts";

/** A command about a path; it begins at the root and has been allowed. */
export type PathCommand = (turn: Turn, path: Octets) => void;

/** Refuses in Unix's words. */
export const refuse = (turn: Turn, why: string) => turn.reply(550, `${why}.`);

/** A path that the server will not touch: it holds NUL, and Python gives up over it. */
export const NUL = "\0";
const MOST_LINKS = 40;

/**
 * The path from the root, worked out as text (os.path.normpath): ".." takes the name before it
 * away, whether that exists or is a file, and a "/" at the end says nothing.
 */
export function absolute(turn: Turn, argument: Octets): Octets {
  const names: Octets[] = [];
  const whole = argument.startsWith("/") ? argument : `${turn.session.folder}/${argument}`;
  for (const name of whole.split("/")) {
    if (name === "..") names.pop();
    else if (name !== "" && name !== ".") names.push(name);
  }
  return `/${names.join("/")}`;
}

/** The folder and the last name of a path. */
export function split(path: Octets): readonly [folder: Octets, name: Octets] {
  const cut = path.lastIndexOf("/");
  return [path.slice(0, cut) || "/", path.slice(cut + 1)];
}

/** One process serves everybody, so the file system knows only its own user. */
export function server({ env }: Turn): Person {
  const { owner = "ftp", group = "ftp" } = env.setup;
  return { user: owner, group };
}

/** What is at a path from the root. */
export function at(turn: Turn, path: Octets, follow = true): Found | { readonly error: string } {
  const long = /[^/]{256}/.test(path);
  const found = turn.env.tree.find(path, "/", server(turn), follow);
  return long && "error" in found ? { error: "File name too long" } : found;
}

/** The folder at a path, links followed, or undefined. */
export function folderAt(turn: Turn, path: Octets): Directory | undefined {
  const found = at(turn, path);
  return "node" in found && found.node.type === "dir" ? found.node : undefined;
}

/** Whether a path stays in the user's tree once every link on it is followed. */
export function staysInside(turn: Turn, path: Octets): boolean {
  const names = path.split("/").filter((name) => name !== "");
  let here: Node = turn.env.tree.root;
  let links = 0;
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!;
    if (name === ".") continue;
    if (name === "..") {
      if (here.parent === null) return false;
      here = here.parent;
      continue;
    }
    const next: Node | undefined = here.type === "dir" ? here.children.get(name) : undefined;
    if (next === undefined) return true;
    if (next.type !== "link") {
      here = next;
      continue;
    }
    if (next.target.startsWith("/")) return false;
    if (++links > MOST_LINKS) return true;
    names.splice(0, i + 1, ...next.target.split("/").filter((part) => part !== ""));
    i = -1;
  }
  return true;
}

const READ = "elr";
const ALL = "elradfmwMT";
/** What everybody may do in the one folder that is open to anonymous uploads. */
const UPLOADS = "elrw";

/** The user's rights, as MLST shows them. */
export function rights({ session, env }: Turn): string {
  const { login } = session;
  const anonymous = login.stage === "in" && login.anonymous;
  return anonymous || env.setup.readOnly === true ? READ : ALL;
}

/** Whether the user has a right over a path; the folder for uploads has rights of its own. */
export function hasRight(turn: Turn, right: string, path: Octets): boolean {
  const { session, env } = turn;
  const { login } = session;
  const uploads = env.setup.anonymous?.uploads;
  const anonymous = login.stage === "in" && login.anonymous;
  const within =
    anonymous &&
    uploads !== undefined &&
    (path === uploads || (split(path)[0] === uploads && folderAt(turn, path) === undefined));
  return (within ? UPLOADS : rights(turn)).includes(right);
}

/** Opens a file as Python's `open` does: "w" empties or makes it, "a" makes it, "r+" does neither. */
export function openFile(
  turn: Turn,
  path: Octets,
  mode: "r" | "w" | "a" | "r+",
): File | { readonly error: string } {
  const who = server(turn);
  const found = at(turn, path);
  if ("node" in found) {
    const { node } = found;
    if (node.type === "file") {
      const able =
        (mode === "w" || mode === "a" || may(node, who, 4)) && (mode === "r" || may(node, who, 2));
      if (!able) return { error: "Permission denied" };
      if (mode === "r" || node.parent === null) return node;
      return openForWriting({ folder: node.parent, name: node.name }, who, turn.now, mode !== "w");
    }
    return { error: mode === "r" && !may(node, who, 4) ? "Permission denied" : "Is a directory" };
  }
  if (found.error !== "No such file or directory" || mode === "r" || mode === "r+") return found;
  const place = placeOf(turn.env.tree, path, "/", who);
  return "error" in place ? place : openForWriting(place, who, turn.now, false);
}

/** Removes what is at a path: unlink for what is no folder, rmdir for one. Says what Unix says against it. */
export function unlink(turn: Turn, path: Octets, folder: boolean): string | undefined {
  const found = at(turn, path, false);
  if ("error" in found) return found.error;
  const { node } = found;
  // The folder above the user's is not the user's.
  if (node.parent === null) return "Permission denied";
  if (!mayChange(node.parent, server(turn))) return "Permission denied";
  if (node.type === "dir" && !folder) return "Is a directory";
  if (node.type !== "dir" && folder) return "Not a directory";
  if (node.type === "dir" && node.children.size > 0) return "Directory not empty";
  node.parent.children.delete(node.name);
  node.parent.mtime = turn.now;
  return undefined;
}
