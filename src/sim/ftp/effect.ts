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
  /** How many of the bytes so far are CRs that the file has not. */
  added?: number;
}

/** What a session is told. */
export type Input =
  /** The control connection stands. */
  | { readonly kind: "begin" }
  /** Bytes of the control connection, as they came in one segment. */
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** `start-tls` is over: the control connection is encrypted, or the handshake failed. */
  | { readonly kind: "tls"; readonly ok: boolean }
  /** `listen` was done: the port, or null if none is free. */
  | { readonly kind: "listening"; readonly port: number | null }
  /** `connect` was done: the data connection stands; `peer` is its other end. */
  | { readonly kind: "connected"; readonly peer?: Endpoint; readonly passive?: boolean }
  /** `connect` failed, with the words of Unix for why. */
  | { readonly kind: "unconnected"; readonly why: string }
  /** `secure` is over: the data connection is encrypted, or not. */
  | {
      readonly kind: "secured";
      readonly ok: boolean;
      readonly resumed: boolean;
      readonly why?: string;
    }
  /**
   * Somebody else than `from` of `connect` dialled the passive port, and was sent away. For
   * dialects that take data connections up in their own way.
   */
  | { readonly kind: "stranger"; readonly at: Endpoint }
  /** The data connection stands unused, and the client sent something over it or closed it. */
  | { readonly kind: "stirred" }
  /** A polling `send` is about to send its next piece, or a `receive` has taken one. */
  | { readonly kind: "poll" }
  /** Bytes came over the data connection, after `receive`. */
  | { readonly kind: "chunk"; readonly bytes: Uint8Array }
  /** `send` or `receive` is over: all bytes were handed on, or the client broke off. */
  | { readonly kind: "moved"; readonly whole: boolean; readonly bytes: number }
  /** `finish` is over: the data connection is closed on both sides, or was waited for in vain. */
  | { readonly kind: "finished" }
  | { readonly kind: "timer"; readonly name: TimerName }
  /** The client closed its half of the control connection. */
  | { readonly kind: "closed" }
  /** The control connection broke. */
  | { readonly kind: "gone" };

/** What concerns the data connection. */
export type DataInput = Extract<
  Input,
  {
    kind:
      | "connected"
      | "unconnected"
      | "secured"
      | "stranger"
      | "stirred"
      | "chunk"
      | "moved"
      | "finished";
  }
>;

/** The clocks that run against a client. `delay` holds back the answer to a wrong password. */
export type TimerName = "login" | "idle" | "noTransfer" | "stalled" | "accept" | "delay";

/** What a session wants done, in order. */
export type Effect =
  | { readonly kind: "reply"; readonly reply: Reply }
  /** Raw octets on the control connection: telnet's answers. */
  | { readonly kind: "raw"; readonly octets: Octets }
  /** Listen on a port of the set-up's range, once; answered by `listening`. */
  | { readonly kind: "listen" }
  /**
   * Get the data connection: the first that was or will be dialled to the listening port (the
   * listener then closes), or else dial `to`. Answered by `connected` or `unconnected`. `from`: only
   * this address may dial, another one is answered by `stranger`.
   */
  | {
      readonly kind: "connect";
      readonly to: Endpoint | null;
      readonly from?: string;
      /** The ports to dial from, the next where one is taken; any if left out. */
      readonly ports?: readonly number[];
    }
  /** Encrypt the data connection; answered by `secured`. */
  | { readonly kind: "secure" }
  /** Send the stream over the data connection; answered by `moved`, after `poll`s if it polls. */
  | { readonly kind: "send"; readonly stream: Stream; readonly polls: boolean }
  /** Receive until the client closes; answered by `chunk`s and `moved`. */
  | { readonly kind: "receive" }
  /** Close the data connection in order, dropping what is not sent yet; answered by `finished`. */
  | { readonly kind: "finish" }
  /** Drop listener and data connection at once; no answer. */
  | { readonly kind: "drop" }
  | { readonly kind: "timer"; readonly name: TimerName; readonly milliseconds: number | null }
  /** Encrypt the control connection after what was sent; answered by `tls`. */
  | { readonly kind: "start-tls" }
  /** Go on in the clear on the control connection (CCC); no answer. */
  | { readonly kind: "stop-tls" }
  /** Close the control connection after what was sent; no input follows. */
  | { readonly kind: "hang-up" };
