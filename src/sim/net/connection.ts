/**
 * One connection of the virtual network, and its two ends. It behaves as TCP on Linux does where
 * that can be seen from outside: order is kept, a slow reader stalls the writer, a close is sent
 * after the bytes, bytes for a closed end are answered with a reset (RFC 9293 §3.5.2), and closing
 * with unread bytes resets instead of closing (RFC 2525 §2.17).
 */
import type { Endpoint, Side } from "../facts.ts";
import type { Sink } from "../trace/trace.ts";
import type { Clock } from "./clock.ts";
import type { Socket, SocketHandlers, TlsOutcome } from "./network.ts";

/** What all connections of a network share. */
export interface Wire {
  readonly clock: Clock;
  readonly sink: Sink;
  /** Milliseconds that a packet is under way. */
  readonly latency: number;
  /** Bytes a second that leave one host. */
  readonly bandwidth: number;
}

/**
 * A host's way out: whatever it sends, on whichever connection, leaves in the order in which it was
 * sent. So a 226 never overtakes the file that it speaks of.
 */
export class Link {
  private readonly wire: Wire;
  private freeAt = 0;

  constructor(wire: Wire) {
    this.wire = wire;
  }

  /** Carries a packet of `length` bytes: `leave` when its turn has come, `arrive` at the other end. */
  carry(length: number, leave: () => void, arrive: () => void): void {
    const { clock, latency, bandwidth } = this.wire;
    const start = Math.max(clock.now, this.freeAt);
    this.freeAt = start + Math.ceil((length * 1000) / bandwidth);
    if (start === clock.now) leave();
    else clock.after(start - clock.now, leave);
    clock.after(this.freeAt - clock.now + latency, arrive);
  }
}

/** What one end's kernel holds for its program, and what may be under way to it. */
const WINDOW = 65_536;
/** What a program may write before its kernel says "wait". */
const SEND_BUFFER = 65_536;
/** The largest piece that travels as one. */
const PIECE = 16_384;

/** What two hosts remember of a handshake; the object itself is its secret. */
type TlsSession = object;

/** One end of a connection: the socket that a program holds. */
export class End implements Socket {
  readonly conn: number;
  readonly side: Side;
  readonly local: Endpoint;
  readonly remote: Endpoint;
  handlers: SocketHandlers = {};
  peer!: End;
  /** False until the handshake is over at this end. */
  open = false;
  /** Reset by either end, or refused: nothing is sent or heard any more. */
  dead = false;
  private readonly wire: Wire;
  private readonly link: Link;
  private readonly onGone: () => void;
  private outbox: Uint8Array[] = [];
  private waiting = 0;
  /** Bytes on the way to the peer or unread there. */
  private underWay = 0;
  private full = false;
  /** "wanted" once the program ended its half, "sent" once FIN has left. */
  private fin: "no" | "wanted" | "sent" = "no";
  private inbox: Uint8Array[] = [];
  private endHeard: "no" | "waiting" | "told" = "no";
  private resetHeard = false;
  private paused: boolean;
  /** The program has closed the socket: what comes is answered with a reset. */
  private abandoned = false;
  /** TLS is simulated: both ends agree on it, it takes its round trips, and nothing is encrypted. */
  secure = false;
  /** This end wants TLS and waits for the other; `offer` is a session to take up again. */
  private wish: { done: (outcome: TlsOutcome) => void; offer: TlsSession | undefined } | undefined;
  private session: TlsSession | undefined;

  constructor(
    wire: Wire,
    link: Link,
    conn: number,
    side: Side,
    local: Endpoint,
    remote: Endpoint,
    onGone: () => void,
  ) {
    this.wire = wire;
    this.link = link;
    this.conn = conn;
    this.side = side;
    this.local = local;
    this.remote = remote;
    this.onGone = onGone;
    // What comes before a listening program has taken the connection waits in the kernel.
    this.paused = side === "listener";
  }

  write(bytes: Uint8Array): boolean {
    if (this.dead || this.fin !== "no" || bytes.length === 0) return true;
    this.outbox.push(bytes);
    this.waiting += bytes.length;
    this.pump();
    if (this.waiting < SEND_BUFFER) return true;
    this.full = true;
    return false;
  }

  end(): void {
    if (this.dead || this.fin !== "no") return;
    this.fin = "wanted";
    this.pump();
  }

  close(): void {
    if (this.abandoned || this.dead) return;
    this.abandoned = true;
    this.handlers = {};
    if (!this.open) {
      // Given up while dialling: the kernel forgets it, and refuses an answer that comes too late.
      this.die();
      return;
    }
    if (this.inbox.length > 0) {
      this.inbox = [];
      this.reset();
    } else this.end();
  }

  reset(): void {
    if (this.dead) return;
    this.die();
    this.carry("rst", () => this.peer.hearReset());
  }

  startTls(done: (outcome: TlsOutcome) => void): void {
    // RFC 4217 §4.2: what came in the clear behind AUTH could be anybody's.
    this.inbox = [];
    this.wish = { done, offer: undefined };
    this.shake();
  }

  connectTls(like: Socket | undefined, done: (outcome: TlsOutcome) => void): void {
    this.wish = { done, offer: like instanceof End ? like.session : undefined };
    this.peer.shake();
  }

  stopTls(done: () => void): void {
    const { clock, sink, latency } = this.wire;
    this.secure = false;
    sink.record({ kind: "tls", conn: this.conn, on: false });
    clock.after(latency, () => {
      this.peer.secure = false;
      done();
    });
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    this.deliver();
  }

  /** The handshake is over: what was written meanwhile may leave. */
  opened(): void {
    this.open = true;
    this.pump();
  }

  /** Ends without a word on the wire: refused, or reset by the other end. */
  die(): void {
    this.dead = true;
    this.outbox = [];
    this.waiting = 0;
    this.onGone();
  }

  /** Hands the link what the other end has room for, and at the end the close. */
  private pump(): void {
    if (!this.open || this.dead) return;
    for (let piece = this.nextPiece(); piece !== undefined; piece = this.nextPiece()) {
      const bytes = piece;
      this.underWay += bytes.length;
      this.link.carry(
        bytes.length,
        () => this.wire.sink.record({ kind: "sent", conn: this.conn, by: this.side, bytes }),
        () => this.peer.hear(bytes),
      );
    }
    if (this.fin === "wanted" && this.waiting === 0) {
      this.fin = "sent";
      this.carry("fin", () => this.peer.hearEnd());
    }
  }

  private carry(kind: "fin" | "rst", arrive: () => void): void {
    const { conn, side } = this;
    this.link.carry(0, () => this.wire.sink.record({ kind, conn, by: side }), arrive);
  }

  /** Both want TLS: a full handshake of TLS 1.2 takes two round trips (RFC 5246 §7.3). */
  private shake(): void {
    const { clock, sink, latency } = this.wire;
    if (this.wish === undefined || this.peer.wish === undefined) return;
    const offer = this.wish.offer ?? this.peer.wish.offer;
    clock.after(4 * latency, () => {
      const ends = [this, this.peer] as const;
      const wishes = ends.map((end) => end.wish);
      if (wishes.includes(undefined)) return;
      const session: TlsSession = offer ?? {};
      sink.record({ kind: "tls", conn: this.conn, on: true });
      for (const end of ends) {
        end.wish = undefined;
        end.secure = true;
        end.session = session;
      }
      const outcome = { ok: true, resumed: offer !== undefined, version: "TLSv1.2" } as const;
      for (const wish of wishes) wish?.done(outcome);
    });
  }

  private dropWish(why: string): void {
    const { wish } = this;
    this.wish = undefined;
    wish?.done({ ok: false, why });
  }

  private nextPiece(): Uint8Array | undefined {
    const room = Math.min(PIECE, WINDOW - this.underWay);
    const first = this.outbox[0];
    if (first === undefined || room <= 0) return undefined;
    // No crumbs: rather wait until a decent piece fits (RFC 1122 §4.2.3.4).
    if (room < first.length && room < PIECE / 2) return undefined;
    let piece = first;
    if (first.length > room) {
      piece = first.subarray(0, room);
      this.outbox[0] = first.subarray(room);
    } else this.outbox.shift();
    this.waiting -= piece.length;
    return piece;
  }

  /** A piece has come. */
  private hear(piece: Uint8Array): void {
    const { sink } = this.wire;
    const by = this.peer.side;
    if (this.abandoned || this.dead) {
      sink.record({ kind: "lost", conn: this.conn, by, length: piece.length });
      this.reset();
      return;
    }
    if (this.wish !== undefined) {
      this.dropWish("what came is no handshake");
      return;
    }
    sink.record({ kind: "arrived", conn: this.conn, by, bytes: piece });
    this.inbox.push(piece);
    this.deliver();
  }

  private hearEnd(): void {
    if (this.dead) return;
    this.wire.sink.record({ kind: "finned", conn: this.conn, by: this.peer.side });
    this.endHeard = "waiting";
    this.secure = false;
    this.dropWish("the client has closed");
    this.deliver();
    if (this.abandoned) this.onGone();
  }

  private hearReset(): void {
    if (this.dead) return;
    this.wire.sink.record({ kind: "rsted", conn: this.conn, by: this.peer.side });
    this.die();
    this.resetHeard = true;
    this.dropWish("the client has broken off");
    this.deliver();
  }

  /** Hands the program what waits, in order, as long as it wants to read. */
  private deliver(): void {
    while (!this.paused && this.inbox.length > 0) {
      const piece = this.inbox.shift()!;
      this.wire.clock.after(this.wire.latency, () => this.peer.roomAgain(piece.length));
      this.handlers.onData?.(piece);
    }
    if (this.paused || this.inbox.length > 0) return;
    if (this.resetHeard) {
      this.resetHeard = false;
      this.handlers.onReset?.();
    } else if (this.endHeard === "waiting") {
      this.endHeard = "told";
      this.handlers.onEnd?.();
    }
  }

  /** The other end's program has read `length` bytes. */
  private roomAgain(length: number): void {
    this.underWay -= length;
    this.pump();
    if (this.dead) return;
    if (this.full && this.waiting < SEND_BUFFER / 2) {
      this.full = false;
      this.handlers.onDrain?.();
    }
    if (this.waiting === 0 && this.underWay === 0) this.handlers.onFlushed?.();
  }
}
