/**
 * How Pure-FTPd hears its client while a file moves: it reads what lies there, up to 99 bytes at a
 * time, and looks only whether that begins with ABOR or QUIT (observed).
 */
import type { Octets } from "../../bytes.ts";
import type { DataInput } from "../effect.ts";
import { Turn } from "../state.ts";
import { parsePureFtpd } from "./pure-ftpd-framer.ts";
import { dataInput, type Running, running } from "./pure-ftpd-port.ts";
import { count, tell } from "./pure-ftpd-turn.ts";

const READ = 99;

/** Between two pieces of a file; a listing hears nothing. */
export function meanwhile(turn: Turn): void {
  const transfer = running(turn.session);
  const meter = transfer?.meter;
  if (transfer === undefined || meter === undefined) return;
  turn.timer("stalled", true);
  // A download is asked before each piece, and the real one listens after each.
  if (transfer.stream === undefined || meter.heard) hear(turn, transfer);
  meter.heard = true;
}

/** … and once more when all is sent. */
export function data(turn: Turn, input: DataInput): boolean {
  const transfer = running(turn.session);
  if (input.kind !== "moved" || !input.whole || transfer?.stage !== "moving") {
    return dataInput(turn, input);
  }
  hear(turn, transfer);
  return transfer.stage !== "moving";
}

/** Lines that came together with the transfer's own command are kept for later. */
function hear(turn: Turn, transfer: Running): void {
  const { session } = turn;
  const { lines } = session;
  const { meter, cut } = transfer;
  if (meter === undefined) return;
  const ahead = count(turn, "ahead");
  while (lines.length > ahead && transfer.stage === "moving") {
    const text = lines
      .slice(ahead)
      .map((line) => `${line}\r\n`)
      .join("");
    const rest = text.slice(READ).replace(/\r?\n$/, "");
    lines.splice(ahead, Infinity, ...(rest === "" ? [] : rest.split("\r\n")));
    answer(turn, text.slice(0, READ), transfer, meter.take());
  }
  // The client will say no more.
  if (session.closing && transfer.stage === "moving") {
    turn.abort((at) => cut?.(at, transfer.stream === undefined ? "aborted" : "broken"));
  }
}

function answer(turn: Turn, read: Octets, transfer: Running, pending: Octets[]): void {
  const { session, env, now, effects } = turn;
  if (!read.includes("\n")) return;
  const line = read.split("\r\n")[0] ?? "";
  const asked = { number: ++session.count, line, command: parsePureFtpd(line) };
  const { verb, argument } = asked.command;
  const known = env.dialect.table.has(verb) ? "yes" : "no";
  env.record({ kind: "command", session: env.id, command: asked.number, verb, argument, known });
  const at = new Turn(session, env, now, effects, asked);
  if (!/^[\xf0-\xff]*(ABOR|QUIT)/i.test(read)) return tell(at, 500, ...pending, "Unknown command");
  tell(at, 426, ...pending, transfer.stream === undefined ? "Transfer aborted" : "ABORT");
  turn.abort((later) => transfer.cut?.(later, "aborted"));
}
