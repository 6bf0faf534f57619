/**
 * ProFTPD's own ls (mod_ls): what LIST and STAT make of their options and paths, line by line. The
 * options of one command outlive it for STAT, which sets only some of them anew.
 */
import type { Octets } from "../../bytes.ts";
import { type Directory, may, type Node, pathOf, sizeOf } from "../../fs/tree.ts";
import { everything, matching, type Row } from "../commands/list.ts";
import { proftpdLine } from "../listings.ts";
import type { Turn } from "../state.ts";
import { findCached, findRaw, idsOf } from "./proftpd-paths.ts";

/** The options that are on, each a letter. */
export type Options = Set<string>;

const NOTE = "ls";
/** Nothing ever takes the first three off again. */
const LASTING = { LIST: /[Ucu]/, NLST: /[Ucuh]/ };

/** The options as the command before left them, without those that a new LIST or NLST clears. */
export function optionsOf({ session, verb }: Turn): Options {
  const letters = (session.notes.get(NOTE) ?? "").split("");
  const lasting = verb === "LIST" || verb === "NLST" ? LASTING[verb] : /./;
  return new Set(letters.filter((letter) => lasting.test(letter)));
}

/** Remembers them for the next command; only -l is forgotten. */
export function keepOptions(turn: Turn, options: Options): void {
  turn.session.notes.set(NOTE, [...options].join("").replace("l", ""));
}

/**
 * Reads the options before a path, and gives the path. A single word that is the name of something
 * is no option. Blanks before the path stay, but for the one that separates.
 */
export function readOptions(turn: Turn, argument: Octets, options: Options): Octets {
  const { words } = turn;
  if (words.length < 2 && argument !== "") {
    if ("node" in findCached(turn, argument)) return argument;
  }
  let rest = argument.replace(/^[\t-\r ]+(?=-)/, "");
  while (rest.startsWith("-")) {
    const [whole = "", letters = ""] = /^-([\dA-Za-z]*)/.exec(rest) ?? [];
    for (const letter of letters) setOption(options, letter, turn.verb);
    rest = rest.slice(whole.length);
    const bare = rest.replace(/^[\t-\r ]+/, "");
    if (!bare.startsWith("-")) return rest[1] === " " ? rest.slice(1) : bare;
    rest = bare;
  }
  return rest;
}

function setOption(options: Options, letter: string, verb: string): void {
  if (verb === "NLST" && /[CFhln]/.test(letter)) return;
  if (verb === "STAT" && letter === "1") return;
  if (!/[1AaBCcdFhLlnRrStUu]/.test(letter)) return;
  options.add(letter);
  // Forms of a listing exclude each other, and so do orders.
  const off = { "1": "lC", C: "l", l: "C1", U: "cSt" }[letter] ?? "";
  for (const other of off) options.delete(other);
}

/** "~" and "~name" become the home as it lies on the disk, which nobody finds behind the chroot. */
export function withHome(turn: Turn, path: Octets): Octets {
  const { session, env } = turn;
  const [, name = "", rest = ""] = /^~([^/]*)(.*)$/s.exec(path) ?? [];
  const user = session.login.stage === "in" ? session.login.user : "";
  const known = name === "" || name === user || env.setup.users.some((one) => one.name === name);
  return path.startsWith("~") && known ? `${env.setup.home ?? `/home/${user}`}${rest}` : path;
}

/** Whether C's fnmatch would take it for a pattern. */
export const isPattern = (path: Octets): boolean => /[*?]|\[.*\]/s.test(path);

/** One entry as it will be written. */
interface Entry {
  readonly node: Node;
  readonly name: Octets;
  readonly text: Octets;
}

/** The lines for a path, or for where the session stands: files first, then each folder. */
export function* listing(turn: Turn, options: Options, target: Octets): Generator<Octets> {
  const { person } = turn;
  if (target === "") {
    const here = findCached(turn, ".");
    // With -d alone the real one stumbles over itself and says nothing.
    if ("error" in here || here.node.type !== "dir" || options.has("d")) return;
    yield* inFolder(turn, options, here.node, ".");
    return;
  }
  const found = isPattern(target) ? matching(turn, target).map(([, path]) => path) : [target];
  const files: Row[] = [];
  const folders: [Directory, Octets][] = [];
  for (const path of found) {
    const itself = findCached(turn, path, false);
    if ("error" in itself) continue;
    const to = findCached(turn, path);
    const folder = "node" in to && to.node.type === "dir" ? to.node : undefined;
    if (folder === undefined || options.has("d") || (!options.has("R") && path !== target)) {
      files.push([itself.node, path]);
    } else folders.push([folder, path]);
  }
  yield* ordered(turn, options, files);
  for (const [folder, path] of folders) {
    if (found.length > 1) yield* ["", `${path}:`];
    // It goes there by the path itself, which may lead elsewhere, or nowhere.
    const there = findRaw(turn, path);
    const real = "node" in there && there.node === folder;
    if (real && may(folder, person, 1)) yield* inFolder(turn, options, folder, path);
  }
}

/** What is in a folder, and with -R what is in its folders: those that were written as folders. */
function* inFolder(
  turn: Turn,
  options: Options,
  folder: Directory,
  path: Octets,
): Generator<Octets> {
  const { person } = turn;
  const rows = may(folder, person, 4) ? everything(folder) : [];
  yield* ordered(turn, options, rows);
  if (!options.has("R") || !(options.has("l") || options.has("F"))) return;
  for (const [node, name] of rows) {
    if (node.type !== "dir" || name === "." || name === ".." || !may(node, person, 1)) continue;
    const below = path === "." ? name : `${path.replace(/\/$/, "")}/${name}`;
    yield* ["", `${below}:`];
    yield* inFolder(turn, options, node, below);
  }
}

/** In the order of names, or of time or size; line by line, or in columns. */
function* ordered(turn: Turn, options: Options, rows: Iterable<Row>): Generator<Octets> {
  const byTime = options.has("t");
  if (!byTime && !options.has("S") && !options.has("C")) {
    for (const row of rows) {
      const entry = entryOf(turn, options, row);
      if (entry !== undefined) yield entry.text;
    }
    return;
  }
  const entries = [...rows].flatMap((row) => entryOf(turn, options, row) ?? []);
  if (byTime || options.has("S")) {
    const value = ({ node }: Entry) => (byTime ? Math.floor(node.mtime / 1000) : sizeOf(node));
    const sign = options.has("r") ? -1 : 1;
    entries.sort((a, b) => sign * (value(b) - value(a)));
  }
  const texts = entries.map(({ text }) => text);
  if (options.has("C")) yield* columns(texts);
  else yield* texts;
}

/** Down each column first; a column is as wide as the longest, in steps of a tab, 75 wide in all. */
function* columns(texts: readonly Octets[]): Generator<Octets> {
  const longest = texts.reduce((most, { length }) => Math.max(most, length), 0);
  const width = Math.min((longest | 7) + 1, 75);
  const count = Math.ceil(texts.length / Math.floor(75 / width));
  for (let row = 0; row < count; row++) {
    let line = "";
    for (let i = row; i < texts.length; i += count) {
      const text = texts[i] ?? "";
      const tabs = Math.min(Math.floor((width + 7 - text.length) / 8), 5);
      line += i + count < texts.length ? text + "\t".repeat(tabs) : text;
    }
    yield line;
  }
}

/** How an entry is written, or undefined if it is left out. */
function entryOf(turn: Turn, options: Options, [itself, name]: Row): Entry | undefined {
  const { env, person, now } = turn;
  let node = itself;
  if (node.type === "link") {
    if (leadsUp(node.target, node.parent)) return undefined;
    const to = env.tree.find(node.target, node.parent ? pathOf(node.parent) : "/", person);
    if (options.has("L")) {
      if ("error" in to) return undefined;
      node = to.node;
    }
  }
  if (!options.has("l")) return { node, name, text: name + markOf(options, node) };
  const [human, numbers] = [options.has("h"), options.has("n")];
  const special =
    human || numbers ? { human, ...(numbers && { ids: idsOf(env.setup, node) }) } : undefined;
  const text = options.has("1") ? name : proftpdLine(node, name, now, special);
  return { node, name, text: text + markOf(options, linked(turn, node)) };
}

/** What a long line's mark is about: what a link points to. */
function linked({ env, person }: Turn, node: Node): Node | undefined {
  if (node.type !== "link") return node;
  const to = env.tree.find(node.target, node.parent ? pathOf(node.parent) : "/", person);
  return "node" in to ? to.node : undefined;
}

/** -F: a slash behind a folder, a star behind a program, an at behind a link. */
function markOf(options: Options, node: Node | undefined): string {
  if (!options.has("F") || node === undefined) return "";
  if (node.type === "dir") return "/";
  return node.type === "link" ? "@" : node.mode & 0o111 ? "*" : "";
}

/** A link to its own folder or one above it is never listed, or -R would not end. */
function leadsUp(target: Octets, folder: Directory | null): boolean {
  if (/^\.{1,2}\/?$/.test(target)) return true;
  if (!/^\..*[./]$/s.test(target)) return false;
  const names = folder === null ? [] : pathOf(folder).split("/");
  const here = names.join("/");
  for (const part of target.split("/")) {
    if (part === "..") names.pop();
    else if (part !== "." && part !== "") names.push(part);
  }
  return here.startsWith(names.join("/"));
}
