/** What the `rfc` dialect tells of files without a transfer, and changes of them: RFC 3659, STAT, SITE. */
import { may, type Node, pathOf, sizeOf } from "../../fs/tree.ts";
import { mayNotWrite } from "../commands/change.ts";
import { factsLine, parseTime, timeText } from "../commands/facts.ts";
import { parseMode } from "../commands/site.ts";
import { proftpdLine } from "../listings.ts";
import type { Turn } from "../state.ts";
import { fileAt, nodeAt, REFUSED } from "./rfc-files.ts";
import { entriesAt, inOrder, send } from "./rfc-moves.ts";
import { bytesFrom, bytesOfLines, downStream } from "./rfc-transfer.ts";

/** As many bytes as a transfer of the file would be; text longer than this is not counted. */
const COUNTED = 2 ** 24;

export function size(turn: Turn): void {
  const { session } = turn;
  const file = fileAt(turn, turn.argument ?? "");
  if (file === undefined) return;
  const { contents } = file;
  const plain = session.type !== "A" && session.structure === "F" && session.mode === "S";
  if (!plain && contents.size > COUNTED) turn.reply(550, `${REFUSED}it is too long to be counted.`);
  else if (plain) turn.reply(213, String(contents.size));
  else {
    let bytes = 0;
    const stream = downStream(bytesFrom(contents, 0), session);
    for (let piece; (piece = stream.next(COUNTED)) !== undefined;) bytes += piece.length;
    turn.reply(213, String(bytes));
  }
}

export function mdtm(turn: Turn): void {
  const file = fileAt(turn, turn.argument ?? "");
  if (file !== undefined) turn.reply(213, timeText(file.mtime));
}

/** The facts of MLST. */
export const FACTS = "type size modify perm unix.mode".split(" ");

function factsOf(turn: Turn, node: Node, kind?: string): [string, string | number][] {
  const { session, person } = turn;
  const change = !mayNotWrite(turn);
  const held = node.parent !== null && change && may(node.parent, person, 2);
  let perm = "";
  if (node.type === "dir") {
    if (may(node, person, 1)) perm += "e";
    if (may(node, person, 4)) perm += "l";
    if (change && may(node, person, 2)) perm += "cmp";
  } else {
    if (may(node, person, 4)) perm += "r";
    if (change && may(node, person, 2)) perm += "aw";
  }
  if (held) perm += "df";
  const all: [string, string | number][] = [
    ["type", kind ?? (node.type === "link" ? "OS.unix=slink" : node.type)],
    ["size", sizeOf(node)],
    ["modify", timeText(node.mtime)],
    ["perm", perm],
    ["unix.mode", `0${(node.mode & 0o7777).toString(8).padStart(3, "0")}`],
  ];
  const shown = session.mlstFacts ?? FACTS;
  return all.filter(([fact]) => shown.includes(fact));
}

export function mlst(turn: Turn): void {
  const node = nodeAt(turn, turn.argument ?? ".", 550);
  if (node === undefined) return;
  turn.reply(250, "Facts follow", factsLine(factsOf(turn, node), pathOf(node)), "End");
}

export function mlsd(turn: Turn): void {
  const node = nodeAt(turn, turn.argument ?? ".", 550);
  if (node === undefined) return;
  if (node.type !== "dir") return turn.reply(501, "MLSD is for directories, MLST for one file.");
  if (!may(node, turn.person, 4)) return turn.reply(550, `${REFUSED}no access.`);
  const lines = function* () {
    yield factsLine(factsOf(turn, node, "cdir"), ".");
    for (const [child, name] of inOrder(node)) yield factsLine(factsOf(turn, child), name);
  };
  return send(turn, turn.argument ?? "", () => bytesOfLines(lines()), true);
}

/** SITE HELP, SITE CHMOD and SITE UTIME; RFC 959 has no code for another but 500 and 501. */
export function site(turn: Turn): void {
  const [command = "", first = "", ...names] = turn.words;
  const path = names.join(" ");
  const which = command.toUpperCase();
  if (which === "HELP") {
    turn.reply(
      200,
      "SITE knows:",
      "CHMOD <SP> mode <SP> path",
      "UTIME <SP> time <SP> path",
      "HELP",
    );
    return;
  }
  if (which !== "CHMOD" && which !== "UTIME")
    return turn.reply(500, `SITE ${which} is not known here.`);
  const found = turn.env.tree.find(path, turn.session.folder, turn.person);
  const node = "node" in found && !mayNotWrite(turn) ? found.node : undefined;
  const time = parseTime(first);
  const bits = parseMode(first, node?.mode ?? 0);
  if (node === undefined || path === "")
    turn.reply(501, "Syntax error: there is no such file of yours.");
  else if (which === "UTIME" && time !== undefined) {
    node.mtime = time;
    turn.reply(200, "Command okay.");
  } else if (which === "CHMOD" && bits !== undefined) {
    node.mode = bits;
    turn.reply(200, "Command okay.");
  } else turn.reply(501, "Syntax error in parameters or arguments.");
}

/** STAT with a path: 212 for a directory, 213 for a file, over the control connection. */
export function statPath(turn: Turn): void {
  const path = turn.argument ?? "";
  const entries = entriesAt(turn, path);
  if (entries === undefined) return;
  const whole = entries.length === 1 && entries[0]?.[1] === path;
  const rows = entries.map(([node, name]) => proftpdLine(node, name, turn.now));
  turn.reply(whole ? 213 : 212, `Status of ${path}:`, ...rows, "End of status");
}
