/** ProFTPD with mod_tls: AUTH, PBSZ, PROT, CCC, SSCN. Without TLS nobody knows these verbs. */
import { AUTH, CCC, PBSZ, PROT } from "../commands/secure.ts";
import { type CommandRow, type CommandSpec, handledBy } from "../commands/spec.ts";
import type { Turn } from "../state.ts";

const UNWILLING = "Unwilling to accept security parameters";

/** The note that the control connection was encrypted once: TLS stays the session's mechanism after CCC. */
const MECHANISM = "tls";

/** Rules in order: not twice; a word; not after CCC; not after the login; TLS or SSL. */
function auth(turn: Turn): void {
  const { session, words } = turn;
  const [word] = words;
  const mechanism = word?.toUpperCase() ?? "";
  if (session.tls === "on") turn.reply(503, "Unwilling to accept second AUTH");
  else if (word === undefined) turn.reply(504, "AUTH requires at least one argument");
  else if (session.notes.has(MECHANISM) || session.login.stage === "in") {
    turn.reply(534, UNWILLING);
  } else if (/^(TLS|TLS-C.*|SSL|TLS-P.*)$/.test(mechanism)) {
    turn.reply(234, `AUTH ${mechanism} successful`);
    session.notes.set(MECHANISM, "");
    session.tls = "handshake";
    // SSL means encrypted data too, without PROT (RFC 4217 §17).
    if (/^(SSL|TLS-P)/.test(mechanism)) session.protection = "P";
    turn.effects.push({ kind: "start-tls" });
  } else turn.say("unknown-verb", { verb: "AUTH" });
}

/** Before AUTH the verb is as unknown as without TLS. */
const afterAuth = (run: (turn: Turn) => void) => (turn: Turn) => {
  if (turn.session.notes.has(MECHANISM)) run(turn);
  else turn.say("unknown-verb", { verb: turn.verb });
};

function pbsz(turn: Turn): void {
  const { session, words } = turn;
  if (words.length !== 1) turn.badArguments();
  else if (session.tls !== "on") turn.reply(503, "PBSZ not allowed on insecure control connection");
  else turn.reply(200, words[0] === "0" ? "PBSZ 0 successful" : "PBSZ=0 successful");
}

/** Rules in order: one word; C, unless TLS is required, or P; S and E are known and refused. */
function prot(turn: Turn): void {
  const { session, env, words } = turn;
  const [level = ""] = words;
  if (words.length !== 1) turn.badArguments();
  else if (level === "C" && env.setup.tls === "required") turn.reply(534, UNWILLING);
  else if (level === "C" || level === "P") {
    session.protection = level;
    turn.reply(200, `Protection set to ${level === "C" ? "Clear" : "Private"}`);
  } else turn.reply(/^[SE]$/.test(level) ? 536 : 504, `PROT ${level} unsupported`);
}

function ccc(turn: Turn): void {
  const { session, env } = turn;
  if (session.tls !== "on") turn.reply(533, "CCC not allowed on insecure control connection");
  else if (env.setup.tls === "required") turn.reply(534, UNWILLING);
  else {
    turn.reply(200, "Clearing control channel protection");
    session.tls = "off";
    turn.effects.push({ kind: "stop-tls" });
  }
}

/** Which side begins the handshake of a data connection between two servers. */
function sscn(turn: Turn): void {
  const { session, words } = turn;
  const [word] = words;
  const set = word === "ON" ? "CLIENT" : word === "OFF" ? "SERVER" : undefined;
  if (words.length > 1) turn.reply(504, "SSCN: Invalid argument");
  else if (word !== undefined && set === undefined) turn.reply(501, "SSCN: Invalid argument");
  else {
    if (set !== undefined) session.notes.set("sscn", set);
    turn.reply(200, `SSCN:${session.notes.get("sscn") ?? "SERVER"} METHOD`);
  }
}

const SSCN: CommandRow = {
  verb: "SSCN",
  syntax: "SSCN [<SP> ON | OFF]",
  rfc: "of habit",
  purpose: "says which side begins the handshake of a data connection",
  login: true,
};

/** Their rows. */
export const secure: readonly CommandSpec[] = [
  handledBy(AUTH, auth),
  handledBy(PBSZ, afterAuth(pbsz)),
  handledBy(PROT, afterAuth(prot)),
  handledBy({ ...CCC, login: true }, afterAuth(ccc)),
  handledBy(SSCN, afterAuth(sscn)),
];

/** Verbs that need no TLS where it is required; and those that then need an encrypted data connection. */
const FREE = /^(SYST|AUTH|FEAT|HOST|CLNT|QUIT)$/;
const DATA = /^(APPE|LIST|MLSD|NLST|RETR|STOR|STOU)$/;

const VERBS = new Set(secure.map(({ verb }) => verb));

/** Refuses what comes in the clear where TLS is required; where there is none nobody knows its verbs. */
export function wantsTls(turn: Turn): boolean {
  const { session, env, verb } = turn;
  if (env.setup.tls === undefined && VERBS.has(verb)) {
    turn.say("unknown-verb", { verb });
    return true;
  }
  if (env.setup.tls !== "required" || FREE.test(verb)) return false;
  if (session.tls !== "on") turn.reply(550, "SSL/TLS required on the control channel");
  else if (DATA.test(verb) && session.protection !== "P") {
    turn.reply(522, "SSL/TLS required on the data channel");
  } else return false;
  return true;
}
