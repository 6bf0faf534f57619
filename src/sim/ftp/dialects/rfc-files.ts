/** The `rfc` dialect's commands about folders and names: RFC 959 §4.1.3. */
import type { Octets } from "../../bytes.ts";
import { makeFolder, placeOf, remove, rename } from "../../fs/change.ts";
import { type File, may, type Node, pathOf } from "../../fs/tree.ts";
import { mayNotWrite } from "../commands/change.ts";
import type { Turn } from "../state.ts";

/** How a refusal about a file begins. */
export const REFUSED = "Requested action not taken: ";

/** What is at a path; says why if there is nothing. */
export function nodeAt(turn: Turn, path: Octets, code: number, follow = true): Node | undefined {
  const found = turn.env.tree.find(path, turn.session.folder, turn.person, follow);
  if ("node" in found) return found.node;
  turn.reply(code, `${REFUSED}${found.error}.`);
  return undefined;
}

/** The same for a file that may be read. */
export function fileAt(turn: Turn, path: Octets): File | undefined {
  const node = nodeAt(turn, path, 550);
  if (node === undefined) return undefined;
  if (node.type === "file" && may(node, turn.person, 4)) return node;
  turn.reply(550, `${REFUSED}${node.type === "file" ? "no access" : "it is not a file"}.`);
  return undefined;
}

/** Nobody may write here, or not this user. */
export function isReadOnly(turn: Turn, code: number): boolean {
  if (!mayNotWrite(turn)) return false;
  turn.reply(code, `${REFUSED}you may not change anything here.`);
  return true;
}

export function cwd(turn: Turn): void {
  const up = turn.verb === "CDUP" || turn.verb === "XCUP";
  const node = nodeAt(turn, up ? ".." : (turn.argument ?? ""), 550);
  if (node === undefined) return;
  if (node.type !== "dir" || !may(node, turn.person, 1)) {
    turn.reply(550, `${REFUSED}${node.type === "dir" ? "no access" : "it is not a directory"}.`);
    return;
  }
  turn.session.folder = pathOf(node);
  turn.reply(up ? 200 : 250, `The working directory is ${turn.session.folder}`);
}

/** A path in 257: a quote in it is written twice (appendix II). */
const quoted = (path: Octets) => `"${path.replaceAll('"', '""')}"`;

export function pwd(turn: Turn): void {
  turn.reply(257, `${quoted(turn.session.folder)} is the working directory.`);
}

export function mkd(turn: Turn): void {
  const { session, env, person, now, argument } = turn;
  if (isReadOnly(turn, 550)) return;
  const place = placeOf(env.tree, argument ?? "", session.folder, person);
  const made = "error" in place ? place : makeFolder(place, person, now);
  if ("error" in made) turn.reply(550, `${REFUSED}${made.error}.`);
  else turn.reply(257, `${quoted(pathOf(made))} created.`);
}

/** DELE for what is no directory, RMD for an empty one. */
export function dele(turn: Turn): void {
  const folder = turn.verb !== "DELE";
  if (isReadOnly(turn, 550)) return;
  const node = nodeAt(turn, turn.argument ?? "", 550, false);
  if (node === undefined) return;
  const fits = (node.type === "dir") === folder;
  const kind = folder ? "it is not a directory" : "it is a directory";
  const why = fits ? remove(node, turn.person, turn.now) : kind;
  if (why === undefined) turn.reply(250, "Requested file action okay, completed.");
  else turn.reply(550, `${REFUSED}${why}.`);
}

export function rnfr(turn: Turn): void {
  if (isReadOnly(turn, 550)) return;
  const path = turn.argument ?? "";
  const node = nodeAt(turn, path, 550, false);
  if (node === undefined) return;
  turn.session.renaming = { path, node };
  turn.reply(350, "Requested file action pending further information: RNTO.");
}

export function rnto(turn: Turn): void {
  const { session, env, person, now, argument } = turn;
  const { renaming } = session;
  session.renaming = null;
  if (renaming === null) {
    turn.reply(503, "Bad sequence of commands: RNFR comes first.");
    return;
  }
  const place = placeOf(env.tree, argument ?? "", session.folder, person);
  const why = "error" in place ? place.error : rename(renaming.node, place, person, now);
  if (why === undefined) turn.reply(250, "Requested file action okay, completed.");
  else turn.reply(553, `${REFUSED}${why}.`);
}
