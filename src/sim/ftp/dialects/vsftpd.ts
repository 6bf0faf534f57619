/**
 * vsftpd 3.0.3 of Debian 12, as recorded and observed: its words, its verbs, the order in which it
 * refuses. It reads one line, answers it, and is deaf while bytes move. The recordings stand in
 * test/reference.
 */
import { ABOR } from "../commands/abor.ts";
import { DELE, MKD, RMD, RNFR, RNTO, XMKD, XRMD } from "../commands/change.ts";
import { MDTM, SIZE } from "../commands/facts.ts";
import { FEAT, OPTS } from "../commands/features.ts";
import { CDUP, CWD, PWD, XCUP, XCWD, XPWD } from "../commands/folder.ts";
import { HELP, NOOP, SYST } from "../commands/info.ts";
import { LIST, NLST } from "../commands/list.ts";
import { ACCT, PASS, QUIT, REIN, SMNT, USER } from "../commands/login.ts";
import { EPRT, EPSV, listen, PASV, PORT } from "../commands/port.ts";
import { REST, RETR } from "../commands/retr.ts";
import { AUTH, PBSZ, PROT } from "../commands/secure.ts";
import { SITE } from "../commands/site.ts";
import { type CommandSpec, handledBy, tableOf } from "../commands/spec.ts";
import { STAT } from "../commands/stat.ts";
import { ALLO, APPE, STOR, STOU } from "../commands/stor.ts";
import { MODE, STRU, TYPE } from "../commands/type.ts";
import type { Dialect } from "../dialect.ts";
import { breakOff } from "../faults.ts";
import { crowded, type Turn } from "../state.ts";
import { BROKEN, cwd, dele, mkd, pwd, retr, rmd, rnfr, rnto, store } from "./vsftpd-files.ts";
import { parseVsftpd, SYNCH, TOO_LONG, vsftpdFramer } from "./vsftpd-framer.ts";
import { feat, mdtm, opts, restart, site, size, stat, type } from "./vsftpd-info.ts";
import { list, vsftpdLine } from "./vsftpd-list.ts";
import { auth, noHandshake, pass, pbsz, prot, user } from "./vsftpd-login.ts";
import { epsv, eprt, port } from "./vsftpd-port.ts";
import { dataInput, giveUp, goesOn } from "./vsftpd-transfer.ts";
import { denied, isGuest, tell } from "./vsftpd-turn.ts";
import { words } from "./vsftpd-words.ts";

/** Nothing is ever aborted: before the transfer there is none, while it runs nobody listens. */
const abor = (turn: Turn) => tell(turn, 225, "No transfer to ABOR.");
const only = (letter: string, taken: (turn: Turn) => void, refused: (turn: Turn) => void) => {
  return (turn: Turn) => (turn.argument?.toUpperCase() === letter ? taken(turn) : refused(turn));
};

const commands: readonly CommandSpec[] = [
  handledBy(USER, user),
  handledBy(PASS, pass),
  ACCT,
  REIN,
  SMNT,
  QUIT,
  handledBy(PASV, listen),
  handledBy({ ...PASV, verb: "P@SW" }, listen),
  handledBy(EPSV, epsv),
  handledBy(PORT, port),
  handledBy(EPRT, eprt),
  handledBy(LIST, list),
  handledBy(NLST, list),
  handledBy(STAT, stat),
  handledBy(RETR, retr),
  handledBy(REST, restart),
  handledBy(STOR, store),
  handledBy(APPE, store),
  handledBy(STOU, store),
  handledBy(ALLO, (turn) => turn.say("no-allocation", {})),
  handledBy(ABOR, abor),
  handledBy({ ...ABOR, verb: `${SYNCH}ABOR` }, abor),
  handledBy(TYPE, type),
  handledBy(
    STRU,
    only(
      "F",
      (turn) => turn.say("structure-set", { structure: "F" }),
      (turn) => turn.say("structure-refused", { structure: "", known: false }),
    ),
  ),
  handledBy(
    MODE,
    only(
      "S",
      (turn) => turn.say("mode-set", { mode: "S" }),
      (turn) => turn.say("mode-refused", { mode: "", known: false }),
    ),
  ),
  handledBy(PWD, pwd),
  handledBy(XPWD, pwd),
  handledBy(CWD, cwd),
  handledBy(XCWD, cwd),
  handledBy(CDUP, cwd),
  handledBy(XCUP, cwd),
  handledBy(MKD, mkd),
  handledBy(XMKD, mkd),
  handledBy(RMD, rmd),
  handledBy(XRMD, rmd),
  handledBy(DELE, dele),
  handledBy(RNFR, rnfr),
  handledBy(RNTO, rnto),
  handledBy(SIZE, size),
  handledBy(MDTM, mdtm),
  SYST,
  NOOP,
  handledBy(HELP, (turn) => turn.say("help", {})),
  handledBy(FEAT, feat),
  handledBy(OPTS, opts),
  handledBy(SITE, site),
  handledBy(AUTH, auth),
  handledBy(PBSZ, pbsz),
  handledBy(PROT, prot),
];

const BEFORE_LOGIN = /^(USER|PASS|QUIT|FEAT|OPTS)$/;
const SECURE = /^(AUTH|PBSZ|PROT)$/;
const WRITING = /^(STOR|APPE|STOU|X?MKD|X?RMD|DELE|RNFR|RNTO)$/;
const HTTP = /^(GET|POST|HEAD|OPTIONS|CONNECT)$/;

/**
 * The order of refusals (observed): a line without end; an idle time that ran out meanwhile; an
 * empty line, which is passed over; all but the login before it; HTTP, even in small letters; what
 * the set-up does not allow; and only then what nobody knows.
 */
function guard(turn: Turn, spec: CommandSpec | undefined): boolean {
  const { session, env, asked, verb } = turn;
  const tls = env.setup.tls !== undefined;
  if (asked.line.length >= TOO_LONG) {
    tell(turn, 500, "Input line too long.");
    turn.hangUp();
  } else if (session.notes.has("timed out")) settle(turn);
  else if (session.transfer !== null) urgent(turn);
  else if (asked.line === "") return true;
  else if (session.login.stage !== "in") {
    const known = BEFORE_LOGIN.test(verb) || (tls && SECURE.test(verb));
    if (known && !(verb === "AUTH" && session.tls === "on")) return false;
    turn.say("login-first", {});
  } else if (HTTP.test(verb)) {
    tell(turn, 500, "HTTP protocol commands not allowed.");
    turn.hangUp();
  } else if (isForbidden(turn)) denied(turn);
  else if (spec === undefined || verb === "AUTH" || (verb === "P@SW" && session.onlyEpsv)) {
    turn.say("unknown-verb", { verb });
  } else return false;
  return true;
}

/** What the set-up lacks, nobody may do, or a guest may not. */
function isForbidden({ session, env, verb }: Turn): boolean {
  const { readOnly = false, tls } = env.setup;
  const guest = isGuest(session);
  if (verb === "SITE") return guest;
  if (verb === "PASV" || verb === "PORT") return session.onlyEpsv;
  if (verb === "PBSZ" || verb === "PROT") return tls === undefined;
  return WRITING.test(verb) && (readOnly || guest);
}

/** With async_abor_enable: a line that urgent data announced is read in the midst of a transfer. */
function urgent(turn: Turn): void {
  if (turn.verb !== `${SYNCH}ABOR`) {
    turn.say("unknown-verb", { verb: turn.verb });
    return;
  }
  const receives = turn.session.transfer?.stream === undefined;
  turn.abort((at) => {
    if (receives) tell(at, 426, BROKEN);
    else at.say("transfer-broken", {});
    at.say("abort-done", {});
  });
}

/** The idle time ran out while a data connection was awaited: that is told when this is over. */
function settle(turn: Turn): void {
  const { session } = turn;
  if (!session.notes.has("timed out") || session.ended) return;
  if (session.transfer !== null || session.delayed !== null) return;
  turn.say("timed-out", { timer: "idle", seconds: 0 });
  turn.hangUp();
}

/** vsftpd's manners. */
export const vsftpd: Dialect = {
  name: "vsftpd",
  table: tableOf(commands),
  notYet: new Set(),
  framer: vsftpdFramer,
  parse: parseVsftpd,
  say(outcome, what, turn) {
    const said = words[outcome](what, turn);
    return "code" in said ? [said] : said;
  },
  greet(turn) {
    const { house, setup } = turn.env;
    const { clients = Infinity } = setup.limits ?? {};
    if (house.connections > clients) {
      turn.say("too-many", { limit: clients });
      turn.hangUp();
      return;
    }
    if (crowded(turn.env) !== undefined) {
      tell(turn, 421, "There are too many connections from your internet address.");
      turn.hangUp();
      return;
    }
    turn.session.notes.set("clients", String(house.connections));
    if (setup.options?.includes("asyncabor") === true) turn.session.notes.set("asyncabor", "");
    turn.say("greeting", {});
    turn.timer("idle", true);
  },
  guard,
  timeOut(turn, timer, seconds) {
    if (timer === "accept") giveUp(turn, (at) => at.say("no-data", { why: "" }));
    else if (timer === "stalled") {
      if (goesOn(turn)) return;
      turn.say("timed-out", { timer, seconds });
      turn.hangUp();
    } else turn.session.notes.set("timed out", "");
  },
  tlsFailed(turn) {
    noHandshake(turn);
    turn.hangUp();
  },
  acceptsData(turn, ok, resumed) {
    if (ok && resumed) return true;
    if (ok) tell(turn, 522, "SSL connection failed: session reuse required");
    turn.hangUp();
    return false;
  },
  listens: ({ stage }, session) =>
    stage === "moving" &&
    session.notes.has("asyncabor") &&
    /^\xff\xf4\xff?\xf2/.test(session.lines[0] ?? ""),
  lingers: 0,
  busy: "There are too many connected users, please try later.",
  diskFull: (turn) => breakOff(turn, 451, "Failure writing to local file."),
  data: dataInput,
  settle,
  listLine: vsftpdLine,
  // STOU makes its own names here, after the one that was asked for.
  uniqueName: () => "",
};
