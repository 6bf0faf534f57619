/** The ls that stands behind LIST and `STAT path`: options, patterns, columns and all, in memory. */
import type { Octets } from "../../bytes.ts";
import { type Directory, linkCount, may, type Node, sizeOf } from "../../fs/tree.ts";
import { dateText, modeText } from "../listings.ts";
import type { Turn } from "../state.ts";
import { byBytes, expand } from "./pure-ftpd-glob.ts";
import { entriesOf, look, mayRead, simplify } from "./pure-ftpd-paths.ts";
import { isGuest, numbers } from "./pure-ftpd-turn.ts";

/** It shows no more than so many entries, and goes no deeper. */
export const MOST = 10_000;
const DEEPEST = 5;

/** What came of a listing. */
export interface Listing {
  /** All of it, lines ended by CR LF. */
  readonly text: Octets;
  readonly matches: number;
  /** `-a -l `, as the reply calls the options that were on. */
  readonly options: Octets;
  /** Folders that could not be read, in the words of the reply. */
  readonly complaints: readonly Octets[];
}

/** `argument` is what a client may say to ls; long lines unless it says otherwise. */
export function ls(turn: Turn, argument: Octets): Listing {
  const { options, rest } = optionsOf(argument);
  return new Ls(turn, options).list(rest);
}

/** How the reply counts. */
export function total({ matches }: { readonly matches: number }): Octets {
  return matches < MOST ? `${matches} matches total` : `Output truncated to ${matches} matches`;
}

type Options = Set<string>;

/** Options come first, in words that begin with `-`; what is none is passed over; the last of -l, -1, -C and of -t, -S counts. */
function optionsOf(argument: Octets): { options: Options; rest: Octets } {
  const options: Options = new Set("l");
  const [words = ""] = /^ *(?:-[A-Za-z0-9]* *)*/.exec(argument) ?? [];
  for (const letter of words.replace(/[^aCdFlrRSt1]/g, "")) {
    if ("l1C".includes(letter)) for (const other of "lC") options.delete(other);
    if ("tS".includes(letter)) for (const other of "tS") options.delete(other);
    if (letter !== "1") options.add(letter);
  }
  return { options, rest: argument.slice(words.length) };
}

/** One listing being made. */
class Ls {
  private readonly turn: Turn;
  private readonly on: Options;
  private readonly complaints: Octets[] = [];
  private text: Octets = "";
  private matches = 0;
  /** Entries that wait to be put into lines or columns. */
  private cells: Octets[] = [];

  constructor(turn: Turn, on: Options) {
    this.turn = turn;
    this.on = on;
  }

  list(patterns: Octets): Listing {
    const { on } = this;
    if (patterns !== "") this.all(wordsOf(patterns));
    else if (on.has("d")) this.path(".");
    else this.folder(".", ".", 0);
    this.flush();
    const shown = "a C d F l r R S t".split(" ").filter((letter) => on.has(letter));
    const options = shown.map((letter) => (letter === "t" ? "-t" : `-${letter} `)).join("");
    return { text: this.text, matches: this.matches, options, complaints: this.complaints };
  }

  /** For each pattern first the files, then what is in the folders; a single one goes without a heading. */
  private all(patterns: readonly Octets[]): void {
    let headings = patterns.length > 1;
    for (const pattern of patterns) {
      const paths = expand(this.turn, simplify(pattern));
      if (paths.length > 1) headings = true;
      const folders = paths.filter((path) => {
        const found = look(this.turn, path);
        if (!("node" in found)) return false;
        if (found.node.type === "dir" && !this.on.has("d")) return true;
        this.path(path);
        return false;
      });
      this.flush();
      for (const path of folders) {
        if (headings) this.heading(path);
        this.folder(path, path, 0);
      }
    }
  }

  private heading(path: Octets): void {
    this.text += `\r\n\r\n${path}:\r\n\r\n`;
  }

  /** One path as it was given. */
  private path(path: Octets): void {
    const found = look(this.turn, path, false);
    if ("node" in found) this.entry(found.node, path);
  }

  /** What is in a folder, and with -R in the folders there: those come to light only with -l or -F. */
  private folder(path: Octets, name: Octets, depth: number): void {
    const { turn, on } = this;
    const found = look(turn, path);
    if (!("node" in found) || found.node.type !== "dir" || !may(found.node, turn.person, 1)) return;
    if (depth >= DEEPEST || this.matches >= MOST) return;
    if (!mayRead(turn, found.node)) {
      this.complaints.push(`Sorry, we were unable to read [${name}]`);
      return;
    }
    const entries = this.sorted(found.node);
    for (const [child, node] of entries) this.entry(node, child);
    this.flush();
    if (!on.has("R") || !(on.has("l") || on.has("F"))) return;
    for (const [child, node] of entries) {
      if (node.type !== "dir" || /^\.\.?$/.test(child) || !may(node, turn.person, 1)) continue;
      this.heading(`${name}/${child}`);
      this.folder(`${path}/${child}`, `${name}/${child}`, depth + 1);
    }
  }

  private sorted(folder: Directory): (readonly [Octets, Node])[] {
    const { on } = this;
    const sign = on.has("r") ? -1 : 1;
    const children = folder.children.inOrder().map((node) => [node.name, node] as const);
    // `.` and `..` come first of all that is in a folder.
    const [self, above] = entriesOf(this.turn, folder);
    const all = on.has("a")
      ? [self, above, ...children].filter((entry) => entry !== undefined)
      : children.filter(([name]) => !name.startsWith("."));
    return all.toSorted(([a, x], [b, y]) => {
      if (on.has("t")) return sign * (y.mtime - x.mtime);
      return sign * (on.has("S") ? sizeOf(y) - sizeOf(x) : byBytes(a, b));
    });
  }

  private entry(node: Node, name: Octets): void {
    if (this.matches >= MOST) return;
    this.matches++;
    const mark = this.on.has("F") ? suffix(node) : "";
    if (!this.on.has("l")) this.cells.push(name + mark);
    else this.cells.push(longLine(this.turn, node, name) + (node.type === "link" ? "" : mark));
  }

  /** Puts what waits into lines, or with -C into columns of tabs, read downwards. */
  private flush(): void {
    const { cells } = this;
    this.cells = [];
    const width = (Math.max(0, ...cells.map(({ length }) => length)) | 7) + 1;
    const columns = this.on.has("C") && width <= 75 ? Math.floor(75 / width) : 1;
    const height = Math.ceil(cells.length / columns);
    for (let row = 0; row < height; row++) {
      for (let at = row; at < cells.length; at += height) {
        const cell = cells[at] ?? "";
        const last = at + height >= cells.length;
        this.text +=
          cell + (last ? "\r\n" : "\t".repeat(Math.floor((width + 7 - cell.length) / 8)));
      }
    }
  }
}

/** Blanks separate, a backslash before one takes that from it. */
function wordsOf(text: Octets): Octets[] {
  const words = text.match(/(?:\\[^]|[^ \\])*\\?(?: |$)/g) ?? [];
  return words
    .map((word) => word.replace(/ $/, "").replace(/\\([ \\])/g, "$1"))
    .filter((word) => word !== "");
}

function suffix(node: Node): string {
  if (node.type === "link") return "@";
  return node.type === "dir" ? "/" : node.mode & 0o111 ? "*" : "";
}

/** `-rw-r--r--    1 3100       ftptest            90 Jun 13  2020 readme.txt`. */
export function longLine(turn: Turn, node: Node, name: Octets): Octets {
  const links = String(linkCount(node)).padStart(4);
  const [user, group] = numbers(turn, node.owner, node.group);
  // Locked into its home the server finds no names, except that of the group that it logged in with.
  const own = !isGuest(turn) && node.group === turn.person.group;
  const whose = `${String(user).padEnd(10)} ${(own ? node.group : String(group)).padEnd(10)}`;
  const size = String(sizeOf(node)).padStart(10);
  const arrow = node.type === "link" ? ` -> ${node.target}` : "";
  return `${modeText(node)} ${links} ${whose} ${size} ${dateText(node.mtime, turn.now)} ${name}${arrow}`;
}
