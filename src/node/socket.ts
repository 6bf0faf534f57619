/** A real connection as the engine sees it: node:net behind the interface of src/sim/net. */
import type { Socket as NetSocket } from "node:net";
import type { Duplex } from "node:stream";
import type { Endpoint, Side } from "../sim/facts.ts";
import type { Socket, SocketHandlers, TlsOutcome } from "../sim/net/network.ts";
import type { Sink } from "../sim/trace/trace.ts";
import type { Cut } from "./cut.ts";
import { FAILURES, plainAddress } from "./kernel.ts";
import { type Secured, secure, type TlsOptions } from "./secure.ts";

/** What one socket may send before the others have their turn: at most this much a round of the event loop. */
export const ROUND = 262_144;
/** Small writes are collected up to this size and leave as one packet. */
const SMALL = 16_384;
/** How long a closed connection may take to get rid of what was written to it, in milliseconds. */
const LINGER = 30_000;

/** The first byte of a TLS client (RFC 8446 §5.1). */
const HANDSHAKE = 22;

/** What the sockets of one network share. */
export interface Shared {
  readonly sink: Sink;
  readonly tls: (() => TlsOptions) | undefined;
  /** The socket whose small writes wait for the end of the present callback. */
  collecting: NodeSocket | undefined;
  /** A callback of the engine is under way. */
  busy: boolean;
  readonly open: Set<NodeSocket>;
}

/** One real connection. */
export class NodeSocket implements Socket {
  readonly conn: number;
  readonly side: Side;
  local: Endpoint;
  remote: Endpoint;
  handlers: SocketHandlers = {};
  /** Called when the connection is closed on both sides and forgotten. */
  onGone: (() => void) | undefined;
  /** Broken off or closed: nothing is sent or heard any more. */
  dead = false;
  private readonly raw: NetSocket;
  private readonly shared: Shared;
  private tls: Secured | undefined;
  private collected: Uint8Array[] = [];
  private collectedBytes = 0;
  /** Bytes written in this round. */
  private round = 0;
  private waiting = false;
  private paused: boolean;
  private standing: boolean;
  private setAside = false;
  private ended = false;
  private endHeard = false;
  private resetWaits = false;
  /** TLS was taken off again (CCC). */
  private unwrapped = false;
  private encrypted = false;
  /** What was written while TLS was saying its closing words: it follows them in the clear. */
  private behindTls: Uint8Array[] | undefined;
  /** Looks at what comes; false gives the connection up. */
  inspect: ((bytes: Uint8Array) => boolean) | undefined;
  /** Where it fails on purpose. */
  cut: Cut | undefined;
  startTls?: (done: (outcome: TlsOutcome) => void) => void;

  constructor(raw: NetSocket, conn: number, side: Side, shared: Shared) {
    this.raw = raw;
    this.conn = conn;
    this.side = side;
    this.shared = shared;
    this.paused = this.standing = side === "listener";
    const { tls } = shared;
    if (tls !== undefined) this.startTls = (done) => this.shakeHands(tls(), done);
    this.local = { address: plainAddress(raw.localAddress), port: raw.localPort ?? 0 };
    this.remote = { address: plainAddress(raw.remoteAddress), port: raw.remotePort ?? 0 };
    shared.open.add(this);
    // Paused, the stream still reads up to its own small buffer: so a reset is noticed while the
    // connection waits to be taken.
    if (this.paused) raw.pause();
    raw.on("data", (bytes: Uint8Array) => {
      if (this.tls === undefined) this.hear(bytes);
      else this.tls.feed(bytes);
    });
    raw.on("end", () => {
      if (this.tls === undefined || this.unwrapped) this.hearEnd();
      else this.tls.cut();
    });
    raw.on("drain", () => this.drained());
    raw.once("connect", () => this.hearOpen());
    raw.on("error", (error: NodeJS.ErrnoException) => {
      if (this.standing) this.hearReset();
      else this.hearFailure(error.code ?? "");
    });
    raw.on("close", () => {
      this.shared.open.delete(this);
      this.onGone?.();
      if (this.ended && this.endHeard) this.die();
      else this.hearReset();
    });
  }

  /** Whether TLS is on. */
  get secure(): boolean {
    return this.encrypted;
  }

  /** Bytes that wait to be read here, beside those in the kernel. */
  get unread(): number {
    return this.raw.readableLength;
  }

  private get stream(): Duplex {
    return this.tls === undefined || this.unwrapped ? this.raw : this.tls.stream;
  }

  write(bytes: Uint8Array): boolean {
    if (this.dead || this.ended || bytes.length === 0) return true;
    const { shared } = this;
    if (shared.sink.wants) this.note("sent", bytes);
    if (shared.collecting !== this) shared.collecting?.flush();
    if (shared.busy && bytes.length < SMALL) {
      shared.collecting = this;
      this.collected.push(bytes);
      this.collectedBytes += bytes.length;
      if (this.collectedBytes < SMALL) return !this.waiting;
      this.flush();
    } else {
      this.flush();
      this.push(bytes);
    }
    return !this.waiting;
  }

  /** Sends what was collected. */
  flush(): void {
    if (this.shared.collecting === this) this.shared.collecting = undefined;
    if (this.collectedBytes === 0) return;
    // Also a single one is copied: node's writing would give a small array a buffer of its own.
    const whole = Buffer.concat(this.collected, this.collectedBytes);
    this.collected = [];
    this.collectedBytes = 0;
    this.push(whole);
  }

  private push(given: Uint8Array): void {
    const bytes = this.cut?.pass(given) ?? given;
    const { stream } = this;
    if (this.behindTls !== undefined) {
      this.behindTls.push(bytes);
      return;
    }
    if (this.handlers.onFlushed === undefined) stream.write(bytes);
    else stream.write(bytes, () => this.flushed());
    this.round += bytes.length;
    if (this.cut?.over === true) this.fail(this.cut);
    if (this.waiting) return;
    if (stream.writableNeedDrain && stream.writableLength > 0) this.waiting = true;
    else if (this.round >= ROUND) {
      this.waiting = true;
      this.drained();
    }
  }

  /** The cut has come: nothing moves any more, or the connection breaks when this has left. */
  private fail({ how }: Cut): void {
    // Full, and never to be drained: that is how a stall looks to the engine.
    this.waiting = true;
    if (how === "stall") this.stream.pause();
    else this.stream.write(new Uint8Array(0), () => this.raw.resetAndDestroy());
  }

  /** The kernel has taken all; the others come first, then this one goes on. */
  private drained(): void {
    if (!this.waiting || this.cut?.over === true) return;
    setImmediate(() => {
      if (this.dead || !this.waiting || this.stream.writableNeedDrain) return;
      this.waiting = false;
      this.round = 0;
      this.call(() => this.handlers.onDrain?.());
    });
  }

  private flushed(): void {
    if (!this.dead && this.stream.writableLength === 0) {
      this.call(() => this.handlers.onFlushed?.());
    }
  }

  end(): void {
    if (this.dead || this.ended) return;
    this.flush();
    this.ended = true;
    this.note("fin");
    this.leave(() => this.raw.end(() => this.flushed()));
  }

  /** Lets TLS, if it is on, say all that it has to say, its closing words last. */
  private leave(done: () => void): void {
    if (this.tls === undefined || this.unwrapped) done();
    else this.tls.leave(done);
  }

  close(): void {
    if (this.dead) return;
    this.flush();
    this.die();
    if (this.raw.connecting) {
      this.raw.destroy();
      return;
    }
    if (!this.ended) this.note("fin");
    // A client that never reads must not keep us from letting go.
    const late = setTimeout(() => this.raw.destroy(), LINGER);
    late.unref();
    this.raw.once("close", () => clearTimeout(late));
    this.leave(() => this.raw.destroySoon());
  }

  reset(): void {
    if (this.dead) return;
    this.die();
    this.note("rst");
    // After our FIN the kernel may still be sending; a reset would take back what it has. Closing
    // lets it finish, and what still comes is answered with a reset all the same.
    if (this.ended) this.leave(() => this.raw.destroySoon());
    else this.raw.resetAndDestroy();
  }

  /** Lets go at once, whatever is under way. */
  destroy(): void {
    this.die();
    this.raw.destroy();
  }

  /** Closes in order; resolves when it is gone. */
  part(): Promise<void> {
    return new Promise((resolve) => {
      if (this.raw.destroyed) resolve();
      else {
        this.raw.once("close", () => resolve());
        this.close();
      }
    });
  }

  pause(): void {
    this.paused = true;
    this.stream.pause();
  }

  resume(): void {
    this.paused = false;
    if (this.resetWaits) this.tellReset();
    else this.stream.resume();
  }

  private shakeHands(options: TlsOptions, done: (outcome: TlsOutcome) => void): void {
    this.flush();
    this.setAside = true;
    const early: unknown = this.raw.read();
    this.setAside = false;
    this.tls = secure(this.raw, options, {
      done: (outcome) => {
        if (!outcome.ok) this.tls = undefined; // it is told in the clear
        this.setEncrypted(outcome.ok);
        if (!this.dead) this.call(() => done(outcome));
      },
      data: (bytes) => this.hear(bytes),
      end: () => this.hearEnd(),
      drain: () => this.drained(),
      error: () => this.hearReset(),
    });
    if (this.paused) this.tls.stream.pause();
    // A client may begin the handshake before it is asked to. What came in the clear behind AUTH
    // may be an attacker's, and is dropped (RFC 4217 §4.2).
    if (early instanceof Uint8Array && early[0] === HANDSHAKE) this.tls.feed(early);
    this.raw.resume();
  }

  private setEncrypted(on: boolean): void {
    const { conn, shared } = this;
    if (on !== this.encrypted && shared.sink.wants) shared.sink.record({ kind: "tls", conn, on });
    this.encrypted = on;
  }

  stopTls(done: () => void): void {
    const { tls } = this;
    this.flush();
    if (tls === undefined || this.unwrapped) {
      done();
      return;
    }
    this.behindTls = [];
    this.setEncrypted(false);
    tls.unwrap(() => {
      this.unwrapped = true;
      if (this.paused) this.raw.pause();
      const waiting = this.behindTls ?? [];
      this.behindTls = undefined;
      if (this.dead) return;
      for (const bytes of waiting) this.push(bytes);
      this.call(done);
    });
  }

  /** Runs a callback of the engine; its small writes leave together behind it. */
  call(run: () => void): void {
    const { shared } = this;
    if (shared.busy) {
      run();
      return;
    }
    shared.busy = true;
    try {
      run();
    } finally {
      shared.busy = false;
      shared.collecting?.flush();
    }
  }

  private hearOpen(): void {
    if (this.dead) return;
    this.standing = true;
    this.local = { address: plainAddress(this.raw.localAddress), port: this.raw.localPort ?? 0 };
    const { conn, shared } = this;
    if (shared.sink.wants) shared.sink.record({ kind: "open", conn });
    this.call(() => this.handlers.onOpen?.());
  }

  private hearFailure(code: string): void {
    if (this.dead) return;
    this.die();
    const { conn, shared } = this;
    const why = FAILURES[code] ?? "refused";
    if (shared.sink.wants) {
      shared.sink.record(
        why === "refused" ? { kind: "refused", conn } : { kind: "unreachable", conn, why },
      );
    }
    this.call(() => this.handlers.onFailed?.(why));
  }

  private hear(bytes: Uint8Array): void {
    if (this.dead || this.setAside) return;
    if (this.shared.sink.wants) this.note("arrived", bytes);
    if (this.inspect?.(bytes) === false) {
      this.hearReset();
      return;
    }
    const part = this.cut?.pass(bytes) ?? bytes;
    if (part.length > 0) this.call(() => this.handlers.onData?.(part));
    if (this.cut?.over === true && !this.dead) this.fail(this.cut);
  }

  private hearEnd(): void {
    if (this.dead || this.endHeard) return;
    this.endHeard = true;
    this.note("finned");
    this.call(() => this.handlers.onEnd?.());
  }

  private hearReset(): void {
    if (this.dead) return;
    this.die();
    this.note("rsted");
    this.raw.destroy();
    if (this.paused) this.resetWaits = true;
    else this.tellReset();
  }

  private tellReset(): void {
    this.resetWaits = false;
    this.call(() => this.handlers.onReset?.());
  }

  private die(): void {
    this.dead = true;
    this.collected = [];
    this.collectedBytes = 0;
    if (this.shared.collecting === this) this.shared.collecting = undefined;
  }

  /** Records what passed; `arrived`, `finned` and `rsted` are the other end's doing. */
  private note(
    kind: "sent" | "arrived" | "fin" | "finned" | "rst" | "rsted",
    bytes?: Uint8Array,
  ): void {
    const { sink } = this.shared;
    if (!sink.wants) return;
    const { conn, side } = this;
    const mine = kind === "sent" || kind === "fin" || kind === "rst";
    const by = mine === (side === "dialler") ? "dialler" : "listener";
    if (kind === "sent" || kind === "arrived") {
      sink.record({ kind, conn, by, bytes: bytes ?? new Uint8Array(0) });
    } else sink.record({ kind, conn, by });
  }
}
