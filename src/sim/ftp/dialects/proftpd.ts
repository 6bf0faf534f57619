/**
 * ProFTPD 1.3.8, as recorded and observed: its words, its verbs, the order in which it refuses. The
 * recordings stand in test/reference.
 */
import { parseCommand } from "../../protocol/command.ts";
import { formatHostPort } from "../../protocol/host-port.ts";
import type { Reply } from "../../protocol/reply.ts";
import { commands } from "../commands/table.ts";
import { type CommandSpec, tableOf } from "../commands/spec.ts";
import type { Dialect, Words } from "../dialect.ts";
import { proftpdLine } from "../listings.ts";
import type { Turn } from "../state.ts";
import { proftpdFramer } from "./proftpd-framer.ts";
import { helpLines, helpSite, helpSyntax } from "./proftpd-help.ts";

const one = (code: number, line: string): Reply => ({ code, lines: [line] });
const mode = (ascii: boolean) => `Opening ${ascii ? "ASCII" : "BINARY"} mode data connection for`;
const clocks = {
  login: "Login",
  idle: "Idle",
  noTransfer: "No transfer",
  stalled: "Stalled",
  accept: "Idle",
};
const protocol = "Network protocol not supported, use (1)";
/** These complain in other words than the rest when their arguments do not fit. */
const quoted: Readonly<Record<string, number>> = {
  RETR: 500,
  STOR: 500,
  APPE: 500,
  TYPE: 500,
  REST: 500,
  RANG: 500,
  HOST: 500,
  STOU: 500,
  ABOR: 500,
  STRU: 501,
  MODE: 501,
  ALLO: 504,
};

const words: Words = {
  greeting: (_, { env }) => {
    const { serverName = "", passive } = env.setup;
    return one(220, `ProFTPD Server (${serverName}) [${passive.announce ?? env.address}]`);
  },
  "too-many": ({ limit }) =>
    one(530, `Sorry, the maximum number of allowed clients (${limit}) are already connected.`),
  goodbye: () => one(221, "Goodbye."),
  "timed-out": ({ timer, seconds }) =>
    one(421, `${clocks[timer]} timeout (${seconds} seconds): closing control connection`),
  "empty-line": () => one(500, "Invalid command: try being more creative"),
  "unknown-verb": ({ verb }) => one(500, `${verb} not understood`),
  "not-yet": ({ verb }) => one(502, `${verb} command not implemented`),
  "not-implemented": ({ verb }) => one(502, `${verb} command not implemented`),
  "bad-arguments": ({ verb, argument }) => {
    const code = quoted[verb];
    if (code === undefined) return one(501, "Invalid number of parameters");
    return one(code, `'${argument === null ? verb : `${verb} ${argument}`}' not understood`);
  },
  "bad-sequence": () => one(503, "Bad sequence of commands"),
  busy: ({ verb }) => one(450, `${verb}: data transfer in progress`),

  "login-first": () => one(530, "Please login with USER and PASS"),
  "user-missing": () => one(500, "USER: command requires a parameter"),
  "password-wanted": ({ user }) => one(331, `Password required for ${user}`),
  "email-wanted": () =>
    one(331, "Anonymous login ok, send your complete email address as your password"),
  "logged-in": ({ user }) => one(230, `User ${user} logged in`),
  "anonymous-in": () => one(230, "Anonymous access granted, restrictions apply"),
  "login-failed": () => one(530, "Login incorrect."),
  "user-first": () => one(503, "Login with USER first"),
  "already-in": () => one(503, "You are already logged in"),
  "other-user": () => one(501, "Reauthentication not supported"),
  "started-over": () => one(502, "REIN command not implemented"),

  "current-folder": ({ path }) => one(257, `"${doubled(path)}" is the current directory`),
  "folder-changed": ({ verb }) => one(250, `${verb} command successful`),
  "folder-made": ({ path }) => one(257, `"${doubled(path)}" - Directory successfully created`),
  "folder-removed": ({ verb }) => one(250, `${verb} command successful`),
  "file-removed": () => one(250, "DELE command successful"),
  "rename-begun": () => one(350, "File or directory exists, ready for destination name"),
  renamed: () => one(250, "Rename successful"),
  "no-path": ({ path, why }) => one(550, `${path}: ${why}`),
  "not-a-file": ({ path }) => one(550, `${path}: Not a regular file`),
  "no-right": ({ path, folder }) =>
    one(550, `${path}: ${folder ? "Permission denied" : "Operation not permitted"}`),

  system: () => one(215, "UNIX Type: L8"),
  nothing: () => one(200, "NOOP command successful"),
  "nothing-busy": () => one(200, "NOOP: data transfer in progress"),
  help: () => ({ code: 214, lines: helpLines("root@127.0.0.1") }),
  "help-verb": ({ verb }) => {
    if (verb === "SITE") return { code: 214, lines: helpSite };
    const syntax = helpSyntax(verb);
    if (syntax === undefined) return one(502, `Unknown command '${verb}'`);
    return one(214, `Syntax: ${syntax}`);
  },
  "type-set": ({ type }) => one(200, `Type set to ${type}`),
  "type-refused": ({ type }) => one(504, `TYPE not implemented for '${type}' parameter`),
  "structure-set": ({ structure }) => one(200, `Structure set to ${structure}`),
  "structure-refused": ({ structure, known }) =>
    known
      ? one(504, `'STRU ${structure}' unsupported structure type`)
      : one(501, `'STRU ${structure}' unrecognized structure type`),
  "mode-set": ({ mode: set }) => one(200, `Mode set to ${set}`),
  "mode-refused": ({ mode: wanted, known }) =>
    known
      ? one(504, `'MODE ${wanted}' unsupported transfer mode`)
      : one(501, `'MODE ${wanted}' unrecognized transfer mode`),

  passive: ({ at }) => one(227, `Entering Passive Mode (${formatHostPort(at)}).`),
  "extended-passive": ({ at }) => one(229, `Entering Extended Passive Mode (|||${at.port}|)`),
  "only-epsv-set": () => one(200, "EPSV ALL command successful"),
  "only-epsv": ({ verb }) => one(500, `Illegal ${verb} command, EPSV ALL in effect`),
  "bad-protocol": () => one(522, protocol),
  "bad-epsv": () => one(501, "EPSV: unknown network protocol"),
  "no-port": () => one(425, "Unable to build data connection: Address already in use"),
  "port-agreed": ({ verb }) => one(200, `${verb} command successful`),
  "bad-address": ({ verb }) => one(501, `Illegal ${verb} command`),
  "address-refused": ({ verb }) => one(500, `Illegal ${verb} command`),

  // Whatever TYPE says, LIST is announced as ASCII; the article's server said BINARY.
  "list-begins": ({ ascii, verb }, { env }) => {
    const word = env.setup.listWord;
    const text = verb === "LIST" ? word !== "BINARY" : ascii;
    return one(150, `${mode(text)} file list`);
  },
  "list-missing": ({ path, why }) => one(450, `${path}: ${why}`),
  "no-files": () => one(450, "No files found"),
  "file-begins": ({ name, ascii, bytes }) =>
    one(150, `${mode(ascii)} ${name}${bytes > 0 ? ` (${bytes} bytes)` : ""}`),
  "store-begins": ({ name, ascii, verb, file }) =>
    verb === "STOU" ? one(150, `FILE: ${file}`) : one(150, `${mode(ascii)} ${name}`),
  "transfer-done": () => one(226, "Transfer complete"),
  "transfer-broken": () => one(426, "Transfer aborted. Data connection closed"),
  "transfer-aborted": () => one(426, "Transfer aborted. Data connection closed."),
  "abort-done": () => one(226, "Abort successful"),
  "no-data": ({ why }) => one(425, `Unable to build data connection: ${why}`),
  "no-space": ({ path }) => one(552, `${path}: No space left on device`),
  "no-unique-name": () => one(450, "STOU: unable to generate unique filename"),
  "no-allocation": () => one(202, "No storage allocation necessary"),
  "bad-size": ({ size }) => one(504, `${size}: Invalid ALLO argument`),
  "restart-set": ({ value }) =>
    one(350, `Restarting at ${whole(value)}. Send STORE or RETRIEVE to initiate transfer`),
  "bad-restart": () => one(501, "REST requires a value greater than or equal to 0"),
  "restart-in-text": () => one(501, "REST: Resuming transfers not allowed in ASCII mode"),
  "range-set": ({ from, to }) => one(350, `Restarting at ${from}. End byte range at ${to}`),
  "beyond-end": ({ path }) => one(554, `REST: invalid ${path} argument`),
};

/** A quote in a path is written twice (RFC 959 appendix II). */
const doubled = (path: string) => path.replaceAll('"', '""');

/** What C reads in a number: at most 2^64 - 1. */
function whole(value: string): string {
  const number = BigInt(value.replace("+", ""));
  const most = 2n ** 64n - 1n;
  return String(number > most ? most : number);
}

/** Verbs that are another protocol's, in upper case alone: `get` in lower case is only a verb that nobody knows. */
const FOREIGN = /^(GET|POST|HEAD|PUT|DELETE|OPTIONS|CONNECT|EHLO|HELO|MAIL)( |$)|^SSH-2\.0-/;

/**
 * The order of refusals (observed): another protocol hangs up without a word; no verb; a verb that
 * nobody knows; then the login, before arguments are counted; then a transfer that runs.
 */
function guard(turn: Turn, spec: CommandSpec | undefined): boolean {
  const { session, asked, verb } = turn;
  if (FOREIGN.test(asked.line)) turn.hangUp();
  else if (verb === "") turn.say("empty-line", {});
  else if (spec === undefined) {
    if (proftpd.notYet.has(verb)) turn.say("not-yet", { verb });
    else turn.say("unknown-verb", { verb });
  } else if (spec.login && session.login.stage !== "in") turn.say("login-first", {});
  else if (session.transfer !== null && spec.transfers === true) turn.say("busy", { verb });
  else return false;
  return true;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** ProFTPD's manners. */
export const proftpd: Dialect = {
  name: "proftpd",
  table: tableOf(commands),
  notYet: new Set(
    "MDTM SIZE FEAT OPTS HOST CLNT STAT SITE MLSD MLST CSID LANG MFF MFMT".split(" "),
  ),
  framer: proftpdFramer,
  parse: parseCommand,
  say(outcome, what, turn) {
    const said = words[outcome](what, turn);
    return "code" in said ? [said] : said;
  },
  greet(turn) {
    turn.say("greeting", {});
    turn.timer("login", true);
    turn.timer("idle", true);
  },
  guard,
  timeOut(turn, timer, seconds) {
    turn.say("timed-out", { timer, seconds });
    turn.hangUp();
  },
  tlsFailed: (turn) => turn.hangUp(),
  acceptsData: (_, ok) => ok,
  listens: () => false,
  lingers: 10_800,
  listLine: proftpdLine,
  uniqueName({ env }, taken) {
    for (;;) {
      let name = "ftp";
      while (name.length < 9) name += LETTERS.charAt(env.random(LETTERS.length));
      if (!taken(name)) return name;
    }
  },
};
