/** Pure-FTPd's listings: LIST and STAT for people, NLST, MLSD and MLST for programs. */
import { fromBytes, type Octets, toBytes } from "../../bytes.ts";
import { type Directory, may, type Node, pathOf, sizeOf } from "../../fs/tree.ts";
import { timeText } from "../commands/facts.ts";
import type { Stream } from "../effect.ts";
import type { Turn } from "../state.ts";
import { linesStream } from "../stream.ts";
import { ls, MOST, total } from "./pure-ftpd-ls.ts";
import { entriesOf, isLost, look, mayRead } from "./pure-ftpd-paths.ts";
import { openData } from "./pure-ftpd-port.ts";
import { isGuest, numbers, tell } from "./pure-ftpd-turn.ts";

const UNKNOWN = "Can't check for file existence";

/** It dials first and looks afterwards: what is not there is no error, but 0 matches. */
export function list(turn: Turn): void {
  deliver(turn, (_, kept) => {
    const { text, matches, options, complaints } = ls(turn, turn.argument ?? "");
    const on = options === "" ? [] : [`Options: ${options}`];
    return {
      stream: piece(kept + text),
      lines: () => [...complaints, ...on, total({ matches })],
    };
  });
}

/** A listing as it goes over the data connection, and what is said about it at the end. */
interface Delivery {
  readonly stream: Stream;
  readonly lines: () => Octets[];
}

/** What a client that broke off should have got is still in the buffer, and the next listing begins with it. */
function deliver(turn: Turn, make: (turn: Turn, kept: Octets) => Delivery): void {
  let delivery: Delivery | undefined;
  const begin = () => (delivery = make(turn, takeKept(turn)));
  openData(turn, {
    name: turn.argument ?? "",
    polled: false,
    stream: () => begin().stream,
    none() {
      // LIST does not look before it dials.
      const lost = turn.verb !== "LIST" && isLost(turn);
      if (lost) leaveLost(turn, "No data connection");
      return lost;
    },
    done(at) {
      const lines = (delivery ?? begin()).lines();
      if (isLost(at)) leaveLost(at, ...lines);
      else tell(at, 226, ...lines);
    },
    broken(at) {
      const { stream, lines } = begin();
      let text = "";
      for (let bytes = stream.next(BUFFER); bytes; bytes = stream.next(BUFFER))
        text += fromBytes(bytes);
      if (text.length <= BUFFER) at.session.notes.set("kept", text);
      tell(at, 226, ...lines());
    },
  });
}

/** A listing returns to where the session stands; if that is gone, it is over. */
function leaveLost(turn: Turn, ...lines: readonly Octets[]): void {
  tell(turn, 421, ...lines, "chdir: No such file or directory");
  turn.hangUp();
}

const BUFFER = 65_536;

function takeKept({ session: { notes } }: Turn): Octets {
  const kept = notes.get("kept") ?? "";
  notes.delete("kept");
  return kept;
}

/** A text that is sent at once. */
function piece(text: Octets): Stream {
  let rest: Uint8Array | undefined = toBytes(text);
  return {
    next() {
      const bytes = rest;
      rest = undefined;
      return bytes?.length === 0 ? undefined : bytes;
    },
  };
}

/** Without a path it only says whose it is. */
export function stat(turn: Turn): void {
  if (turn.argument === null) return tell(turn, 211, "https://www.pureftpd.org/");
  if (isLost(turn)) {
    turn.effects.push({ kind: "raw", octets: "213-STAT\r\n" });
    return leaveLost(turn);
  }
  const { text: own, complaints } = ls(turn, turn.argument);
  const text = takeKept(turn) + own;
  const lines = text === "" ? [] : text.slice(0, -2).split("\r\n");
  turn.session.notes.set("code", "213");
  turn.send({
    code: 213,
    lines: ["STAT", ...lines, ...complaints.map((line) => `213-${line}`), "End."],
    layout: "raw",
  });
}

/** NLST and MLSD look before they dial, take a folder alone, and show hidden names too, unsorted. */
export function names(turn: Turn): void {
  const { verb } = turn;
  const path = folderMeant(turn);
  const folder = path === undefined ? undefined : folderAt(turn, path);
  if (path === undefined || folder === undefined || !mayRead(turn, folder)) {
    return tell(turn, 550, UNKNOWN);
  }
  const lead = path === "" ? "" : path.replace(/\/?$/, "/");
  let matches = 0;
  const entries = function* (): Generator<readonly [Octets, Node]> {
    for (const entry of entriesOf(turn, folder)) {
      if (matches === MOST) return;
      yield entry;
    }
  };
  deliver(turn, (_, kept) => {
    const lines = linesStream(entries(), ([name, node]) => {
      matches++;
      return verb === "NLST" ? lead + name : facts(turn, node, name);
    });
    const first = piece(kept);
    return {
      stream: { next: (most) => first.next(most) ?? lines.next(most) },
      lines: () => [total({ matches })],
    };
  });
}

/**
 * The folder that the argument means, "" for the one where we stand. If there is none of that name and
 * it begins with `-`, all up to the next blank is passed over, and by a slip the letter behind it; where
 * no blank comes, the search goes on in what earlier lines left in memory.
 */
function folderMeant(turn: Turn): Octets | undefined {
  const path = turn.argument ?? "";
  if (path === "" || folderAt(turn, path) !== undefined) return path;
  if (!path.startsWith("-")) return undefined;
  const memory = turn.session.notes.get(MEMORY) ?? "";
  const [, meant = ""] =
    /^-[^ \n]*[ \n]+[^]([^\0]*)/.exec(memory.slice(turn.verb.length + 1)) ?? [];
  return meant === "" || folderAt(turn, meant) !== undefined ? meant : undefined;
}

/** The note that keeps what lies in the buffer for lines. */
const MEMORY = "memory";

/** Each line is written over the one before, and ends in a NUL and the LF; of a password nothing is left. */
export function remember({ session, asked }: Turn): void {
  const { command, line } = asked;
  const text = command.verb === "PASS" ? line.replace(/[^]/g, "\0") : line;
  const before = session.notes.get(MEMORY) ?? "";
  session.notes.set(MEMORY, `${text}\0\n${before.slice(line.length + 2)}`);
}

function folderAt(turn: Turn, path: Octets): Directory | undefined {
  const found = look(turn, path === "" ? "." : path);
  if (!("node" in found) || found.node.type !== "dir") return undefined;
  return may(found.node, turn.person, 1) ? found.node : undefined;
}

export function mlst(turn: Turn): void {
  const path = turn.argument ?? ".";
  const found = look(turn, path, false);
  if (!("node" in found)) return tell(turn, 550, UNKNOWN);
  turn.session.notes.set("code", "250");
  turn.send({ code: 250, lines: ["Begin", facts(turn, found.node, path), "End."] });
}

/** The facts are always the same; a folder's size is called `sizd`, and a guest learns no owner. */
function facts(turn: Turn, node: Node, name: Octets): Octets {
  const guest = isGuest(turn);
  const [user, group] = numbers(turn, node.owner, node.group);
  const type =
    node.type === "file"
      ? "file"
      : node.type === "link"
        ? `OS.unix=slink:${guest ? node.target : ""}`
        : ({ ".": "cdir", "..": "pdir", "/": "pdir" }[name] ?? "dir");
  const siz = node.type === "dir" ? "sizd" : "size";
  const whose = guest ? "" : `UNIX.uid=${user};UNIX.gid=${group};`;
  const time = timeText(node.mtime);
  const mode = (node.mode & 0o7777).toString(8);
  return `type=${type};${siz}=${sizeOf(node)};modify=${time};UNIX.mode=0${mode};${whose}unique=fe00g${inode(node)}; ${name}`;
}

/** A number that no other path has, as an inode has none. */
function inode(node: Node): string {
  let hash = 0x811c9dc5;
  for (const char of pathOf(node)) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  return (hash >>> 0).toString(16);
}
