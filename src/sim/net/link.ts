/** What all connections of a network share, and a host's way out. */
import type { Sink } from "../trace/trace.ts";
import type { Clock } from "./clock.ts";
import type { Host } from "./host.ts";
import type { Packet, Stop } from "./packet.ts";

/** What stands between the hosts: boxes and faults. A plain network has none. */
export interface Middle {
  /** The host that answers for an address, as `from` may dial it. */
  goal(from: Host, address: string): Host | undefined;
  /** The packet has left `from`: what stops it near by, if anything does. */
  leaves(from: Host, packet: Packet): Stop | undefined;
  /** It comes near its goal: whose it is then, or what stops it there. */
  arrives(from: Host, packet: Packet): Host | Stop;
  /** Milliseconds that a fault adds to the way. */
  delay(from: Host, packet: Packet): number;
  /** So many bytes may still leave this host on this connection before a fault strikes; Infinity if none will. */
  quota(from: Host, packet: Packet): number;
  /** Bytes a second that programs of this host read, or undefined if there is no bound. */
  pace(host: Host): number | undefined;
}

/** What all connections of a network share. */
export interface Wire {
  readonly clock: Clock;
  readonly sink: Sink;
  middle?: Middle | undefined;
}

/**
 * A host's way out: whatever it sends, on whichever connection, leaves in the order in which it was
 * sent. So a 226 does not overtake what left before it.
 */
export class Link {
  private readonly clock: Clock;
  private readonly bandwidth: number;
  private freeAt = 0;

  /** `bandwidth`: bytes a second. */
  constructor(clock: Clock, bandwidth: number) {
    this.clock = clock;
    this.bandwidth = bandwidth;
  }

  /** Carries a packet of `length` bytes: `leave` when its turn has come, `arrive` after `latency` more. */
  carry(length: number, latency: number, leave: () => void, arrive: () => void): void {
    const { clock } = this;
    const start = Math.max(clock.now, this.freeAt);
    this.freeAt = start + Math.ceil((length * 1000) / this.bandwidth);
    if (start === clock.now) leave();
    else clock.after(start - clock.now, leave);
    clock.after(this.freeAt - clock.now + latency, arrive);
  }
}
