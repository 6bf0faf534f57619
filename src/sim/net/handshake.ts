/**
 * TLS's handshake, which is simulated: both ends agree on it, its flights cross the network as any
 * packets do and can be lost there, and nothing is encrypted.
 */
import type { TlsOutcome } from "./network.ts";

/** What two hosts remember of a handshake; the object itself is its secret. */
type TlsSession = object;

/** The bytes of TLS 1.2's four flights (RFC 5246 §7.3): hello; hello and certificate; key; finished. */
const FLIGHTS = [220, 1380, 126, 51] as const;

/** What a handshake needs of its end of the connection. */
export interface HandshakeEnd {
  /** The other end's part. */
  peer(): Handshake | undefined;
  /** Sends a flight. */
  send(bytes: Uint8Array): void;
  /** From here on this end speaks TLS. */
  secured(): void;
  /** It stands: recorded once for both. */
  agreed(): void;
}

/** One end's part in it. */
export class Handshake {
  private readonly end: HandshakeEnd;
  /** This end wants TLS and waits for the other; `calls`: as the client. */
  private wish: { done: (outcome: TlsOutcome) => void; calls: boolean } | undefined;
  /** The session that stands, or before that the one that this end has from another connection. */
  private session: TlsSession | undefined;
  /** The number of the flight that comes next to this end. */
  private flight = 0;

  constructor(end: HandshakeEnd) {
    this.end = end;
  }

  /** Whether it is waited for. */
  get wanted(): boolean {
    return this.wish !== undefined;
  }

  /**
   * This end wants TLS, as the client if it `calls`. The client offers the session of `like`, if that
   * has one, and the server takes it up if it is that of its own `like`: no other is known to it.
   */
  want(done: (outcome: TlsOutcome) => void, calls: boolean, like?: Handshake): void {
    this.wish = { done, calls };
    this.session = like?.session;
    const peer = this.end.peer();
    if (peer?.wish !== undefined) (calls ? this : peer).send(0);
  }

  /** It comes to nothing. */
  drop(why: string): void {
    const { wish } = this;
    this.wish = undefined;
    wish?.done({ ok: false, why });
  }

  private send(flight: number): void {
    const peer = this.end.peer();
    if (peer === undefined) return;
    peer.flight = flight;
    this.end.send(new Uint8Array(FLIGHTS[flight]!));
  }

  /** A flight is here; it is answered with the next one, and with the last one TLS stands. */
  heard(): void {
    const peer = this.end.peer();
    if (this.wish === undefined || peer?.wish === undefined) return;
    if (this.flight + 1 < FLIGHTS.length) {
      this.send(this.flight + 1);
      return;
    }
    const resumed = this.session !== undefined && this.session === peer.session;
    const session = resumed ? this.session : {};
    const outcome = { ok: true, resumed, version: "TLSv1.2" } as const;
    const wishes = [this.wish, peer.wish];
    this.end.agreed();
    for (const one of [this, peer]) {
      one.wish = undefined;
      one.session = session;
      one.end.secured();
    }
    for (const wish of wishes) wish.done(outcome);
  }
}
