/**
 * One control connection's conversation: `step` takes one input and gives the effects that follow
 * from it. No I/O, no clock, no chance; it changes its own session and nothing else.
 */
import type { Octets } from "../bytes.ts";
import type { Status } from "../facts.ts";
import { parseCommand } from "../protocol/command.ts";
import { commandSpec } from "./commands/table.ts";
import type { Effect, Input } from "./effect.ts";
import { type Asked, type Env, type Session, type Transfer, Turn } from "./state.ts";

const UNASKED: Asked = { number: 0, command: parseCommand("") };

/** Takes one input; gives what is to be done, in order. */
export function step(session: Session, input: Input, env: Env, now: number): Effect[] {
  const effects: Effect[] = [];
  if (session.ended) return effects;
  const answer = (asked: Asked) => new Turn(session, env, now, effects, asked);
  switch (input.kind) {
    case "begin": {
      const turn = answer(UNASKED);
      turn.say("greeting", { server: env.setup.serverName, address: env.address });
      turn.timer("login", true);
      turn.timer("idle", true);
      break;
    }
    case "bytes": {
      const { lines, answers } = session.framer(input.bytes);
      if (answers !== "") effects.push({ kind: "raw", octets: answers });
      session.lines.push(...lines);
      break;
    }
    case "timer": {
      const turn = answer(UNASKED);
      const seconds = env.setup.timeouts?.[input.name] ?? 0;
      turn.say("timed-out", { timer: input.name, seconds });
      turn.hangUp();
      break;
    }
    case "gone":
      answer(UNASKED).hangUp();
      break;
    case "listening":
      if (session.opening !== null) opened(answer(session.opening), input.port);
      break;
    default:
      if (session.transfer !== null) {
        proceed(answer(session.transfer.asked), session.transfer, input);
      }
  }
  readLines(session, answer);
  noteStatus(session, env);
  return effects;
}

/** The port that PASV asked for is open, or none was to be had. */
function opened(turn: Turn, port: number | null): void {
  const { session, env, asked } = turn;
  session.opening = null;
  if (port === null) {
    turn.say("no-port", {});
    return;
  }
  const at = { address: env.setup.passive.announce ?? env.address, port };
  session.passivePort = port;
  env.record({ kind: "passive", session: env.id, command: asked.number, ...at });
  turn.say("passive", { at });
}

type DataInput = Exclude<Input, { kind: "begin" | "bytes" | "timer" | "gone" | "listening" }>;

/** The next arrow of a transfer: connected, sent, closed; or where it broke. */
function proceed(turn: Turn, transfer: Transfer, input: DataInput): void {
  const { session } = turn;
  switch (input.kind) {
    case "connected":
      session.passivePort = 0;
      transfer.stage = "sending";
      transfer.begin(turn);
      turn.effects.push({ kind: "send", stream: transfer.stream() });
      break;
    case "unconnected":
      session.transfer = null;
      turn.drop();
      turn.say("no-data", { why: input.why });
      break;
    case "sent":
      transfer.bytes = input.bytes;
      if (input.whole) {
        transfer.stage = "closing";
        turn.effects.push({ kind: "finish" });
        return;
      }
      session.transfer = null;
      turn.drop();
      turn.say("transfer-broken", {});
      break;
    case "finished":
      session.transfer = null;
      transfer.done(turn);
      break;
  }
  if (session.transfer === null) {
    turn.timer("noTransfer", true);
    turn.timer("idle", true);
  }
}

/** Works off the lines that wait, as long as nothing keeps the server from reading. */
function readLines(session: Session, answer: (asked: Asked) => Turn): void {
  while (!session.ended && session.opening === null && session.lines.length > 0) {
    const { transfer } = session;
    // A server that polls answers one command for each buffer that it sends; one that does not,
    // and one that waits for its data connection, is deaf until the transfer is over.
    if (transfer !== null && !(transfer.polled && transfer.stage === "sending")) return;
    const line = session.lines.shift() ?? "";
    const turn = answer({ number: ++session.count, command: parseCommand(line) });
    dispatch(turn, line);
    if (transfer !== null) return;
  }
}

/**
 * The order of refusals: another protocol's line, no verb at all, a verb that is not implemented or
 * not known, the login, a transfer under way; then what the handler itself refuses.
 */
function dispatch(turn: Turn, line: Octets): void {
  const { session, env, asked } = turn;
  const { dialect } = env;
  const { verb, argument } = asked.command;
  const spec = commandSpec(verb);
  const refused = dialect.refused.has(verb);
  const notYet = dialect.notYet.has(verb);
  const known = spec !== undefined || refused ? "yes" : notYet ? "not-yet" : "no";
  env.record({ kind: "command", session: env.id, command: asked.number, verb, argument, known });
  turn.timer("idle", true);
  if (dialect.foreign(line)) turn.hangUp();
  else if (verb === "") turn.say("empty-line", {});
  else if (refused) turn.say("not-implemented", { verb });
  else if (notYet) turn.say("not-yet", { verb });
  else if (spec === undefined) turn.say("unknown-verb", { verb });
  else if (spec.login && session.login.stage !== "in") turn.say("login-first", {});
  else if (session.transfer !== null && spec.transfers) turn.say("busy", { verb });
  else spec.run(turn);
}

const KEYS = ["user", "pending", "folder", "type", "data", "port"] as const;

/** Records the state if it has changed, for whoever draws it. */
function noteStatus(session: Session, env: Env): void {
  const { login, folder, type, passivePort: port, transfer, status: old } = session;
  const status: Status = {
    user: login.stage === "in" ? login.user : null,
    pending: login.stage === "needs-password" ? login.shown : null,
    folder,
    type,
    data: transfer?.stage === "sending" ? "transfer" : port > 0 ? "listening" : "none",
    port,
  };
  if (KEYS.every((key) => status[key] === old[key])) return;
  session.status = status;
  env.record({ kind: "status", session: env.id, status });
}
