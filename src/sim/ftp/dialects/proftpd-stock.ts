/**
 * What SITE has besides with every module that Debian's configuration loads: mod_copy (CPFR, CPTO,
 * COPY), mod_site_misc (MKDIR, RMDIR, SYMLINK, UTIME), mod_ratio and mod_quotatab. Paths with blanks
 * stand as they are; a single blank separates words.
 */
import type { Octets } from "../../bytes.ts";
import { makeFolder, mayChange, openForWriting, placeOf, remove } from "../../fs/change.ts";
import { Written } from "../../fs/contents.ts";
import { type Node, pathOf, may } from "../../fs/tree.ts";
import { mayNotWrite } from "../commands/change.ts";
import { parseTime } from "../commands/facts.ts";
import type { Turn } from "../state.ts";
import { joined } from "./proftpd-paths.ts";
import type { SiteModule } from "./proftpd-site.ts";

const HELP: readonly string[] = [
  "CPFR <sp> pathname",
  "CPTO <sp> pathname",
  "UTIME <sp> YYYYMMDDhhmm[ss] <sp> path",
  "SYMLINK <sp> source <sp> destination",
  "RMDIR <sp> path",
  "MKDIR <sp> path",
  "The following SITE extensions are recognized:",
  "RATIO -- show all ratios in effect",
  "QUOTA",
];

/** How many words each wants, its own name counted: with fewer it is not its business. */
const LEAST: Readonly<Record<string, number>> = {
  CPFR: 2,
  CPTO: 2,
  COPY: 3,
  MKDIR: 2,
  RMDIR: 2,
  SYMLINK: 3,
  UTIME: 3,
};
const SEQUENCE = "Bad sequence of commands";
/** The note of the path that CPFR named. */
const FROM = "copy-from";
const DENIED = "Operation not permitted";

const stock = ({ env }: Turn) => env.setup.options?.includes("stock") === true;

/** What they add to SITE, in the set-up that has them. */
export const stockSite: SiteModule = {
  help: (turn) => (stock(turn) ? HELP : []),
  answers: (turn, verb, words) => stock(turn) && answers(turn, verb, words),
};

function answers(turn: Turn, verb: string, words: readonly Octets[]): boolean {
  const { session, argument } = turn;
  if (verb === "RATIO") {
    turn.reply(214, "Current Ratio: ( -0/0 +0/0 (0 0 0 0) = 0/0 )");
    return true;
  }
  const inside = session.login.stage === "in";
  const few = words.length < (LEAST[verb] ?? Infinity) || (verb === "COPY" && words.length !== 3);
  if (verb === "CPTO" && few) {
    turn.reply(500, "'SITE CPTO' not understood");
    turn.reply(503, SEQUENCE);
    return true;
  }
  if (verb !== "QUOTA" && few) return false;
  if (verb === "CPTO" && !session.notes.has(FROM)) turn.reply(503, SEQUENCE, SEQUENCE);
  else if (!inside) turn.say("login-first", {});
  else if (verb === "QUOTA") turn.reply(202, "No quotas in effect");
  else if (verb === "CPFR") copyFrom(turn, joined(words.slice(1)));
  else {
    const why = RUN[verb]?.(turn, words.slice(1));
    // Each complains of what it names: the copies of themselves, the rest of all that was said.
    const copies = verb === "CPTO" || verb === "COPY";
    const code = verb === "UTIME" && why === "Invalid argument" ? 500 : 550;
    if (why !== undefined) turn.reply(code, `${copies ? verb : (argument ?? "")}: ${why}`);
    else if (verb === "CPTO") turn.reply(250, "Copy successful");
    else turn.reply(200, `SITE ${words[0] ?? ""} command successful`);
  }
  return true;
}

type Run = (turn: Turn, words: readonly Octets[]) => string | undefined;

const RUN: Readonly<Record<string, Run>> = {
  CPTO(turn, words) {
    const from = turn.session.notes.get(FROM) ?? "";
    turn.session.notes.delete(FROM);
    return copy(turn, from, joined(words));
  },
  COPY: (turn, [from = "", to = ""]) => copy(turn, from, to),
  MKDIR: (turn, words) => makeFolders(turn, joined(words)),
  RMDIR: (turn, words) => removeTree(turn, joined(words)),
  SYMLINK: (turn, [to = "", name = ""]) => link(turn, to, name),
  UTIME: touch,
};

const find = ({ env, session, person }: Turn, path: Octets, follow = true) =>
  env.tree.find(path, session.folder, person, follow);

function copyFrom(turn: Turn, path: Octets): void {
  const found = find(turn, path, false);
  if ("error" in found) {
    const whole = path.startsWith("/") ? path : `${turn.session.folder.replace(/\/$/, "")}/${path}`;
    turn.reply(550, `${whole}: ${found.error}`);
    return;
  }
  turn.session.notes.set(FROM, pathOf(found.node));
  turn.reply(350, "File or directory exists, ready for destination name");
}

function copy(turn: Turn, from: Octets, to: Octets): string | undefined {
  const { env, session, person, now } = turn;
  if (mayNotWrite(turn)) return DENIED;
  const found = find(turn, from);
  if ("error" in found) return found.error;
  const { node } = found;
  const place = placeOf(env.tree, to, session.folder, person);
  if ("error" in place) return place.error;
  if (node.type === "dir") {
    const there = place.folder.children.get(place.name);
    if (there !== undefined && there.type !== "dir") return "Not a directory";
    const made = there ?? makeFolder(place, person, now);
    if ("error" in made) return made.error;
    for (const child of Array.from(node.children.values())) {
      const why = copy(turn, pathOf(child), `${pathOf(made)}/${child.name}`);
      if (why !== undefined) return why;
    }
    return undefined;
  }
  if (node.type !== "file") return undefined;
  if (!may(node, person, 4)) return "Permission denied";
  const made = openForWriting(place, person, now, false);
  if ("error" in made) return made.error;
  made.contents = Written.from(node.contents);
  return undefined;
}

/** Like mkdir -p. */
function makeFolders(turn: Turn, path: Octets): string | undefined {
  const { env, session, person, now } = turn;
  if (mayNotWrite(turn)) return DENIED;
  if ("node" in find(turn, path)) return undefined;
  const names = path.split("/");
  for (let count = 1; count <= names.length; count++) {
    const part = names.slice(0, count).join("/");
    const found = find(turn, part === "" ? "/" : part);
    if ("node" in found) {
      if (found.node.type !== "dir") return "Not a directory";
      continue;
    }
    const place = placeOf(env.tree, part, session.folder, person);
    const made = "error" in place ? place : makeFolder(place, person, now);
    if ("error" in made) return made.error;
  }
  return undefined;
}

/** Like rm -r, for a folder. */
function removeTree(turn: Turn, path: Octets): string | undefined {
  if (mayNotWrite(turn)) return DENIED;
  const found = find(turn, path);
  if ("error" in found) return found.error;
  if (found.node.type !== "dir") return "Invalid argument";
  return removeAll(turn, found.node);
}

function removeAll(turn: Turn, node: Node): string | undefined {
  if (node.type === "dir") {
    for (const child of Array.from(node.children.values())) {
      const why = removeAll(turn, child);
      if (why !== undefined) return why;
    }
  }
  return remove(node, turn.person, turn.now);
}

function link(turn: Turn, to: Octets, path: Octets): string | undefined {
  const { env, session, person, now } = turn;
  if (mayNotWrite(turn)) return DENIED;
  const found = find(turn, to);
  if ("error" in found) return found.error;
  const place = placeOf(env.tree, path, session.folder, person);
  if ("error" in place) return place.error;
  const { folder, name } = place;
  if (folder.children.has(name)) return "File exists";
  if (!mayChange(folder, person)) return "Permission denied";
  const common = { mode: 0o777, mtime: now, owner: person.user, group: person.group };
  folder.children.set(name, {
    ...common,
    type: "link",
    name,
    parent: folder,
    target: pathOf(found.node),
  });
  return undefined;
}

/** `UTIME time path`, or `UTIME path atime mtime ctime UTC`. */
function touch(turn: Turn, words: readonly Octets[]): string | undefined {
  const long = words.length >= 5 && words.at(-1)?.toUpperCase() === "UTC";
  const times = long ? words.slice(-4, -1) : words.slice(0, 1);
  const path = joined(long ? words.slice(0, -4) : words.slice(1));
  const parsed = times.map((time) => parseTime(time.length === 12 ? `${time}00` : time));
  if (times.some((time) => time.length !== 12 && time.length !== 14)) return "Invalid argument";
  if (mayNotWrite(turn)) return DENIED;
  if (parsed.includes(undefined)) return "Invalid argument";
  const found = find(turn, path);
  if ("error" in found) return found.error;
  if (found.node.owner !== turn.person.user) return DENIED;
  found.node.mtime = (long ? parsed[1] : parsed[0]) ?? found.node.mtime;
  return undefined;
}
