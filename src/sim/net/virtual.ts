/** The network of a simulated world: hosts with names and addresses, ports, and who may dial whom. */
import type { Endpoint } from "../facts.ts";
import type { Sink } from "../trace/trace.ts";
import type { Clock } from "./clock.ts";
import { End, Link, type Wire } from "./connection.ts";
import type { HostNetwork, Listener, SocketHandlers } from "./network.ts";

/** A network on a virtual clock. */
export interface VirtualNetwork {
  /** Adds a host; the first name is the one shown, the first address the one it dials from. */
  addHost(names: readonly string[], addresses: readonly string[]): HostNetwork;
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

interface Host {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly listeners: Map<number, PortListener>;
  readonly link: Link;
  /** Ports that dialled connections use, with how many. */
  readonly busy: Set<number>;
}

/** A SYN that nobody answers is sent again after 1, 3, 7 … seconds; Linux gives up after 127 (tcp_syn_retries 6). */
const SYN_RETRIES = 6;
/** Linux's range of ports to dial from (ip_local_port_range). */
const EPHEMERAL = { low: 32_768, high: 60_999 } as const;

/** Makes an empty network. */
export function createNetwork(options: NetworkOptions): VirtualNetwork {
  const { clock, sink, latency } = options;
  const wire: Wire = options;
  const hosts: Host[] = [];
  const table = new Map<string, readonly string[]>([["localhost", ["127.0.0.1"]]]);
  let conns = 0;

  const owner = (address: string, asking: Host) =>
    address.startsWith("127.") ? asking : hosts.find((host) => host.addresses.includes(address));

  /** Linux dials from even ports first, so that odd ones stay free for listeners. */
  function freePort(host: Host): number {
    const pairs = (EPHEMERAL.high - EPHEMERAL.low + 1) / 2;
    const start = options.random(pairs);
    for (let i = 0; i < pairs; i++) {
      const port = EPHEMERAL.low + 2 * ((start + i) % pairs);
      if (!host.busy.has(port) && !host.listeners.has(port)) return port;
    }
    return EPHEMERAL.high;
  }

  function dial(from: Host, to: Endpoint, handlers: SocketHandlers): End {
    const conn = ++conns;
    const address = to.address.startsWith("127.") ? to.address : from.addresses[0]!;
    const local = { address, port: freePort(from) };
    from.busy.add(local.port);
    const host = owner(to.address, from);
    const gone = () => from.busy.delete(local.port);
    const near = new End(wire, from.link, conn, "dialler", local, to, gone);
    const far = new End(wire, host?.link ?? from.link, conn, "listener", to, local, () => {});
    near.handlers = handlers;
    near.peer = far;
    far.peer = near;
    sink.record({ kind: "dial", conn, host: from.name, from: local, to });

    const fail = (why: "refused" | "timeout") => {
      if (near.dead) return;
      near.die();
      sink.record(
        why === "refused" ? { kind: "refused", conn } : { kind: "unreachable", conn, why },
      );
      near.handlers.onFailed?.(why);
    };
    const knock = (attempt: number) => {
      if (near.dead) return;
      clock.after(latency, () => {
        if (near.dead || near.open) return;
        const listener = host?.listeners.get(to.port);
        if (host !== undefined && listener === undefined)
          clock.after(latency, () => fail("refused"));
        else if (listener?.hasRoom() === true) welcome(listener, near, far);
        // Otherwise silence: no such host, or a full queue, which Linux answers by dropping the SYN.
      });
      clock.after(1000 * 2 ** attempt, () => {
        if (near.dead || near.open) return;
        if (attempt < SYN_RETRIES) knock(attempt + 1);
        else fail("timeout");
      });
    };
    knock(0);
    return near;
  }

  /** SYN ACK goes back; the listener's program hears of the connection when ACK has come. */
  function welcome(listener: PortListener, near: End, far: End): void {
    listener.expected++;
    clock.after(latency, () => {
      if (near.dead) return;
      sink.record({ kind: "open", conn: near.conn });
      near.opened();
      near.handlers.onOpen?.();
    });
    clock.after(2 * latency, () => {
      listener.expected--;
      if (!near.open) return;
      far.opened();
      if (listener.closed) far.reset();
      else listener.join(far);
    });
  }

  return {
    addHost(names, addresses) {
      const host: Host = {
        name: names[0] ?? addresses[0] ?? "",
        addresses,
        listeners: new Map(),
        link: new Link(wire),
        busy: new Set(),
      };
      hosts.push(host);
      for (const name of names) table.set(name.toLowerCase(), addresses);
      return {
        host: host.name,
        now: () => options.begins + clock.now,
        after: (milliseconds, run) => clock.after(milliseconds, run),
        random: options.random,
        lookup(name) {
          const found = resolve(name);
          sink.record({ kind: "lookup", host: host.name, name, address: found[0] ?? null });
          return found;
        },
        dial: (to, handlers) => dial(host, to, handlers),
        listen(port, done, backlog = 128) {
          if (host.listeners.has(port) || host.busy.has(port)) {
            done(undefined);
            return;
          }
          const where = { host: host.name, address: addresses[0] ?? "", port };
          const listener = new PortListener(port, backlog, sink, () => {
            host.listeners.delete(port);
            sink.record({ kind: "unlisten", ...where });
          });
          host.listeners.set(port, listener);
          sink.record({ kind: "listen", ...where });
          done(listener);
        },
      };
    },
  };

  /** A name that is an address means itself; names know no upper and lower case (RFC 4343). */
  function resolve(name: string): readonly string[] {
    if (isAddress(name)) return [name];
    return table.get(name.toLowerCase().replace(/\.$/, "")) ?? [];
  }
}

/** Four numbers up to 255 with dots between them. */
export function isAddress(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
}

class PortListener implements Listener {
  readonly port: number;
  onPending: (() => void) | undefined = undefined;
  /** Connections whose handshake is under way. */
  expected = 0;
  closed = false;
  private readonly queue: End[] = [];
  private readonly backlog: number;
  private readonly sink: Sink;
  private readonly onClose: () => void;

  constructor(port: number, backlog: number, sink: Sink, onClose: () => void) {
    this.port = port;
    this.backlog = backlog;
    this.sink = sink;
    this.onClose = onClose;
  }

  /** Linux lets one more wait than the backlog says. */
  hasRoom(): boolean {
    return this.queue.length + this.expected <= this.backlog;
  }

  join(end: End): void {
    this.queue.push(end);
    this.onPending?.();
  }

  take(): End | undefined {
    const end = this.queue.shift();
    if (end !== undefined) this.sink.record({ kind: "accept", conn: end.conn });
    return end;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.onClose();
    for (const end of this.queue) end.reset();
  }
}
