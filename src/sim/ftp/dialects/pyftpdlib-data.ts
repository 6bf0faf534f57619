/**
 * Data connections as pyftpdlib keeps them. It takes them up when they are made, not when they are
 * wanted: 125 if one stands already, 150 if not, and a transfer asked for too early waits for as
 * long as it takes. A connection on which the client moves before a transfer began is closed.
 */
import type { DataInput, Stream } from "../effect.ts";
import { isOrdered, roomOnFullDisk } from "../faults.ts";
import type { Turn } from "../state.ts";
import {
  BUFFER,
  type Channel,
  type Job,
  lateTurn,
  type State,
  stateOf,
} from "./pyftpdlib-state.ts";

/** How long it dials after PORT, in milliseconds. */
const DIAL_TIME = 30_000;

/** Begins a transfer, or lets it wait for its data connection. */
export function begin(turn: Turn, job: Job, already: string, later = already): void {
  const state = stateOf(turn);
  if (state.channel === null) {
    turn.reply(150, later);
    if (job.kind === "send") state.out = job;
    else state.into = job;
    return;
  }
  turn.reply(125, already);
  if (state.wrecked) return;
  if (give(turn, state.channel, job)) return;
  turn.reply(426, "Internal error; transfer aborted.");
  turn.drop();
  closed(turn, state);
}

/**
 * A second transfer on the same connection fares as pyftpdlib's queues have it. False: it gives up
 * over a listing that it wants to send as a file.
 */
function give(turn: Turn, channel: Channel, job: Job): boolean {
  const { job: busy } = channel;
  if (busy === null) {
    channel.job = job;
    channel.begins = true;
    return true;
  }
  const hasFile = busy.kind === "receive" || busy.what === "file";
  if (
    job.kind === "send" &&
    job.what === "lines" &&
    hasFile &&
    turn.session.type === "I" &&
    !channel.protect
  ) {
    return false;
  }
  if (busy.kind === "receive") {
    if (job.kind === "receive") {
      busy.close();
      channel.job = job;
    } else if (!channel.stuck) sendOnce(turn, channel, job.stream);
  } else if (job.kind === "receive" || (job.sendfile && !channel.protect)) {
    channel.job = job;
    channel.turns = job.kind === "receive";
  } else if (!busy.sendfile) channel.crowded = true;
  return true;
}

/** The first piece of a download leaves at once; then nothing more moves over a connection that receives. */
function sendOnce(turn: Turn, channel: Channel, stream: Stream): void {
  channel.stuck = true;
  let left = 1;
  const next = (most: number) => (left-- > 0 ? stream.next(most) : undefined);
  turn.effects.push({ kind: "send", polls: false, stream: counted(turn, channel, next) });
}

/** A stream whose bytes are counted. */
function counted({ session }: Turn, channel: Channel, next: Stream["next"]): Stream {
  return {
    next(most) {
      const piece = next(most);
      channel.sent += piece?.length ?? 0;
      session.sent += piece?.length ?? 0;
      return piece;
    },
  };
}

/** Closes the data connection, or what was agreed about one, without a word. */
export function shut(turn: Turn): void {
  const state = stateOf(turn);
  state.acceptor = "none";
  state.connector = false;
  state.dialling = null;
  turn.drop();
  turn.effects.push({ kind: "timer", name: "accept", milliseconds: null });
  if (state.channel !== null) closed(turn, state);
}

/** Bytes are under way: ABOR then has something to break off. */
export function isMoving(channel: Channel): boolean {
  return channel.sent + channel.received > 0 || (channel.begins && channel.job?.kind === "send");
}

/** The data connection is gone: the clock of idle clients runs again, and QUIT has its way. */
function closed(turn: Turn, state: State): void {
  if (state.channel?.job?.kind === "receive") state.channel.job.close();
  state.channel = null;
  state.spoke = false;
  turn.session.transfer = null;
  turn.timer("stalled", false);
  if (state.quitting) turn.hangUp();
  else turn.timer("idle", true);
}

/** What the data connection brings. */
export function dataInput(turn: Turn, input: DataInput): boolean {
  const state = stateOf(turn);
  const { channel } = state;
  switch (input.kind) {
    case "connected":
      connected(turn, state);
      break;
    case "unconnected":
      unconnected(turn, state);
      break;
    case "stranger": {
      const { address, port } = input.at;
      turn.reply(425, `Rejected data connection from foreign address ${address}:${port}.`);
      break;
    }
    case "stirred":
      if (channel !== null && channel.job === null) {
        turn.drop();
        closed(turn, state);
      }
      break;
    case "secured":
      if (channel === null) break;
      channel.secured = input.ok;
      if (input.ok) move(turn, channel);
      else if (/clos|broke|disconnect/.test(input.why ?? "")) moved(turn, channel, false);
      else {
        turn.reply(522, "SSL handshake failed.");
        turn.drop();
        closed(turn, state);
      }
      break;
    case "chunk":
      if (channel?.job?.kind !== "receive" || channel.stuck) break;
      channel.received += input.bytes.length;
      turn.session.received += input.bytes.length;
      if (isOrdered(turn.env, "full-disk")) {
        // What Python still holds is written, and found not to fit, when the file is closed.
        channel.full = channel.received <= BUFFER;
        if (channel.full) break;
        channel.job.sink(roomOnFullDisk(input.bytes));
      } else if (channel.job.sink(input.bytes)) break;
      // What Python's error says of itself here is "None".
      lateTurn(turn, channel.job.asked).reply(426, "None; transfer aborted.");
      turn.drop();
      closed(turn, state);
      break;
    case "moved":
      if (channel?.stuck === false) moved(turn, channel, input.whole);
      break;
    case "finished":
      if (channel === null || channel.job === null) break;
      finished(lateTurn(turn, channel.job.asked), state, channel);
      break;
  }
  return true;
}

function connected(turn: Turn, state: State): void {
  const { session, now } = turn;
  const { dialling } = state;
  state.acceptor = "none";
  state.dialling = null;
  state.missed.delete("idle");
  session.passivePort = 0;
  session.active = null;
  const channel: Channel = {
    job: null,
    protect: session.protection === "P",
    secured: false,
    begins: false,
    turns: false,
    stuck: false,
    full: false,
    crowded: false,
    sent: 0,
    received: 0,
    seen: 0,
    since: now,
  };
  state.channel = channel;
  turn.effects.push({ kind: "timer", name: "accept", milliseconds: null });
  turn.timer("idle", false);
  turn.timer("stalled", true);
  if (dialling !== null) lateTurn(turn, dialling).reply(200, "Active data connection established.");
  const job = state.out ?? state.into;
  if (job === null) return;
  if (state.out === null) state.into = null;
  state.out = null;
  give(turn, channel, job);
}

function unconnected(turn: Turn, state: State): void {
  const { dialling } = state;
  state.dialling = null;
  turn.session.active = null;
  turn.effects.push({ kind: "timer", name: "accept", milliseconds: null });
  if (dialling !== null) lateTurn(turn, dialling).reply(425, "Can't connect to specified address.");
}

function moved(turn: Turn, channel: Channel, whole: boolean): void {
  const { job } = channel;
  if (channel.full) stateOf(turn).wrecked = true;
  else if (job?.kind === "receive") {
    turn.effects.push({ kind: channel.turns ? "receive" : "finish" });
    channel.turns = false;
  } else if (whole) turn.effects.push({ kind: "finish" });
  else if (job !== null) {
    turn.drop();
    const late = lateTurn(turn, job.asked);
    aborted(late, channel);
    closed(late, stateOf(turn));
  }
}

function finished(turn: Turn, state: State, channel: Channel): void {
  if (channel.crowded) aborted(turn, channel);
  else turn.reply(226, "Transfer complete.");
  closed(turn, state);
}

function aborted(turn: Turn, { sent, received }: Channel): void {
  turn.reply(426, `Transfer aborted; ${sent + received} bytes transmitted.`);
}

/**
 * At the end of each input: what PASV and PORT agreed about is got, and a transfer begins, behind
 * the replies to all lines that came in one piece.
 */
export function settleData(turn: Turn): void {
  const { session, env } = turn;
  const state = stateOf(turn);
  const { channel } = state;
  if (state.acceptor === "opening" && session.opening === null) {
    state.acceptor = session.passivePort > 0 ? "open" : "none";
    if (state.acceptor === "open") {
      const { foreignAddresses } = env.setup.allow ?? {};
      const from = foreignAddresses === true ? {} : { from: env.client.address };
      turn.effects.push({ kind: "connect", to: null, ...from });
      turn.timer("accept", true);
    }
  }
  if (channel === null) return;
  if (!channel.begins) return;
  channel.begins = false;
  if (channel.protect && !channel.secured) turn.effects.push({ kind: "secure" });
  else move(turn, channel);
}

function move(turn: Turn, channel: Channel): void {
  const { session } = turn;
  const { job } = channel;
  if (job === null) return;
  const nothing = () => {};
  session.transfer = {
    name: "",
    polled: false,
    begin: nothing,
    done: nothing,
    asked: job.asked,
    stage: "moving",
    instead: null,
    bytes: 0,
  };
  if (job.kind === "receive") {
    turn.effects.push({ kind: "receive" });
    return;
  }
  // Another file may have taken the first one's place, or an upload.
  const next = (most: number) =>
    channel.job?.kind === "send" ? channel.job.stream.next(most) : undefined;
  turn.effects.push({ kind: "send", polls: false, stream: counted(turn, channel, next) });
}

/** Dials where PORT said; the reply to PORT comes when that has an end. */
export function dial(turn: Turn, to: { address: string; port: number }): void {
  const state = stateOf(turn);
  state.dialling = turn.asked;
  state.connector = true;
  turn.session.active = to;
  turn.effects.push(
    { kind: "connect", to },
    { kind: "timer", name: "accept", milliseconds: DIAL_TIME },
  );
}

/** Nobody dialled, nobody answered, or nothing moved. */
export function dataTimeOut(turn: Turn, name: "accept" | "stalled"): void {
  const state = stateOf(turn);
  const { channel } = state;
  if (name === "accept") {
    const words = state.dialling === null ? "Passive" : "Active";
    (state.dialling === null ? turn : lateTurn(turn, state.dialling)).reply(
      421,
      `${words} data channel timed out.`,
    );
    if (state.acceptor === "open") state.acceptor = "stale";
    state.dialling = null;
    turn.drop();
  } else if (channel !== null) {
    const bytes = channel.sent + channel.received;
    if (bytes > channel.seen) {
      channel.seen = bytes;
      turn.timer("stalled", true);
    } else {
      turn.reply(421, "Data connection timed out.");
      turn.hangUp();
    }
  }
}
