/** What ProFTPD tells of a file, and lets one change: SIZE, MDTM, MLST, MLSD, MFMT, MFF (mod_core, mod_facts). */
import type { Octets } from "../../bytes.ts";
import { type Found, inodeOf, may, type Node, pathOf, type Person, sizeOf } from "../../fs/tree.ts";
import { factsLine, MDTM, MFF, MFMT, MLSD, MLST, SIZE, timeText } from "../commands/facts.ts";
import { everything } from "../commands/list.ts";
import { mayNotWrite } from "../commands/change.ts";
import { type CommandSpec, handledBy } from "../commands/spec.ts";
import type { Turn } from "../state.ts";
import { linesStream } from "../stream.ts";
import { findCached, findRaw, idsOf, wholePath } from "./proftpd-paths.ts";

/** Every fact that MLST can show, in its order. */
export const FACTS =
  "modify perm size type unique UNIX.group UNIX.groupname UNIX.mode UNIX.owner UNIX.ownername".split(
    " ",
  );

/** The device that `unique` names. */
const DEVICE = "FE00";

/** A regular file for SIZE and MDTM, whose paths ProFTPD resolves as a whole first. */
function regular(turn: Turn, kind: string): Node | undefined {
  const { env, session, person } = turn;
  const path = turn.argument ?? "";
  const found = env.tree.find(path, session.folder, person);
  if ("node" in found && found.node.type === "file") return found.node;
  const why =
    "error" in found ? found.error.replace("Not a directory", "No such file or directory") : kind;
  turn.reply(550, `${path}: ${why}`);
  return undefined;
}

/** Rules in order: a path; not in ASCII, where the bytes on the way are others; a regular file. */
function size(turn: Turn): void {
  if (turn.argument === null) turn.badArguments();
  else if (turn.session.type === "A") turn.reply(550, "SIZE not allowed in ASCII mode");
  else {
    const file = regular(turn, "not a regular file");
    if (file !== undefined) turn.reply(213, String(sizeOf(file)));
  }
}

function mdtm(turn: Turn): void {
  if (turn.argument === null) return turn.badArguments();
  const file = regular(turn, "not a plain file");
  if (file !== undefined) turn.reply(213, timeText(file.mtime));
}

/** One file over the control connection. A link is shown as a link, under the name of what it points to. */
function mlst(turn: Turn): void {
  const path = turn.argument ?? turn.session.folder;
  const found = findCached(turn, path, false);
  const target = findCached(turn, path);
  if ("error" in found || "error" in target) {
    turn.reply(550, `'${path}' cannot be listed`);
    return;
  }
  const line = factsOf(turn, found.node, target.node, wholePath(turn, path));
  turn.reply(250, `Start of list for ${path}`, line, "End of list");
}

/** Rules in order: the path must be there, a folder, readable; PASV stays for the next try if not. */
function mlsd(turn: Turn): void {
  const { session, argument, person } = turn;
  const path = argument ?? session.folder;
  const found = findCached(turn, path);
  if ("error" in found) return turn.reply(550, `${path}: ${found.error}`);
  const { node } = found;
  if (node.type !== "dir") return turn.reply(550, `'${path}' is not a directory`);
  if (!may(node, person, 4)) return turn.reply(550, `${path}: Permission denied`);
  const word = session.type === "A" ? "ASCII" : "BINARY";
  turn.transfer({
    name: path,
    polled: true,
    stream: () =>
      linesStream(visible(turn, node), ([entry, to, name]) => factsOf(turn, entry, to, name)),
    begin: (at) => at.reply(150, `Opening ${word} mode data connection for MLSD`),
    done: (at) => at.say("transfer-done", {}),
  });
}

/** The entries of a folder with what they point to; a link that leads nowhere is left out. */
function visible(turn: Turn, folder: Extract<Node, { type: "dir" }>): [Node, Node, Octets][] {
  const entries: [Node, Node, Octets][] = [];
  for (const [node, name] of everything(folder)) {
    const target = turn.env.tree.find(`./${name}`, pathOf(folder), turn.person);
    if ("node" in target) entries.push([node, target.node, name]);
    else if (node.type !== "link") entries.push([node, node, name]);
  }
  return entries;
}

function factsOf(turn: Turn, node: Node, target: Node, name: Octets): Octets {
  const { session, env, person } = turn;
  const { group = "ftp" } = env.setup;
  const [uid, gid] = idsOf(env.setup, node);
  const user = session.login.stage === "in" ? session.login.user : "";
  const folder = name === "." ? "cdir" : name === ".." ? "pdir" : "dir";
  const values: Record<string, string | number | undefined> = {
    modify: timeText(node.mtime),
    perm: permOf(node, target, person),
    size: node.type === "dir" ? undefined : sizeOf(node),
    type: node.type === "dir" ? folder : node.type === "file" ? "file" : "OS.unix=symlink",
    unique: `${DEVICE}U${inodeOf(target).toString(16).toUpperCase()}`,
    "UNIX.group": gid,
    // The names are those of who asks, whoever the owner is.
    "UNIX.groupname": session.login.stage === "in" && session.login.anonymous ? "nogroup" : group,
    "UNIX.mode": `0${node.mode.toString(8)}`,
    "UNIX.owner": uid,
    "UNIX.ownername": user === "anonymous" ? "ftp" : user,
  };
  const shown = session.mlstFacts ?? FACTS;
  return factsLine(
    FACTS.flatMap((fact) => {
      const value = values[fact];
      return value === undefined || !shown.includes(fact) ? [] : [[fact, value] as const];
    }),
    name,
  );
}

/**
 * RFC 3659 §7.5.5, as ProFTPD guesses it from the file's own permission bits, the owner's, the group's
 * and the others' together. A link is no folder, whatever it points to.
 */
function permOf(node: Node, { mode, owner, group }: Node, person: Person): string {
  let bits = mode;
  if (owner === person.user) bits |= mode >> 6;
  if (group === person.group) bits |= mode >> 3;
  const [read, write, search] = [bits & 4, bits & 2, bits & 1];
  if (node.type !== "dir") return `${read ? "adfr" : "dfr"}${write ? "w" : ""}`;
  return `${read ? "fl" : ""}${write ? "cdmp" : ""}${search ? "e" : ""}`;
}

/** The fact, or facts, and the path behind the first blank of MFMT and MFF. */
function factAndPath(turn: Turn): [string, Octets] | undefined {
  const { argument, words } = turn;
  const [fact] = words;
  if (argument === null || fact === undefined || words.length < 2) {
    turn.badArguments();
    return undefined;
  }
  if (mayNotWrite(turn)) {
    turn.reply(550, "Unable to handle command");
    return undefined;
  }
  return [fact, argument.slice(argument.indexOf(" ") + 1)];
}

/** Rules in order: two words; the right to write; 14 characters; a moment; a file of one's own. */
function mfmt(turn: Turn): void {
  const [time, path = ""] = factAndPath(turn) ?? [];
  if (time === undefined) return;
  if (time.length < 14) return turn.reply(501, `${time}: Invalid argument`);
  const [whole = ""] = time.split(".");
  const why = setTime(turn, path, whole);
  if (why === undefined) turn.reply(213, `Modify=${whole}; ${path}`);
  else refuse(turn, path, why);
}

/** Each fact in its turn; the first that cannot be set ends it, those before it stay. */
function mff(turn: Turn): void {
  const [facts, path = ""] = factAndPath(turn) ?? [];
  if (facts === undefined) return;
  if (!facts.includes(";")) return turn.reply(550, `${facts}: Invalid argument`);
  for (const fact of facts.slice(0, facts.lastIndexOf(";")).split(";")) {
    const [, value] = /=(.*)/s.exec(fact) ?? [];
    const kind = /^(modify|UNIX\.group|UNIX\.mode)/i.exec(fact)?.[0].toLowerCase();
    if (kind === undefined) return turn.reply(504, `Cannot modify fact '${fact}'`);
    if (value === undefined) {
      const shown = kind === "modify" ? fact : facts;
      const why = kind === "unix.mode" ? "No such file or directory" : "Invalid argument";
      return turn.reply(501, `${shown}: ${why}`);
    }
    if (kind === "modify" && value.length < 14) {
      return turn.reply(501, `${value}: Invalid argument`);
    }
    const why =
      kind === "modify"
        ? setTime(turn, path, value.split(".")[0] ?? "")
        : kind === "unix.mode"
          ? /^[0-7]*$/.test(value)
            ? setMode(turn, findRaw(turn, path), Number(`0o0${value}`))
            : INVALID
          : setGroup(turn, findRaw(turn, path), value);
    if (why !== undefined) return refuse(turn, path, why);
  }
  turn.reply(213, `${facts} ${path}`);
}

const refuse = (turn: Turn, path: Octets, why: string) =>
  turn.reply(why.startsWith("No such") ? 550 : 501, `${path}: ${why}`);

const INVALID = "Invalid argument";

/** What was found if it belongs to who asks, or why not. */
function ownNode(turn: Turn, found: Found): Node | string {
  if ("error" in found) return found.error;
  return found.node.owner === turn.person.user ? found.node : "Operation not permitted";
}

/** Months and days are counted through, as ProFTPD does: February 31 is March 2. */
function setTime(turn: Turn, path: Octets, time: string): string | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d+)/.exec(time)?.slice(1).map(Number) ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const fits = month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour <= 24 && minute <= 60;
  if (year < 1970 || !fits || second > 61) return INVALID;
  const node = ownNode(turn, findRaw(turn, path));
  if (typeof node === "string") return node;
  node.mtime = Date.UTC(year, month - 1, day, hour, minute, second);
  return undefined;
}

/** Gives a file a mode; says why not. */
export function setMode(turn: Turn, found: Found, mode: number): string | undefined {
  const node = ownNode(turn, found);
  if (typeof node === "string") return node;
  node.mode = mode & 0o7777;
  return undefined;
}

/** Gives a file a group: one's own, by name or number; says why not. */
export function setGroup(turn: Turn, found: Found, group: string): string | undefined {
  const { group: own = "", gid = 3100 } = turn.env.setup;
  const number = /^\d+$/.test(group) ? Number(group) : undefined;
  if (number === undefined && group !== own && group !== "nogroup") return INVALID;
  const node = ownNode(turn, found);
  if (typeof node === "string") return node;
  if ((number ?? group) !== (number === undefined ? own : gid)) return "Operation not permitted";
  node.group = own;
  return undefined;
}

/** Their rows. */
export const facts: readonly CommandSpec[] = [
  handledBy(SIZE, size),
  handledBy(MDTM, mdtm),
  handledBy(MLST, mlst),
  handledBy(MLSD, mlsd),
  handledBy(MFMT, mfmt),
  handledBy(MFF, mff),
];
