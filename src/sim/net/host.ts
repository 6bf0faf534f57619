/** One host of the virtual network: its addresses, its sockets, its ports. */
import type { Endpoint } from "../facts.ts";
import { family } from "./address.ts";
import type { End } from "./connection.ts";
import type { Link } from "./link.ts";
import type { PortListener } from "./listener.ts";
import type { SocketRow } from "./network.ts";
import { same } from "./packet.ts";

/** Linux's range of ports to dial from (ip_local_port_range). */
const EPHEMERAL = { low: 32_768, high: 60_999 } as const;

/** One host. */
export class Host {
  readonly name: string;
  /** IPv4 and IPv6, in the order of the scenario; a NAT that is switched off changes them. */
  addresses: readonly string[];
  /** Milliseconds one way, to or from this host. */
  readonly latency: number;
  readonly link: Link;
  readonly listeners = new Map<number, PortListener>();
  private readonly ends = new Set<End>();

  constructor(name: string, addresses: readonly string[], latency: number, link: Link) {
    this.name = name;
    this.addresses = addresses;
    this.latency = latency;
    this.link = link;
  }

  /** The address of this family that it dials from. */
  address(of: 4 | 6): string | undefined {
    return this.addresses.find((address) => family(address) === of);
  }

  add(end: End): void {
    this.ends.add(end);
  }

  /** Its connections, oldest first. Those that are over are forgotten by the way. */
  get connections(): readonly End[] {
    for (const end of this.ends) if (end.state === "CLOSED") this.ends.delete(end);
    return [...this.ends];
  }

  /** Linux dials from even ports first, so that odd ones stay free for listeners. */
  freePort(random: (below: number) => number): number {
    const taken = new Set(this.connections.flatMap((end) => (end.dialled ? [end.local.port] : [])));
    const pairs = (EPHEMERAL.high - EPHEMERAL.low + 1) / 2;
    const start = random(pairs);
    for (let i = 0; i < pairs; i++) {
      const port = EPHEMERAL.low + 2 * ((start + i) % pairs);
      if (!taken.has(port) && !this.listeners.has(port)) return port;
    }
    return EPHEMERAL.high;
  }

  /**
   * Whether these four numbers are taken. The end that closed first keeps them for a minute
   * (TIME-WAIT), and connect() from the same port says EADDRNOTAVAIL till then. A listening end in
   * TIME-WAIT takes a new SYN with higher numbers up again (RFC 9293 §3.6.1), as Linux does.
   */
  holds(local: Endpoint, remote: Endpoint): boolean {
    return this.connections.some((end) => same(end.local, local) && same(end.remote, remote));
  }

  /**
   * Whether a program may listen on `port`. TIME-WAIT does not hinder it: servers and nc set
   * SO_REUSEADDR, which is for this very case (socket(7); RFC 9293 §3.6.1 explains the wait).
   */
  mayListen(port: number): boolean {
    if (this.listeners.has(port)) return false;
    return !this.connections.some(
      (end) => end.dialled && end.local.port === port && end.state !== "TIME-WAIT",
    );
  }

  /** Its sockets, as `ss` lists them. */
  rows(): readonly SocketRow[] {
    const listening = Array.from(this.listeners.values(), (listener): SocketRow => {
      const { waiting: received, backlog: sent, only } = listener;
      const every = only === 4 || this.address(6) === undefined ? "0.0.0.0" : "*";
      const local = { address: typeof only === "string" ? only : every, port: listener.port };
      return { state: "LISTEN", received, sent, local, remote: undefined };
    });
    return [...listening, ...this.connections.map((end) => end.row)];
  }
}
