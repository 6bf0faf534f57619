/**
 * What goes into a session and what comes out of it. The session itself does no I/O: `session.ts`
 * turns each input into effects, `server.ts` carries the effects out on a network.
 */
import type { Octets } from "../bytes.ts";
import type { Endpoint } from "../facts.ts";
import type { Reply } from "../protocol/reply.ts";

/** Bytes for the data connection, made as they are asked for. */
export interface Stream {
  /** The next bytes, about `most` of them, or undefined at the end. */
  next(most: number): Uint8Array | undefined;
}

/** What a session is told. */
export type Input =
  /** The control connection stands. */
  | { readonly kind: "begin" }
  /** Bytes of the control connection, as they came in one segment. */
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** `listen` was done: the port, or null if none is free. */
  | { readonly kind: "listening"; readonly port: number | null }
  /** `connect` was done: the data connection stands. */
  | { readonly kind: "connected" }
  /** `connect` failed, with the words of Unix for why. */
  | { readonly kind: "unconnected"; readonly why: string }
  /** `send` is over: all bytes were handed on, or the other end broke off. */
  | { readonly kind: "sent"; readonly whole: boolean; readonly bytes: number }
  /** `finish` is over: the data connection is closed on both sides, or was waited for in vain. */
  | { readonly kind: "finished" }
  | { readonly kind: "timer"; readonly name: TimerName }
  /** The client closed the control connection, or it broke. */
  | { readonly kind: "gone" };

/** The clocks that run against a client. */
export type TimerName = "login" | "idle" | "noTransfer" | "stalled";

/** What a session wants done, in order. */
export type Effect =
  | { readonly kind: "reply"; readonly reply: Reply }
  /** Raw octets on the control connection: telnet's answers. */
  | { readonly kind: "raw"; readonly octets: Octets }
  /** Listen on a port of the set-up's range, once; answered by `listening`. */
  | { readonly kind: "listen" }
  /**
   * Get the data connection: the first that was or will be dialled to the listening port (the
   * listener then closes), or else dial `to`. Answered by `connected` or `unconnected`.
   */
  | { readonly kind: "connect"; readonly to: Endpoint | null }
  /** Send the stream over the data connection; answered by `sent`. */
  | { readonly kind: "send"; readonly stream: Stream }
  /** Close the data connection in order; answered by `finished`. */
  | { readonly kind: "finish" }
  /** Drop listener and data connection at once; no answer. */
  | { readonly kind: "drop" }
  | { readonly kind: "timer"; readonly name: TimerName; readonly milliseconds: number | null }
  /** Close the control connection after what was sent; no input follows. */
  | { readonly kind: "hang-up" };
