/** How ProFTPD finds what a path names. It has more ways than one, and they differ. */
import type { Octets } from "../../bytes.ts";
import { type Found, type Node, pathOf } from "../../fs/tree.ts";
import type { FtpSetup } from "../../scenario.ts";
import type { Turn } from "../state.ts";

/** As the kernel does: "~" is a name like any other. */
export function findRaw({ env, session, person }: Turn, path: Octets, follow = true): Found {
  const raw = path.startsWith("~") ? `./${path}` : path;
  return env.tree.find(raw, session.folder, person, follow);
}

/**
 * As its cache of stat(2) does, which LIST, STAT and MLST ask: dots are taken out of the path first,
 * and what ".." has brought back to the root loses its slash there, so it is looked for here.
 */
export function findCached({ env, session, person }: Turn, path: Octets, follow = true): Found {
  const whole = path.startsWith("/") ? path : `${session.folder}/${path}`;
  let clean = "";
  let slash = "/";
  for (const name of whole.split("/")) {
    if (name === "" || name === ".") continue;
    if (name === "..") clean = clean.slice(0, Math.max(clean.lastIndexOf("/"), 0));
    else if (clean !== "") clean += `/${name}`;
    else {
      clean = slash + name;
      slash = "";
    }
  }
  if (clean.startsWith("~")) clean = `./${clean}`;
  return env.tree.find(clean === "" ? "/" : clean, session.folder, person, follow);
}

/** `names` without dots, each ".." taken back with the name before it; one that leads out of it stays. */
function cleanNames(names: readonly Octets[]): Octets[] {
  const clean: Octets[] = [];
  for (const name of names) {
    if (name === ".." && clean.length > 0 && clean.at(-1) !== "..") clean.pop();
    else if (name !== "." && name !== "") clean.push(name);
  }
  return clean;
}

/** Commands that take ".." out of a path themselves, so that what it takes back need not be there. */
const LEXICAL = /^(X?MKD|X?RMD|DELE|RNFR|RNTO|STOR|APPE|RETR)$/;

/** What such a command looks for when it is given `path`. */
export function lexical(verb: Octets, path: Octets): Octets {
  if (!LEXICAL.test(verb) || !/(^|\/)\.\.(\/|$)/.test(path)) return path;
  const lead = path.startsWith("/") ? "/" : "./";
  return lead + cleanNames(path.split("/")).join("/");
}

/** The path that MLST tells: of what a link points to, or as it was asked for. */
export function wholePath(turn: Turn, path: Octets): Octets {
  const found = findRaw(turn, path);
  if ("node" in found) return pathOf(found.node);
  const whole = path.startsWith("/") ? path : `${turn.session.folder}/${path}`;
  return `/${cleanNames(whole.split("/"))
    .filter((name) => name !== "..")
    .join("/")}`;
}

/** Debian's numbers for those who own no account of ours. */
const OTHERS: Readonly<Record<string, number>> = { root: 0, ftp: 104, nogroup: 65_534 };

/** The numbers of a file's owner and group. */
export function idsOf(
  { owner = "ftp", group = "ftp", uid = 3100, gid = 3100 }: FtpSetup,
  node: Node,
): readonly [user: number, group: number] {
  return [
    node.owner === owner ? uid : (OTHERS[node.owner] ?? 0),
    node.group === group ? gid : (OTHERS[node.group] ?? 0),
  ];
}

/** Words of a path with blanks, as SITE gives them: blanks before the first are lost. */
export const joined = (words: readonly Octets[]): Octets => words.join(" ").replace(/^ +/, "");

/** "~" is the home, whose path on the disk leads nowhere behind the chroot; so it is no name for a file. */
export function isHome(turn: Turn, path: Octets | null): boolean {
  const { login } = turn.session;
  return path === "~" || (login.stage === "in" && path === `~${login.user}`);
}
