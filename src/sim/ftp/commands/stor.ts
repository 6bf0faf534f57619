/** Sending files to the server: STOR, APPE, STOU, and ALLO before them. RFC 959 §4.1.3. */
import type { Octets } from "../../bytes.ts";
import { mayChange, openForWriting, placeOf } from "../../fs/change.ts";
import { Written } from "../../fs/contents.ts";
import { type File, may } from "../../fs/tree.ts";
import type { Turn } from "../state.ts";
import { withoutCarriageReturns } from "../stream.ts";
import { mayNotWrite } from "./change.ts";
import type { CommandSpec } from "./spec.ts";

/**
 * Rules in order: a path; the right to write; its directory must be there, and the name free or a
 * file that may be written; only then is the data connection asked for. A refusal drops what PASV
 * had agreed.
 */
function stor(turn: Turn): void {
  store(turn, turn.argument, turn.verb === "APPE");
}

function store(turn: Turn, path: Octets | null, append: boolean): void {
  const { session, env, person, now } = turn;
  if (path === null) {
    turn.drop();
    turn.badArguments();
    return;
  }
  const refuse = (why: string) => {
    turn.drop();
    turn.say("no-path", { path, why });
  };
  const found = env.tree.find(turn.path, session.folder, person);
  if (mayNotStore(turn)) {
    turn.drop();
    turn.say("no-right", { path, folder: false });
    return;
  }
  if ("node" in found && found.node.type !== "file") {
    turn.drop();
    turn.say("not-a-file", { path });
    return;
  }
  const place = placeOf(env.tree, turn.path, session.folder, person);
  if ("error" in place) return refuse(place.error);
  if ("node" in found && !may(found.node, person, 2)) return refuse("Permission denied");
  const { restart, rangeEnd } = session;
  session.restart = 0;
  session.rangeEnd = null;
  const file = openForWriting(place, person, now, append || restart > 0 || rangeEnd !== null);
  if ("error" in file) return refuse(file.error);
  const { size } = file.contents;
  if (restart > size) {
    turn.drop();
    turn.say("beyond-end", { path, restart, size, ...(rangeEnd && { end: rangeEnd }) });
    return;
  }
  const offset = append && restart === 0 ? size : restart;
  receive(turn, file, path, offset, rangeEnd === null ? undefined : rangeEnd - restart);
}

/**
 * Receives into `file` from `offset` on; what the client sends as text loses its carriage returns.
 * With `length` (RANG) exactly so many bytes: with the last of them the transfer is over.
 */
export function receive(
  turn: Turn,
  file: File,
  name: Octets,
  offset: number,
  length?: number,
): void {
  const { session, env, verb } = turn;
  const ascii = session.type === "A";
  const unix = ascii ? withoutCarriageReturns() : undefined;
  let at = offset;
  const write = (piece: Uint8Array) => {
    session.moved += piece.length;
    if (file.contents instanceof Written) file.contents.write(at, piece);
    at += piece.length;
  };
  const end = (later: Turn) => {
    if (unix !== undefined) write(unix());
    const whole = length === undefined || at - offset === length;
    later.say(whole ? "transfer-done" : "transfer-broken", whole ? {} : { range: true });
  };
  turn.transfer({
    name,
    polled: true,
    begin: (later) =>
      later.say("store-begins", { name, ascii, verb, file: file.name, bytes: length ?? 0 }),
    done: end,
    sink(bytes) {
      const piece = unix === undefined ? bytes : unix(bytes);
      const { house, setup } = env;
      if (house.uploaded + piece.length > (setup.quota ?? Infinity)) return false;
      house.uploaded += piece.length;
      write(piece);
      return at - offset < (length ?? Infinity) || end;
    },
  });
}

/** A scenario may open one folder to anonymous uploads. */
function mayNotStore(turn: Turn): boolean {
  const { setup } = turn.env;
  const { login } = turn.session;
  const open = login.stage === "in" && login.anonymous ? setup.anonymous?.uploads : undefined;
  if (open !== undefined && setup.readOnly !== true && turn.verb === "STOR") {
    const { path } = turn;
    const from = path.startsWith("/") ? path : `${turn.session.folder}/${path}`;
    if (from.replace(/(\/\.?)+\//g, "/").startsWith(`${open}/`)) return false;
  }
  return mayNotWrite(turn);
}

/** A name that nobody has yet is made up; an argument is passed over. */
function stou(turn: Turn): void {
  const { session, env, person, now } = turn;
  const found = env.tree.find(session.folder, "/", person);
  const folder = "node" in found && found.node.type === "dir" ? found.node : undefined;
  const name = env.dialect.uniqueName(turn, (wanted) => folder?.children.has(wanted) === true);
  if (folder !== undefined && mayChange(folder, person) && mayNotWrite(turn)) {
    turn.drop();
    turn.say("no-right", { path: name, folder: false });
    return;
  }
  const file = folder && openForWriting({ folder, name }, person, now, false);
  if (file === undefined || "error" in file) {
    turn.drop();
    turn.say("no-unique-name", {});
    return;
  }
  receive(turn, file, name, 0);
}

/** No server of today reserves room: it only says whether it understood. */
function allo(turn: Turn): void {
  const { argument, words } = turn;
  if (argument === null || (words.length !== 1 && words.length !== 3)) turn.badArguments();
  else if (/^([-+]?\d+)?$/.test(words[0] ?? "")) turn.say("no-allocation", {});
  else turn.say("bad-size", { size: argument });
}

const row = (
  verb: string,
  syntax: string,
  purpose: string,
  run: (turn: Turn) => void,
): CommandSpec => ({
  verb,
  syntax,
  rfc: verb === "STOU" ? "959 §4.1.3, 1123 §4.1.2.9" : "959 §4.1.3",
  purpose,
  login: true,
  transfers: verb !== "ALLO",
  run,
});

export const STOR = row("STOR", "STOR <SP> <pathname>", "sends a file to the server", stor);
export const APPE = row("APPE", "APPE <SP> <pathname>", "adds to the end of a file", stor);
export const STOU = row("STOU", "STOU", "sends a file; the server finds a name for it", stou);
export const ALLO = row(
  "ALLO",
  "ALLO <SP> <decimal-integer> [<SP> R <SP> <decimal-integer>]",
  "asks for room for a file",
  allo,
);
