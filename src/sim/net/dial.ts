/** How a connection begins: SYN, SYN ACK, and all that can become of them. */
import type { Endpoint } from "../facts.ts";
import { End } from "./connection.ts";
import type { Host } from "./host.ts";
import type { Wire } from "./link.ts";
import type { PortListener } from "./listener.ts";
import type { DialFailure, SocketHandlers } from "./network.ts";
import type { Packet, Stop } from "./packet.ts";

/** A SYN that nobody answers is sent again after 1, 3, 7 … seconds; Linux gives up after 127 (tcp_syn_retries 6). */
const SYN_RETRIES = 6;
/** After three questions without an answer Linux takes a neighbour for gone (mcast_solicit, one a second). */
export const VACANT = 3000;
/** A box at one's own end answers as quickly as anything on the same cable. */
const NEARBY = 1;

/** What a dial needs of its network. */
export interface DialOptions {
  readonly wire: Wire;
  readonly conn: number;
  readonly host: Host;
  readonly local: Endpoint;
  readonly to: Endpoint;
  readonly handlers: SocketHandlers;
  /** Why no packet can leave at all, if none can. */
  readonly hopeless: "no-route" | "port-taken" | undefined;
  /** `to` is an address of the host's own network, and nobody's. */
  readonly vacant: boolean;
  /** Milliseconds to `to`, one way. */
  readonly latency: number;
  /** Whose this address is, as seen from `host`. */
  readonly owner: (address: string) => Host | undefined;
}

/** Dials. The socket is there at once; its handlers hear what becomes of it. */
export function dial(options: DialOptions): End {
  const { wire, conn, host, local, to, latency, owner } = options;
  const { clock, sink, middle } = wire;
  const near = new End(wire, host, conn, "dialler", local, to, latency);
  near.handlers = options.handlers;
  host.add(near);
  /** The listening side answers one SYN at a time: what comes meanwhile is the same SYN again. */
  let answered = false;
  sink.record({ kind: "dial", conn, host: host.name, from: local, to });
  const { hopeless } = options;
  if (hopeless !== undefined) {
    clock.after(0, () => fail(hopeless));
    return near;
  }
  if (options.vacant) clock.after(VACANT, () => fail("no-route"));
  else knock(0);
  return near;

  function fail(why: DialFailure): void {
    if (near.dead || near.open) return;
    near.die();
    sink.record(why === "refused" ? { kind: "refused", conn } : { kind: "unreachable", conn, why });
    near.handlers.onFailed?.(why);
  }

  /** A box or a fault has stopped the SYN; an answer in another's name comes `back` milliseconds later. */
  function stopped({ how }: Stop, back: number): void {
    if (how === "silence") return;
    // Linux takes ICMP "administratively prohibited" for EHOSTUNREACH (icmp_err_convert).
    clock.after(back, () => fail(how === "unreachable" ? "no-route" : "refused"));
  }

  function knock(attempt: number): void {
    if (near.dead) return;
    if (attempt > 0) sink.record({ kind: "again", conn, attempt: attempt + 1 });
    const packet = near.packet("syn");
    const stop = middle?.leaves(host, packet);
    if (stop !== undefined) stopped(stop, NEARBY);
    else clock.after(latency + (middle?.delay(host, packet) ?? 0), () => arrive(packet));
    clock.after(1000 * 2 ** attempt, () => {
      if (near.dead || near.open) return;
      if (attempt < SYN_RETRIES) knock(attempt + 1);
      else fail("timeout");
    });
  }

  function arrive(packet: Packet): void {
    if (near.dead || near.open) return;
    const place = middle === undefined ? owner(packet.to.address) : middle.arrives(host, packet);
    if (place !== undefined && "how" in place) {
      stopped(place, latency);
      return;
    }
    // Silence where nobody is: a router on the internet drops what it has no way for as often as it says so.
    if (place === undefined || answered) return;
    const listener = place.listeners.get(packet.to.port);
    if (listener?.hears(packet.to.address) !== true) {
      const far = farEnd(place, packet);
      answer(far, "rst", () => fail("refused"));
    } else if (listener.hasRoom()) welcome(listener, farEnd(place, packet));
    // Otherwise silence: a full queue, which Linux answers by dropping the SYN.
  }

  function farEnd(place: Host, { from, to: here }: Packet): End {
    return new End(wire, place, conn, "listener", here, from, latency);
  }

  /** SYN ACK, or RST in its place, goes back through whatever stands on the way. */
  function answer(far: End, what: "syn" | "rst", heard: () => void, lost?: () => void): void {
    const packet = far.packet(what);
    if (middle?.leaves(far.host, packet) !== undefined) {
      lost?.();
      return;
    }
    clock.after(latency + (middle?.delay(far.host, packet) ?? 0), () => {
      const place = middle?.arrives(far.host, packet);
      if (place === undefined || (place === host && near.owns(packet))) heard();
      else lost?.();
    });
  }

  /** The listener's program hears of the connection when ACK has come. */
  function welcome(listener: PortListener, far: End): void {
    listener.expected++;
    answered = true;
    near.peer = far;
    far.peer = near;
    const over = () => {
      listener.expected--;
      answered = false;
    };
    const synAck = () => {
      if (near.dead || near.open) return;
      sink.record({ kind: "open", conn });
      near.opened();
      near.handlers.onOpen?.();
    };
    if (middle === undefined) {
      answer(far, "syn", synAck);
      clock.after(2 * latency, settled);
      return;
    }
    answer(
      far,
      "syn",
      () => {
        synAck();
        clock.after(latency + middle.delay(host, near.packet("syn")), settled);
      },
      over,
    );

    function settled(): void {
      over();
      if (!near.open) return;
      answered = true;
      far.host.add(far);
      far.opened();
      if (listener.closed) far.reset();
      else listener.join(far);
    }
  }
}
