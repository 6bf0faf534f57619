/** The network of a simulated world: hosts with names and addresses, ports, and who may dial whom. */
import type { Endpoint } from "../facts.ts";
import type { Sink } from "../trace/trace.ts";
import {
  areNeighbours,
  aton,
  canonical,
  family,
  isAddress,
  isForMany,
  isLoopback,
  mapped,
} from "./address.ts";
import type { Clock } from "./clock.ts";
import type { End } from "./connection.ts";
import { dial } from "./dial.ts";
import { Host } from "./host.ts";
import { Link, type Middle, type Wire } from "./link.ts";
import { PortListener } from "./listener.ts";
import type { HostNetwork, SocketHandlers } from "./network.ts";
import { ping } from "./ping.ts";

export { isAddress } from "./address.ts";

/** A network on a virtual clock. */
export interface VirtualNetwork {
  /**
   * Adds a host; the first name is the one shown, the first address of each family the one it dials
   * from. Hosts may share a name, which then has the addresses of all of them.
   */
  addHost(
    names: readonly string[],
    addresses: readonly string[],
    own?: { readonly latency?: number | undefined; readonly bandwidth?: number | undefined },
  ): HostNetwork;
  /** The hosts so far. */
  readonly hosts: readonly Host[];
  /** Puts boxes and faults between them. `published` tells under which address others know one of a host's. */
  between(middle: Middle & Published): void;
}

/** What names mean where boxes stand between. */
export interface Published {
  /** The addresses of `host` that `asking` is told when it asks for the host's name. */
  published(host: Host, asking: Host): readonly string[];
}

/** How a network is made. `begins` is the moment of virtual time 0, in milliseconds since 1970. */
export interface NetworkOptions {
  readonly clock: Clock;
  readonly sink: Sink;
  readonly begins: number;
  readonly latency: number;
  readonly bandwidth: number;
  readonly random: (below: number) => number;
}

const ANY: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };

/** Makes an empty network. */
export function createNetwork(options: NetworkOptions): VirtualNetwork {
  const { clock, sink, random } = options;
  const wire: Wire = { clock, sink };
  const hosts: Host[] = [];
  const table = new Map<string, Host[]>();
  let middle: (Middle & Published) | undefined;
  let conns = 0;

  /** Whose an address is, as seen from `asking`. */
  const owner = (address: string, asking: Host): Host | undefined =>
    isLoopback(address) ? asking : hosts.find((host) => host.addresses.includes(address));

  /** The farther of two hosts decides. */
  function latencyTo(to: string, from: Host): number {
    // What a computer says to itself crosses no wire.
    if (isLoopback(to) || from.addresses.includes(to)) return 0;
    const host = middle?.goal(from, to) ?? owner(to, from);
    return host === undefined ? from.latency : Math.max(from.latency, host.latency);
  }

  /** An address of one's own network that is nobody's: the question who has it (ARP, RFC 826) stays open. */
  const isVacant = (to: string, from: Host): boolean =>
    !isLoopback(to) &&
    from.addresses.some((own) => areNeighbours(own, to)) &&
    (middle === undefined ? owner(to, from) : middle.goal(from, to)) === undefined;

  function call(host: Host, given: Endpoint, handlers: SocketHandlers, from?: number): End {
    // An address of noughts means this very computer (ip(7), INADDR_ANY).
    const asked = canonical(given.address);
    const to = { address: ANY[asked] ?? mapped(asked) ?? asked, port: given.port };
    const of = family(to.address) ?? 4;
    const address = isLoopback(to.address) ? to.address : host.address(of);
    const local = {
      address: address ?? (of === 4 ? "0.0.0.0" : "::"),
      port: from ?? host.freePort(random),
    };
    const nowhere = address === undefined || isForMany(to.address, host.addresses);
    return dial({
      wire,
      conn: ++conns,
      host,
      local,
      to,
      handlers,
      hopeless: nowhere ? "no-route" : host.holds(local, to) ? "port-taken" : undefined,
      vacant: isVacant(to.address, host),
      latency: latencyTo(to.address, host),
      owner: (wanted) => owner(wanted, host),
    });
  }

  /** A name that is an address means itself; names know no upper and lower case (RFC 4343). */
  function resolve(name: string, asking: Host, wanted?: 4 | 6): readonly string[] {
    const key = name.toLowerCase().replace(/\.$/, "");
    const known = table.get(key) ?? [];
    const address = aton(name) ?? (isAddress(name) ? canonical(name) : undefined);
    const all =
      address !== undefined
        ? [address]
        : key === "localhost"
          ? ["127.0.0.1", "::1"]
          : known.flatMap((host) => middle?.published(host, asking) ?? host.addresses);
    const found = [...new Set(all)].filter((one) => wanted === undefined || family(one) === wanted);
    if (asking.address(6) === undefined && address === undefined) {
      // getaddrinfo leaves IPv6 out where there is none (AI_ADDRCONFIG), if anything else is known.
      const old = found.filter((one) => family(one) === 4);
      return old.length > 0 ? old : found;
    }
    return found.toSorted((a, b) => (family(b) ?? 0) - (family(a) ?? 0));
  }

  return {
    hosts,
    between(made) {
      middle = made;
      wire.middle = made;
    },
    addHost(names, given, own = {}) {
      const addresses = given.map(canonical);
      const { latency = options.latency, bandwidth = options.bandwidth } = own;
      const name = names[0] ?? addresses[0] ?? "";
      const host = new Host(name, addresses, latency, new Link(clock, bandwidth));
      hosts.push(host);
      for (const one of names) {
        const key = one.toLowerCase();
        table.set(key, [...(table.get(key) ?? []), host]);
      }
      let pings = 0;
      return {
        host: host.name,
        now: () => options.begins + clock.now,
        after: (milliseconds, run) => clock.after(milliseconds, run),
        random,
        lookup(wanted, only) {
          const found = resolve(wanted, host, only);
          sink.record({ kind: "lookup", host: host.name, name: wanted, address: found[0] ?? null });
          return found;
        },
        dial: (to, handlers, from) => call(host, to, handlers, from),
        listen(wanted, done, backlog = 128, only) {
          // Who asks for any port gets one of the odd ones, since dials take the even ones first.
          const port = wanted === 0 ? host.freePort(random) + 1 : wanted;
          if (!host.mayListen(port)) {
            done(undefined);
            return;
          }
          const where = { host: host.name, address: host.addresses[0] ?? "", port };
          const listener = new PortListener(port, backlog, only, sink, () => {
            host.listeners.delete(port);
            sink.record({ kind: "unlisten", ...where });
          });
          host.listeners.set(port, listener);
          sink.record({ kind: "listen", ...where });
          done(listener);
        },
        get addresses() {
          const sorted = host.addresses.toSorted((a, b) => (family(a) ?? 0) - (family(b) ?? 0));
          return sorted;
        },
        sockets: () => host.rows(),
        ping(address, done, window, size = 56) {
          const to = canonical(address);
          const away = latencyTo(to, host);
          const vacant = isVacant(to, host);
          const route = { wire, host, to, latency: away, vacant, sequence: ++pings, window };
          ping({ ...route, size, owner: (wanted) => owner(wanted, host) }, done);
        },
      };
    },
  };
}
