/** A packet on its way, and what can stop it. */
import type { Endpoint, Side } from "../facts.ts";

/** One packet. Whoever translates or rewrites it changes it, so each one is made anew. */
export interface Packet {
  readonly conn: number;
  /** Who sends it: the end that dialled, or the other. */
  readonly by: Side;
  /** "syn" of the listener is SYN ACK. */
  readonly what: "syn" | "data" | "fin" | "rst" | "ping";
  from: Endpoint;
  to: Endpoint;
  /** What it carries; a helper may have written something else into it. */
  bytes: Uint8Array;
  /** How many bytes its sender sent before it on this connection. */
  readonly offset: number;
  /** It is TLS: nobody on the way can read it. */
  readonly secure: boolean;
}

/** Why a packet goes no further, and what its sender hears of it. */
export type Stop =
  /** Nothing. */
  | { readonly how: "silence" }
  /** RST in the name of the other end, or ICMP unreachable; "cut": both ends hear RST. */
  | { readonly how: "reset" | "unreachable" | "cut" };

/** From dialler to listener: the two ends of a packet's connection, whichever way the packet goes. */
export interface Dial {
  readonly from: Endpoint;
  readonly to: Endpoint;
}

/** The connection of a packet as it is seen where the packet is now. */
export function dialOf({ by, from, to }: Packet): Dial {
  return by === "dialler" ? { from, to } : { from: to, to: from };
}

/** A connection's own word, for tables: its four numbers (RFC 9293 §3.3.1). */
export function tuple({ from, to }: Dial): string {
  return `${from.address} ${from.port} ${to.address} ${to.port}`;
}

/** Whether two endpoints are the same. */
export function same(one: Endpoint, other: Endpoint): boolean {
  return one.port === other.port && one.address === other.address;
}
