/** The files of a running server, for whoever started it: put in before, read back afterwards. */
import { fromBytes, utf8Decode, utf8Encode } from "../sim/bytes.ts";
import type { Directory, Node, Tree } from "../sim/fs/tree.ts";
import type { TreeEntry } from "../sim/scenario.ts";
import type { Files, FilesGiven } from "./api.ts";

/** The tree's files from outside: rights count for clients, not for you. */
export function filesOf(tree: Tree): Files {
  const find = (path: string): Node | undefined => {
    let here: Node | undefined = tree.root;
    for (const name of utf8Encode(path).split("/")) {
      if (name === "") continue;
      here = here?.type === "dir" ? here.children.get(name) : undefined;
    }
    return here;
  };
  const bytes = (path: string): Uint8Array => {
    const node = find(path);
    if (node?.type !== "file") {
      throw new Error(`There is no file ${path}. There are: ${paths(tree.root).join(", ")}`);
    }
    return node.contents.slice(0, node.contents.size).slice();
  };
  return {
    list: () => paths(tree.root),
    has: (path) => find(path)?.type === "file",
    bytes,
    text: (path) => utf8Decode(fromBytes(bytes(path))),
  };
}

function paths(folder: Directory, above = ""): string[] {
  return [...folder.children.values()]
    .flatMap((node) => {
      const path = `${above}/${utf8Decode(node.name)}`;
      return node.type === "dir" ? paths(node, path) : node.type === "file" ? [path] : [];
    })
    .toSorted();
}

/** Entries for the files given, with the directories above them; everyone's to write. */
export function entriesOf(files: FilesGiven, mtime: number): TreeEntry[] {
  const entries = new Map<string, TreeEntry>();
  for (const [given, contents] of Object.entries(files)) {
    const names = given.split("/").filter((name) => name !== "");
    const folders = given.endsWith("/") ? names : names.slice(0, -1);
    let path = "";
    for (const name of folders) {
      path += `/${name}`;
      entries.set(path, { path, type: "dir", mode: "0775", mtime });
    }
    if (given.endsWith("/")) continue;
    path += `/${names.at(-1) ?? ""}`;
    const file = { path, type: "file", mode: "0664", mtime } as const;
    entries.set(
      path,
      typeof contents === "string"
        ? { ...file, text: contents }
        : { ...file, base64: Buffer.from(contents).toString("base64") },
    );
  }
  return [...entries.values()];
}
