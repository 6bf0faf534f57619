/** What the player plays over: the world in memory (virtual.ts) or real sockets (sockets.ts). */
import type { Octets } from "../../src/sim/bytes.ts";

/** How the other end of a line left. `error` says more, as the recordings word it. */
export interface Ended {
  readonly how: "eof" | "reset" | "tls-error";
  readonly error?: string;
}

/** What came of a TLS handshake. */
export type Handshake =
  | { readonly version: string; readonly reused: boolean }
  | { readonly error: string };

/** One connection. What comes piles up until it is read. */
export interface Line {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remote: string;
  /**
   * Takes what has come, at most `limit` bytes, without waiting. Bytes beyond the limit are left
   * with the sender where that can be done: a stalled reader is part of many scenarios.
   */
  read(limit?: number): Octets;
  /** Reads no more until the next `read`. */
  rest(): void;
  /** Set once the other end has left and everything before that was read. */
  readonly ended: Ended | undefined;
  /** Sends; gives the name of the error if that failed. */
  send(octets: Octets): Promise<string | undefined>;
  /** Closes both directions, as a program's close() does. */
  close(): void;
  /** Closes with RST. */
  reset(): void;
  /** Begins TLS as its client; `like` is a line whose TLS session is taken up again. */
  startTls(like?: Line): Promise<Handshake>;
  /** Ends TLS in order and goes on in the clear; gives the error if that failed. */
  stopTls(): Promise<string | undefined>;
  /** TLS is on. It may go off by itself when the server ends it. */
  readonly secure: boolean;
}

/** A port that waits for one call. */
export interface Door {
  readonly port: number;
  /** The connection that was made to it, once there is one. */
  accept(): Line | undefined;
  close(): void;
}

/** Connections and time. */
export interface Wire {
  /** Milliseconds since some moment. */
  now(): number;
  /** Lets time pass: until something happens on the wire, at most `milliseconds`. */
  wait(milliseconds: number): Promise<void>;
  /** Dials; gives the name of the error if nobody answers. */
  dial(address: string, port: number): Promise<Line | string>;
  listen(address: string): Promise<Door>;
}

/** Bytes to octets as `bytes.ts` does it, but in Node's own code: transfers here have megabytes. */
export function octetsOf({ buffer, byteOffset, length }: Uint8Array): Octets {
  return Buffer.from(buffer, byteOffset, length).toString("latin1");
}

/** Octets to bytes, in Node's own code. */
export function bytesOf(octets: Octets): Uint8Array {
  return Buffer.from(octets, "latin1");
}
