/** How Pure-FTPd greets, lets in, sees off, and encrypts. */
import type { Octets } from "../../bytes.ts";
import { passwordFits } from "../commands/login.ts";
import { crowded, type Env, type Turn } from "../state.ts";
import { linesOf, textLines } from "./pure-ftpd-paths.ts";
import { count, isGuest, setCount, tell } from "./pure-ftpd-turn.ts";

const PRIVATE = "This is a private system - No anonymous login";
const SIX = "IPv6 connections are also welcome on this server.";
/** Its -c, if nobody says otherwise. */
const MOST = 50;
const GUEST = "Anonymous user logged in";
const ANY = "Any password will work";
/** A wrong password costs so many milliseconds, each further one as many more, and up to one more by chance. */
const FAILURE = 3000;
const TRIES = 5;

/** Its 421 at the door: it names the most that may be there. */
export function tooMany({ setup }: Env): Octets {
  return `${setup.limits?.clients ?? MOST} users (the maximum) are already logged in, sorry`;
}

/** Who is one too many is turned away at the door; a message takes the place of what it says of itself. */
export function greet(turn: Turn): void {
  const { setup, house, port } = turn.env;
  const { clients = MOST } = setup.limits ?? {};
  if (house.connections > clients) {
    tell(turn, 421, tooMany(turn.env));
    return turn.hangUp();
  }
  const most = crowded(turn.env);
  if (most !== undefined) {
    tell(turn, 421, `Too many connections (${most}) from this IP`);
    return turn.hangUp();
  }
  const { connect } = setup.messages ?? {};
  const closed = setup.anonymous === undefined ? [PRIVATE] : [];
  if (connect !== undefined) tell(turn, 220, ...textLines(connect.trim()), ...closed);
  else {
    const idle = setup.timeouts?.idle ?? 900;
    const time = idle < 120 ? `${idle} seconds` : `${Math.floor(idle / 60)} minutes`;
    tell(
      turn,
      220,
      "--------- Welcome to Pure-FTPd [privsep] [TLS] ----------",
      `You are user number ${house.connections} of ${clients} allowed.`,
      `Local time is now ${new Date(turn.now).toISOString().slice(11, 16)}. Server port: ${port}.`,
      ...closed,
      ...(turn.env.six ? [SIX] : []),
      `You will be disconnected after ${time} of inactivity.`,
    );
  }
  turn.timer("idle", true);
}

/**
 * Rules in order: TLS if it is required; whoever is in stays who they are; a name, if guests are not
 * let in; the names that mean a guest, in any case, or none at all; else a password is wanted.
 */
export function user(turn: Turn): void {
  const { session, env } = turn;
  const { setup } = env;
  const name = (turn.argument ?? "").slice(0, 128);
  const means = (guest: string) => guest.toLowerCase() === name.toLowerCase();
  if (setup.tls === "required" && session.tls !== "on") {
    const sorry = "Sorry, cleartext sessions and weak ciphers are not accepted on this server.";
    tell(turn, 421, sorry, "Please reconnect using TLS security mechanisms.");
  } else if (session.login.stage === "in") {
    if (isGuest(turn)) tell(turn, 230, GUEST);
    else tell(turn, 530, "You're already logged in");
  } else if (setup.anonymous !== undefined && (name === "" || setup.anonymous.names.some(means))) {
    enter(turn, "ftp", true);
    tell(turn, 230, ...banner(turn), GUEST);
  } else if (name === "") {
    tell(turn, 530, PRIVATE);
    turn.hangUp();
  } else {
    session.login = { stage: "needs-password", key: name, shown: name };
    tell(turn, 331, `User ${name} OK. Password required`);
  }
}

/** A wrong password does not forget the name. The sixth one closes the connection. */
export function pass(turn: Turn): void {
  const { session, env, argument } = turn;
  const { login } = session;
  if (login.stage === "in") {
    if (login.anonymous) tell(turn, 230, ANY);
    else tell(turn, 530, "We can't do that in the current session");
  } else if (login.stage === "start") tell(turn, 530, "Please tell me who you are");
  else if (passwordFits(turn, login.key, argument)) {
    enter(turn, login.key, false);
    tell(turn, 230, "OK. Current directory is /", ...banner(turn));
  } else {
    const failures = ++session.failures;
    turn.later(failures * FAILURE + env.random(FAILURE), (later) => {
      tell(later, 530, "Login authentication failed");
      if (failures > TRIES) later.hangUp();
    });
  }
}

function enter(turn: Turn, name: Octets, anonymous: boolean): void {
  turn.session.login = { stage: "in", user: name, anonymous };
  turn.env.house.users++;
}

function banner(turn: Turn): Octets[] {
  const lines = linesOf(turn, ".banner");
  const { login } = turn.env.setup.messages ?? {};
  return lines.length > 0 || login === undefined ? lines : textLines(login);
}

export const acct = (turn: Turn) => tell(turn, 202, "Please tell me who you are");

/** Bytes are counted in kibibytes, begun ones too. */
export function quit(turn: Turn): void {
  const up = Math.ceil(count(turn, "uploaded") / 1024);
  const down = Math.ceil(count(turn, "downloaded") / 1024);
  tell(turn, 221, `Goodbye. You uploaded ${up} and downloaded ${down} kbytes.`, "Logout.");
  turn.hangUp();
}

/** The client has hung up: it is told with the code of the reply before. */
export function leave(turn: Turn): void {
  tell(turn, count(turn, "code"), "Logout.");
}

/** TLS, and only before the login; what came in the clear behind AUTH is dropped. */
export function auth(turn: Turn): void {
  const { session, env, argument, verb } = turn;
  const offered = env.setup.tls !== undefined && session.login.stage !== "in";
  if (verb !== "AUTH" || !offered || argument?.toUpperCase() !== "TLS") {
    return tell(turn, 500, "This security scheme is not implemented");
  }
  tell(turn, 234, "AUTH TLS OK.");
  if (session.tls !== "off") return;
  session.lines.length = 0;
  session.tls = "handshake";
  turn.effects.push({ kind: "start-tls" });
}

export const pbsz = (turn: Turn) => tell(turn, turn.session.tls === "on" ? 200 : 503, "PBSZ=0");

/** S and E are taken for P. */
export function prot(turn: Turn): void {
  const { session, argument } = turn;
  if (session.tls !== "on") {
    return tell(turn, 503, "PROT must be preceded by a successful PBSZ command");
  }
  session.protection = argument !== null && "SEP".includes(argument) ? "P" : "C";
  if (argument === null) tell(turn, 503, "Missing argument");
  else if (argument === "C") tell(turn, 200, 'Data protection level set to "clear"');
  else if (argument === "P") tell(turn, 200, 'Data protection level set to "private"');
  else if (session.protection === "C") tell(turn, 534, "Fallback to [C]");
  else tell(turn, 200, `Protection level ${argument} not understood. Fallback to "private"`);
}

export function ccc(turn: Turn): void {
  const { session } = turn;
  if (session.tls !== "on" || session.login.stage !== "in") {
    return tell(turn, 534, "CCC not allowed at this point");
  }
  tell(turn, 200, "Control connection unencrypted");
  turn.effects.push({ kind: "stop-tls" });
}

/** NOOP and the like do not keep a session awake for more than twice its idle time. True: it is over. */
export function isDozing(turn: Turn): boolean {
  const idle = Number(turn.session.notes.get("idle") ?? turn.env.setup.timeouts?.idle ?? 900);
  if (AWAKE.has(turn.verb)) turn.session.notes.delete("dozing");
  if (!DOZING.has(turn.verb)) return false;
  if (!turn.session.notes.has("dozing")) setCount(turn, "dozing", turn.now);
  if (turn.now - count(turn, "dozing") <= 2000 * idle) return false;
  tell(turn, 421, `Timeout (no operation for ${2 * idle} seconds)`);
  turn.hangUp();
  return true;
}

const words = (text: string) => new Set(text.split(" "));
const DOZING = words("NOOP SYST TYPE MODE CWD XCWD PWD XPWD REST");
const AWAKE = words(
  "USER PASS ACCT PBSZ PORT EPRT ESTA ESTP PASV P@SW EPSV ALLO CDUP XCUP RETR DELE STOR APPE STOU MKD XMKD RMD " +
    "XRMD STAT LIST NLST MLST MLSD ABOR SITE CHMOD MDTM MFMT SIZE RNFR RNTO",
);
