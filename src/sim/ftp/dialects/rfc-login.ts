/** Who the client of the `rfc` dialect is: RFC 959 §4.1.1, RFC 2577 §5, RFC 7151; and TLS: RFC 2228, RFC 4217. */
import { isAnonymous, passwordFits } from "../commands/login.ts";
import type { Turn } from "../state.ts";

/** Milliseconds before a wrong password is answered (RFC 2577 §5 suggests five seconds). */
const PATIENCE = 5000;

/** Of several lines all but the last stand before it. */
export function message(turn: Turn, code: number, text: string): void {
  const lines = text.replace(/\n$/, "").split("\n");
  turn.reply(code, ...lines);
}

/** A new USER begins the login again and leaves the transfer parameters alone. */
export function user(turn: Turn): void {
  const { session, env } = turn;
  const key = turn.argument ?? "";
  if (env.setup.tls === "required" && session.tls !== "on") {
    turn.reply(530, "Not logged in: this server wants AUTH TLS first.");
    return;
  }
  if (session.login.stage === "in") env.house.users--;
  session.login = { stage: "needs-password", key, shown: key };
  if (isAnonymous(turn, key)) turn.reply(331, "Your mail address will do as a password.");
  else turn.reply(331, "User name okay, need password.");
}

export function pass(turn: Turn): void {
  const { session, env, argument } = turn;
  const { login } = session;
  if (login.stage !== "needs-password" || session.notes.get("before") !== "USER") {
    // No PASS can follow that USER any more.
    if (login.stage === "needs-password") session.login = { stage: "start" };
    turn.reply(503, "Bad sequence of commands: USER comes right before PASS.");
    return;
  }
  const anonymous = isAnonymous(turn, login.key);
  if (anonymous || passwordFits(turn, login.key, argument ?? "")) {
    session.login = { stage: "in", user: login.key, anonymous };
    session.failures = 0;
    session.folder = "/";
    env.house.users++;
    turn.timer("login", false);
    message(turn, 230, env.setup.messages?.login ?? "User logged in, proceed.");
    return;
  }
  session.login = { stage: "start" };
  const last = ++session.failures >= (env.setup.limits?.attempts ?? 3);
  turn.later(PATIENCE, (later) => {
    if (last) {
      later.reply(421, "Too many wrong passwords, closing control connection.");
      later.hangUp();
    } else later.reply(530, "Not logged in.");
  });
}

/** No account is ever needed. */
export function acct(turn: Turn): void {
  if (turn.session.login.stage === "in") turn.reply(202, "Superfluous at this site.");
  else turn.reply(503, "Bad sequence of commands: ACCT comes after PASS.");
}

/** Everything as it was at the beginning; a transfer that runs has been waited for. */
export function rein(turn: Turn): void {
  const { session, env } = turn;
  if (session.login.stage === "in") env.house.users--;
  turn.drop();
  Object.assign(session, {
    login: { stage: "start" },
    folder: "/",
    type: "A",
    structure: "F",
    mode: "S",
    restart: 0,
    renaming: null,
    onlyEpsv: false,
    mlstFacts: null,
    protection: "C",
  });
  turn.timer("login", true);
  turn.reply(220, "Service ready for new user.");
}

export function quit(turn: Turn): void {
  message(turn, 221, turn.env.setup.messages?.quit ?? "Service closing control connection.");
  turn.hangUp();
}

/** One server stands behind every name; HOST must come before the login. */
export function host(turn: Turn): void {
  const { session, argument } = turn;
  const name = /^([A-Za-z0-9-]+\.)*[A-Za-z0-9-]+\.?$|^\[[0-9A-Fa-f:.]+\]$/;
  if (session.login.stage !== "start")
    turn.reply(503, "Bad sequence of commands: HOST comes before USER.");
  else if (name.test(argument ?? "")) turn.reply(220, "Host accepted.");
  else turn.reply(501, "Syntax error: this is no host name.");
}

export function auth(turn: Turn): void {
  const { session, env } = turn;
  const mechanism = (turn.argument ?? "").toUpperCase();
  if (env.setup.tls === undefined)
    turn.reply(502, "Command not implemented: there is no TLS here.");
  else if (session.tls !== "off") turn.reply(503, "Bad sequence of commands: TLS is on.");
  else if (mechanism === "TLS" || mechanism === "TLS-C") {
    turn.reply(234, "Proceed with the TLS handshake.");
    // RFC 4217 §4.2: what came in the clear behind it is not to be trusted.
    session.lines.length = 0;
    turn.effects.push({ kind: "start-tls" });
  } else turn.reply(504, `${mechanism} is not a mechanism that this server has.`);
}

export function pbsz(turn: Turn): void {
  const { session, argument } = turn;
  if (session.tls !== "on") turn.reply(503, "Bad sequence of commands: AUTH comes before PBSZ.");
  else if (!/^\d{1,10}$/.test(argument ?? ""))
    turn.reply(501, "Syntax error: PBSZ wants a number.");
  else {
    session.notes.set("pbsz", "0");
    turn.reply(200, "PBSZ=0");
  }
}

export function prot(turn: Turn): void {
  const { session, env } = turn;
  const level = (turn.argument ?? "").toUpperCase();
  if (!session.notes.has("pbsz"))
    turn.reply(503, "Bad sequence of commands: PBSZ comes before PROT.");
  else if (level === "S" || level === "E")
    turn.reply(536, `PROT ${level} is not a level that TLS has.`);
  else if (level !== "C" && level !== "P") turn.reply(504, `PROT ${level} is not known.`);
  else if (level === "C" && env.setup.tls === "required") {
    turn.reply(534, "Request denied for policy reasons.");
  } else {
    session.protection = level;
    turn.reply(200, `Protection level set to ${level}.`);
  }
}

export function ccc(turn: Turn): void {
  const { session, env } = turn;
  if (session.tls !== "on") turn.reply(533, "The control connection is not protected.");
  else if (env.setup.tls === "required") turn.reply(534, "Request denied for policy reasons.");
  else {
    turn.reply(200, "The control connection goes on in the clear.");
    turn.effects.push({ kind: "stop-tls" });
  }
}

/** TLS has no use for it. */
export function adat(turn: Turn): void {
  turn.reply(503, "Bad sequence of commands: no exchange of security data is under way.");
}

/** MIC, CONF and ENC: TLS protects the connection, not the command. */
export function wrapped(turn: Turn): void {
  turn.reply(533, "Command protection level denied: TLS has none of its own.");
}
