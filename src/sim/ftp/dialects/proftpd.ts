/**
 * ProFTPD 1.3.8, as recorded and observed: its words, the verbs it refuses, its limits. The
 * recordings stand in test/reference.
 */
import type { Reply } from "../../protocol/reply.ts";
import { formatHostPort } from "../../protocol/host-port.ts";
import type { FtpSetup } from "../../scenario.ts";
import type { Dialect } from "../dialect.ts";
import { proftpdLine } from "../listings.ts";
import type { Outcome, Outcomes } from "../outcomes.ts";
import { proftpdFramer } from "./proftpd-framer.ts";
import { helpLines, helpSite, helpSyntax } from "./proftpd-help.ts";

type Words = { readonly [K in Outcome]: (what: Outcomes[K], setup: FtpSetup) => Reply };

const one = (code: number, line: string): Reply => ({ code, lines: [line] });
const aborted = "Transfer aborted. Data connection closed";
const clocks = { login: "Login", idle: "Idle", noTransfer: "No transfer", stalled: "Stalled" };
/** These complain in other words than the rest when their arguments do not fit. */
const quotesItself = /^(RETR|STOR|APPE|TYPE|REST|RANG|HOST|STOU|ABOR)$/;

const words: Words = {
  greeting: ({ server, address }) => one(220, `ProFTPD Server (${server}) [${address}]`),
  goodbye: () => one(221, "Goodbye."),
  "empty-line": () => one(500, "Invalid command: try being more creative"),
  "unknown-verb": ({ verb }) => one(500, `${verb} not understood`),
  "not-yet": ({ verb }) => one(502, `${verb} command not implemented`),
  "not-implemented": ({ verb }) => one(502, `${verb} command not implemented`),
  "bad-arguments": ({ verb, argument }) =>
    quotesItself.test(verb)
      ? one(500, `'${argument === null ? verb : `${verb} ${argument}`}' not understood`)
      : one(501, "Invalid number of parameters"),
  "login-first": () => one(530, "Please login with USER and PASS"),
  "user-missing": () => one(500, "USER: command requires a parameter"),
  "password-wanted": ({ user }) => one(331, `Password required for ${user}`),
  "logged-in": ({ user }) => one(230, `User ${user} logged in`),
  "login-failed": () => one(530, "Login incorrect."),
  "user-first": () => one(503, "Login with USER first"),
  "already-in": () => one(503, "You are already logged in"),
  "other-user": () => one(501, "Reauthentication not supported"),
  "current-folder": ({ path }) =>
    one(257, `"${path.replaceAll('"', '""')}" is the current directory`),
  "folder-changed": ({ verb }) => one(250, `${verb} command successful`),
  "no-path": ({ path, why }) => one(550, `${path}: ${why}`),
  "not-a-file": ({ path }) => one(550, `${path}: Not a regular file`),
  system: () => one(215, "UNIX Type: L8"),
  nothing: () => one(200, "NOOP command successful"),
  "nothing-busy": () => one(200, "NOOP: data transfer in progress"),
  help: () => ({ code: 214, lines: helpLines("root@127.0.0.1") }),
  "help-verb": ({ verb, syntax }) =>
    verb === "SITE" ? { code: 214, lines: helpSite } : one(214, `Syntax: ${syntax}`),
  "help-unknown": ({ verb }) => one(502, `Unknown command '${verb}'`),
  "type-set": ({ type }) => one(200, `Type set to ${type}`),
  "type-refused": ({ type }) => one(504, `TYPE not implemented for '${type}' parameter`),
  passive: ({ at }) => one(227, `Entering Passive Mode (${formatHostPort(at)}).`),
  "no-port": () => one(425, "Unable to build data connection: Address already in use"),
  // Whatever TYPE says, this LIST is announced as ASCII; the article's server said BINARY.
  "list-begins": (_, setup) =>
    one(150, `Opening ${setup.listWord ?? "ASCII"} mode data connection for file list`),
  "file-begins": ({ name, ascii, bytes }) => {
    const size = bytes > 0 ? ` (${bytes} bytes)` : "";
    return one(
      150,
      `Opening ${ascii ? "ASCII" : "BINARY"} mode data connection for ${name}${size}`,
    );
  },
  "transfer-done": () => one(226, "Transfer complete"),
  "transfer-broken": () => one(426, aborted),
  "no-data": ({ why }) => one(425, `Unable to build data connection: ${why}`),
  busy: ({ verb }) => one(450, `${verb}: data transfer in progress`),
  "list-missing": ({ path, why }) => one(450, `${path}: ${why}`),
  "timed-out": ({ timer, seconds }) =>
    one(421, `${clocks[timer]} timeout (${seconds} seconds): closing control connection`),
};

/** ProFTPD's manners. */
export const proftpd: Dialect = {
  name: "proftpd",
  framer: proftpdFramer,
  say: (outcome, what, setup) => words[outcome](what, setup),
  notYet: new Set(
    (
      "PORT EPRT EPSV ALLO RNFR RNTO DELE MDTM RMD XRMD MKD XMKD SIZE FEAT OPTS HOST CLNT STRU " +
      "MODE STOR STOU APPE REST ABOR RANG NLST STAT SITE MLSD MLST CSID LANG MFF MFMT"
    ).split(" "),
  ),
  refused: new Set(["ACCT", "REIN", "SMNT"]),
  syntax: helpSyntax,
  // Upper case alone: `get` in lower case is only a verb that nobody knows.
  foreign: (line) =>
    /^(GET|POST|HEAD|PUT|DELETE|OPTIONS|CONNECT|EHLO|HELO|MAIL)( |$)|^SSH-2\.0-/.test(line),
  listLine: proftpdLine,
  attempts: 3,
  lingers: 10_800,
};
