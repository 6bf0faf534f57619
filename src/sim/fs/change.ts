/** Changing a file tree: each change says what Unix would say if it cannot be made. */
import type { Octets } from "../bytes.ts";
import { Children } from "./children.ts";
import { Written } from "./contents.ts";
import {
  type Directory,
  type File,
  may,
  type Node,
  pathOf,
  type Person,
  type Tree,
} from "./tree.ts";

/** Why a change cannot be made, in the words of Unix. */
export type ChangeError = string;

/** The directory and the name that a path to something new leads to. */
export type Place =
  | { readonly folder: Directory; readonly name: Octets }
  | { readonly error: string };

/** Where `path` would put something: its directory must be there; the name may be taken or not. */
export function placeOf(tree: Tree, path: Octets, from: Octets, who: Person): Place {
  const bare = path.replace(/\/+$/, "");
  const cut = bare.lastIndexOf("/");
  const name = bare.slice(cut + 1);
  const found = tree.find(cut < 0 ? "." : bare.slice(0, cut + 1), from, who);
  if ("error" in found) return found;
  if (found.node.type !== "dir") return { error: "Not a directory" };
  if (name === "" || name === "." || name === "..") return { error: "File exists" };
  if (name.length > 255) return { error: "File name too long" };
  return { folder: found.node, name };
}

/** Whether `who` may make, rename and remove names in a directory. */
export function mayChange(folder: Directory, who: Person): boolean {
  return may(folder, who, 2) && may(folder, who, 1);
}

/** Makes a directory. */
export function makeFolder(
  place: { folder: Directory; name: Octets },
  who: Person,
  now: number,
): Directory | { error: ChangeError } {
  const { folder, name } = place;
  if (folder.children.has(name)) return { error: "File exists" };
  if (!mayChange(folder, who)) return { error: "Permission denied" };
  const made: Directory = {
    type: "dir",
    name,
    mode: 0o755,
    mtime: now,
    owner: who.user,
    group: who.group,
    parent: folder,
    children: new Children(),
    size: 4096,
  };
  folder.children.set(name, made);
  folder.mtime = now;
  return made;
}

/** Makes an empty file, or empties the one that is there if `keep` is false. */
export function openForWriting(
  place: { folder: Directory; name: Octets },
  who: Person,
  now: number,
  keep: boolean,
): File | { error: ChangeError } {
  const { folder, name } = place;
  let there = folder.children.get(name);
  if (there?.type === "link") {
    // The name of a link stands for what it points to, if that is in the same directory.
    there = folder.children.get(there.target) ?? there;
  }
  if (there !== undefined) {
    if (there.type !== "file") return { error: "Is a directory" };
    if (!may(there, who, 2)) return { error: "Permission denied" };
    there.contents = keep ? Written.from(there.contents) : new Written();
    there.mtime = now;
    return there;
  }
  if (!mayChange(folder, who)) return { error: "Permission denied" };
  const made: File = {
    type: "file",
    name,
    mode: 0o644,
    mtime: now,
    owner: who.user,
    group: who.group,
    parent: folder,
    contents: new Written(),
  };
  folder.children.set(name, made);
  folder.mtime = now;
  return made;
}

/** Removes a name. A directory must be empty. */
export function remove(node: Node, who: Person, now: number): ChangeError | undefined {
  const { parent } = node;
  if (parent === null) return "Device or resource busy";
  if (node.type === "dir" && node.children.size > 0) return "Directory not empty";
  if (!mayChange(parent, who)) return "Permission denied";
  parent.children.delete(node.name);
  parent.mtime = now;
  return undefined;
}

/** Gives a node another name, another directory, or both; a file in the way is replaced. */
export function rename(
  node: Node,
  place: { folder: Directory; name: Octets },
  who: Person,
  now: number,
): ChangeError | undefined {
  const { folder, name } = place;
  const { parent } = node;
  if (parent === null) return "Device or resource busy";
  const path = pathOf(node);
  if (node.type === "dir" && `${pathOf(folder)}/`.startsWith(`${path}/`)) return "Invalid argument";
  if (!mayChange(parent, who) || !mayChange(folder, who)) return "Permission denied";
  const there = folder.children.get(name);
  if (there === node) return undefined;
  if (there?.type === "dir") {
    if (node.type !== "dir") return "Is a directory";
    if (there.children.size > 0) return "Directory not empty";
  } else if (there !== undefined && node.type === "dir") return "Not a directory";
  parent.children.delete(node.name);
  // The one in the way leaves before the name changes hands.
  folder.children.delete(name);
  node.name = name;
  node.parent = folder;
  folder.children.set(name, node);
  parent.mtime = now;
  folder.mtime = now;
  return undefined;
}
