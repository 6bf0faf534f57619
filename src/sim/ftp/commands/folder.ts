/** Where the session stands in the tree: PWD, CWD, CDUP, and their elder forms of RFC 775. */
import { may, pathOf } from "../../fs/tree.ts";
import type { Turn } from "../state.ts";
import type { CommandSpec } from "./spec.ts";

function pwd(turn: Turn): void {
  if (turn.argument !== null) turn.badArguments();
  else turn.say("current-folder", { path: turn.session.folder });
}

/** Rules in order: a path must be given; it must lead somewhere, to a directory, that may be entered. */
function cwd(turn: Turn): void {
  if (turn.argument === null) turn.badArguments();
  else enter(turn, turn.argument);
}

function cdup(turn: Turn): void {
  if (turn.argument !== null) turn.badArguments();
  else enter(turn, "..");
}

function enter(turn: Turn, path: string): void {
  const { session, env, person } = turn;
  let found = env.tree.find(path, session.folder, person);
  // Out of a folder that is gone leads ".." all the same: its path says where.
  if ("error" in found && path === "..") {
    found = env.tree.find(session.folder.replace(/\/[^/]*$/, "/"), "/", person);
  }
  // A file in the middle of the path is no such path either: ProFTPD resolves it as a whole first.
  const none = "error" in found && /^(Not a|File name)/.test(found.error);
  if (none) turn.say("no-path", { path, why: "No such file or directory" });
  else if ("error" in found) turn.say("no-path", { path, why: found.error });
  else if (found.node.type !== "dir") turn.say("no-path", { path, why: "Not a directory" });
  else if (!may(found.node, person, 1)) turn.say("no-path", { path, why: "Permission denied" });
  else {
    session.folder = pathOf(found.node);
    turn.say("folder-changed", { verb: turn.verb, path: session.folder });
  }
}

export const PWD: CommandSpec = {
  verb: "PWD",
  syntax: "PWD",
  rfc: "959 §4.1.3",
  purpose: "asks which folder you are in",
  login: true,
  run: pwd,
};

export const CWD: CommandSpec = {
  verb: "CWD",
  syntax: "CWD <SP> <pathname>",
  rfc: "959 §4.1.1",
  purpose: "goes to another folder",
  login: true,
  run: cwd,
};

export const CDUP: CommandSpec = {
  verb: "CDUP",
  syntax: "CDUP",
  rfc: "959 §4.1.1",
  purpose: "goes to the folder above",
  login: true,
  run: cdup,
};

export const XPWD: CommandSpec = { ...PWD, verb: "XPWD", syntax: "XPWD", rfc: "775" };
export const XCWD: CommandSpec = {
  ...CWD,
  verb: "XCWD",
  syntax: "XCWD <SP> <pathname>",
  rfc: "775",
};
export const XCUP: CommandSpec = { ...CDUP, verb: "XCUP", syntax: "XCUP", rfc: "775" };
