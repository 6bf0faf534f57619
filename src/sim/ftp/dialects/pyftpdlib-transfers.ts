/** pyftpdlib's transfers: listings, downloads, uploads. */
import { concat, type Octets } from "../../bytes.ts";
import { Written } from "../../fs/contents.ts";
import { type File, may } from "../../fs/tree.ts";
import type { Stream } from "../effect.ts";
import type { Turn } from "../state.ts";
import { contentsStream, linesStream, withoutCarriageReturns } from "../stream.ts";
import { begin } from "./pyftpdlib-data.ts";
import { pythonInt } from "./pyftpdlib-framer.ts";
import { BUFFER } from "./pyftpdlib-state.ts";
import { encodable, factsOf, pyftpdlibLine } from "./pyftpdlib-list.ts";
import {
  absolute,
  at,
  hasRight,
  folderAt,
  openFile,
  type PathCommand,
  refuse,
  server,
  split,
  unlink,
} from "./pyftpdlib-paths.ts";

const ALREADY = "Data connection already open. Transfer starting.";
const LATER = "File status okay. About to open data connection.";

/** Names in a folder, or the name itself of what is none; says no in Unix's words. */
function namesAt(turn: Turn, path: Octets): [folder: Octets, names: Octets[]] | undefined {
  const folder = folderAt(turn, path);
  if (folder !== undefined) {
    if (may(folder, server(turn), 4)) return [path, [...folder.children.keys()]];
    refuse(turn, "Permission denied");
    return undefined;
  }
  const found = at(turn, path, false);
  if ("node" in found) return [split(path)[0], [split(path)[1]]];
  refuse(turn, found.error);
  return undefined;
}

/** The lines of LIST for these names; what is gone or hidden from the server is left out. */
function* lines(turn: Turn, folder: Octets, names: readonly Octets[]): Generator<Octets> {
  for (const name of names.toSorted()) {
    const found = at(turn, `${folder}/${name}`, false);
    if ("node" in found) yield pyftpdlibLine(found.node, name, turn.now);
  }
}

/** What is sent: a listing made line by line, one made at once, or a file. */
function send(turn: Turn, stream: Stream, what: "lines" | "names" | "file"): void {
  const job = { kind: "send", asked: turn.asked, stream, what } as const;
  begin(turn, { ...job, sendfile: what === "file" && turn.session.type === "I" }, ALREADY, LATER);
}

const asIs = (line: Octets) => line;

export const list: PathCommand = (turn, path) => {
  const found = namesAt(turn, path);
  if (found !== undefined) send(turn, linesStream(lines(turn, ...found), asIs), "lines");
};

export const nlst: PathCommand = (turn, path) => {
  const found = namesAt(turn, path);
  if (found !== undefined) send(turn, linesStream(found[1].toSorted(), encodable), "names");
};

export const mlsd: PathCommand = (turn, path) => {
  if (folderAt(turn, path) === undefined) {
    turn.reply(501, "No such directory.");
    return;
  }
  const found = namesAt(turn, path);
  if (found === undefined) return;
  send(turn, linesStream(entries(turn, ...found), asIs), "lines");
};

function* entries(turn: Turn, folder: Octets, names: readonly Octets[]): Generator<Octets> {
  for (const name of names) {
    const facts = factsOf(turn, `${folder}/${name}`);
    if (facts !== undefined) yield `${facts} ${encodable(name)}`;
  }
}

export const mlst: PathCommand = (turn, path) => {
  const facts = factsOf(turn, path);
  const found = at(turn, path);
  if (facts !== undefined) turn.reply(250, `Listing "${path}":`, `${facts} ${path}`, "End MLST.");
  else if ("error" in found) refuse(turn, found.error);
};

/** STAT with a path: LIST's lines over the control connection, just as they are. */
export const statPath: PathCommand = (turn, path) => {
  const found = namesAt(turn, path);
  if (found === undefined) return;
  const rows = [...lines(turn, ...found)];
  turn.send({
    code: 213,
    layout: "raw",
    lines: [`Status of "${path}":`, ...rows, "End of status."],
  });
};

/** Takes the place that REST named, which is used up whatever comes; false: it was refused. */
function restart(turn: Turn, file: File, from: number): boolean {
  const { size } = file.contents;
  if (from <= size) return true;
  turn.reply(554, `REST position (${from}) > file size (${size})`);
  return false;
}

export const retr: PathCommand = (turn, path) => {
  const { session } = turn;
  const from = session.restart;
  session.restart = 0;
  const file = openFile(turn, path, "r");
  if ("error" in file) refuse(turn, file.error);
  else if (restart(turn, file, from)) {
    const bytes = contentsStream(file.contents, from, false);
    send(turn, session.type === "A" ? textStream(bytes) : bytes, "file");
  }
};

/** Text is read in pieces of this size, which shows in how CR LF is made. */
const PIECE = 65_536;
const CR = 13;
const LF = 10;

/**
 * LF becomes CR LF unless CR stands before it. Before the first byte of a piece stands, by an
 * oversight of pyftpdlib's, the piece's own last byte.
 */
function textStream(file: Stream): Stream {
  let before = 0;
  return {
    next() {
      const piece = file.next(PIECE);
      if (piece === undefined) return undefined;
      const out = new Uint8Array(piece.length * 2);
      let length = 0;
      let last = before === CR && piece[0] === LF ? CR : (piece.at(-1) ?? 0);
      for (const byte of piece) {
        if (byte === LF && last !== CR) out[length++] = CR;
        out[length++] = byte;
        last = byte;
      }
      before = last;
      return out.subarray(0, length);
    },
  };
}

export const stor: PathCommand = (turn, path) => store(turn, path, "w");

export const appe: PathCommand = (turn, path) => {
  if (turn.session.restart > 0) turn.reply(450, "Can't APPE while REST request is pending.");
  else store(turn, path, "a");
};

function store(turn: Turn, path: Octets, mode: "w" | "a"): void {
  const { session } = turn;
  const from = session.restart;
  session.restart = 0;
  const file = openFile(turn, path, from > 0 ? "r+" : mode);
  if ("error" in file) refuse(turn, file.error);
  else if (restart(turn, file, from)) {
    receive(turn, file, mode === "a" ? file.contents.size : from, ALREADY, LATER);
  }
}

function receive(turn: Turn, file: File, from: number, already: string, later = already): void {
  const { session, env, asked } = turn;
  const unix = session.type === "A" ? withoutCarriageReturns() : undefined;
  let place = from;
  let held: Uint8Array[] = [];
  let waiting = 0;
  const close = () => {
    const bytes = concat(held);
    if (file.contents instanceof Written) file.contents.write(place, bytes);
    place += bytes.length;
    held = [];
    waiting = 0;
  };
  const sink = (bytes: Uint8Array) => {
    const piece = unix === undefined ? bytes : unix(bytes);
    const { house, setup } = env;
    if (house.uploaded + piece.length > (setup.quota ?? Infinity)) return false;
    house.uploaded += piece.length;
    if (waiting + piece.length > BUFFER) close();
    held.push(piece);
    waiting += piece.length;
    if (waiting > BUFFER) close();
    return true;
  };
  begin(turn, { kind: "receive", asked, sink, close }, already, later);
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_";

/** The file is made first, and the right to have made it is looked for afterwards. */
export function stou(turn: Turn): void {
  const { session, env, argument } = turn;
  if (session.restart > 0) {
    turn.reply(450, "Can't STOU while REST request is pending.");
    return;
  }
  const whole = absolute(turn, argument ?? "");
  // Beside the root nobody may make anything.
  if (argument !== null && whole === "/") {
    turn.reply(450, "Permission denied.");
    return;
  }
  const [folder, prefix] = argument === null ? [session.folder, "ftpd"] : split(whole);
  let name: Octets;
  let path: Octets;
  do {
    name = `${prefix}.`;
    for (let i = 0; i < 8; i++) name += LETTERS.charAt(env.random(LETTERS.length));
    path = `${folder === "/" ? "" : folder}/${name}`;
  } while ("node" in at(turn, path));
  const allowed = hasRight(turn, "w", path);
  const file = openFile(turn, path, "w");
  if ("error" in file) turn.reply(450, `${file.error}.`);
  else if (allowed) {
    file.mode = 0o600;
    receive(turn, file, 0, `FILE: ${name}`);
  } else {
    unlink(turn, path, false);
    turn.reply(550, "Not enough privileges.");
  }
}

/** No place but the start in a text; else a number, as Python reads one. */
export function rest(turn: Turn): void {
  const { session, argument } = turn;
  const marker = pythonInt(argument ?? "");
  if (session.type === "A") turn.reply(501, "Resuming transfers not allowed in ASCII mode.");
  else if (marker === undefined || marker < 0n) turn.reply(501, "Invalid parameter.");
  else {
    session.restart = Number(marker);
    turn.reply(350, `Restarting at position ${marker}.`);
  }
}
