/** Data connections as vsftpd takes them up: what it wants before, and how a transfer ends. */
import type { DataInput, Stream } from "../effect.ts";
import { type Plan, Turn } from "../state.ts";
import { isGuest, tell } from "./vsftpd-turn.ts";

/** Rules in order: a connection must be agreed on; and encrypted, where the set-up wants that of users. */
export function ready(turn: Turn): boolean {
  const { session, env } = turn;
  if (session.passivePort === 0 && session.active === null) {
    tell(turn, 425, "Use PORT or PASV first.");
  } else if (env.setup.tls === "required" && session.protection !== "P" && !isGuest(session)) {
    tell(turn, 522, "Data connections must be encrypted.");
  } else return true;
  return false;
}

/** Begins a transfer; only the client itself may dial the passive port (RFC 2577 §3). */
export function transfer(turn: Turn, { stream, sink, ...plan }: Omit<Plan, "polled">): void {
  const { session, env } = turn;
  const moves = () => session.notes.set(PROGRESS, "");
  session.notes.delete(PROGRESS);
  session.transfer = {
    ...plan,
    ...(stream && { stream: () => watched(stream(), moves) }),
    ...(sink && { sink: (bytes: Uint8Array) => (moves(), sink(bytes)) }),
    asked: turn.asked,
    polled: false,
    stage: "connecting",
    instead: null,
    bytes: 0,
    begin(at) {
      at.timer("accept", false);
      plan.begin(at);
    },
  };
  const to = session.passivePort > 0 ? null : session.active;
  const anybody = env.setup.allow?.foreignAddresses === true;
  // The clock first: who has dialled already is there at once, and stops it. For dialling it has
  // another one (connect_timeout), with the same 60 seconds.
  turn.timer("accept", true);
  const from = anybody ? {} : { from: env.client.address };
  // Debian's vsftpd.conf has connect_from_port_20.
  const ports = env.setup.options?.includes("port-20") === true ? { ports: [20] } : {};
  turn.effects.push({ kind: "connect", to, ...from, ...ports });
}

/** Stands in the notes once bytes have moved since the clock last rang. */
const PROGRESS = "progress";

const watched = (stream: Stream, moves: () => void): Stream => ({
  next(most) {
    moves();
    return stream.next(most);
  },
});

/** The clock of a transfer rings: false if nothing has moved since it last did. */
export function goesOn(turn: Turn): boolean {
  if (!turn.session.notes.delete(PROGRESS)) return false;
  turn.timer("stalled", true);
  return true;
}

/** Gives up on the data connection before it stands, with a 425. */
export function giveUp(turn: Turn, say: (at: Turn) => void): void {
  const { session, env, now, effects } = turn;
  if (session.transfer === null) return;
  const at = new Turn(session, env, now, effects, session.transfer.asked);
  session.transfer = null;
  at.timer("accept", false);
  at.drop();
  say(at);
  at.timer("idle", true);
}

/** What vsftpd does otherwise than the rest with a data connection; true: it is dealt with. */
export function dataInput(turn: Turn, input: DataInput): boolean {
  const { transfer: current } = turn.session;
  if (input.kind === "stirred") return true;
  if (input.kind === "stranger") {
    giveUp(turn, (at) => tell(at, 425, "Security: Bad IP connecting."));
    return true;
  }
  // Reset before it was taken up: vsftpd takes it all the same, and finds out when it moves bytes.
  if (input.kind === "unconnected" && input.why === "Success" && current !== null) {
    giveUp(turn, (at) => {
      current.begin(at);
      if (current.stream !== undefined && current.stream().next(1) === undefined) current.done(at);
      else if (current.broken === undefined) at.say("transfer-broken", {});
      else current.broken(at);
    });
    return true;
  }
  return false;
}
