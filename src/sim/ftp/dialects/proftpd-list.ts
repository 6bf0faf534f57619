/** LIST, NLST and STAT as ProFTPD decides (mod_ls). */
import type { Octets } from "../../bytes.ts";
import { may } from "../../fs/tree.ts";
import { everything, LIST, matching, NLST, type Row } from "../commands/list.ts";
import { type CommandSpec, handledBy } from "../commands/spec.ts";
import { STAT } from "../commands/stat.ts";
import type { Transfer, Turn } from "../state.ts";
import { linesStream } from "../stream.ts";
import { lose } from "./proftpd-data.ts";
import { findCached } from "./proftpd-paths.ts";
import { isPattern, keepOptions, listing, optionsOf, readOptions, withHome } from "./proftpd-ls.ts";

/**
 * ProFTPD dials first and looks afterwards: a path that leads nowhere is told after 150, by a 450
 * in the place of 226, over an empty data connection.
 */
function list(turn: Turn): void {
  const options = optionsOf(turn).add("l");
  const path = withHome(turn, readOptions(turn, turn.argument ?? "", options));
  options.add("a");
  keepOptions(turn, options);
  let why: string | undefined;
  const keep = keepType(turn);
  turn.transfer({
    name: path,
    polled: true,
    stream() {
      const found = findCached(turn, path);
      if (path !== "" && !isPattern(path) && "error" in found) why = found.error;
      return linesStream(why === undefined ? listing(turn, options, path) : [], (line) => line);
    },
    begin: keep.begin,
    done: (at) => {
      keep.end();
      if (why === undefined) at.say("transfer-done", {});
      else at.say("list-missing", { path, why, verb: turn.verb });
    },
  });
}

/** NLST looks before it dials: a path that leads nowhere is refused at once, and PASV is lost. */
function nlst(turn: Turn): void {
  const { session, argument, verb } = turn;
  const options = optionsOf(turn);
  const wanted = withHome(turn, readOptions(turn, argument ?? ".", options) || ".");
  options.add("a");
  keepOptions(turn, options);
  let lines: Iterable<Octets>;
  if (isPattern(wanted)) {
    const rows = matching(turn, wanted);
    lines = fitting(turn, options, rows);
    if (rows.length === 0) {
      lose(turn);
      return turn.say("no-files", { path: wanted });
    }
  } else {
    const path = cleaned(wanted);
    const found = findCached(turn, path);
    if ("error" in found) {
      lose(turn);
      return turn.say("list-missing", { path: argument ?? session.folder, why: found.error, verb });
    }
    const folder = found.node.type === "dir";
    lines = folder ? namesIn(turn, options, [found.node, path]) : [short(options, path)];
  }
  const keep = keepType(turn);
  turn.transfer({
    name: wanted,
    polled: true,
    stream: () => linesStream(lines, (line) => line),
    begin: keep.begin,
    done: (at) => {
      keep.end();
      at.say("transfer-done", {});
    },
  });
}

/** A TYPE I that is typed while a listing in ASCII runs is undone at its end. */
function keepType({ session, verb }: Turn): { begin: (at: Turn) => void; end: () => void } {
  let ascii = false;
  return {
    begin: (at) => {
      ascii = session.type === "A";
      at.say("list-begins", { ascii, verb });
    },
    end: () => {
      if (ascii) session.type = "A";
    },
  };
}

const short = (options: Set<string>, path: Octets) =>
  options.has("1") ? path.slice(path.lastIndexOf("/") + 1) || path : path;

/** What fits a pattern: names alone, with -R what is in folders too. Links that lead nowhere are left out. */
function* fitting(turn: Turn, options: Set<string>, rows: readonly Row[]): Generator<Octets> {
  for (const row of rows) {
    const found = findCached(turn, row[1]);
    if ("error" in found) continue;
    if (found.node.type === "dir" && options.has("R")) {
      yield* namesIn(turn, options, [found.node, row[1]]);
    } else yield short(options, row[1]);
  }
}

/** What is in a folder, each name behind the path that was asked for. */
function* namesIn(turn: Turn, options: Set<string>, [folder, path]: Row): Generator<Octets> {
  const { env, session, person } = turn;
  if (folder.type !== "dir" || !may(folder, person, 4) || !may(folder, person, 1)) return;
  const lead = path === "." || options.has("1") ? "" : path.replace(/\/?$/, "/");
  for (const [node, name] of everything(folder)) {
    const at = `${path}/${name}`;
    if (node.type === "link" && "error" in env.tree.find(at, session.folder, person)) continue;
    yield lead + name;
  }
}

/** A path without ".", and without what ".." takes back; nothing left of it is the root. */
function cleaned(path: Octets): Octets {
  if (/^\.{1,2}$/.test(path)) return path;
  const names: Octets[] = [];
  for (const name of path.split("/")) {
    if (name === "..") names.pop();
    else if (name !== "." && name !== "") names.push(name);
  }
  return `${path.startsWith("/") || names.length === 0 ? "/" : ""}${names.join("/")}`;
}

/** Without a path how things stand, also during a transfer; with one its listing, right here. */
function stat(turn: Turn): void {
  const { argument } = turn;
  if (argument === null) return status(turn);
  const path = argument.replace(/^-[^\t-\r ]*/, "").replace(/^[\t-\r ]+/, "") || ".";
  const found = findCached(turn, path, false);
  if ("error" in found) return turn.reply(450, `${path}: ${found.error}`);
  const options = optionsOf(turn);
  for (const letter of "CdFRSt") options.delete(letter);
  options.add("a").add("l");
  keepOptions(turn, options);
  const lines = [...listing(turn, options, path === "." ? "" : path)];
  const code = found.node.type === "dir" ? 212 : 213;
  turn.reply(code, `Status of ${path}:`, ...lines, "End of status");
}

function status(turn: Turn): void {
  const { session, env } = turn;
  const { login, transfer, moved, type } = session;
  const { address } = env.client;
  const user = login.stage !== "in" ? "" : login.anonymous ? "ftp" : login.user;
  turn.reply(
    211,
    `Status of '${env.setup.serverName ?? "ProFTPD"}'`,
    `Connected from ${address} (${address})`,
    `Logged in as ${user}`,
    `TYPE: ${type === "A" ? "ASCII" : "BINARY"}, STRUcture: File, Mode: Stream`,
    ...(moved > 0 ? [`Total bytes transferred for session: ${moved}`] : []),
    ...(transfer === null ? ["No data connection"] : transferLines(turn, transfer)),
    "End of status",
  );
}

/** "from" twice, and "(null)" for a listing, which has no path: so it says. */
function transferLines({ env, session, person }: Turn, transfer: Transfer): string[] {
  const { address, port } = transfer.peer ?? env.client;
  const lists = /^(LIST|NLST|MLSD)$/.test(transfer.asked.command.verb);
  const found = env.tree.find(transfer.name, session.folder, person);
  const size = "node" in found && found.node.type === "file" ? found.node.contents.size : 0;
  const name = transfer.name.startsWith("/")
    ? transfer.name
    : `${session.folder.replace(/\/$/, "")}/${transfer.name}`;
  const sends = transfer.stream !== undefined;
  const bytes = sends && !lists && size > 0 ? `${size}/${transfer.bytes}` : transfer.bytes;
  return [
    `${transfer.passive ? "Passive data transfer from" : "Active data transfer to"} from ${address} port ${port}`,
    `${sends ? "RETR" : "STOR"} ${lists ? "(null)" : name} (${bytes})`,
  ];
}

/** Their rows. */
export const lists: readonly CommandSpec[] = [
  handledBy(LIST, list),
  handledBy(NLST, nlst),
  handledBy(STAT, stat),
];
