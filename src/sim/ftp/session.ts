/**
 * One control connection's conversation: `step` takes one input and gives the effects that follow
 * from it. No I/O, no clock, no chance; it changes its own session and nothing else.
 */
import type { Status } from "../facts.ts";
import { parseCommand } from "../protocol/command.ts";
import { formatHostPort } from "../protocol/host-port.ts";
import type { DataInput, Effect, Input } from "./effect.ts";
import { fillDisk, isOrdered, orderedAddress } from "./faults.ts";
import { type Asked, type Env, type Session, type Transfer, Turn } from "./state.ts";

const UNASKED: Asked = { number: 0, line: "", command: parseCommand("") };

/** Takes one input; gives what is to be done, in order. */
export function step(session: Session, input: Input, env: Env, now: number): Effect[] {
  const effects: Effect[] = [];
  if (session.ended) return effects;
  const answer = (asked: Asked) => new Turn(session, env, now, effects, asked);
  switch (input.kind) {
    case "begin":
      if (isOrdered(env, "busy")) {
        const turn = answer(UNASKED);
        const { busy } = env.dialect;
        turn.reply(421, typeof busy === "string" ? busy : busy(env));
        turn.hangUp();
      } else env.dialect.greet(answer(UNASKED));
      break;
    case "bytes": {
      const { lines, answers, hopeless = false } = session.framer(input.bytes);
      if (answers !== "") effects.push({ kind: "raw", octets: answers });
      for (const line of lines) session.lines.push(line);
      if (hopeless) session.closing = true;
      break;
    }
    case "timer":
      if (input.name === "delay") {
        const { delayed } = session;
        session.delayed = null;
        delayed?.(now, effects);
      } else {
        const seconds = env.setup.timeouts?.[input.name] ?? 0;
        env.dialect.timeOut(answer(UNASKED), input.name, seconds);
      }
      break;
    case "tls":
      session.tls = input.ok ? "on" : "off";
      if (!input.ok) env.dialect.tlsFailed(answer(UNASKED));
      break;
    case "closed":
      session.closing = true;
      break;
    case "gone":
      answer(UNASKED).hangUp();
      break;
    case "listening":
      if (session.opening !== null) opened(answer(session.opening), input.port);
      break;
    case "poll":
      break;
    default:
      if (env.dialect.data?.(answer(UNASKED), input) === true) break;
      if (session.transfer !== null) {
        proceed(answer(session.transfer.asked), session.transfer, input);
      }
  }
  readLines(session, env, answer, input.kind === "poll");
  env.dialect.settle?.(answer(UNASKED));
  noteStatus(session, env);
  return effects;
}

/** The port that PASV or EPSV asked for is open, or none was to be had. */
function opened(turn: Turn, port: number | null): void {
  const { session, env, asked } = turn;
  session.opening = null;
  if (port === null) {
    turn.say("no-port", {});
    return;
  }
  session.passivePort = port;
  const { verb } = asked.command;
  const ordered = verb === "PASV" ? orderedAddress(env) : undefined;
  const at = { address: ordered ?? env.setup.passive.announce ?? env.address, port };
  env.record({ kind: "passive", session: env.id, command: asked.number, ...at });
  if (verb === "PASV" && env.setup.options?.includes("bare-227") === true) {
    // Some write the six numbers without brackets; RFC 959 does not say that there are any.
    turn.reply(227, `Entering Passive Mode. ${formatHostPort(at)}`);
  } else if (verb === "PASV") turn.say("passive", { at });
  else turn.say("extended-passive", { at });
}

/** The next arrow of a transfer: connected, encrypted, moved, closed; or where it broke. */
function proceed(turn: Turn, transfer: Transfer, input: DataInput): void {
  const { session, env } = turn;
  switch (input.kind) {
    case "connected":
      if (env.dialect.keepsPort !== true) session.passivePort = 0;
      session.active = null;
      if (input.peer !== undefined) transfer.peer = input.peer;
      transfer.passive = input.passive === true;
      transfer.begin(turn);
      if (session.protection === "P") {
        transfer.stage = "securing";
        turn.effects.push({ kind: "secure" });
      } else move(turn, transfer);
      return;
    case "unconnected":
      session.transfer = null;
      turn.drop();
      turn.say("no-data", { why: input.why });
      break;
    case "secured":
      if (env.dialect.acceptsData(turn, input.ok, input.resumed)) {
        move(turn, transfer);
        return;
      }
      session.transfer = null;
      turn.drop();
      break;
    case "chunk": {
      if (transfer.stage !== "moving") return;
      transfer.bytes += input.bytes.length;
      session.received += input.bytes.length;
      if (isOrdered(env, "full-disk")) {
        fillDisk(turn, transfer, input.bytes);
        break;
      }
      const taken = transfer.sink?.(input.bytes) ?? true;
      if (taken !== true) {
        turn.abort(taken || ((at) => at.say("no-space", { path: transfer.name })));
      }
      return;
    }
    case "moved":
      if (transfer.stage !== "moving") return;
      transfer.bytes = input.bytes;
      if (transfer.stream !== undefined) {
        session.sent += input.bytes;
        session.moved += input.bytes - (transfer.source?.added ?? 0);
      }
      turn.timer("stalled", false);
      if (input.whole) {
        transfer.stage = "closing";
        turn.effects.push({ kind: "finish" });
        return;
      }
      session.transfer = null;
      turn.drop();
      if (transfer.broken === undefined) turn.say("transfer-broken", {});
      else transfer.broken(turn);
      break;
    case "finished":
      session.transfer = null;
      (transfer.instead ?? transfer.done)(turn);
      break;
    case "stirred":
    case "stranger":
      // Only the dialects that take data connections up in their own way care.
      return;
  }
  turn.timer("noTransfer", true);
  turn.timer("idle", true);
}

function move(turn: Turn, transfer: Transfer): void {
  transfer.stage = "moving";
  turn.timer("stalled", true);
  turn.timer("noTransfer", false);
  turn.timer("idle", false);
  if (transfer.stream === undefined) turn.effects.push({ kind: "receive" });
  else {
    transfer.source = transfer.stream();
    turn.effects.push({ kind: "send", stream: transfer.source, polls: transfer.polled });
  }
}

/**
 * Works off the lines that wait, as long as nothing keeps the server from reading. During a transfer
 * a server that polls answers one command a piece; one that does not, and one that waits for its
 * data connection, is deaf until the transfer is over; some dialects listen all the time.
 */
function readLines(
  session: Session,
  { dialect }: Env,
  answer: (asked: Asked) => Turn,
  polling: boolean,
): void {
  const { transfer: moving } = session;
  if (dialect.meanwhile !== undefined && moving?.stage === "moving") {
    if (polling || moving.stream === undefined) dialect.meanwhile(answer(moving.asked));
    return;
  }
  while (!session.ended && session.lines.length > 0) {
    const { transfer } = session;
    if (session.opening !== null || session.delayed !== null || session.tls === "handshake") return;
    const polls = polling && transfer?.polled === true && transfer.stage === "moving";
    if (transfer !== null && !polls && !dialect.listens(transfer, session)) return;
    const line = session.lines.shift() ?? "";
    const asked = { number: ++session.count, line, command: dialect.parse(line) };
    dispatch(answer(asked));
    if (polls) return;
  }
  // The client will say no more: whoever has nothing left to answer hangs up.
  if (!session.closing || session.ended || session.transfer !== null) return;
  dialect.leave?.(answer(UNASKED));
  answer(UNASKED).hangUp();
}

/** Records the command, then lets the dialect refuse it or the handler answer it. */
function dispatch(turn: Turn): void {
  const { env, asked } = turn;
  const { verb, argument } = asked.command;
  const { dialect } = env;
  const spec = dialect.table.get(verb);
  const known = spec !== undefined ? "yes" : dialect.notYet.has(verb) ? "not-yet" : "no";
  env.record({ kind: "command", session: env.id, command: asked.number, verb, argument, known });
  if (turn.session.transfer === null) turn.timer("idle", true);
  if (!dialect.guard(turn, spec)) spec?.run(turn);
}

const KEYS = ["user", "pending", "folder", "type", "data", "port"] as const;

/** Records the state if it has changed, for whoever draws it. */
function noteStatus(session: Session, env: Env): void {
  const { login, folder, type, passivePort, active, transfer, status: old } = session;
  const moving = transfer !== null && transfer.stage !== "connecting";
  const status: Status = {
    user: login.stage === "in" ? login.user : null,
    pending: login.stage === "needs-password" ? login.shown : null,
    folder,
    type,
    data: moving ? "transfer" : passivePort > 0 ? "listening" : active !== null ? "active" : "none",
    port: passivePort > 0 ? passivePort : (active?.port ?? 0),
  };
  if (KEYS.every((key) => status[key] === old[key])) return;
  session.status = status;
  env.record({ kind: "status", session: env.id, status });
}
