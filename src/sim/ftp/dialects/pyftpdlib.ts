/**
 * pyftpdlib 1.5.7: one process that never waits for anybody, so it listens during transfers too and
 * takes data connections up when they are made (`pyftpdlib-data.ts`). The recordings stand in
 * test/reference.
 */
import type { Octets } from "../../bytes.ts";
import { formatHostPort } from "../../protocol/host-port.ts";
import { rows as known } from "../commands/table.ts";
import { type CommandSpec, tableOf } from "../commands/spec.ts";
import type { Dialect } from "../dialect.ts";
import { crowded, type Turn } from "../state.ts";
import { dataInput, dataTimeOut, settleData } from "./pyftpdlib-data.ts";
import * as files from "./pyftpdlib-files.ts";
import { pyftpdlibFramer, pyftpdlibParse, TOO_LONG } from "./pyftpdlib-framer.ts";
import { pyftpdlibLine } from "./pyftpdlib-list.ts";
import * as guests from "./pyftpdlib-login.ts";
import { absolute, hasRight, NUL, type PathCommand, staysInside } from "./pyftpdlib-paths.ts";
import * as ports from "./pyftpdlib-port.ts";
import { forget, isFull, notices, stateOf, wake } from "./pyftpdlib-state.ts";
import * as talk from "./pyftpdlib-talk.ts";
import * as transfers from "./pyftpdlib-transfers.ts";
import { verbs } from "./pyftpdlib-verbs.ts";

const BANNER = "pyftpdlib 1.5.7 ready.";
const BUSY = "Too many connections. Service temporarily unavailable.";

/** Commands about a path. */
const onPath: Readonly<Record<string, PathCommand>> = {
  APPE: transfers.appe,
  CDUP: files.cwd,
  CWD: files.cwd,
  DELE: files.dele,
  LIST: transfers.list,
  MDTM: files.mdtm,
  MFMT: files.mfmt,
  MLSD: transfers.mlsd,
  MLST: transfers.mlst,
  MKD: files.mkd,
  NLST: transfers.nlst,
  RETR: transfers.retr,
  RMD: files.rmd,
  RNFR: files.rnfr,
  RNTO: files.rnto,
  "SITE CHMOD": files.chmod,
  SIZE: files.size,
  STAT: transfers.statPath,
  STOR: transfers.stor,
  XCUP: files.cwd,
  XCWD: files.cwd,
  XMKD: files.mkd,
  XRMD: files.rmd,
};

/** The others. */
const plain: Readonly<Record<string, (turn: Turn) => void>> = {
  ABOR: talk.abor,
  ALLO: (turn) => turn.reply(202, "No storage allocation necessary."),
  AUTH: guests.auth,
  EPRT: ports.eprt,
  EPSV: ports.epsv,
  FEAT: talk.feat,
  HELP: talk.help,
  MODE: talk.mode,
  NOOP: (turn) => turn.reply(200, "I successfully did nothing'."),
  OPTS: talk.opts,
  PASS: guests.pass,
  PASV: ports.pasv,
  PBSZ: guests.pbsz,
  PORT: ports.port,
  PROT: guests.prot,
  PWD: files.pwd,
  QUIT: guests.quit,
  REIN: guests.rein,
  REST: transfers.rest,
  "SITE HELP": talk.siteHelp,
  STOU: transfers.stou,
  STRU: talk.stru,
  SYST: (turn) => turn.reply(215, "UNIX Type: L8"),
  TYPE: talk.type,
  USER: guests.user,
  XPWD: files.pwd,
};

/** Where the path of a command leads that names none or means another than it says. */
function pathOf(turn: Turn): Octets {
  const { verb, argument, session } = turn;
  if (verb === "CWD" || verb === "XCWD") return argument ?? "/";
  if (verb === "CDUP" || verb === "XCUP") return "..";
  if (verb === "LIST" && /^-(a|l|al|la)$/i.test(argument ?? "")) return session.folder;
  if (verb === "MFMT" || verb === "SITE CHMOD") return files.words(turn)[1] ?? "";
  return argument ?? session.folder;
}

/** Rules in order for a path: two arguments where two are wanted; no pattern; inside; the right to it. */
function run(turn: Turn): void {
  const { verb, argument } = turn;
  const other = plain[verb];
  if (verb === "STAT" && argument === null) return talk.stat(turn);
  if (other !== undefined) return other(turn);
  const two = verb === "MFMT" || verb === "SITE CHMOD";
  if (two && files.words(turn)[1] === undefined)
    return turn.reply(501, "Syntax error: command needs two arguments.");
  if (verb === "STAT" && /[*?[]/.test(argument ?? ""))
    return turn.reply(550, "Globbing not supported.");
  const path = absolute(turn, pathOf(turn));
  // Python's words for it are an exception, over which the session ends.
  if (path.includes(NUL)) return turn.hangUp();
  if (!staysInside(turn, path)) {
    return turn.reply(550, `"/" points to a path which is outside the user's root directory.`);
  }
  if (!hasRight(turn, verbs.get(verb)?.right ?? "", path))
    return turn.reply(550, "Not enough privileges.");
  onPath[verb]?.(turn, path);
}

const sections = new Map(known.map(({ verb, rfc }) => [verb, rfc]));
const rows = [...verbs].map(([verb, { syntax, purpose, login }]): CommandSpec => ({
  verb,
  syntax,
  purpose,
  login,
  rfc: sections.get(verb) ?? "",
  run,
}));

/** Data connections must be encrypted before these, where the set-up says so. */
const OF_DATA = /^(PASV|EPSV|PORT|EPRT)$/;
const OF_LOGIN = /^(USER|PASS)$/;

/**
 * The order of refusals: a line too long; a verb that nobody knows; an argument that is missing or
 * one too many; the login; then TLS where that is required.
 */
function guard(turn: Turn, spec: CommandSpec | undefined): boolean {
  const { session, env, asked, verb, argument } = turn;
  const { tls } = env.setup;
  const state = stateOf(turn);
  state.spoke = true;
  state.missed.delete("idle");
  // While a data connection stands nobody is idle.
  if (state.channel !== null) turn.timer("idle", false);
  const row = verbs.get(verb);
  const knowsIt = spec !== undefined && (row?.tls !== true || tls !== undefined);
  if (state.wrecked && OF_DATA.test(verb)) return true;
  if (asked.line === TOO_LONG) turn.reply(500, "Command too long.");
  else if (!knowsIt) turn.reply(500, `Command "${verb}" not understood.`);
  else if (argument === null && row?.argument === true) {
    turn.reply(501, "Syntax error: command needs an argument.");
  } else if (argument !== null && row?.argument === false) {
    turn.reply(501, "Syntax error: command does not accept arguments.");
  } else if (
    session.login.stage !== "in" &&
    (spec.login || (verb === "STAT" && argument !== null))
  ) {
    turn.reply(530, "Log in with USER and PASS first.");
  } else if (tls === "required" && OF_LOGIN.test(verb) && session.tls !== "on") {
    turn.reply(550, "SSL/TLS required on the control channel.");
  } else if (tls === "required" && OF_DATA.test(verb) && session.protection !== "P") {
    turn.reply(550, "SSL/TLS required on the data channel.");
  } else return false;
  return true;
}

/** pyftpdlib's manners. */
export const pyftpdlib: Dialect = {
  name: "pyftpdlib",
  table: tableOf(rows),
  notYet: new Set(),
  framer: pyftpdlibFramer,
  parse: pyftpdlibParse,
  // Its handlers say what they have to say themselves; these come from the session.
  say(outcome, what) {
    if (outcome === "passive" && "at" in what) {
      return [{ code: 227, lines: [`Entering passive mode (${formatHostPort(what.at)}).`] }];
    }
    if (outcome === "extended-passive" && "at" in what) {
      return [{ code: 229, lines: [`Entering extended passive mode (|||${what.at.port}|).`] }];
    }
    if (outcome !== "no-port") return [];
    return [{ code: 425, lines: ["Too many connections. Can't open data channel."] }];
  },
  greet(turn) {
    const { setup } = turn.env;
    stateOf(turn);
    if (isFull(turn)) {
      turn.reply(421, BUSY);
      turn.hangUp();
    } else if (crowded(turn.env) !== undefined) {
      turn.reply(421, "Too many connections from the same IP address.");
      turn.hangUp();
    } else {
      guests.message(turn, 220, setup.messages?.connect ?? BANNER);
      turn.timer("idle", true);
    }
  },
  guard,
  timeOut(turn, name) {
    if (!notices(turn, name)) return;
    if (name === "login") guests.answerLate(turn);
    else if (name === "idle") {
      turn.reply(421, "Control connection timed out.");
      turn.hangUp();
    } else if (name !== "noTransfer") dataTimeOut(turn, name);
  },
  tlsFailed: (turn) => turn.hangUp(),
  acceptsData: (_, ok) => ok,
  listens: () => true,
  lingers: 0,
  busy: BUSY,
  data: dataInput,
  settle(turn) {
    const { session } = turn;
    const state = stateOf(turn);
    // A client that closes its half is gone, as soon as the server reads of it.
    if (session.closing && state.deaf === null) turn.hangUp();
    if (session.ended) forget(turn);
    else settleData(turn);
    wake(turn, state);
  },
  listLine: pyftpdlibLine,
  uniqueName: () => "",
};
