/**
 * One connection of the virtual network, and its two ends. It behaves as TCP on Linux does where
 * that can be seen from outside: order is kept, a slow reader stalls the writer, a close is sent
 * after the bytes, bytes for a closed end are answered with a reset (RFC 9293 §3.5.2), and closing
 * with unread bytes resets instead of closing (RFC 2525 §2.17).
 */
import type { Endpoint, Side } from "../facts.ts";
import { carry } from "./carry.ts";
import { Handshake } from "./handshake.ts";
import type { Host } from "./host.ts";
import { Inbox, type Piece } from "./inbox.ts";
import { Lane, type Segment } from "./lane.ts";
import type { Wire } from "./link.ts";
import type { Socket, SocketHandlers, SocketRow, TlsOutcome } from "./network.ts";
import { type Packet, same } from "./packet.ts";

/** What one end's kernel holds for its program, and what may be under way to it. */
const WINDOW = 65_536;
/** What a program may write before its kernel says "wait". */
const SEND_BUFFER = 65_536;
/** The largest piece that travels as one. */
const PIECE = 16_384;
const NOTHING = new Uint8Array();
/** The states in which SYN or FIN is not acknowledged yet. */
const UNANSWERED: ReadonlySet<string> = new Set(["SYN-SENT", "FIN-WAIT-1", "CLOSING", "LAST-ACK"]);

/** How long the end that closed first keeps the connection's four numbers (TCP_TIMEWAIT_LEN). */
const TIME_WAIT = 60_000;
/** How long a socket that no program holds waits for the other end's close (tcp_fin_timeout). */
const FIN_TIMEOUT = 60_000;

/** One end of a connection: the socket that a program holds. */
export class End implements Socket {
  readonly conn: number;
  readonly side: Side;
  readonly host: Host;
  readonly local: Endpoint;
  readonly remote: Endpoint;
  /** Milliseconds to the other end. */
  readonly latency: number;
  handlers: SocketHandlers = {};
  /** The other end, once the first packet has got there. */
  peer: End | undefined;
  /** False until the handshake is over at this end. */
  open = false;
  /** Reset by either end, or refused: nothing is sent or heard any more. */
  dead = false;
  /** It is dead, and the other end knows nothing of it. */
  private alone = false;
  private readonly wire: Wire;
  private readonly lane: Lane;
  private outbox: Uint8Array[] = [];
  private waiting = 0;
  /** Bytes on the way to the peer or unread there. */
  private underWay = 0;
  /** Bytes handed to the network so far. */
  private handed = 0;
  private full = false;
  /** "wanted" once the program ended its half, "sent" once FIN has left. */
  private fin: "no" | "wanted" | "sent" = "no";
  /** This end closed before the other one did. */
  private closedFirst = false;
  /** When the acknowledgement of FIN is here. */
  private finTaken = Infinity;
  /** What has come; it waits there in the kernel until a listening program has taken the connection. */
  private readonly inbox: Inbox;
  /** When the other end's close came. */
  private endHeardAt: number | undefined;
  /** The program has closed the socket: what comes is answered with a reset. */
  private abandoned = false;
  /** TLS is simulated: both ends agree on it, it takes its round trips, and nothing is encrypted. */
  secure = false;
  private readonly handshake: Handshake;

  constructor(
    wire: Wire,
    host: Host,
    conn: number,
    side: Side,
    local: Endpoint,
    remote: Endpoint,
    latency: number,
  ) {
    this.wire = wire;
    this.host = host;
    this.conn = conn;
    this.side = side;
    this.local = local;
    this.remote = remote;
    this.latency = latency;
    this.inbox = new Inbox({
      clock: wire.clock,
      paused: side === "listener",
      pace: () => wire.middle?.pace(host),
      handlers: () => this.handlers,
      taken: (size) => wire.clock.after(latency, () => this.peer?.roomAgain(size)),
    });
    this.handshake = new Handshake({
      peer: () => this.peer?.handshake,
      send: (bytes) => {
        if (!this.dead && this.fin === "no") this.lane.send("shake", bytes, this.handed);
      },
      secured: () => {
        this.secure = true;
      },
      agreed: () => wire.sink.record({ kind: "tls", conn, on: true }),
    });
    const orphan = () => this.abandoned;
    const over = () => this.dead;
    this.lane = new Lane({
      clock: wire.clock,
      latency,
      transmit: (segment, again, came, lost) => carry(wire, this, segment, again, came, lost),
      deliver: (segment) => this.delivered(segment),
      broken: () => {
        this.hearReset();
        this.alone = true;
      },
      timeout: () => this.giveUp(),
      get over() {
        return over();
      },
      get orphan() {
        return orphan();
      },
    });
  }

  /** Whether this end dialled. */
  get dialled(): boolean {
    return this.side === "dialler";
  }

  /** Where it stands in RFC 9293 §3.3.2, as `ss` writes it; "CLOSED" once the kernel has forgotten it. */
  get state(): string {
    const { now } = this.wire.clock;
    if (this.dead) return "CLOSED";
    if (!this.open) return this.dialled ? "SYN-SENT" : "SYN-RECV";
    const heard = this.endHeardAt !== undefined;
    if (this.fin === "no") return heard ? "CLOSE-WAIT" : "ESTAB";
    const taken = now >= this.finTaken;
    if (!this.closedFirst) return taken ? "CLOSED" : "LAST-ACK";
    if (!taken) return heard ? "CLOSING" : "FIN-WAIT-1";
    const since = Math.max(this.finTaken, this.endHeardAt ?? 0);
    if (heard) return now < since + TIME_WAIT ? "TIME-WAIT" : "CLOSED";
    return this.abandoned && now >= since + FIN_TIMEOUT ? "CLOSED" : "FIN-WAIT-2";
  }

  /** It, as `ss` lists it. */
  get row(): SocketRow {
    const { state, local, remote } = this;
    // SYN and FIN count as a byte each until they are acknowledged (RFC 9293 §3.4).
    const flag = UNANSWERED.has(state) ? 1 : 0;
    const sent = flag + Math.max(0, this.waiting + this.underWay - (this.peer?.inbox.size ?? 0));
    return { state, received: this.inbox.unread, sent, local, remote };
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
    this.closedFirst = this.endHeardAt === undefined;
    this.pump();
  }

  close(): void {
    if (this.abandoned || this.dead) return;
    this.abandoned = true;
    this.handlers = {};
    if (!this.open) {
      // Given up while dialling: the kernel forgets it, and refuses an answer that comes too late.
      if (this.dialled) this.wire.sink.record({ kind: "abandoned", conn: this.conn });
      this.die();
      return;
    }
    if (this.inbox.size > 0) {
      this.inbox.clear();
      this.reset();
    } else this.end();
  }

  reset(): void {
    if (this.dead) return;
    this.die();
    if (this.open) this.lane.send("rst", NOTHING, this.handed);
  }

  startTls(done: (outcome: TlsOutcome) => void, like?: Socket): void {
    // RFC 4217 §4.2: what came in the clear behind AUTH could be anybody's.
    this.inbox.clear();
    this.handshake.want(done, false, like instanceof End ? like.handshake : undefined);
  }

  connectTls(like: Socket | undefined, done: (outcome: TlsOutcome) => void): void {
    this.handshake.want(done, true, like instanceof End ? like.handshake : undefined);
  }

  stopTls(done: () => void): void {
    const { latency } = this;
    const { clock, sink } = this.wire;
    this.secure = false;
    sink.record({ kind: "tls", conn: this.conn, on: false });
    clock.after(latency, () => {
      if (this.peer) this.peer.secure = false;
      done();
    });
  }

  pause(): void {
    this.inbox.pause();
  }

  resume(): void {
    this.inbox.resume();
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
  }

  /** Hands the link what the other end has room for, and at the end the close. */
  private pump(): void {
    if (!this.open || this.dead) return;
    for (let piece = this.nextPiece(); piece !== undefined; piece = this.nextPiece()) {
      this.underWay += piece.length;
      this.lane.send("data", piece, this.handed);
      this.handed += piece.length;
    }
    if (this.fin === "wanted" && this.waiting === 0) {
      this.fin = "sent";
      this.lane.send("fin", NOTHING, this.handed);
    }
  }

  /** Whether a packet bears this end's four numbers where it comes in: else no socket here is meant. */
  owns(packet: Packet): boolean {
    return same(packet.to, this.local) && same(packet.from, this.remote);
  }

  /** A packet of this connection that leaves here and now. */
  packet(what: Packet["what"], bytes: Uint8Array = NOTHING, offset = 0): Packet {
    const { conn, side: by, local: from, remote: to, secure } = this;
    return { conn, by, what, from, to, bytes, offset, secure };
  }

  /** The other end's kernel has the next segment. */
  private delivered({ what, bytes, heard }: Segment): void {
    const { peer } = this;
    if (what === "data") peer?.hear({ bytes: heard, size: bytes.length });
    else if (what === "rst") peer?.hearReset();
    else if (what === "shake") peer?.hearFlight(bytes.length);
    else {
      this.finTaken = this.wire.clock.now + this.latency;
      peer?.hearEnd();
    }
  }

  /** The other end has answered nothing for a quarter of an hour. */
  private giveUp(): void {
    const { conn, dialled } = this;
    const by = dialled ? {} : ({ by: "listener" } as const);
    this.wire.sink.record({ kind: "unreachable", conn, why: "timeout", ...by });
    this.die();
    this.alone = true;
    this.handshake.drop("no answer");
    this.inbox.broken("timeout");
  }

  private nextPiece(): Uint8Array | undefined {
    const room = Math.min(PIECE, WINDOW - this.underWay);
    const first = this.outbox[0];
    if (first === undefined || room <= 0) return undefined;
    // No crumbs: rather wait until a decent piece fits (RFC 1122 §4.2.3.4).
    if (room < first.length && room < PIECE / 2) return undefined;
    const quota =
      this.wire.middle?.quota(this.host, this.packet("data", first, this.handed)) ?? Infinity;
    const most = Math.min(room, quota);
    let piece = first;
    if (first.length > most) {
      piece = first.subarray(0, most);
      this.outbox[0] = first.subarray(most);
    } else this.outbox.shift();
    this.waiting -= piece.length;
    return piece;
  }

  /** A piece has come. */
  private hear(piece: Piece): void {
    const { sink } = this.wire;
    const by = this.dialled ? "listener" : "dialler";
    if (this.abandoned || this.dead) {
      sink.record({ kind: "lost", conn: this.conn, by, length: piece.size });
      if (this.alone) this.lane.send("rst", NOTHING, this.handed);
      else this.reset();
      return;
    }
    if (this.handshake.wanted) {
      this.handshake.drop("what came is no handshake");
      return;
    }
    const { bytes } = piece;
    if (bytes.length > 0) sink.record({ kind: "arrived", conn: this.conn, by, bytes });
    this.inbox.push(piece);
  }

  /** A flight of a TLS handshake has come. */
  private hearFlight(size: number): void {
    if (this.abandoned || this.dead) this.hear({ bytes: NOTHING, size });
    else this.handshake.heard();
  }

  private hearEnd(): void {
    if (this.dead) return;
    this.wire.sink.record({
      kind: "finned",
      conn: this.conn,
      by: this.dialled ? "listener" : "dialler",
    });
    this.endHeardAt = this.wire.clock.now;
    this.secure = false;
    this.handshake.drop("the client has closed");
    this.inbox.ended();
  }

  hearReset(): void {
    if (this.dead) return;
    this.wire.sink.record({
      kind: "rsted",
      conn: this.conn,
      by: this.dialled ? "listener" : "dialler",
    });
    this.die();
    this.handshake.drop("the client has broken off");
    this.inbox.broken("reset");
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
