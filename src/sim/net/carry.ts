/** How a segment of a standing connection gets from one end to the other, or does not. */
import type { End } from "./connection.ts";
import type { Segment } from "./lane.ts";
import type { Wire } from "./link.ts";
import type { Host } from "./host.ts";
import type { Packet, Stop } from "./packet.ts";

/** A box at one's own end answers as quickly as anything on the same cable. */
const NEARBY = 1;

/** Sends `segment` of `end`; exactly one of `came` and `lost` is called, unless the world ends before. */
export function carry(
  wire: Wire,
  end: End,
  segment: Segment,
  again: boolean,
  came: () => void,
  lost: (stop: Stop) => void,
): void {
  const { clock, sink, middle } = wire;
  const { conn, side: by, host, latency } = end;
  const { what, bytes, offset } = segment;
  const shakes = what === "shake";
  const packet: Packet = {
    ...end.packet(shakes ? "data" : what, bytes, offset),
    // What a handshake says is of no use to a helper either.
    ...(shakes && { secure: true }),
  };
  let stop: Stop | undefined;

  /** Something on the way has stopped it: `there` and `back` are the ways to both ends. */
  const stopped = (how: Stop, there: number, back: number) => {
    if (how.how === "silence") {
      lost(how);
      return;
    }
    if (how.how === "cut") clock.after(there, () => end.peer?.hearReset());
    clock.after(back, () => lost(how));
  };
  const leave = () => {
    segment.leftAt = clock.now;
    // The trace has each byte leave once: what is sent again is told by what dropped it.
    if (!again && what === "data") sink.record({ kind: "sent", conn, by, bytes });
    else if (!again && (what === "fin" || what === "rst")) sink.record({ kind: what, conn, by });
    stop = middle?.leaves(host, packet);
    if (stop !== undefined) stopped(stop, latency, NEARBY);
  };
  const arrive = () => {
    const place = middle?.arrives(host, packet);
    segment.heard = packet.bytes;
    if (place === undefined) came();
    else if ("how" in place) stopped(place, 0, latency);
    else if (place === end.peer?.host && end.peer.owns(packet)) came();
    else stray(place);
  };
  /** A NAT has come or gone meanwhile: no socket has these numbers, and a kernel answers with RST. */
  const stray = (place: Host) => {
    const { from: to, to: from } = packet;
    const other = by === "dialler" ? "listener" : "dialler";
    const rst: Packet = { ...packet, by: other, what: "rst", from, to, bytes: new Uint8Array() };
    if (what === "rst" || middle?.leaves(place, rst) !== undefined) {
      lost({ how: "silence" });
      return;
    }
    clock.after(latency, () => {
      const home = middle?.arrives(place, rst);
      lost({ how: home === host && end.owns(rst) ? "reset" : "silence" });
    });
  };
  host.link.carry(bytes.length, latency, leave, () => {
    if (stop !== undefined) return;
    const delay = middle?.delay(host, packet) ?? 0;
    if (delay > 0) clock.after(delay, arrive);
    else arrive();
  });
}
