/** Who the client is: USER, PASS, ACCT, REIN, SMNT and QUIT. RFC 959 §4.1.1. */
import { isOrdered } from "../faults.ts";
import { crowded, type Turn } from "../state.ts";
import type { CommandSpec } from "./spec.ts";

/**
 * Rules in order: a name must be given; whoever is in stays who they are (their own name is taken,
 * unless a PASS since has failed: ProFTPD forgets it then); then the password is asked for.
 */
function user(turn: Turn): void {
  const { session, argument } = turn;
  const [shown = ""] = turn.asked.command.words ?? argument?.trim().split(/[ \t\r\n]/) ?? [];
  if (argument === null || shown === "") turn.say("user-missing", {});
  else if (session.login.stage === "in") {
    const same = session.login.user === argument && session.named === argument;
    if (same) turn.say("logged-in", { user: argument });
    else turn.say("other-user", {});
  } else {
    session.named = argument;
    session.login = { stage: "needs-password", key: argument, shown };
    if (isAnonymous(turn, argument)) turn.say("email-wanted", { user: shown });
    else turn.say("password-wanted", { user: shown });
  }
}

/** Whether the set-up lets this name in with any password. */
export function isAnonymous(turn: Turn, name: string): boolean {
  return turn.env.setup.anonymous?.names.includes(name) ?? false;
}

/**
 * Rules in order: not twice; not before USER; room for one more; then name and password are compared
 * byte for byte, blanks too. A wrong one forgets the name, and the last attempt closes the connection.
 */
function pass(turn: Turn): void {
  const { session, argument } = turn;
  const { login } = session;
  if (login.stage === "in") {
    session.named = null;
    turn.say("already-in", {});
  } else if (login.stage === "start") turn.say("user-first", {});
  else if (isAnonymous(turn, login.key)) enter(turn, login.key, true);
  else if (passwordFits(turn, login.key, argument)) enter(turn, login.key, false);
  else {
    session.login = { stage: "start" };
    turn.say("login-failed", {});
    session.named = null;
    if (++session.failures >= (turn.env.setup.limits?.attempts ?? 3)) turn.hangUp();
  }
}

/** Whether an account of this name has this password, and is not locked: the client is not told which. */
export function passwordFits(turn: Turn, name: string, password: string | null): boolean {
  const account = turn.env.setup.users.find((one) => one.name === name);
  const locked = isOrdered(turn.env, "locked");
  return account !== undefined && account.password === password && !locked;
}

/** Lets the client in, unless as many as the set-up allows are in already. */
export function enter(turn: Turn, name: string, anonymous: boolean): void {
  const { session, env } = turn;
  const { clients = Infinity } = env.setup.limits ?? {};
  if (env.house.users >= clients) {
    turn.say("too-many", { limit: clients });
    turn.hangUp();
    return;
  }
  const most = crowded(env);
  if (most !== undefined) {
    turn.reply(
      530,
      `Sorry, the maximum number of clients (${most}) from your host are already connected.`,
    );
    turn.hangUp();
    return;
  }
  session.login = { stage: "in", user: name, anonymous };
  env.house.users++;
  turn.timer("login", false);
  turn.timer("noTransfer", true);
  if (anonymous) turn.say("anonymous-in", {});
  else turn.say("logged-in", { user: name });
}

/** What was asked before is still answered; then the connection is closed. An argument does no harm. */
function quit(turn: Turn): void {
  turn.say("goodbye", {});
  turn.hangUp();
}

/** Verbs that are known and refused wherever they come. */
const notImplemented = (turn: Turn) => turn.say("not-implemented", { verb: turn.verb });

const row = (
  verb: string,
  syntax: string,
  purpose: string,
  run: (turn: Turn) => void,
  login = false,
): CommandSpec => ({ verb, syntax, rfc: "959 §4.1.1", purpose, login, run });

export const USER = row("USER", "USER <SP> <username>", "says who you are", user);
export const PASS = row(
  "PASS",
  "PASS <SP> <password>",
  "proves it with a password, in the clear",
  pass,
);
export const ACCT = row(
  "ACCT",
  "ACCT <SP> <account>",
  "names an account to be charged",
  notImplemented,
);
export const REIN = row("REIN", "REIN", "logs out and starts the session over", notImplemented);
export const SMNT = row(
  "SMNT",
  "SMNT <SP> <pathname>",
  "mounts another file system",
  notImplemented,
  true,
);
export const QUIT = row("QUIT", "QUIT", "says goodbye; the server closes the connection", quit);
