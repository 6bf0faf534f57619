/**
 * ProFTPD 1.3.8, as recorded and observed: its verbs, the order in which it refuses, its manners. The
 * recordings stand in test/reference.
 */
import { DELE, MKD, RMD, RNFR, XMKD, XRMD } from "../commands/change.ts";
import { CDUP, CWD, PWD, XCUP, XCWD, XPWD } from "../commands/folder.ts";
import { HELP, NOOP, SYST } from "../commands/info.ts";
import { ACCT, PASS, QUIT, REIN, SMNT, USER } from "../commands/login.ts";
import { REST } from "../commands/retr.ts";
import { type CommandSpec, handledBy, tableOf } from "../commands/spec.ts";
import { ALLO } from "../commands/stor.ts";
import { MODE, STRU, TYPE } from "../commands/type.ts";
import type { Dialect } from "../dialect.ts";
import { breakOff } from "../faults.ts";
import { proftpdLine } from "../listings.ts";
import type { Turn } from "../state.ts";
import { data, declines, dials, forgetFor, renaming } from "./proftpd-data.ts";
import { facts } from "./proftpd-facts.ts";
import { features } from "./proftpd-features.ts";
import { proftpdFramer } from "./proftpd-framer.ts";
import { proftpdCommand } from "./proftpd-line.ts";
import { lists } from "./proftpd-list.ts";
import { isHome } from "./proftpd-paths.ts";
import { siteRow, type SiteModule } from "./proftpd-site.ts";
import { words } from "./proftpd-words.ts";

/** A star in the name of a new folder is refused, whatever for. */
const withoutStar = (row: CommandSpec) =>
  handledBy(row, (turn) => {
    if (turn.argument?.includes("*")) turn.reply(550, `${turn.argument}: Invalid directory name`);
    else row.run(turn);
  });

/** What makes something new and cannot make a home. */
const MAKES = /^(X?MKD|STOR|APPE|RNTO)$/;

const talk = [USER, PASS, ACCT, REIN, SMNT, QUIT, SYST, NOOP, HELP, TYPE, STRU, MODE, ALLO, REST];
const files = [PWD, XPWD, CWD, XCWD, CDUP, XCUP, RMD, XRMD, DELE, RNFR, renaming];
const folders = [withoutStar(MKD), withoutStar(XMKD)];
const rows = [...talk, ...files, ...folders, ...data, ...lists, ...facts, ...features];

/** What ProFTPD's modules add to the plain server. */
export interface Modules {
  readonly rows: readonly CommandSpec[];
  /** Refuses a command before all others see it. */
  refuses(turn: Turn): boolean;
  readonly site: SiteModule;
}

/** Verbs that are another protocol's, in upper case alone: `get` in lower case is only a verb that nobody knows. */
const FOREIGN = new Set(
  "GET POST HEAD PUT DELETE OPTIONS CONNECT PATCH EHLO HELO MAIL RCPT DATA RSET VRFY".split(" "),
);
const SSH = /^SSH-(2\.0|1\.99)-/;
/** What is refused while a transfer runs, whoever asks. */
const BUSY = /^(APPE|LIST|MLSD|NLST|RETR|STOR|STOU|RNFR|RNTO|PORT|EPRT|PASV|EPSV)$/;
/** What may come between RNFR and RNTO; with TLS its own verbs too. */
const BETWEEN = /^(RNTO|HELP|NOOP|QUIT|STAT)$/;
const BETWEEN_TLS = /^(CCC|CONF|ENC|MIC|PBSZ|PROT)$/;
/** Debian's DenyFilter: a star before a slash would make the server search long. */
const DENIED = /\*.*\//s;
const LONGEST_NAME = 256;

/**
 * The order of refusals (observed): another protocol hangs up without a word; no verb; a transfer
 * that runs; an argument that Debian forbids; TLS; RNFR without RNTO; a verb that nobody knows; then
 * the login, before arguments are counted.
 */
function guard(turn: Turn, spec: CommandSpec | undefined, modules: Modules | undefined): boolean {
  const { session, asked, verb, argument } = turn;
  const inside = session.login.stage === "in";
  const { typed } = asked.command;
  if (FOREIGN.has(typed) || SSH.test(typed)) turn.hangUp();
  else if (verb === "") turn.say("empty-line", {});
  else if (session.transfer !== null && BUSY.test(verb)) turn.say("busy", { verb });
  else if (argument !== null && verb !== "PASS" && DENIED.test(argument)) {
    turn.reply(550, `${argument}: Forbidden command argument`);
    forgetFor(turn);
  } else if (modules?.refuses(turn)) forgetFor(turn);
  else if (
    session.renaming !== null &&
    !BETWEEN.test(verb) &&
    !(session.tls === "on" && BETWEEN_TLS.test(verb))
  ) {
    turn.reply(501, "Bad sequence of commands");
    forgetFor(turn);
  } else if (spec === undefined) turn.say("unknown-verb", { verb });
  else if (spec.login && !inside) {
    turn.say("login-first", {});
    // RNTO is refused once more when it is to be written into the log.
    if (verb === "RNTO") turn.say("login-first", {});
  } else if (verb === "USER" && !inside && (argument ?? "").length > LONGEST_NAME) {
    turn.reply(501, "Login incorrect.");
  } else if (MAKES.test(verb) && isHome(turn, argument)) {
    turn.reply(550, `${argument}: No such file or directory`);
    forgetFor(turn);
  } else return false;
  return true;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** ProFTPD's manners, with these modules or without any. */
export const proftpdWith = (modules?: Modules): Dialect => ({
  name: "proftpd",
  table: tableOf([...rows, siteRow(modules?.site), ...(modules?.rows ?? [])]),
  notYet: new Set(),
  framer: proftpdFramer,
  parse: proftpdCommand,
  say(outcome, what, turn) {
    const said = words[outcome](what, turn);
    return "code" in said ? [said] : said;
  },
  greet(turn) {
    turn.say("greeting", {});
    turn.timer("login", true);
    turn.timer("idle", true);
  },
  guard: (turn, spec) => guard(turn, spec, modules),
  timeOut(turn, timer, seconds) {
    // A transfer that stalls ends the session without a word.
    if (timer !== "stalled") turn.say("timed-out", { timer, seconds });
    turn.hangUp();
  },
  tlsFailed(turn) {
    turn.reply(421, "TLS handshake failed");
    turn.hangUp();
  },
  acceptsData(turn, ok, resumed) {
    // Whoever cannot resume the control connection's TLS session is somebody else; after CCC it has none.
    if (ok && (resumed || turn.session.tls !== "on")) return true;
    turn.say("no-data", { why: "Operation not permitted" });
    return false;
  },
  // mod_load's own words.
  busy: "System busy, try again later",
  diskFull(turn, _, part) {
    // After a write that was shorter than asked for it knows no better reason.
    if (part) breakOff(turn, 451, "Transfer aborted. Input/output error");
    else breakOff(turn, 452, "Transfer aborted. No space left on device");
  },
  declines,
  dials,
  listens: () => false,
  lingers: 10_800,
  listLine: (node, name, now) => proftpdLine(node, name, now),
  uniqueName({ env }, taken) {
    for (;;) {
      let name = "ftp";
      while (name.length < 9) name += LETTERS.charAt(env.random(LETTERS.length));
      if (!taken(name)) return name;
    }
  },
});

/** The plain server: no TLS, and of SITE only its own. The page has this one. */
export const proftpd: Dialect = proftpdWith();
