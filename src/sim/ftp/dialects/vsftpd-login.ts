/** Who the client is, and encryption, as vsftpd decides: USER, PASS, AUTH, PBSZ, PROT. */
import { enter, passwordFits } from "../commands/login.ts";
import type { Turn } from "../state.ts";
import { vsftpdFramer } from "./vsftpd-framer.ts";
import { isGuest, tell } from "./vsftpd-turn.ts";

const GUESTS = /^(ftp|anonymous)$/i;

/**
 * Rules in order: whoever is in may name nobody else; a guest may not come encrypted, and where
 * the set-up wants encryption nobody else may come without. A missing name is asked for its
 * password all the same.
 */
export function user(turn: Turn): void {
  const { session, env } = turn;
  const name = turn.argument ?? "";
  if (session.login.stage === "in") {
    if (isGuest(session)) tell(turn, 530, "Can't change from guest user.");
    else if (session.login.user === name) tell(turn, 331, "Any password will do.");
    else turn.say("other-user", {});
    return;
  }
  const guest = GUESTS.test(name);
  const secure = session.tls === "on";
  session.login = { stage: "start" };
  if (guest && secure) tell(turn, 530, "Anonymous sessions may not use encryption.");
  else if (!guest && !secure && env.setup.tls === "required") {
    tell(turn, 530, "Non-anonymous sessions must use encryption.");
    turn.hangUp();
  } else {
    if (name !== "") session.login = { stage: "needs-password", key: name, shown: name };
    turn.say("password-wanted", { user: name });
  }
}

/** PAM and vsftpd hold back the answer to a wrong password (RFC 2577 §5). */
const DELAY = 3000;

/** Rules in order: not twice; not before USER; then name and password. The third failure closes. */
export function pass(turn: Turn): void {
  const { session, env } = turn;
  const { login } = session;
  if (login.stage === "in") return turn.say("already-in", {});
  if (login.stage === "start") return turn.say("user-first", {});
  if (env.setup.anonymous !== undefined && GUESTS.test(login.key)) enter(turn, "ftp", true);
  else if (passwordFits(turn, login.key, turn.argument)) enter(turn, login.key, false);
  else {
    turn.later(DELAY, (at) => {
      session.login = { stage: "start" };
      at.say("login-failed", {});
      if (++session.failures >= (env.setup.limits?.attempts ?? 3)) at.hangUp();
    });
  }
}

/** The schemes that mean TLS; with two of them the data connections are encrypted at once. */
const SCHEMES: Readonly<Record<string, "C" | "P">> = {
  TLS: "C",
  "TLS-C": "C",
  SSL: "P",
  "TLS-P": "P",
};

/** What OpenSSL says of commands in the clear where a handshake should be. */
export const noHandshake = (turn: Turn) =>
  tell(turn, 500, "OOPS: error:0A00010B:SSL routines::wrong version number");

export function auth(turn: Turn): void {
  const { session } = turn;
  const protection = SCHEMES[turn.argument?.toUpperCase() ?? ""];
  if (protection === undefined) return tell(turn, 504, "Unknown AUTH type.");
  tell(turn, 234, "Proceed with negotiation.");
  if (session.lines.length > 0) {
    // What came in the clear behind AUTH is taken for the handshake.
    noHandshake(turn);
    turn.hangUp();
    return;
  }
  session.protection = protection;
  session.tls = "handshake";
  session.framer = vsftpdFramer();
  turn.effects.push({ kind: "start-tls" });
}

export function pbsz(turn: Turn): void {
  if (turn.session.tls === "on") tell(turn, 200, "PBSZ set to 0.");
  else tell(turn, 503, "PBSZ needs a secure connection.");
}

export function prot(turn: Turn): void {
  const { session } = turn;
  const wanted = turn.argument?.toUpperCase() ?? "";
  if (session.tls !== "on") tell(turn, 503, "PROT needs a secure connection.");
  else if (wanted === "C" || wanted === "P") {
    session.protection = wanted;
    tell(turn, 200, `PROT now ${wanted === "C" ? "Clear" : "Private"}.`);
  } else if (wanted === "S" || wanted === "E") tell(turn, 536, "PROT not supported.");
  else tell(turn, 504, "PROT not recognized.");
}
