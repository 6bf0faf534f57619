/** Changing the tree: MKD, RMD, DELE, RNFR and RNTO. RFC 959 §4.1.3. */
import { makeFolder, placeOf, remove, rename } from "../../fs/change.ts";
import { type Node, pathOf } from "../../fs/tree.ts";
import type { Turn } from "../state.ts";
import type { CommandSpec } from "./spec.ts";

/** The node at the path as itself, not what a link points to; says why if there is none. */
function nodeAt(turn: Turn): Node | undefined {
  const found = turn.env.tree.find(turn.path, turn.session.folder, turn.person, false);
  if ("node" in found) return found.node;
  turn.say("no-path", { path: turn.argument ?? "", why: found.error });
  return undefined;
}

/** Rules in order: a path; the right to write; its directory must be there, and the name free. */
function mkd(turn: Turn): void {
  const { session, env, person, argument, now } = turn;
  if (argument === null) return turn.badArguments();
  if (mayNotWrite(turn)) return turn.say("no-right", { path: argument, folder: true });
  const place = placeOf(env.tree, turn.path, session.folder, person);
  const made = "error" in place ? place : makeFolder(place, person, now);
  if ("error" in made) return turn.say("no-path", { path: argument, why: made.error });
  turn.say("folder-made", { path: pathOf(made), name: argument });
}

/** Rules in order: a path; the right to write; it must be there, a directory, empty, and not the root. */
function rmd(turn: Turn): void {
  const { argument: path, person, now } = turn;
  if (path === null) return turn.badArguments();
  if (mayNotWrite(turn)) return turn.say("no-right", { path, folder: true });
  const node = nodeAt(turn);
  if (node === undefined) return;
  const why = node.type !== "dir" ? "Not a directory" : remove(node, person, now);
  if (why === undefined) turn.say("folder-removed", { verb: turn.verb });
  else turn.say("no-path", { path, why });
}

/** Rules in order: a path; the right to write; it must be there, and no directory. */
function dele(turn: Turn): void {
  const { argument: path, person, now } = turn;
  if (path === null) return turn.badArguments();
  if (mayNotWrite(turn)) return turn.say("no-right", { path, folder: false });
  const node = nodeAt(turn);
  if (node === undefined) return;
  const why = node.type === "dir" ? "Is a directory" : remove(node, person, now);
  if (why === undefined) turn.say("file-removed", { path });
  else turn.say("no-path", { path, why });
}

/** Remembers what is to be renamed; what may come before RNTO is the dialect's. */
function rnfr(turn: Turn): void {
  const { session, argument: path } = turn;
  if (path === null) return turn.badArguments();
  if (mayNotWrite(turn)) return turn.say("no-right", { path, folder: false });
  session.renaming = null;
  const node = nodeAt(turn);
  if (node === undefined) return;
  session.renaming = { path: pathOf(node), node };
  turn.say("rename-begun", {});
}

/** Rules in order: a path; RNFR must stand before it (and is used up whatever comes); then the new place. */
function rnto(turn: Turn): void {
  const { session, env, person, argument: path, now } = turn;
  const { renaming } = session;
  session.renaming = null;
  if (path === null) return turn.badArguments();
  if (renaming === null) return turn.say("bad-sequence", { verb: "RNTO" });
  const place = placeOf(env.tree, turn.path, session.folder, person);
  // Somebody else may have taken it away meanwhile.
  const found = env.tree.find(renaming.path, "/", person, false);
  const wrong = "error" in found ? found : place;
  const why = "error" in wrong ? wrong.error : rename(renaming.node, wrong, person, now);
  if (why === undefined) turn.say("renamed", {});
  else turn.say("no-path", { path, why });
}

/** The set-up, or anonymous access, lets nobody write. */
export function mayNotWrite(turn: Turn): boolean {
  const { login } = turn.session;
  return turn.env.setup.readOnly === true || (login.stage === "in" && login.anonymous);
}

const row = (
  verb: string,
  syntax: string,
  purpose: string,
  run: (turn: Turn) => void,
): CommandSpec => ({
  verb,
  syntax: `${verb} <SP> ${syntax}`,
  rfc: verb.startsWith("X") ? "775" : "959 §4.1.3",
  purpose,
  login: true,
  run,
});

export const MKD = row("MKD", "<pathname>", "makes a folder", mkd);
export const RMD = row("RMD", "<pathname>", "removes an empty folder", rmd);
export const DELE = row("DELE", "<pathname>", "deletes a file", dele);
export const RNFR = row("RNFR", "<pathname>", "names what is to be renamed", rnfr);
export const RNTO = row("RNTO", "<pathname>", "gives it its new name", rnto);
export const XMKD = row("XMKD", "<pathname>", MKD.purpose, mkd);
export const XRMD = row("XRMD", "<pathname>", RMD.purpose, rmd);
