/**
 * An old Windows server, Microsoft's FTP Service 5.0: it knows nothing younger than RFC 959 but SIZE
 * and MDTM, and lists files as DOS did. A scenario gets it by the option "dos-listings".
 */
import type { Octets } from "../../bytes.ts";
import { type Node, sizeOf } from "../../fs/tree.ts";
import { parseCommand } from "../../protocol/command.ts";
import { ABOR } from "../commands/abor.ts";
import { DELE, MKD, RMD, RNFR, RNTO, XMKD, XRMD } from "../commands/change.ts";
import { MDTM, SIZE, timeText } from "../commands/facts.ts";
import { CDUP, CWD, PWD, XCUP, XCWD, XPWD } from "../commands/folder.ts";
import { HELP, NOOP, SYST } from "../commands/info.ts";
import { LIST, NLST, type Row, rowsOf, withoutOptions } from "../commands/list.ts";
import { ACCT, PASS, QUIT, REIN, USER } from "../commands/login.ts";
import { PASV, PORT } from "../commands/port.ts";
import { REST, RETR } from "../commands/retr.ts";
import { type CommandSpec, handledBy, tableOf } from "../commands/spec.ts";
import { ALLO, APPE, STOR, STOU } from "../commands/stor.ts";
import { MODE, STRU, TYPE } from "../commands/type.ts";
import type { Dialect } from "../dialect.ts";
import { breakOff } from "../faults.ts";
import type { Turn } from "../state.ts";
import { linesStream } from "../stream.ts";
import { rfcFramer } from "./rfc-framer.ts";
import { words } from "./windows-words.ts";

/** The entries that a path means, without the folder itself and the one above; a wrong one is told before anything is dialled. */
function entriesAt(turn: Turn): readonly Row[] | undefined {
  const path = withoutOptions(turn.argument ?? "");
  const found = rowsOf(turn, path);
  if (!("error" in found)) {
    return found
      .filter(([, name]) => name !== "." && name !== "..")
      .toSorted(([, one], [, other]) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1));
  }
  turn.drop();
  turn.say("list-missing", { path, why: found.error, verb: turn.verb });
  return undefined;
}

function list(turn: Turn): void {
  const rows = entriesAt(turn);
  if (rows === undefined) return;
  const { session, verb } = turn;
  turn.transfer({
    name: turn.argument ?? "",
    polled: false,
    stream: () =>
      linesStream(rows, ([node, name]) => (verb === "NLST" ? name : dosLine(node, name))),
    begin: (at) => at.say("list-begins", { ascii: session.type === "A", verb }),
    done: (at) => at.say("transfer-done", {}),
  });
}

/** `01-02-98  03:04PM       <DIR>          name`: two figures for the year, twelve hours, no owner, no rights. */
export function dosLine(node: Node, name: Octets): Octets {
  const date = new Date(node.mtime);
  const two = (number: number) => String(number).padStart(2, "0");
  const day = [date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCFullYear() % 100].map(two);
  const hours = date.getUTCHours();
  const time = `${two(hours % 12 || 12)}:${two(date.getUTCMinutes())}${hours < 12 ? "AM" : "PM"}`;
  const size = node.type === "dir" ? "       <DIR>         " : String(sizeOf(node)).padStart(21);
  return `${day.join("-")}  ${time}${size} ${name}`;
}

/** Size and time of a file. */
function fact(turn: Turn, tell: (node: Node) => string): void {
  const { env, session, person, argument } = turn;
  if (argument === null) return turn.badArguments();
  const found = env.tree.find(argument, session.folder, person);
  if ("error" in found) turn.say("no-path", { path: argument, why: found.error });
  else if (found.node.type !== "file") turn.say("not-a-file", { path: argument });
  else turn.reply(213, tell(found.node));
}

const talk = [USER, PASS, ACCT, REIN, QUIT, SYST, NOOP, HELP, TYPE, STRU, MODE, ALLO, ABOR];
const files = [PWD, XPWD, CWD, XCWD, CDUP, XCUP, MKD, XMKD, RMD, XRMD, DELE, RNFR, RNTO];
const commands: readonly CommandSpec[] = [
  ...talk,
  ...files,
  PASV,
  PORT,
  RETR,
  REST,
  STOR,
  APPE,
  STOU,
  handledBy(LIST, list),
  handledBy(NLST, list),
  handledBy(SIZE, (turn) => fact(turn, (node) => String(sizeOf(node)))),
  handledBy(MDTM, (turn) => fact(turn, (node) => timeText(node.mtime))),
];

/** Windows' manners. */
export const windows: Dialect = {
  name: "windows",
  table: tableOf(commands),
  notYet: new Set(),
  framer: rfcFramer,
  parse: parseCommand,
  say(outcome, what, turn) {
    const said = words[outcome](what, turn);
    return "code" in said ? [said] : said;
  },
  greet(turn) {
    turn.say("greeting", {});
    turn.timer("idle", true);
  },
  /** What nobody knows is refused first, then who is not logged in. */
  guard(turn, spec) {
    const { verb, session } = turn;
    if (spec === undefined) turn.say("unknown-verb", { verb });
    else if (spec.login && session.login.stage !== "in") turn.say("login-first", {});
    else return false;
    return true;
  },
  timeOut(turn, timer, seconds) {
    turn.say("timed-out", { timer, seconds });
    turn.hangUp();
  },
  tlsFailed: (turn) => turn.hangUp(),
  acceptsData: (_, ok) => ok,
  listens: (_, { lines }) => /^ABOR\b/i.test(lines[0] ?? ""),
  lingers: 0,
  busy: "Service not available, closing control connection.",
  diskFull: (turn) => breakOff(turn, 550, "There is not enough space on the disk."),
  listLine: dosLine,
  uniqueName(_, taken) {
    for (let number = 1; ; number++) if (!taken(`FTP${number}.TMP`)) return `FTP${number}.TMP`;
  },
};
