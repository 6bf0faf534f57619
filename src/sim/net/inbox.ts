/** What a kernel holds for one program until it reads: pieces, and how it ended behind them. */
import type { Clock } from "./clock.ts";
import type { SocketHandlers } from "./network.ts";

/** A piece that has come and is not read. */
export interface Piece {
  readonly bytes: Uint8Array;
  /** As many bytes as its sender counts: a box on the way may have changed them. */
  readonly size: number;
}

/** What an inbox needs of its end. */
export interface InboxOptions {
  readonly clock: Clock;
  readonly paused: boolean;
  /** Bytes a second that the program reads, if there is a bound. */
  readonly pace: () => number | undefined;
  readonly handlers: () => SocketHandlers;
  /** The program has taken so many bytes. */
  readonly taken: (size: number) => void;
}

/** The bytes that wait for one program. */
export class Inbox {
  private readonly options: InboxOptions;
  private pieces: Piece[] = [];
  private paused: boolean;
  /** A slow program still looks at the latest piece. */
  private reading = false;
  private over: "no" | "ended" | "reset" | "timeout" | "told" = "no";

  constructor(options: InboxOptions) {
    this.options = options;
    this.paused = options.paused;
  }

  /** Bytes that wait. */
  get size(): number {
    return this.pieces.reduce((sum, { size }) => sum + size, 0);
  }

  /** As the kernel counts what was not read: the other end's close is one more. */
  get unread(): number {
    return this.size + (this.over === "ended" ? 1 : 0);
  }

  push(piece: Piece): void {
    this.pieces.push(piece);
    this.deliver();
  }

  /** The other end closed in order. */
  ended(): void {
    this.over = "ended";
    this.deliver();
  }

  /** It broke off, or the kernel gave up. */
  broken(why: "reset" | "timeout"): void {
    this.over = why;
    this.deliver();
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    this.deliver();
  }

  clear(): void {
    this.pieces = [];
  }

  /** Hands the program what waits, in order, as long as it wants to read. */
  private deliver(): void {
    const { pace, handlers, taken } = this.options;
    while (!this.paused && !this.reading && this.pieces.length > 0) {
      const rate = pace();
      const { bytes, size } = this.next(rate);
      taken(size);
      if (rate !== undefined) this.read(size / rate);
      if (bytes.length > 0) handlers().onData?.(bytes);
    }
    if (this.paused || this.reading || this.pieces.length > 0) return;
    const { over } = this;
    if (over === "no" || over === "told") return;
    this.over = "told";
    if (over === "ended") handlers().onEnd?.();
    else handlers().onReset?.(over);
  }

  /** The next piece for the program; for a slow one no more than it reads in a second. */
  private next(rate = Infinity): Piece {
    const piece = this.pieces.shift()!;
    const { bytes, size } = piece;
    const most = Math.max(1, Math.floor(rate));
    if (size <= most || bytes.length !== size) return piece;
    this.pieces.unshift({ bytes: bytes.subarray(most), size: size - most });
    return { bytes: bytes.subarray(0, most), size: most };
  }

  /** A slow program is busy for so many seconds. */
  private read(seconds: number): void {
    this.reading = true;
    this.options.clock.after(Math.ceil(seconds * 1000), () => {
      this.reading = false;
      this.deliver();
    });
  }
}
