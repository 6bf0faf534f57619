/** What goes wrong at a server because somebody ordered it. A fault may come and go at any time. */
import type { ServerFault } from "../scenario.ts";
import type { Env, Transfer, Turn } from "./state.ts";

/** Whether a fault of this kind is on. */
export function isOrdered({ faults }: Env, kind: ServerFault["kind"]): boolean {
  return faults?.().some((fault) => fault.kind === kind) ?? false;
}

/** The address that 227 is ordered to name, or undefined. */
export function orderedAddress({ faults }: Env): string | undefined {
  for (const fault of faults?.() ?? []) if (fault.kind === "wrong-address") return fault.address;
  return undefined;
}

const TRANSFERS = /^(RETR|STOR|STOU|APPE|LIST|NLST|MLSD)$/;

/** Whether a reply is the one that is ordered never to come: the good end of a transfer. */
export function isSwallowed(env: Env, verb: string, code: number): boolean {
  return (code === 226 || code === 250) && TRANSFERS.test(verb) && isOrdered(env, "no-226");
}

/** A sector: what a full disk still has for each file. */
const SECTOR = 512;

/** How much of `bytes` a full disk still takes: whole sectors, and of these one. */
export function roomOnFullDisk(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, bytes.length < SECTOR ? 0 : SECTOR);
}

/** write(2) gives ENOSPC: what fits is written, the rest is the dialect's to tell. */
export function fillDisk(turn: Turn, transfer: Transfer, bytes: Uint8Array): void {
  const kept = roomOnFullDisk(bytes);
  if (kept.length > 0) transfer.sink?.(kept);
  turn.env.dialect.diskFull?.(turn, transfer, kept.length > 0);
}

/** Ends the transfer at once: the data connection is closed, then this is said. */
export function breakOff(turn: Turn, code: number, text: string): void {
  turn.session.transfer = null;
  turn.drop();
  turn.reply(code, text);
}
