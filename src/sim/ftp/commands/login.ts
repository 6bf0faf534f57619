/** Who the client is: USER, PASS, and QUIT. RFC 959 §4.1.1. */
import type { Turn } from "../state.ts";
import type { CommandSpec } from "./spec.ts";

/**
 * Rules in order: a name must be given; whoever is in stays who they are (and only the session's
 * very first name is taken for the same, ProFTPD's mod_auth); then the password is asked for.
 */
function user(turn: Turn): void {
  const { session, argument } = turn;
  const shown = argument?.trim().split(/[ \t]/)[0] ?? "";
  if (argument === null || shown === "") turn.say("user-missing", {});
  else if (session.login.stage === "in") {
    const same = session.login.user === argument && session.firstUser === argument;
    if (same) turn.say("logged-in", { user: argument });
    else turn.say("other-user", {});
  } else {
    session.firstUser ??= argument;
    session.login = { stage: "needs-password", key: argument, shown };
    turn.say("password-wanted", { user: shown });
  }
}

/**
 * Rules in order: not twice; not before USER; then name and password are compared byte for byte,
 * blanks too. A wrong one forgets the name, and the set-up's last attempt closes the connection.
 */
function pass(turn: Turn): void {
  const { session, env, argument } = turn;
  const { login } = session;
  if (login.stage === "in") turn.say("already-in", {});
  else if (login.stage === "start") turn.say("user-first", {});
  else {
    const account = env.setup.users.find(({ name }) => name === login.key);
    if (account !== undefined && account.password === argument) {
      session.login = { stage: "in", user: account.name };
      session.failures = 0;
      turn.timer("login", false);
      turn.timer("noTransfer", true);
      turn.say("logged-in", { user: account.name });
      return;
    }
    session.login = { stage: "start" };
    turn.say("login-failed", {});
    if (++session.failures >= env.dialect.attempts) turn.hangUp();
  }
}

/** What was asked before is still answered; then the connection is closed. An argument does no harm. */
function quit(turn: Turn): void {
  turn.say("goodbye", {});
  turn.hangUp();
}

export const USER: CommandSpec = {
  verb: "USER",
  syntax: "USER <SP> <username>",
  rfc: "959 §4.1.1",
  purpose: "says who you are",
  login: false,
  run: user,
};

export const PASS: CommandSpec = {
  verb: "PASS",
  syntax: "PASS <SP> <password>",
  rfc: "959 §4.1.1",
  purpose: "proves it with a password, in the clear",
  login: false,
  run: pass,
};

export const QUIT: CommandSpec = {
  verb: "QUIT",
  syntax: "QUIT",
  rfc: "959 §4.1.1",
  purpose: "says goodbye; the server closes the connection",
  login: false,
  run: quit,
};
