/** Who the client of pyftpdlib is, and whether that is secret: USER to QUIT, AUTH to PROT. */
import type { Octets } from "../../bytes.ts";
import { isAnonymous, passwordFits } from "../commands/login.ts";
import type { Turn } from "../state.ts";
import { isMoving, shut } from "./pyftpdlib-data.ts";
import { lengthOf, upper } from "./pyftpdlib-framer.ts";
import { goDeaf, hearAgain, stateOf } from "./pyftpdlib-state.ts";

/** A message of the set-up; a long one has a last line of its own, with nothing on it. */
export function message(turn: Turn, code: number, text: Octets): void {
  const words = text.replace(/\n$/, "");
  if (lengthOf(words) <= 75) turn.reply(code, words);
  else turn.send({ code, lines: [words, ""], layout: "raw" });
}

/** Milliseconds before a wrong password is answered. */
const PATIENCE = 3000;

/** USER when somebody is in, and REIN: all is forgotten but EPSV ALL, the facts of MLST and the folder. */
function startOver(turn: Turn): void {
  const { session, env } = turn;
  const state = stateOf(turn);
  if (state.channel === null || !isMoving(state.channel)) shut(turn);
  if (session.login.stage === "in") env.house.users--;
  session.login = { stage: "start" };
  session.failures = 0;
  session.type = "A";
  session.restart = 0;
  session.protection = "C";
  Object.assign(state, { out: null, into: null, renaming: null, quitting: false, pbsz: false });
}

export function user(turn: Turn): void {
  const { session, argument } = turn;
  const key = argument ?? "";
  if (session.login.stage === "in") {
    startOver(turn);
    turn.reply(331, "Previous account information was flushed, send password.");
  } else turn.reply(331, "Username ok, send password.");
  session.login = { stage: "needs-password", key, shown: key };
}

/** A wrong password forgets the name at once, and is answered later: until then nothing is read. */
export function pass(turn: Turn): void {
  const { session, env, argument } = turn;
  const { login } = session;
  if (login.stage === "in") turn.reply(503, "User already authenticated.");
  else if (login.stage === "start") turn.reply(503, "Login with USER first.");
  else {
    const anonymous = isAnonymous(turn, login.key);
    if (anonymous || passwordFits(turn, login.key, argument ?? "")) {
      session.login = { stage: "in", user: login.key, anonymous };
      session.failures = 0;
      session.folder = "/";
      env.house.users++;
      const { login: text } = env.setup.messages ?? {};
      message(turn, 230, anonymous ? "Login successful." : (text ?? "Login successful."));
      return;
    }
    const state = stateOf(turn);
    session.login = { stage: "start" };
    state.late.push((at) => failed(at, login.key));
    goDeaf(turn);
    // Nothing else here has a time for the login, so its clock is free for this.
    turn.effects.push({ kind: "timer", name: "login", milliseconds: PATIENCE });
  }
}

/** The time is over that wrong passwords are held back. */
export function answerLate(turn: Turn): void {
  const state = stateOf(turn);
  if (!state.quitting) hearAgain(turn);
  for (const answer of state.late.splice(0)) answer(turn);
}

function failed(turn: Turn, name: Octets): void {
  const { session, env } = turn;
  const why = name === "anonymous" ? "Anonymous access not allowed." : "Authentication failed.";
  const last = ++session.failures >= (env.setup.limits?.attempts ?? 3);
  turn.reply(530, last ? `${why} Disconnecting.` : why);
  if (last) turn.hangUp();
}

export function rein(turn: Turn): void {
  startOver(turn);
  turn.reply(230, "Ready for new user.");
}

/** With a data connection standing the control connection is closed only when that is. */
export function quit(turn: Turn): void {
  const { session, env } = turn;
  const { login } = session;
  const state = stateOf(turn);
  const own = login.stage === "in" && !login.anonymous ? env.setup.messages?.quit : undefined;
  message(turn, 221, own ?? "Goodbye.");
  if (state.channel === null) turn.hangUp();
  else {
    state.quitting = true;
    goDeaf(turn);
  }
}

export function auth(turn: Turn): void {
  const { session } = turn;
  const kind = upper(turn.argument ?? "");
  if (session.tls !== "off") turn.reply(503, "Already using TLS.");
  else if (/^(TLS|TLS-C|SSL|TLS-P)$/.test(kind)) {
    turn.reply(234, `AUTH ${kind} successful.`);
    // What came in the clear behind AUTH is still answered, but under TLS: a weakness of the real one.
    session.tls = "handshake";
    turn.effects.push({ kind: "start-tls" });
  } else turn.reply(502, "Unrecognized encryption type (use TLS or SSL).");
}

/** PBSZ and PROT want TLS on the control connection. */
function secure(turn: Turn): boolean {
  if (turn.session.tls === "on") return true;
  turn.reply(503, `${turn.verb} not allowed on insecure control connection.`);
  return false;
}

export function pbsz(turn: Turn): void {
  if (!secure(turn)) return;
  turn.reply(200, "PBSZ=0 successful.");
  stateOf(turn).pbsz = true;
}

export function prot(turn: Turn): void {
  const level = upper(turn.argument ?? "");
  if (!secure(turn)) return;
  if (!stateOf(turn).pbsz) turn.reply(503, "You must issue the PBSZ command prior to PROT.");
  else if (level === "C" || level === "P") {
    turn.session.protection = level;
    turn.reply(200, `Protection set to ${level === "C" ? "Clear" : "Private"}`);
  } else if (level === "S" || level === "E") {
    turn.reply(521, `PROT ${level} unsupported (use C or P).`);
  } else turn.reply(502, "Unrecognized PROT type (use C or P).");
}
