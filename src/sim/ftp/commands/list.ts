/** LIST: a listing for people, over the data connection. RFC 959 §4.1.3. */
import type { Octets } from "../../bytes.ts";
import type { Directory, Node } from "../../fs/tree.ts";
import { may } from "../../fs/tree.ts";
import type { Turn } from "../state.ts";
import { linesStream } from "../stream.ts";
import type { CommandSpec } from "./spec.ts";

/** One line of a listing: an entry, and the name it goes by. */
type Row = readonly [Node, Octets];

/**
 * ProFTPD dials first and looks afterwards: a path that leads nowhere is told after 150, by a 450
 * in the place of 226, over an empty data connection.
 */
function list(turn: Turn): void {
  const { session, env, now } = turn;
  const path = withoutOptions(turn.argument ?? "");
  const found = rows(turn, path);
  turn.transfer({
    name: path,
    polled: true,
    stream: () => {
      const entries = "error" in found ? [] : found;
      return linesStream(entries, ([node, name]) => env.dialect.listLine(node, name, now));
    },
    begin: (at) => at.say("list-begins", { ascii: session.type === "A" }),
    done: (at) => {
      if ("error" in found) at.say("list-missing", { path, why: found.error });
      else at.say("transfer-done", {});
    },
  });
}

/** `-l`, `-a` and the like are for the program ls that once stood behind LIST; the list is long and whole anyway. */
function withoutOptions(argument: Octets): Octets {
  return argument.replace(/^[ \t]*(-[A-Za-z0-9]*[ \t]*)*/, "");
}

function rows(turn: Turn, path: Octets): Row[] | { error: string } {
  const { session, env, person } = turn;
  if (/[*?[]/.test(path)) return matching(turn, path);
  const found = env.tree.find(path === "" ? "." : path, session.folder, person, false);
  if ("error" in found) return found;
  if (found.node.type !== "dir") return [[found.node, path]];
  if (!may(found.node, person, 4)) return [];
  return everything(found.node);
}

/** The directory itself, the one above, and all that is in it, in the order of their bytes. */
function everything(folder: Directory): Row[] {
  const entries: Row[] = [
    [folder, "."],
    [folder.parent ?? folder, ".."],
  ];
  for (const child of folder.children.values()) entries.push([child, child.name]);
  return entries.toSorted(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** A pattern in the last name: what fits it, dot files only if it begins with a dot. */
function matching(turn: Turn, pattern: Octets): Row[] {
  const { session, env, person } = turn;
  const cut = pattern.lastIndexOf("/");
  const prefix = pattern.slice(0, cut + 1);
  const found = env.tree.find(prefix === "" ? "." : prefix, session.folder, person);
  if ("error" in found || found.node.type !== "dir") return [];
  const fits = globToRegExp(pattern.slice(cut + 1));
  const dots = pattern.charAt(cut + 1) === ".";
  return everything(found.node)
    .filter(([, name]) => (dots || !name.startsWith(".")) && fits.test(name))
    .map(([node, name]): Row => [node, prefix + name]);
}

/** A shell's pattern as a regular expression: `*`, `?` and `[…]`. */
function globToRegExp(pattern: Octets): RegExp {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  try {
    return new RegExp(`^${source}$`, "s");
  } catch {
    return /^$/; // an unfinished "[": nothing fits
  }
}

export const LIST: CommandSpec = {
  verb: "LIST",
  syntax: "LIST [<SP> <pathname>]",
  rfc: "959 §4.1.3",
  purpose: "asks for a listing over the data connection",
  login: true,
  transfers: true,
  run: list,
};
