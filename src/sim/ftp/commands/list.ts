/** Listings for people and programs: LIST and NLST. RFC 959 §4.1.3. */
import type { Octets } from "../../bytes.ts";
import { type Directory, may, type Node } from "../../fs/tree.ts";
import type { Turn } from "../state.ts";
import { linesStream } from "../stream.ts";
import type { CommandSpec } from "./spec.ts";

/** One line of a listing: an entry, and the name it goes by. */
export type Row = readonly [Node, Octets];

/**
 * ProFTPD dials first and looks afterwards: a path that leads nowhere is told after 150, by a 450
 * in the place of 226, over an empty data connection.
 */
function list(turn: Turn): void {
  const { session, env, now, verb } = turn;
  const path = withoutOptions(turn.argument ?? "");
  const found = rowsOf(turn, path);
  turn.transfer({
    name: path,
    polled: true,
    stream: () => {
      const rows = "error" in found ? [] : found;
      return linesStream(rows, ([node, name]) => env.dialect.listLine(node, name, now, turn));
    },
    begin: (at) => at.say("list-begins", { ascii: session.type === "A", verb }),
    done: (at) => {
      if ("error" in found) at.say("list-missing", { path, why: found.error, verb });
      else at.say("transfer-done", {});
    },
  });
}

/** `-l`, `-a` and the like are for the program ls that once stood behind LIST; the list is long and whole anyway. */
export function withoutOptions(argument: Octets): Octets {
  return argument.replace(/^[ \t]*(-\S*[ \t]*)*/, "");
}

/** What a path stands for in a listing: itself, what is in it, or what a pattern fits. */
export function rowsOf(turn: Turn, path: Octets): Row[] | { error: string } {
  const { session, env, person } = turn;
  if (/[*?[]/.test(path)) return matching(turn, path);
  const found = env.tree.find(path === "" ? "." : path, session.folder, person, false);
  if ("error" in found) return found;
  if (found.node.type !== "dir") return [[found.node, path]];
  if (!may(found.node, person, 4)) return [];
  return [...everything(found.node)];
}

/**
 * The directory itself, the one above, and all that is in it now, in the order of their bytes. Rows
 * are made as they are read: there may be a hundred thousand.
 */
export function everything(folder: Directory): Iterable<Row> {
  const children = folder.children.inOrder();
  return {
    *[Symbol.iterator]() {
      // Names may begin with a byte before the dot, so these two need not stand first.
      const dots: Row[] = [
        [folder, "."],
        [folder.parent ?? folder, ".."],
      ];
      for (const child of children) {
        while (dots.length > 0 && child.name > dots[0]![1]) yield dots.shift()!;
        yield [child, child.name];
      }
      yield* dots;
    },
  };
}

/** A pattern in the last name: what fits it, dot files only if it begins with a dot. */
export function matching(turn: Turn, pattern: Octets): Row[] {
  const { session, env, person } = turn;
  const cut = pattern.lastIndexOf("/");
  const prefix = pattern.slice(0, cut + 1);
  const found = env.tree.find(prefix === "" ? "." : prefix, session.folder, person);
  if ("error" in found || found.node.type !== "dir") return [];
  const fits = globToRegExp(pattern.slice(cut + 1));
  const dots = pattern.charAt(cut + 1) === ".";
  return [...everything(found.node)]
    .filter(([, name]) => (dots || !name.startsWith(".")) && fits.test(name))
    .map(([node, name]): Row => [node, prefix + name]);
}

/** A shell's pattern as a regular expression: `*`, `?` and `[…]`. */
function globToRegExp(pattern: Octets): RegExp {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replace(/\?/g, ".");
  try {
    return new RegExp(`^${source}$`, "s");
  } catch {
    return /^$/; // an unfinished "[": nothing fits
  }
}

/** NLST looks before it dials: a path that leads nowhere is refused at once. Names carry the path that was asked for. */
function nlst(turn: Turn): void {
  const { session, verb } = turn;
  const path = withoutOptions(turn.argument ?? "");
  const found = rowsOf(turn, path);
  if ("error" in found || (found.length === 0 && /[*?[]/.test(path))) {
    turn.drop();
    if ("error" in found) turn.say("list-missing", { path, why: found.error, verb });
    else turn.say("no-files", { path });
    return;
  }
  const whole = found.length === 1 && found[0]?.[1] === path;
  const lead = path === "" || whole || /[*?[]/.test(path) ? "" : path.replace(/\/?$/, "/");
  turn.transfer({
    name: path,
    polled: true,
    stream: () => linesStream(found, ([, name]) => lead + name),
    begin: (at) => at.say("list-begins", { ascii: session.type === "A", verb }),
    done: (at) => at.say("transfer-done", {}),
  });
}

const row = (verb: string, purpose: string, run: (turn: Turn) => void): CommandSpec => ({
  verb,
  syntax: `${verb} [<SP> <pathname>]`,
  rfc: "959 §4.1.3",
  purpose,
  login: true,
  transfers: true,
  run,
});

export const LIST = row("LIST", "asks for a listing over the data connection", list);
export const NLST = row("NLST", "asks for the bare names over the data connection", nlst);
