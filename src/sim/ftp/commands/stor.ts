/** Sending files to the server: STOR, APPE, STOU, and ALLO before them. RFC 959 §4.1.3. */
import type { Octets } from "../../bytes.ts";
import { openForWriting, placeOf } from "../../fs/change.ts";
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
  const found = env.tree.find(path, session.folder, person);
  if ("node" in found && found.node.type !== "file") {
    turn.drop();
    turn.say("not-a-file", { path });
    return;
  }
  if (mayNotStore(turn, path)) {
    turn.drop();
    turn.say("no-right", { path, folder: false });
    return;
  }
  const place = placeOf(env.tree, path, session.folder, person);
  if ("error" in place) return refuse(place.error);
  if ("node" in found && !may(found.node, person, 2)) return refuse("Permission denied");
  const restart = append ? 0 : session.restart;
  session.restart = 0;
  const file = openForWriting(place, person, now, append || restart > 0);
  if ("error" in file) return refuse(file.error);
  receive(turn, file, path, append ? file.contents.size : restart);
}

/** Receives into `file` from `offset` on; what the client sends as text loses its carriage returns. */
export function receive(turn: Turn, file: File, name: Octets, offset: number): void {
  const { session, env } = turn;
  const ascii = session.type === "A";
  const unix = ascii ? withoutCarriageReturns() : undefined;
  let at = offset;
  turn.transfer({
    name,
    polled: true,
    begin: (later) => later.say("store-begins", { name, ascii, verb: turn.verb, file: file.name }),
    done: (later) => later.say("transfer-done", {}),
    sink(bytes) {
      const piece = unix === undefined ? bytes : unix(bytes);
      const { house, setup } = env;
      if (house.uploaded + piece.length > (setup.quota ?? Infinity)) return false;
      house.uploaded += piece.length;
      if (file.contents instanceof Written) file.contents.write(at, piece);
      at += piece.length;
      return true;
    },
  });
}

/** A scenario may open one folder to anonymous uploads. */
function mayNotStore(turn: Turn, path: Octets): boolean {
  const { setup } = turn.env;
  const { login } = turn.session;
  const open = login.stage === "in" && login.anonymous ? setup.anonymous?.uploads : undefined;
  if (open !== undefined && setup.readOnly !== true) {
    const from = path.startsWith("/") ? path : `${turn.session.folder}/${path}`;
    if (from.replace(/\/+/g, "/").startsWith(`${open}/`)) return false;
  }
  return mayNotWrite(turn);
}

/** A name that nobody has yet is made up; an argument is passed over. */
function stou(turn: Turn): void {
  const { session, env, person, now } = turn;
  const found = env.tree.find(session.folder, "/", person);
  const folder = "node" in found && found.node.type === "dir" ? found.node : undefined;
  const name = env.dialect.uniqueName(turn, (wanted) => folder?.children.has(wanted) === true);
  const file =
    folder === undefined || mayNotWrite(turn)
      ? undefined
      : openForWriting({ folder, name }, person, now, false);
  if (file === undefined || "error" in file) {
    turn.drop();
    turn.say("no-unique-name", {});
    return;
  }
  receive(turn, file, name, 0);
}

/** No server of today reserves room: it only says whether it understood. */
function allo(turn: Turn): void {
  const { argument } = turn;
  if (argument === null) turn.badArguments();
  else if (/^[ \t]*\d+([ \t]+R[ \t]+\d+)?[ \t]*$/i.test(argument)) turn.say("no-allocation", {});
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
