/** A data connection in the server's hands: sends or receives at the pace of the other end, and closes. */
import type { HostNetwork, Socket, Timer } from "../net/network.ts";
import type { Stream } from "./effect.ts";

/** How much of a stream is handed to the network at once, where neither it nor a poll says otherwise. */
const PIECE = 65_536;

/** One data connection. */
export class DataConnection {
  /** The client broke it off. */
  broken = false;
  private readonly socket: Socket;
  private readonly net: HostNetwork;
  /** The client closed its half, or sent something that lies there unread. */
  private stirred = false;
  private unread = false;
  /** What came before the transfer began, for an upload. */
  private readonly early: Uint8Array[] = [];
  private ended = false;
  private moving = false;
  private closed = false;
  private onStir: (() => void) | undefined;
  private onBreak: (() => void) | undefined;
  private lingering: Timer | undefined;

  /** `reads` false leaves what comes to the kernel: a TLS handshake is to read it. */
  constructor(socket: Socket, net: HostNetwork, reads: boolean) {
    this.socket = socket;
    this.net = net;
    const stir = () => {
      this.stirred = true;
      this.onStir?.();
    };
    socket.handlers = {
      onData: (piece) => {
        this.unread = true;
        this.early.push(piece);
        socket.pause();
        stir();
      },
      onEnd: () => {
        this.ended = true;
        stir();
      },
      onReset: () => {
        this.broken = true;
        stir();
        this.onBreak?.();
      },
    };
    if (reads) socket.resume();
  }

  /** The handshake is over: what comes from now on is read. */
  start(): void {
    this.socket.resume();
  }

  /** Calls `run` once the client sends something or closes while nothing is moved. */
  watch(run: () => void): void {
    if (this.moving || this.closed) return;
    if (this.stirred) run();
    else this.onStir = run;
  }

  /** Sends all of `stream`; `before` is called with each piece in hand and may cut the transfer short. */
  send(
    stream: Stream,
    before: () => void,
    done: (whole: boolean, bytes: number) => void,
    most = PIECE,
  ): void {
    let bytes = 0;
    this.moving = true;
    this.onStir = undefined;
    const over = (whole: boolean) => {
      this.moving = false;
      this.onBreak = undefined;
      done(whole, bytes);
    };
    this.onBreak = () => over(false);
    const pump = () => {
      while (this.moving) {
        const piece = stream.next(most);
        if (piece === undefined) {
          over(true);
          return;
        }
        before();
        if (!this.moving) return;
        bytes += piece.length;
        if (!this.socket.write(piece)) return;
      }
    };
    this.socket.handlers.onDrain = pump;
    this.socket.handlers.onData = () => {
      this.unread = true;
      this.stirred = true;
      this.onStir?.();
    };
    this.socket.resume();
    pump();
  }

  /** Hands each piece that comes to `take` until the client closes its half, or breaks off. */
  receive(take: (bytes: Uint8Array) => void, done: (whole: boolean, bytes: number) => void): void {
    let bytes = 0;
    this.moving = true;
    this.onStir = undefined;
    const over = (whole: boolean) => {
      if (!this.moving) return;
      this.moving = false;
      this.stirred = true;
      done(whole, bytes);
    };
    this.onBreak = () => over(false);
    this.socket.handlers.onData = (piece) => {
      if (!this.moving) return;
      bytes += piece.length;
      take(piece);
    };
    this.socket.handlers.onEnd = () => {
      this.stirred = true;
      this.onStir?.();
      over(true);
    };
    this.unread = false;
    for (const piece of this.early.splice(0)) this.socket.handlers.onData(piece);
    this.socket.resume();
    if (this.ended) over(true);
  }

  /**
   * Closes our half, then waits until the client closes too, sends anything, or `linger`
   * milliseconds are over (ProFTPD's TimeoutLinger: its 226 comes only then).
   */
  finish(linger: number, done: () => void): void {
    this.moving = false;
    this.onBreak = undefined;
    this.socket.end();
    const end = () => {
      this.lingering?.cancel();
      this.onStir = undefined;
      this.close();
      done();
    };
    if (this.stirred || linger === 0) {
      end();
      return;
    }
    this.lingering = this.net.after(linger, end);
    this.onStir = end;
  }

  /** Lets go of it; nothing more is heard of it. */
  close(): void {
    this.moving = false;
    this.closed = true;
    this.lingering?.cancel();
    this.onStir = undefined;
    this.onBreak = undefined;
    const { socket } = this;
    if (!this.unread) {
      socket.close();
      return;
    }
    // Closing with unread bytes resets (RFC 2525 §2.17), but what was sent before goes first.
    socket.handlers = { onFlushed: () => socket.reset() };
    socket.end();
  }
}
