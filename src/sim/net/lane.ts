/**
 * One direction of a connection: what one end sends, in order, again and again until it is there.
 * The other end's acknowledgements are not packets of their own here: the lane knows what has come.
 */
import type { Clock } from "./clock.ts";
import type { Timer } from "./network.ts";
import type { Stop } from "./packet.ts";

/** The least that Linux waits beyond a round trip before it sends again (TCP_RTO_MIN, RFC 6298 §2). */
const RTO_MIN = 200;
/** The wait doubles up to this (TCP_RTO_MAX). */
const RTO_MAX = 120_000;
/** After so long in vain the kernel gives up: tcp_retries2 is 15, which makes 924.6 seconds. */
const GIVES_UP = 924_600;
/** A socket that no program holds any more gets 8 attempts (tcp_orphan_retries), about 100 seconds. */
const GIVES_UP_ORPHAN = 102_200;

/** What a lane carries, with its number in the order. */
export interface Segment {
  /** "shake" is a flight of TLS's handshake, which no program sees. */
  readonly what: "data" | "shake" | "fin" | "rst";
  readonly bytes: Uint8Array;
  /** Bytes before it. */
  readonly offset: number;
  readonly number: number;
  /** When it left last. */
  leftAt: number;
  /** As it arrived: a helper on the way may have written something else. */
  heard: Uint8Array;
}

/** What the lane asks of its two ends. */
export interface LaneEnds {
  readonly clock: Clock;
  /** Milliseconds one way. */
  readonly latency: number;
  /** Puts a segment on the wire; exactly one of the two is called, when it has come or is lost. */
  transmit(segment: Segment, again: boolean, came: () => void, lost: (stop: Stop) => void): void;
  /** The next segment in the order is there. */
  deliver(segment: Segment): void;
  /** Somebody on the way answered with RST. */
  broken(stop: Stop): void;
  /** Whether nobody waits for an answer any more, and whether no program holds the socket. */
  readonly over: boolean;
  readonly orphan: boolean;
  /** The kernel gives up. */
  timeout(): void;
}

/** One direction of a connection. */
export class Lane {
  private readonly ends: LaneEnds;
  private sent = 0;
  private due = 0;
  /** Segments that came before their turn. */
  private readonly early = new Map<number, Segment>();
  /** Segments that were lost on the way, in order. */
  private readonly missing: Segment[] = [];
  private timer: Timer | undefined;
  /** A lost segment is under way once more. */
  private trying = false;
  private since = 0;
  private wait = 0;

  constructor(ends: LaneEnds) {
    this.ends = ends;
  }

  /** Sends one more segment. */
  send(what: Segment["what"], bytes: Uint8Array, offset: number): void {
    const segment = { what, bytes, offset, number: this.sent++, leftAt: 0, heard: bytes };
    this.ends.transmit(
      segment,
      false,
      () => this.came(segment),
      (stop) => this.lost(segment, stop),
    );
  }

  private came(segment: Segment): void {
    // Nothing waits behind a reset, and a reset waits for nothing.
    if (segment.what === "rst") {
      this.ends.deliver(segment);
      return;
    }
    if (segment.number !== this.due) {
      if (segment.number > this.due) this.early.set(segment.number, segment);
      return;
    }
    let next: Segment | undefined = segment;
    while (next !== undefined) {
      this.early.delete(next.number);
      this.due++;
      this.ends.deliver(next);
      next = this.early.get(this.due);
    }
  }

  private lost(segment: Segment, stop: Stop): void {
    if (stop.how === "reset" || stop.how === "cut") {
      this.ends.broken(stop);
      return;
    }
    // Nobody sends a reset again. ICMP is no more than a hint once a connection stands (RFC 1122 §4.2.3.9).
    if (segment.what === "rst" || this.ends.over) return;
    if (this.missing.length === 0) this.begin();
    this.missing.push(segment);
    this.missing.sort((a, b) => a.number - b.number);
    this.arm();
  }

  private begin(): void {
    this.since = this.ends.clock.now;
    this.wait = RTO_MIN + 2 * this.ends.latency;
  }

  private arm(): void {
    if (this.trying || this.timer !== undefined) return;
    const [first] = this.missing;
    if (first === undefined) return;
    // The wait is counted from when it left, not from where it was lost.
    const { clock } = this.ends;
    this.timer = clock.after(first.leftAt + this.wait - clock.now, () => {
      this.timer = undefined;
      this.again();
    });
  }

  private again(): void {
    const { ends } = this;
    const [first] = this.missing;
    if (first === undefined || ends.over) return;
    if (ends.clock.now - this.since >= (ends.orphan ? GIVES_UP_ORPHAN : GIVES_UP)) {
      ends.timeout();
      return;
    }
    this.trying = true;
    ends.transmit(
      first,
      true,
      () => {
        this.trying = false;
        this.missing.shift();
        this.came(first);
        if (this.missing.length === 0) return;
        // The acknowledgement says what is missing next.
        this.begin();
        ends.clock.after(ends.latency, () => {
          if (!this.trying && this.timer === undefined) this.again();
        });
      },
      (stop) => {
        this.trying = false;
        if (stop.how === "reset" || stop.how === "cut") {
          ends.broken(stop);
          return;
        }
        this.wait = Math.min(2 * this.wait, RTO_MAX);
        this.arm();
      },
    );
  }
}
