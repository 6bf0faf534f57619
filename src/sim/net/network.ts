/**
 * The interface of a network, as programs and servers see it. `virtual.ts` is the network of a
 * simulated world; `src/node` offers the same on real sockets.
 */
import type { Endpoint } from "../facts.ts";

/** Why a dialled connection did not come to stand. */
export type DialFailure =
  | "refused"
  | "timeout"
  | "no-route"
  /** These very four numbers are in use or in TIME-WAIT here (EADDRNOTAVAIL). */
  | "port-taken";

/** What the holder of a socket wants to hear. Every call comes with the virtual time of its cause. */
export interface SocketHandlers {
  /** The dialled connection stands. */
  onOpen?(): void;
  /** The dialled connection came to nothing. No other call follows. */
  onFailed?(why: DialFailure): void;
  /** Bytes came. */
  onData?(bytes: Uint8Array): void;
  /** The other end closed in order: no more bytes come. */
  onEnd?(): void;
  /**
   * The other end broke off. Nothing more comes and nothing more can be sent. `why` is "timeout" if
   * it answered no packet for so long that the kernel gave up (Linux: tcp_retries2, some 15 minutes).
   */
  onReset?(why?: "reset" | "timeout"): void;
  /** After `write` returned false: there is room again. */
  onDrain?(): void;
  /** All that was written has left this end and been taken by the other end's kernel. */
  onFlushed?(): void;
}

/** How a TLS handshake ended. */
export type TlsOutcome =
  /** It stands. `resumed`: with the session of an earlier connection of the same two (RFC 5077, 8446 §2.2). */
  | { readonly ok: true; readonly resumed: boolean; readonly version: string }
  | { readonly ok: false; readonly why: string };

/** One end of a connection. */
export interface Socket {
  /** The connection's number in the trace. */
  readonly conn: number;
  readonly local: Endpoint;
  readonly remote: Endpoint;
  handlers: SocketHandlers;
  /** Sends bytes. False: the buffer is full, wait for `onDrain` before sending more. */
  write(bytes: Uint8Array): boolean;
  /** Closes in order, after what was written: our half only; `onData` may still come. */
  end(): void;
  /** Closes for good, as a process does that exits: what still comes is answered with a reset. */
  close(): void;
  /** Breaks off at once (RST). */
  reset(): void;
  /**
   * From here on speaks TLS as the server; `done` tells how the handshake ended. Bytes that came in
   * the clear and were not handed on are dropped (RFC 4217 §4.2). A client may take up the session of
   * `like` again, and no other. Absent: this network has no TLS.
   */
  startTls?(done: (outcome: TlsOutcome) => void, like?: Socket): void;
  /** The same as the client, taking up the TLS session of `like` if that is given. */
  connectTls?(like: Socket | undefined, done: (outcome: TlsOutcome) => void): void;
  /** Whether TLS is on. */
  readonly secure?: boolean;
  /** Ends TLS with its own closing words; what follows is in the clear again (RFC 4217 §12.3, CCC). */
  stopTls?(done: () => void): void;
  /** Stops `onData`: the bytes wait in the kernel and in the end the sender stalls. */
  pause(): void;
  resume(): void;
}

/** A listening port with its queue of connections that stand but are not taken yet. */
export interface Listener {
  readonly port: number;
  /** Called when a connection has joined the queue. */
  onPending: (() => void) | undefined;
  /** Takes the oldest connection of the queue, or undefined. */
  take(): Socket | undefined;
  /** Listens no more; what is still queued is reset. */
  close(): void;
}

/** Milliseconds; or nothing came, no neighbour has the address, or a firewall sent word that it may not pass. */
export type EchoAnswer = number | "timeout" | "no-route" | "filtered";

/** A timer that can be called off. */
export interface Timer {
  cancel(): void;
}

/** What a program on one host can ask of its network and its clock. */
export interface HostNetwork {
  /** The host's name, for the trace. */
  readonly host: string;
  /** Milliseconds since 1970 on this host's clock. */
  now(): number;
  after(milliseconds: number, run: () => void): Timer;
  /** How much of a file it likes to be handed at once; left out: 64 KiB. */
  readonly piece?: number;
  /** A whole number from 0 to below `below`. */
  random(below: number): number;
  /**
   * The addresses of a name (or of an address written out), IPv6 first as getaddrinfo sorts them
   * where this host has an IPv6 address itself; only one family's if `family` says so; empty if it
   * is unknown.
   */
  lookup(name: string, family?: 4 | 6): readonly string[];
  /** Dials; from the local port `from` if that is given (and not taken: then it fails at once). */
  dial(to: Endpoint, handlers: SocketHandlers, from?: number): Socket;
  /**
   * Listens on `port`, on any free one if that is 0. On real sockets the answer comes later, so it
   * comes by `done` always: the listener, or undefined if the port is taken. `backlog` is how many connections may wait to
   * be taken (Linux lets one more); a SYN beyond that is not answered. `only`: who dials over the
   * other family, or another address of this host, is refused; left out, all are heard, as [::]
   * hears them on Linux.
   */
  listen(
    port: number,
    done: (listener: Listener | undefined) => void,
    backlog?: number,
    only?: 4 | 6 | string,
  ): void;
  /** This host's own addresses, IPv4 first. */
  readonly addresses?: readonly string[];
  /** This host's sockets, as `ss` lists them. Only a simulated network tells. */
  sockets?(): readonly SocketRow[];
  /**
   * Sends one ICMP echo with `size` bytes of data (left out: 56); `done` hears after how many
   * milliseconds it came back, or why it did not.
   */
  ping?(address: string, done: (answer: EchoAnswer) => void, window?: number, size?: number): void;
}

/** One socket of a host. */
export interface SocketRow {
  /** As ss names it: "LISTEN", "ESTAB", "SYN-SENT", "FIN-WAIT-1", "CLOSE-WAIT", "TIME-WAIT" … */
  readonly state: string;
  /** Bytes that came and were not read; bytes sent and not acknowledged. For a listener: waiting, backlog. */
  readonly received: number;
  readonly sent: number;
  readonly local: Endpoint;
  readonly remote: Endpoint | undefined;
}
