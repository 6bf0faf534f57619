/** The `rfc` dialect's transfers: RFC 959 §4.1.3. */
import type { Octets } from "../../bytes.ts";
import { openForWriting, placeOf } from "../../fs/change.ts";
import { Written } from "../../fs/contents.ts";
import { type Directory, type File, may, type Node } from "../../fs/tree.ts";
import { proftpdLine } from "../listings.ts";
import { type Session, Turn } from "../state.ts";
import { fileAt, isReadOnly, nodeAt, REFUSED } from "./rfc-files.ts";
import { bytesFrom, bytesOfLines, downStream, type Taken, upload } from "./rfc-transfer.ts";

const OPENING = "File status okay; about to open data connection.";

/** With TLS required nothing goes over a data connection in the clear (RFC 4217 §10). */
function isClear(turn: Turn): boolean {
  const clear = turn.env.setup.tls === "required" && turn.session.protection === "C";
  if (clear) turn.reply(521, "Data connection cannot be opened with this PROT setting.");
  return clear;
}

const nothing = () => {};
const closing = (turn: Turn) =>
  turn.reply(226, "Closing data connection; requested file action successful.");
const broken = (turn: Turn) => turn.reply(426, "Connection closed; transfer aborted.");

/** Says 150, opens the data connection and sends. */
export function send(
  turn: Turn,
  name: Octets,
  source: () => Iterable<Uint8Array>,
  listing: boolean,
): void {
  if (isClear(turn)) return;
  const { type, structure, mode } = turn.session;
  // RFC 1123 §4.1.2.7: a listing is text whatever the type; EBCDIC is text too.
  const manner = { type: listing && type !== "E" ? "A" : type, structure, mode } as const;
  turn.reply(150, OPENING);
  turn.timer("accept", true);
  turn.transfer({
    name,
    polled: false,
    begin: nothing,
    stream: () => downStream(source(), manner),
    done: closing,
    broken,
  });
}

/** What stands in a folder, or the one thing that a path names; says 450 if there is nothing. */
export function entriesAt(turn: Turn, path: Octets): [Node, Octets][] | undefined {
  const node = nodeAt(turn, path === "" ? "." : path, 450);
  if (node === undefined) return undefined;
  if (node.type !== "dir") return [[node, path]];
  if (may(node, turn.person, 4)) return inOrder(node);
  turn.reply(450, `${REFUSED}no access.`);
  return undefined;
}

/** What stands in a folder, in the order of its bytes. */
export function inOrder(folder: Directory): [Node, Octets][] {
  return folder.children.inOrder().map((node) => [node, node.name]);
}

export function list(turn: Turn): void {
  const path = turn.argument ?? "";
  const entries = entriesAt(turn, path);
  if (entries === undefined) return;
  const long = turn.verb === "LIST";
  const lines = function* () {
    for (const [node, name] of entries) yield long ? proftpdLine(node, name, turn.now) : name;
  };
  send(turn, path, () => bytesOfLines(lines()), true);
}

/** The place that REST named, which is used up. */
function restart(session: Session): number {
  const from = session.restart;
  session.restart = 0;
  return from;
}

export function retr(turn: Turn): void {
  const path = turn.argument ?? "";
  const from = restart(turn.session);
  const file = fileAt(turn, path);
  if (file === undefined) return;
  if (from > file.contents.size) turn.reply(550, `${REFUSED}the file ends before ${from}.`);
  else send(turn, path, () => bytesFrom(file.contents, from), false);
}

/** The turn of the newest input of a data connection: only it can say something now. */
const current = new WeakMap<Session, Turn>();

/** Remembers who speaks; the rest is the session's own business. */
export function noteTurn(turn: Turn): false {
  current.set(turn.session, turn);
  return false;
}

export function stor(turn: Turn): void {
  const { session, env, person, now, verb } = turn;
  const from = restart(session);
  const path = turn.argument ?? "";
  const append = verb === "APPE";
  if (isClear(turn)) return;
  const open = env.setup.anonymous?.uploads;
  const allowed =
    open !== undefined &&
    `${path.startsWith("/") ? "" : `${session.folder}/`}${path}`.startsWith(`${open}/`);
  if (!(allowed && env.setup.readOnly !== true) && isReadOnly(turn, append ? 550 : 553)) return;
  const place = placeOf(env.tree, path, session.folder, person);
  const file = "error" in place ? place : openForWriting(place, person, now, append || from > 0);
  if ("error" in file) turn.reply(553, `${REFUSED}${file.error}.`);
  else receive(turn, file, append ? file.contents.size : from, OPENING);
}

export function stou(turn: Turn): void {
  const { session, env, person, now } = turn;
  if (isClear(turn) || isReadOnly(turn, 553)) return;
  const found = env.tree.find(session.folder, "/", person);
  const folder = "node" in found && found.node.type === "dir" ? found.node : undefined;
  let number = 1;
  while (folder?.children.has(`unique.${number}`) === true) number++;
  const name = `unique.${number}`;
  const file = folder && openForWriting({ folder, name }, person, now, false);
  if (file === undefined || "error" in file) turn.reply(553, `${REFUSED}no name can be made here.`);
  else receive(turn, file, 0, `FILE: ${name}`);
}

function receive(turn: Turn, file: File, offset: number, words: string): void {
  const { session, env, asked } = turn;
  const { house, setup } = env;
  let full = false;
  const write = (place: number, bytes: Uint8Array) => {
    full ||= house.uploaded + bytes.length > (setup.quota ?? Infinity);
    if (full) return;
    house.uploaded += bytes.length;
    if (file.contents instanceof Written) file.contents.write(offset + place, bytes);
  };
  const mark = (marker: Uint8Array, place: number) => {
    const now = current.get(session);
    if (now === undefined) return;
    const text = String.fromCharCode(...marker);
    new Turn(session, env, now.now, now.effects, asked).reply(
      110,
      `MARK ${text} = ${offset + place}`,
    );
  };
  const taker = upload({ ...session }, write, mark);
  const ends: Readonly<Record<Exclude<Taken, "more">, (later: Turn) => void>> = {
    whole: closing,
    nonsense: (later) => later.reply(451, "Requested action aborted: this is not the agreed form."),
    "unknown page": (later) => later.reply(551, "Requested action aborted: page type unknown."),
  };
  turn.reply(150, words);
  turn.timer("accept", true);
  turn.transfer({
    name: file.name,
    polled: false,
    begin: nothing,
    done: (later) => (taker.closed() ? closing : broken)(later),
    broken,
    sink(bytes) {
      const taken = taker.take(bytes);
      if (full)
        return (later) => later.reply(552, "Requested file action aborted: no room for so much.");
      return taken === "more" ? true : ends[taken];
    },
  });
}

/** A number from 0 up, for files sent as they are; blocks may be restarted as a stream may. */
export function rest(turn: Turn): void {
  const { session, argument } = turn;
  const { type, structure } = session;
  if (!/^\d+$/.test(argument ?? "")) turn.reply(501, "Syntax error: REST wants a number of bytes.");
  else if (type === "A" || type === "E" || structure !== "F") {
    turn.reply(501, "Only a file of bytes, TYPE I or L 8 and STRU F, can be restarted.");
  } else {
    session.restart = Number(argument);
    turn.reply(350, `Restarting at ${session.restart}; send STOR or RETR.`);
  }
}
