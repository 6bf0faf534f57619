/**
 * No server of this world, but the RFCs read to the letter: RFC 959 with 1123, 2228, 2389, 2428,
 * 2577, 2640, 3659, 4217 and 7151. Every command has exactly one final reply, of those that RFC 959
 * §5.4 lists for it. Where the RFCs contradict themselves, `rfc-notes.ts` says what is done.
 */
import type { Endpoint } from "../../facts.ts";
import { formatHostPort } from "../../protocol/host-port.ts";
import { groupsOf } from "../../protocol/ipv6.ts";
import { parseCommand } from "../../protocol/command.ts";
import type { Reply } from "../../protocol/reply.ts";
import { type CommandSpec, tableOf } from "../commands/spec.ts";
import type { Dialect } from "../dialect.ts";
import { breakOff } from "../faults.ts";
import { proftpdLine } from "../listings.ts";
import { Turn } from "../state.ts";
import * as facts from "./rfc-facts.ts";
import * as files from "./rfc-files.ts";
import { isTooLong, rfcFramer } from "./rfc-framer.ts";
import * as login from "./rfc-login.ts";
import * as moves from "./rfc-moves.ts";
import * as session from "./rfc-session.ts";

const notImplemented = (turn: Turn) => turn.reply(502, "Command not implemented.");

/** Letters before the verb: `-` it is answered before the login; `0` no argument, `1` one is wanted. */
const RULES: Readonly<Record<string, readonly [rule: string, run: (turn: Turn) => void]>> = {
  USER: ["-1", login.user],
  PASS: ["-", login.pass],
  ACCT: ["-1", login.acct],
  CWD: ["1", files.cwd],
  XCWD: ["1", files.cwd],
  CDUP: ["0", files.cwd],
  XCUP: ["0", files.cwd],
  SMNT: ["1", notImplemented],
  REIN: ["-0", login.rein],
  QUIT: ["-0", login.quit],
  PORT: ["1", session.port],
  PASV: ["0", session.pasv],
  TYPE: ["1", session.setType],
  STRU: ["1", session.stru],
  MODE: ["1", session.mode],
  RETR: ["1", moves.retr],
  STOR: ["1", moves.stor],
  STOU: ["", moves.stou],
  APPE: ["1", moves.stor],
  ALLO: ["1", session.allo],
  REST: ["1", moves.rest],
  RNFR: ["1", files.rnfr],
  RNTO: ["1", files.rnto],
  ABOR: ["-0", session.abor],
  DELE: ["1", files.dele],
  RMD: ["1", files.dele],
  XRMD: ["1", files.dele],
  MKD: ["1", files.mkd],
  XMKD: ["1", files.mkd],
  PWD: ["0", files.pwd],
  XPWD: ["0", files.pwd],
  LIST: ["", moves.list],
  NLST: ["", moves.list],
  SITE: ["1", facts.site],
  SYST: ["-0", (turn) => turn.reply(215, "UNIX Type: L8")],
  STAT: ["-", session.stat],
  HELP: ["-", session.help],
  NOOP: ["-0", (turn) => turn.reply(200, "Command okay.")],
  FEAT: ["-0", session.feat],
  OPTS: ["-1", session.opts],
  EPRT: ["1", session.eprt],
  EPSV: ["", session.epsv],
  LPRT: ["1", session.lprt],
  LPSV: ["0", session.pasv],
  LANG: ["-", session.lang],
  HOST: ["-1", login.host],
  SIZE: ["1", facts.size],
  MDTM: ["1", facts.mdtm],
  MLST: ["", facts.mlst],
  MLSD: ["", facts.mlsd],
  AUTH: ["-1", login.auth],
  ADAT: ["-1", login.adat],
  PBSZ: ["-1", login.pbsz],
  PROT: ["-1", login.prot],
  CCC: ["-0", login.ccc],
  MIC: ["-1", login.wrapped],
  CONF: ["-1", login.wrapped],
  ENC: ["-1", login.wrapped],
};

const table = tableOf(
  session.rfcRows.flatMap((row): CommandSpec[] => {
    const rule = RULES[row.verb];
    return rule === undefined ? [] : [{ ...row, login: !rule[0].startsWith("-"), run: rule[1] }];
  }),
);

/** These have no 501 in their rows of §5.4. */
const NO_501 = /^(QUIT|REIN|NOOP|FEAT)$/;
/** What takes the place that REST named. */
const TAKES_REST = /^(RETR|STOR|APPE|STOU|REST)$/;

/** Remembers the verb before this one, and drops what only the very next command may use. */
function remember(turn: Turn): void {
  const { session: state, verb } = turn;
  state.notes.set("before", state.notes.get("verb") ?? "");
  state.notes.set("verb", verb);
  if (!TAKES_REST.test(verb)) state.restart = 0;
  if (verb !== "RNTO") state.renaming = null;
}

/** Refuses in this order: no command; one that nobody knows; the login; the arguments' number. */
function guard(turn: Turn, spec: CommandSpec | undefined): boolean {
  const { session: state, asked, verb, argument } = turn;
  const rule = RULES[verb]?.[0] ?? "";
  const badly =
    (argument === null && rule.includes("1")) || (argument !== null && rule.includes("0"));
  const out = state.login.stage !== "in";
  remember(turn);
  if (isTooLong(asked.line)) turn.reply(500, "Syntax error, command line too long.");
  else if (spec === undefined) turn.reply(500, "Syntax error, command unrecognized.");
  else if (out && (spec.login || (verb === "STAT" && argument !== null))) {
    if (/^X?PWD$/.test(verb)) turn.reply(550, "Requested action not taken: you are not logged in.");
    else turn.reply(530, "Not logged in.");
  } else if (badly) {
    if (NO_501.test(verb)) turn.reply(500, "Syntax error: there is no argument to this.");
    else turn.reply(501, "Syntax error in parameters or arguments.");
  } else return false;
  return true;
}

const one = (code: number, line: string): readonly Reply[] => [{ code, lines: [line] }];

/** RFC 1639: the family, how many bytes the address has, the address, and the same for the port. */
function formatLong({ address, port }: Endpoint): string {
  const groups = groupsOf(address)?.flatMap((group) => [group >> 8, group & 255]);
  const bytes = groups ?? address.split(".");
  return [groups ? 6 : 4, bytes.length, ...bytes, 2, port >> 8, port & 255].join(",");
}

/** The strict dialect. */
export const rfc: Dialect = {
  name: "rfc",
  table,
  notYet: new Set(),
  framer: rfcFramer,
  parse: parseCommand,
  // What the session itself says; all else stands with the commands.
  say(outcome, what, turn) {
    if ("at" in what) {
      const { at } = what;
      if (outcome === "passive") return one(227, `Entering Passive Mode (${formatHostPort(at)})`);
      if (turn.verb === "EPSV") return one(229, `Entering Extended Passive Mode (|||${at.port}|)`);
      return one(228, `Entering Long Passive Mode (${formatLong(at)})`);
    }
    if (outcome === "no-data") return one(425, "Can't open data connection.");
    if (outcome === "no-port") {
      turn.session.notes.set("leaves", "");
      return one(421, "Service not available: no port is free. Closing control connection.");
    }
    return one(451, "Requested action aborted: local error in processing.");
  },
  greet(turn) {
    const { setup, house } = turn.env;
    if (house.connections > (setup.limits?.clients ?? Infinity)) {
      turn.reply(421, "Service not available: too many are here already.");
      turn.hangUp();
      return;
    }
    login.message(turn, 220, setup.messages?.connect ?? "Service ready for new user.");
    turn.timer("login", true);
    turn.timer("idle", true);
  },
  guard,
  timeOut(turn, name) {
    const { session: state, env, now, effects } = turn;
    const { transfer } = state;
    if (name === "noTransfer") return;
    if (name === "login" || name === "idle") {
      turn.reply(421, "Service closing control connection: you took too long.");
      turn.hangUp();
    } else if (transfer !== null && (name === "stalled" || transfer.stage === "connecting")) {
      const late = new Turn(state, env, now, effects, transfer.asked);
      state.transfer = null;
      turn.drop();
      if (name === "stalled") late.reply(426, "Connection closed; transfer aborted.");
      else late.reply(425, "Can't open data connection.");
      turn.timer("idle", true);
    }
  },
  tlsFailed: (turn) => turn.hangUp(),
  acceptsData(turn, ok) {
    if (!ok) turn.reply(522, "TLS negotiation failed on the data connection.");
    return ok;
  },
  // RFC 959 §4.1.3 lets two commands come during a transfer; the others wait for its end.
  listens: (_, { lines }) => /^(ABOR|STAT)\b/i.test(lines[0] ?? ""),
  lingers: 0,
  busy: "Service not available: too many are here already.",
  // After a 150, §5.4 leaves 451 for it.
  diskFull: (turn) => breakOff(turn, 451, "Requested action aborted: the disk is full."),
  data(turn, input) {
    if (input.kind === "connected") turn.timer("accept", false);
    return moves.noteTurn(turn);
  },
  settle(turn) {
    // 421 is the last word, whatever it answers.
    if (turn.session.notes.has("leaves")) turn.hangUp();
  },
  listLine: (node, name, now) => proftpdLine(node, name, now),
  uniqueName: () => "",
};
