/**
 * A file tree in memory: directories, files and links, with owners, modes and dates, as a Unix
 * server shows them. It knows nothing of a working directory: that is the session's.
 */
import type { Octets } from "../bytes.ts";
import { utf8Encode } from "../bytes.ts";
import type { TreeEntry } from "../scenario.ts";
import { Children } from "./children.ts";
import { type Contents, entryContents } from "./contents.ts";

interface Common {
  name: Octets;
  /** Permission bits, 0 to 0o7777. */
  mode: number;
  /** Milliseconds since 1970. */
  mtime: number;
  owner: string;
  group: string;
  /** Null for the root alone. */
  parent: Directory | null;
  /** Given by `inodeOf` when somebody first asks. */
  inode?: number;
}

/** A directory. `size` is what a listing shows for it. */
export interface Directory extends Common {
  readonly type: "dir";
  readonly children: Children<Node>;
  size: number;
  /** The last inode that was given; the root alone has it. */
  inodes?: number;
}

/** A regular file. */
export interface File extends Common {
  readonly type: "file";
  contents: Contents;
}

/** A symbolic link. */
export interface Link extends Common {
  readonly type: "link";
  readonly target: Octets;
}

/** Anything that has a name in the tree. */
export type Node = Directory | File | Link;

/** Why a path leads nowhere, in the words of Unix. */
export type PathError =
  | "No such file or directory"
  | "Not a directory"
  | "Permission denied"
  | "File name too long"
  | "Too many levels of symbolic links";

/** What a path leads to. */
export type Found = { readonly node: Node } | { readonly error: PathError };

/** Who asks. */
export interface Person {
  readonly user: string;
  readonly group: string;
}

/** A whole tree. */
export interface Tree {
  readonly root: Directory;
  /**
   * The node at `path`, which is read from `folder` unless it begins with "/". The last name's
   * link is followed unless `follow` is false. ".." of the root is the root (chroot).
   */
  find(path: Octets, folder: Octets, who: Person, follow?: boolean): Found;
}

/** ext4's word for a directory's size; a scenario may say otherwise. */
const DIRECTORY_SIZE = 4096;
const MOST_LINKS = 40;
/** The longest name that Linux takes, in octets. */
const NAME_MAX = 255;

/** Builds the tree that a scenario describes. Its entries are checked by `parseScenario`. */
export function buildTree(entries: readonly TreeEntry[], owner: string, group: string): Tree {
  const root: Directory = {
    type: "dir",
    name: "",
    mode: 0o755,
    mtime: 0,
    owner,
    group,
    parent: null,
    children: new Children(),
    size: DIRECTORY_SIZE,
  };
  for (const entry of entries) {
    const path = entry.latin1 === true ? entry.path : utf8Encode(entry.path);
    const common = {
      mode: Number.parseInt(entry.mode, 8),
      mtime: entry.mtime * 1000,
      owner: entry.owner ?? owner,
      group: entry.group ?? group,
    };
    if (path === "/") {
      Object.assign(root, common, { size: entry.size ?? DIRECTORY_SIZE });
      continue;
    }
    const cut = path.lastIndexOf("/");
    const parent = walk(root, path.slice(0, cut), root, null, true);
    if (!("node" in parent) || parent.node.type !== "dir") continue;
    const name = path.slice(cut + 1);
    parent.node.children.set(name, make(entry, name, common, parent.node));
  }
  for (const folder of large(root)) folder.children.inOrder();
  return {
    root,
    find: (given, folder, who, follow = true) => {
      // "~/" is the home, which is the root here; "~" alone and "~name" are names like any other.
      const path = given.startsWith("~/") ? given.slice(1) : given;
      const start = path.startsWith("/") ? undefined : walk(root, folder, root, null, true);
      if (start === undefined) return walk(root, path, root, who, follow);
      if ("error" in start || start.node.type !== "dir")
        return { error: "No such file or directory" };
      return walk(root, path, start.node, who, follow);
    },
  };
}

/** Folders whose order takes noticeable time to find: they are put in order before anybody waits for it. */
function* large(folder: Directory): Generator<Directory> {
  if (folder.children.size > 1000) yield folder;
  for (const child of folder.children.values()) if (child.type === "dir") yield* large(child);
}

function make(
  entry: TreeEntry,
  name: Octets,
  common: Pick<Common, "mode" | "mtime" | "owner" | "group">,
  parent: Directory,
): Node {
  // Written out, since V8 gives each object that is made by spreading a hidden class of its own.
  const { mode, mtime, owner, group } = common;
  if (entry.type === "dir") {
    const size = entry.size ?? DIRECTORY_SIZE;
    const children = new Children<Node>();
    return { name, mode, mtime, owner, group, parent, type: "dir", children, size };
  }
  if (entry.type === "link") {
    const target = utf8Encode(entry.target ?? "");
    return { name, mode, mtime, owner, group, parent, type: "link", target };
  }
  const contents = entryContents(entry);
  return { name, mode, mtime, owner, group, parent, type: "file", contents };
}

/** Follows `path` from `start`. `who` null is the tree itself, which may go everywhere. */
function walk(
  root: Directory,
  path: Octets,
  start: Directory,
  who: Person | null,
  follow: boolean,
): Found {
  let here: Node = path.startsWith("/") ? root : start;
  const names = path.split("/").filter((name) => name !== "");
  let links = 0;
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!;
    if (here.type !== "dir") return { error: "Not a directory" };
    if (who !== null && !may(here, who, 1)) return { error: "Permission denied" };
    if (name === ".") continue;
    if (name === "..") {
      here = here.parent ?? here;
      continue;
    }
    const next: Node | undefined = here.children.get(name);
    if (next === undefined) {
      return { error: name.length > NAME_MAX ? "File name too long" : "No such file or directory" };
    }
    if (next.type === "link" && (follow || i < names.length - 1)) {
      if (++links > MOST_LINKS) return { error: "Too many levels of symbolic links" };
      const target = next.target.split("/").filter((part) => part !== "");
      names.splice(0, i + 1, ...target);
      i = -1;
      if (next.target.startsWith("/")) here = root;
      continue;
    }
    here = next;
  }
  return { node: here };
}

/** Whether `who` may do what `bit` stands for to `node`: 4 read, 2 write, 1 search a directory. */
export function may(node: Node, who: Person, bit: 1 | 2 | 4): boolean {
  const shift = node.owner === who.user ? 6 : node.group === who.group ? 3 : 0;
  return ((node.mode >> shift) & bit) !== 0;
}

/** The path of a node from its tree's root, as PWD says it. */
export function pathOf(node: Node): Octets {
  let path = "";
  for (let here: Node = node; here.parent !== null; here = here.parent)
    path = `/${here.name}${path}`;
  return path === "" ? "/" : path;
}

/** A number that tells a node from all others of its tree, also when it has moved. */
export function inodeOf(node: Node): number {
  let root: Node = node;
  while (root.parent !== null) root = root.parent;
  if (root.type === "dir") {
    root.inodes = (root.inodes ?? 0x22_c100) + (node.inode === undefined ? 1 : 0);
    node.inode ??= root.inodes;
  }
  return node.inode ?? 0;
}

/** How many names a node has: a directory's own, its "." and each child directory's "..". */
export function linkCount(node: Node): number {
  return node.type === "dir" ? 2 + node.children.folders : 1;
}

/** The size that a listing shows. */
export function sizeOf(node: Node): number {
  if (node.type === "dir") return node.size;
  return node.type === "file" ? node.contents.size : node.target.length;
}
