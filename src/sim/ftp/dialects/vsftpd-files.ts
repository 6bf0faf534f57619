/** What vsftpd does with files and folders: CWD, RETR, STOR, MKD and the like. */
import type { Octets } from "../../bytes.ts";
import { makeFolder, openForWriting, placeOf, remove, rename } from "../../fs/change.ts";
import { Written } from "../../fs/contents.ts";
import { type File, may, type Node } from "../../fs/tree.ts";
import type { Turn } from "../state.ts";
import { contentsStream } from "../stream.ts";
import { umaskOf } from "./vsftpd-info.ts";
import { ready, transfer } from "./vsftpd-transfer.ts";
import {
  enter,
  fromRoot,
  ground,
  isGuest,
  isTooLong,
  nodeAt,
  pathIn,
  tell,
} from "./vsftpd-turn.ts";

const fail = (turn: Turn, path: Octets) => turn.say("no-path", { path, why: "" });

export function pwd(turn: Turn): void {
  const { folder } = turn.session;
  turn.say("current-folder", { path: nodeAt(turn, folder) === undefined ? "" : folder });
}

/** Rules in order: it must lead to a folder that may be entered; `.message` is shown before the reply. */
export function cwd(turn: Turn): void {
  const path = turn.verb === "CDUP" || turn.verb === "XCUP" ? ".." : pathIn(turn);
  if (enter(turn, path)) turn.say("folder-changed", { verb: turn.verb, path });
  else fail(turn, path);
}

/**
 * Rules in order: a data connection; no REST for text; a regular file that may be read, by everybody
 * if the client is a guest. What was agreed about the data connection stands after a refusal.
 */
export function retr(turn: Turn): void {
  const { session, person } = turn;
  const { restart } = session;
  session.restart = 0;
  if (!ready(turn)) return;
  if (restart > 0 && session.type === "A") return turn.say("restart-in-text", {});
  const path = pathIn(turn);
  const node = nodeAt(turn, path);
  if (node?.type !== "file" || !may(node, person, 4)) return fail(turn, path);
  if (isGuest(session) && (node.mode & 4) === 0) return fail(turn, path);
  const { contents } = node;
  const { size } = contents;
  transfer(turn, {
    name: path,
    stream: () => contentsStream(contents, restart, false, size),
    begin: (at) => at.say("file-begins", { name: path, ascii: false, bytes: size - restart, size }),
    done: (at) => at.say("transfer-done", {}),
  });
}

/**
 * STOR, APPE, STOU. Rules in order: a data connection; a name that may be made or written. The file
 * is there, and empty, before the data connection is. Text is stored as it comes.
 */
export function store(turn: Turn): void {
  const { session, env } = turn;
  const { restart } = session;
  session.restart = 0;
  if (!ready(turn)) return;
  const append = turn.verb === "APPE";
  const unique = turn.verb === "STOU";
  const path = unique ? uniqueName(turn) : pathIn(turn);
  const file = openFile(turn, path, append || restart > 0);
  if (file === undefined) return fail(turn, path);
  let at = append ? file.contents.size : unique ? 0 : restart;
  transfer(turn, {
    name: path,
    begin: (later) =>
      later.say("store-begins", { name: path, ascii: false, verb: turn.verb, file: path }),
    done: (later) => later.say("transfer-done", {}),
    broken: (later) => tell(later, 426, BROKEN),
    sink(bytes) {
      const { house, setup } = env;
      if (house.uploaded + bytes.length > (setup.quota ?? Infinity)) return false;
      house.uploaded += bytes.length;
      if (file.contents instanceof Written) file.contents.write(at, bytes);
      at += bytes.length;
      return true;
    },
  });
}

/** What is said of an upload that the client breaks off. */
export const BROKEN = "Failure reading network stream.";

/** The name itself if it is free, else with the first number behind it that makes it so. */
function uniqueName(turn: Turn): Octets {
  const path = pathIn(turn);
  if (path !== "" && nodeAt(turn, path) === undefined) return path;
  for (let number = 1; ; number++) {
    const name = `${path || "STOU"}.${number}`;
    if (nodeAt(turn, name) === undefined) return name;
  }
}

function openFile(turn: Turn, path: Octets, keep: boolean): File | undefined {
  const { session, person, now } = turn;
  if (path.endsWith("/")) return undefined;
  const there = nodeAt(turn, path);
  const parent = there?.parent ?? null;
  const place = there && parent ? { folder: parent, name: there.name } : placeFor(turn, path);
  if (place === undefined || (there !== undefined && isGuest(session))) return undefined;
  const file = openForWriting(place, person, now, keep);
  if ("error" in file) return undefined;
  if (there === undefined) file.mode = 0o666 & ~umaskOf(turn);
  return file;
}

/** Where a new name would come to stand. */
function placeFor(turn: Turn, path: Octets) {
  const { env, person } = turn;
  if (path === "" || path.split("/").some(isTooLong)) return undefined;
  const { folder, rest } = ground(turn, path);
  const place = placeOf(env.tree, rest, folder, person);
  return "error" in place ? undefined : place;
}

export function mkd(turn: Turn): void {
  const path = pathIn(turn);
  const place = placeFor(turn, path);
  const made = place === undefined ? { error: "" } : makeFolder(place, turn.person, turn.now);
  if ("error" in made) return fail(turn, path);
  made.mode = 0o777 & ~umaskOf(turn);
  const shown = fromRoot(turn, path);
  turn.say("folder-made", { path: shown, name: path });
}

export function rmd(turn: Turn): void {
  const path = pathIn(turn);
  const node = nodeAt(turn, path, false);
  const busy = /(^|\/)\.{1,2}\/?$/.test(path);
  if (node?.type !== "dir" || busy || gone(turn, node)) fail(turn, path);
  else turn.say("folder-removed", { verb: turn.verb });
}

export function dele(turn: Turn): void {
  const path = pathIn(turn);
  const node = nodeAt(turn, path, false);
  if (node === undefined || node.type === "dir" || gone(turn, node)) fail(turn, path);
  else turn.say("file-removed", { path });
}

/** Removes a node; true: it could not be. */
const gone = (turn: Turn, node: Node) => remove(node, turn.person, turn.now) !== undefined;

/** The name is kept, not what it stands for; it is looked up again by RNTO. */
export function rnfr(turn: Turn): void {
  const { session } = turn;
  const path = pathIn(turn);
  const node = nodeAt(turn, path);
  session.renaming = node === undefined ? null : { path, node };
  if (node === undefined) fail(turn, path);
  else turn.say("rename-begun", {});
}

/** Rules in order: RNFR must stand before it, and is used up; then both names, from where we are now. */
export function rnto(turn: Turn): void {
  const { session, person, now } = turn;
  const { renaming } = session;
  session.renaming = null;
  if (renaming === null) return turn.say("bad-sequence", { verb: "RNTO" });
  const path = pathIn(turn);
  const node = nodeAt(turn, renaming.path, false);
  const place = placeFor(turn, path);
  const slash = path.endsWith("/") && node?.type !== "dir";
  if (node === undefined || place === undefined || slash) return fail(turn, path);
  if (rename(node, place, person, now) === undefined) turn.say("renamed", {});
  else fail(turn, path);
}
