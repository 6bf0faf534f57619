/**
 * Pure-FTPd 1.0.50 as Debian 12 has it, as recorded and observed: its verbs, and the order in which
 * it refuses. The recordings stand in test/reference.
 */
import { formatHostPort } from "../../protocol/host-port.ts";
import { rows } from "../commands/table.ts";
import { type CommandRow, type CommandSpec, handledBy, tableOf } from "../commands/spec.ts";
import type { Dialect } from "../dialect.ts";
import type { Turn } from "../state.ts";
import * as files from "./pure-ftpd-files.ts";
import { parsePureFtpd, pureFtpdFramer, TOO_LONG } from "./pure-ftpd-framer.ts";
import { list, mlst, names, remember, stat } from "./pure-ftpd-list.ts";
import * as door from "./pure-ftpd-login.ts";
import { longLine } from "./pure-ftpd-ls.ts";
import { data, meanwhile } from "./pure-ftpd-meanwhile.ts";
import * as ports from "./pure-ftpd-port.ts";
import { rest, retr } from "./pure-ftpd-retr.ts";
import * as site from "./pure-ftpd-site.ts";
import { stor, stou } from "./pure-ftpd-stor.ts";
import { tell } from "./pure-ftpd-turn.ts";

type Run = (turn: Turn) => void;

/** What it does for each verb that others have too. */
const handlers: Readonly<Record<string, Run>> = {
  USER: door.user,
  PASS: door.pass,
  ACCT: door.acct,
  QUIT: door.quit,
  AUTH: door.auth,
  ADAT: door.auth,
  PBSZ: door.pbsz,
  PROT: door.prot,
  CCC: door.ccc,
  PWD: files.pwd,
  XPWD: files.pwd,
  CWD: files.cwd,
  XCWD: files.cwd,
  CDUP: files.cdup,
  XCUP: files.cdup,
  MKD: files.mkd,
  XMKD: files.mkd,
  RMD: files.rmd,
  XRMD: files.rmd,
  DELE: files.dele,
  RNFR: files.rnfr,
  RNTO: files.rnto,
  SIZE: files.size,
  MDTM: files.mdtm,
  MFMT: site.mfmt,
  SITE: site.site,
  HELP: site.help,
  FEAT: site.feat,
  OPTS: site.opts,
  PRET: site.pret,
  TYPE: site.type,
  STRU: site.stru,
  MODE: site.mode,
  ALLO: site.allo,
  SYST: (turn) => tell(turn, 215, "UNIX Type: L8"),
  NOOP: (turn) => tell(turn, 200, "Zzz..."),
  ABOR: (turn) => tell(turn, 226, "Since you see this ABOR must've succeeded"),
  PASV: ports.pasv,
  EPSV: ports.epsv,
  PORT: ports.port,
  EPRT: ports.eprt,
  ESTA: ports.esta,
  LIST: list,
  NLST: names,
  MLSD: names,
  MLST: mlst,
  STAT: stat,
  RETR: retr,
  REST: rest,
  STOR: stor,
  APPE: stor,
  STOU: stou,
};

const own = (verb: string, syntax: string, purpose: string, run: Run): CommandSpec => ({
  verb,
  syntax,
  rfc: "of its own",
  purpose,
  login: true,
  run,
});

/** What it answers before the login. Of all else, known or not, it says that nobody is logged in. */
const FREE = new Set(
  "USER PASS ACCT QUIT SYST NOOP AUTH ADAT PBSZ PROT CCC TYPE MODE STRU FEAT OPTS HELP".split(" "),
);

const known = (row: CommandRow) => {
  const run = handlers[row.verb];
  return run === undefined ? [] : [handledBy({ ...row, login: !FREE.has(row.verb) }, run)];
};

const table = tableOf([
  ...rows.flatMap(known),
  own("P@SW", "P@SW", "the same as PASV, for those whose firewall garbles that", ports.pasv),
  own("ESTP", "ESTP", "asks for the client's end of the data connection", ports.estp),
  own("CHMOD", "CHMOD <SP> <mode> <SP> <pathname>", "the same as SITE CHMOD", (turn) =>
    site.chmod(turn, turn.argument ?? ""),
  ),
]);

const WEB = /^(CONNECT|DELETE|GET|HEAD|OPTIONS|POST|PUT)$/;

/**
 * The order of refusals (observed): a line too long; no verb, which is passed over without a word; a
 * browser, which is hung up on; who has dozed too long; the login; a verb that nobody knows.
 */
function guard(turn: Turn, spec: CommandSpec | undefined): boolean {
  const { verb, session, asked, env } = turn;
  remember(turn);
  if (asked.line === TOO_LONG) {
    tell(turn, 421, "Line too long");
    turn.hangUp();
    return true;
  }
  if (verb === "") return true;
  if (WEB.test(verb)) {
    tell(turn, 500, `HTTP command: [${verb.toLowerCase()}]`);
    turn.hangUp();
    return true;
  }
  if (door.isDozing(turn)) return true;
  // ESTA would tell an address that it is set up to hide.
  const hidden = verb === "ESTA" && env.setup.passive.announce !== undefined;
  if (session.login.stage !== "in" && !FREE.has(verb)) tell(turn, 530, "You aren't logged in");
  else if (spec === undefined || hidden) tell(turn, 500, "Unknown command");
  else return false;
  return true;
}

/** A clock of the client's own making, or of the set-up, has run out; an upload that stands still ends alone. */
function timeOut(turn: Turn, name: string): void {
  if (name === "stalled") {
    const cut = ports.running(turn.session)?.cut;
    if (cut !== undefined) turn.abort((at) => cut(at, "stalled"));
    return;
  }
  tell(turn, 421, name === "idle" ? "Timeout - try typing a little faster next time" : "Timeout");
  turn.hangUp();
}

/** Pure-FTPd's manners. */
export const pureFtpd: Dialect = {
  name: "pure-ftpd",
  table,
  notYet: new Set(),
  framer: pureFtpdFramer,
  parse: parsePureFtpd,
  /** All but the reply to PASV its handlers say themselves. */
  say(outcome, what, turn) {
    const at = "at" in what ? what.at : undefined;
    const reply =
      outcome === "no-port" || at === undefined
        ? { code: 425, lines: ["All reserved TCP ports are busy"] }
        : turn.verb === "EPSV"
          ? { code: 229, lines: [`Extended Passive mode OK (|||${at.port}|)`] }
          : { code: 227, lines: [`Entering Passive Mode (${formatHostPort(at)})`] };
    turn.session.notes.set("code", String(reply.code));
    return [reply];
  },
  greet: door.greet,
  guard,
  timeOut,
  tlsFailed: (turn) => turn.hangUp(),
  acceptsData(turn, ok) {
    if (!ok) turn.hangUp();
    return ok;
  },
  listens: () => false,
  lingers: 0,
  backlog: 8,
  keepsPort: true,
  busy: door.tooMany,
  diskFull(turn) {
    const cut = ports.running(turn.session)?.cut;
    turn.abort((at) => cut?.(at, "full"));
  },
  data,
  meanwhile,
  leave: door.leave,
  listLine: (node, name, _, turn) => longLine(turn, node, name),
  uniqueName: () => "",
};
