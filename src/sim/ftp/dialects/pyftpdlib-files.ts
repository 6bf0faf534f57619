/** pyftpdlib's commands about files and folders. */
import type { Octets } from "../../bytes.ts";
import { makeFolder, placeOf, rename } from "../../fs/change.ts";
import { type File, may, pathOf } from "../../fs/tree.ts";
import { parseTime, timeText } from "../commands/facts.ts";
import type { Turn } from "../state.ts";
import { lengthOf } from "./pyftpdlib-framer.ts";
import {
  at,
  folderAt,
  type PathCommand,
  refuse,
  server,
  split,
  unlink,
} from "./pyftpdlib-paths.ts";
import { stateOf } from "./pyftpdlib-state.ts";

export const cwd: PathCommand = (turn, path) => {
  const found = at(turn, path);
  if ("error" in found) refuse(turn, found.error);
  else if (found.node.type !== "dir") refuse(turn, "Not a directory");
  else if (!may(found.node, server(turn), 1)) refuse(turn, "Permission denied");
  else {
    turn.session.folder = path;
    turn.reply(250, `"${path}" is the current directory.`);
  }
};

export function pwd(turn: Turn): void {
  turn.reply(257, `"${doubled(turn.session.folder)}" is the current directory.`);
}

/** A quote in a path is written twice (RFC 959 appendix II). */
const doubled = (path: Octets) => path.replaceAll('"', '""');

export const mkd: PathCommand = (turn, path) => {
  const who = server(turn);
  const place = placeOf(turn.env.tree, path, "/", who);
  const long = split(path)[1].length > 255;
  const made =
    "error" in place
      ? place
      : long
        ? { error: "File name too long" }
        : makeFolder(place, who, turn.now);
  if ("error" in made) refuse(turn, made.error);
  else turn.reply(257, `"${doubled(path)}" directory created.`);
};

/** The path is the root, or a link leads to it. */
function isRoot(turn: Turn, path: Octets): boolean {
  return folderAt(turn, path) === turn.env.tree.root;
}

export const rmd: PathCommand = (turn, path) => {
  if (isRoot(turn, path)) {
    turn.reply(550, "Can't remove root directory.");
    return;
  }
  const why = unlink(turn, path, true);
  if (why === undefined) turn.reply(250, "Directory removed.");
  else refuse(turn, why);
};

export const dele: PathCommand = (turn, path) => {
  const why = unlink(turn, path, false);
  if (why === undefined) turn.reply(250, "File removed.");
  else refuse(turn, why);
};

export const rnfr: PathCommand = (turn, path) => {
  if ("error" in at(turn, path, false)) refuse(turn, "No such file or directory");
  else if (isRoot(turn, path)) turn.reply(550, "Can't rename home directory.");
  else {
    stateOf(turn).renaming = path;
    turn.reply(350, "Ready for destination name.");
  }
};

export const rnto: PathCommand = (turn, path) => {
  const state = stateOf(turn);
  const source = state.renaming;
  state.renaming = null;
  if (source === null) {
    turn.reply(503, "Bad sequence of commands: use RNFR first.");
    return;
  }
  const why = renamed(turn, source, path);
  if (why === undefined) turn.reply(250, "Renaming ok.");
  else refuse(turn, why);
};

function renamed(turn: Turn, from: Octets, to: Octets): string | undefined {
  const found = at(turn, from, false);
  if ("error" in found) return found.error;
  // A folder above the source is full by that alone.
  if (`${pathOf(found.node)}/`.startsWith(to === "/" ? to : `${to}/`) && pathOf(found.node) !== to)
    return "Directory not empty";
  const place = placeOf(turn.env.tree, to, "/", server(turn));
  if ("error" in place) return place.error;
  if (place.name.length > 255) return "File name too long";
  return rename(found.node, place, server(turn), turn.now);
}

/** SIZE, MDTM and MFMT know files alone. */
function fileAt(turn: Turn, path: Octets, end = ""): File | undefined {
  const found = at(turn, path);
  if ("node" in found && found.node.type === "file") return found.node;
  turn.reply(550, `${path} is not retrievable${end}`);
  return undefined;
}

export const size: PathCommand = (turn, path) => {
  if (turn.session.type === "A") turn.reply(550, "SIZE not allowed in ASCII mode.");
  else {
    const file = fileAt(turn, path, ".");
    if (file !== undefined) turn.reply(213, String(file.contents.size));
  }
};

export const mdtm: PathCommand = (turn, path) => {
  const file = fileAt(turn, path);
  if (file !== undefined) turn.reply(213, timeText(file.mtime));
};

/** Rules in order: fourteen characters; a file; then a moment of the calendar. */
export const mfmt: PathCommand = (turn, path) => {
  const value = words(turn)[0];
  const wrong = () => turn.reply(550, "Invalid time format; expected: YYYYMMDDHHMMSS.");
  if (lengthOf(value) !== 14) return wrong();
  const file = fileAt(turn, path);
  if (file === undefined) return;
  const moment = parseTime(value);
  if (moment === undefined) return wrong();
  file.mtime = moment;
  turn.reply(213, `Modify=${timeText(moment)}; ${path}.`);
};

/** MFMT and SITE CHMOD take two arguments: all before the first blank, and the path behind it. */
export function words({ argument }: Turn): readonly [first: Octets, path: Octets | undefined] {
  const blank = argument?.indexOf(" ") ?? -1;
  return blank < 0
    ? [argument ?? "", undefined]
    : [argument!.slice(0, blank), argument!.slice(blank + 1)];
}

export const chmod: PathCommand = (turn, path) => {
  const mode = words(turn)[0];
  const found = at(turn, path);
  if (!/^[0-7]{3,4}$/.test(mode)) turn.reply(501, "Invalid SITE CHMOD format.");
  else if ("error" in found) refuse(turn, found.error);
  else if (found.node.owner !== server(turn).user) refuse(turn, "Operation not permitted");
  else {
    found.node.mode = Number.parseInt(mode, 8);
    turn.reply(200, "SITE CHMOD successful.");
  }
};
