/** One ICMP echo and its answer. */
import { family, isLoopback } from "./address.ts";
import { VACANT } from "./dial.ts";
import type { Host } from "./host.ts";
import type { Wire } from "./link.ts";
import type { EchoAnswer } from "./network.ts";
import type { Packet, Stop } from "./packet.ts";

/** How long an answer is waited for, as ping of iputils does without -W. */
const WAIT = 10_000;
const NEARBY = 1;
/** ICMP has no ports (RFC 792). */
const NO_PORT = 0;

/** Where it goes. */
export interface PingRoute {
  readonly wire: Wire;
  readonly host: Host;
  readonly to: string;
  readonly latency: number;
  /** Bytes of data in it. */
  readonly size: number;
  /** An address of the host's own network that is nobody's. */
  readonly vacant: boolean;
  readonly sequence: number;
  /** For whose program it is. */
  readonly window?: number | undefined;
  readonly owner: (address: string) => Host | undefined;
}

/** Sends one echo; `done` hears after how many milliseconds it came back, or why it did not. */
export function ping(route: PingRoute, done: (answer: EchoAnswer) => void): void {
  const { wire, host, to, latency, size, vacant, sequence, window, owner } = route;
  const { clock, sink, middle } = wire;
  const began = clock.now;
  const end = (answer: EchoAnswer) => {
    const took = typeof answer === "number" ? answer : null;
    const whose = window === undefined ? {} : { window };
    sink.record({ kind: "ping", host: host.name, to, sequence, took, ...whose });
    done(answer);
  };
  const stopped = ({ how }: Stop, back: number) => {
    if (how === "silence") clock.after(began + WAIT - clock.now, () => end("timeout"));
    else clock.after(back, () => end("filtered"));
  };
  const own = isLoopback(to) ? to : host.address(family(to) ?? 4);
  if (own === undefined) {
    clock.after(0, () => end("no-route"));
    return;
  }
  if (vacant) {
    clock.after(VACANT, () => end("no-route"));
    return;
  }
  const packet: Packet = {
    conn: 0,
    by: "dialler",
    what: "ping",
    from: { address: own, port: NO_PORT },
    to: { address: to, port: NO_PORT },
    bytes: new Uint8Array(size),
    offset: 0,
    secure: false,
  };
  const stop = middle?.leaves(host, packet);
  if (stop !== undefined) {
    stopped(stop, NEARBY);
    return;
  }
  clock.after(latency, () => {
    const place = middle === undefined ? owner(to) : middle.arrives(host, packet);
    if (place === undefined) stopped({ how: "silence" }, 0);
    else if ("how" in place) stopped(place, latency);
    // The answer belongs to the question: what let one through lets the other through.
    else clock.after(latency, () => end(clock.now - began));
  });
}
