/** What vsftpd's handlers share: how it writes replies, and how it reads paths. */
import type { Octets } from "../../bytes.ts";
import { Children } from "../../fs/children.ts";
import { type Directory, may, type Node, pathOf } from "../../fs/tree.ts";
import type { Reply } from "../../protocol/reply.ts";
import type { Session, Turn } from "../state.ts";

/** Text as it stands in a reply: byte 255 twice (RFC 854), and NUL for a line feed. */
export const escaped = (text: Octets) => text.replaceAll("\xff", "\xff\xff").replaceAll("\n", "\0");

/** A reply of these lines, the code before each. */
export function says(code: number, ...lines: Octets[]): Reply {
  return { code, lines: lines.map(escaped), layout: "dashed" };
}

/** Replies with one line that has no outcome of its own. */
export const tell = (turn: Turn, code: number, text: Octets) => turn.send(says(code, text));

/** Refuses what the set-up allows nobody, or not this user. */
export const denied = (turn: Turn) => tell(turn, 550, "Permission denied.");

/** Whether the client came in without a password of its own. */
export function isGuest({ login }: Session): boolean {
  return login.stage === "in" && login.anonymous;
}

/** The argument as a path: `~` and `~/` are the home, which is `/` and gets its slash besides. */
export function pathIn(turn: Turn, path: Octets = turn.argument ?? ""): Octets {
  return /^~(\/|$)/.test(path) ? `/${path.slice(1)}` : path;
}

/** What stands at a path, as Unix finds it: an empty path is nothing, and only a folder may end in `/`. */
export function nodeAt(turn: Turn, path: Octets, follow = true): Node | undefined {
  if (path === "" || path.split("/").some(isTooLong)) return undefined;
  const { tree } = turn.env;
  const { folder, rest } = ground(turn, path);
  if (rest === "") return removed(turn);
  const slash = path.endsWith("/");
  // "~" has its meaning from `pathIn` alone.
  const plain = rest.startsWith("~") ? `./${rest}` : rest;
  const found = tree.find(plain, folder, turn.person, follow || slash);
  if ("error" in found || (slash && found.node.type !== "dir")) return undefined;
  return found.node;
}

/**
 * From where a path is to be read, and what is left of it. Mostly that is the working folder and the
 * path; but a folder that was removed under our feet still knows the one above it. An empty rest
 * is the removed folder itself.
 */
export function ground(turn: Turn, path: Octets): { folder: Octets; rest: Octets } {
  let { folder } = turn.session;
  let rest = path;
  while (!rest.startsWith("/") && "error" in turn.env.tree.find(folder, "/", turn.person)) {
    const step = /^(\.\.?)(?:\/+|$)/.exec(rest);
    if (step === null) break;
    if (step[1] === "..") folder = folder.replace(/\/[^/]*$/, "") || "/";
    rest = rest.slice(step[0].length);
    if (rest === "" && step[1] === ".") break;
    rest ||= ".";
  }
  return { folder, rest };
}

/** A folder that is in no tree any more: nothing is in it, and nothing can be made there. */
function removed({ now, person }: Turn): Directory {
  const { user: owner, group } = person;
  const shape = { type: "dir", name: "", mode: 0o755, parent: null, size: 4096 } as const;
  return { ...shape, mtime: now, owner, group, children: new Children() };
}

/** ext4's limit of a name. */
export const isTooLong = (name: Octets) => name.length > 255;

/** A path as the log and 257 show it: with the working folder before it, and otherwise as typed. */
export function fromRoot(turn: Turn, path: Octets): Octets {
  if (path.startsWith("/")) return path;
  return `${turn.session.folder.replace(/\/$/, "")}/${path}`;
}

/** `"path"`, with quotes in it written twice (RFC 959 appendix II). */
export const quoted = (path: Octets) => `"${path.replaceAll('"', '""')}"`;

/** So much of `.message` is read. */
const LONGEST_MESSAGE = 4000;

/** What `.message` in the working folder says, the first time that the session comes there. */
export function messageOf(turn: Turn): Octets[] {
  const { session, person } = turn;
  const seen = `seen ${session.folder}`;
  if (session.notes.has(seen)) return [];
  session.notes.set(seen, "");
  const file = nodeAt(turn, ".message");
  if (file?.type !== "file" || !may(file, person, 4)) return [];
  return linesOf(String.fromCharCode(...file.contents.slice(0, LONGEST_MESSAGE)));
}

/** The lines of a text; an LF at its end begins no other. */
export const linesOf = (text: Octets) => text.replace(/\n$/, "").split("\n");

/** Goes to a folder; false if there is none or it may not be entered. */
export function enter(turn: Turn, path: Octets): boolean {
  const { session, person, env } = turn;
  const node = nodeAt(turn, path);
  if (node?.type !== "dir" || !may(node, person, 1)) return false;
  const isRemoved = node.parent === null && node !== env.tree.root;
  session.folder = isRemoved ? ground(turn, path).folder : pathOf(node);
  return true;
}
