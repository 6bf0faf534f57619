/** The network that servers see (src/sim/net/network.ts) on real sockets, in real time. */
import { randomInt } from "node:crypto";
import { connect, createServer, isIP, type Server } from "node:net";
import type { HostNetwork, Listener } from "../sim/net/network.ts";
import type { Sink } from "../sim/trace/trace.ts";
import type { TlsOptions } from "./secure.ts";
import type { Cut } from "./cut.ts";
import { NodeSocket, ROUND, type Shared } from "./socket.ts";

/** How a network is made. */
export interface NetworkOptions {
  /** The address it listens on. */
  readonly address: string;
  readonly sink: Sink;
  /** What TLS shows; without it the network has no TLS. */
  readonly tls?: () => TlsOptions;
}

/** A network on real sockets. */
export interface NodeNetwork extends HostNetwork {
  /** Listens on `port`, 0 for a free one. Rejects with node's own error. */
  open(port: number): Promise<NodeListener>;
  /** Lets a connection fail on purpose. */
  cut(conn: number, cut: Cut): void;
  /** Listens no more, closes every connection; resolves when all are closed. */
  close(): Promise<void>;
}

/** How long the connections have to close in order when the network does, in milliseconds. */
const PARTING = 500;
/** How many connections may wait to be taken, where the engine does not say; node's own figure. */
const BACKLOG = 511;
/** The longest that setTimeout can wait. */
const LONGEST = 2 ** 31 - 1;

/** A network that listens on one address of this machine. */
export function createNodeNetwork({ address, sink, tls }: NetworkOptions): NodeNetwork {
  const shared: Shared = { sink, tls, collecting: undefined, busy: false, open: new Set() };
  const listeners = new Set<NodeListener>();
  let conns = 0;
  let closed = false;

  function bind(
    port: number,
    backlog: number,
    done: (listener: NodeListener | undefined, error?: Error) => void,
  ): void {
    // allowHalfOpen: the engine itself says when our half ends.
    const server = createServer({ allowHalfOpen: true, noDelay: true });
    const failed = (error: Error) => done(undefined, error);
    server.once("error", failed);
    server.listen({ host: address, port, backlog }, () => {
      server.off("error", failed);
      // What goes wrong later with one connection (no more file descriptors, say) ends only that.
      server.on("error", () => {});
      const bound = server.address();
      const where = {
        host: address,
        address,
        port: typeof bound === "object" && bound !== null ? bound.port : port,
      };
      const listener = new NodeListener(server, where, backlog, shared, () => ++conns);
      if (sink.wants) sink.record({ kind: "listen", ...where });
      listeners.add(listener);
      server.once("close", () => listeners.delete(listener));
      if (closed) listener.close();
      done(listener);
    });
  }

  return {
    host: address,
    piece: ROUND,
    now: () => Date.now(),
    after(milliseconds, run) {
      if (milliseconds === Infinity) return { cancel() {} };
      const timer = setTimeout(run, Math.min(milliseconds, LONGEST));
      // A clock alone is no reason to stay.
      timer.unref();
      return { cancel: () => clearTimeout(timer) };
    },
    random: (below) => randomInt(below),
    lookup: (name) => (isIP(name) > 0 ? [name] : name === "localhost" ? ["127.0.0.1"] : []),
    dial(to, handlers) {
      const raw = connect({ host: to.address, port: to.port, allowHalfOpen: true, noDelay: true });
      const socket = new NodeSocket(raw, ++conns, "dialler", shared);
      socket.remote = to;
      socket.handlers = handlers;
      if (sink.wants) {
        sink.record({ kind: "dial", conn: socket.conn, host: address, from: socket.local, to });
      }
      return socket;
    },
    listen: (port, done, backlog = BACKLOG) => bind(port, backlog, (listener) => done(listener)),
    open: (port) =>
      new Promise((resolve, reject) => {
        bind(port, BACKLOG, (listener, error) => {
          if (listener === undefined) reject(error ?? new Error("no listener"));
          else resolve(listener);
        });
      }),
    cut(conn, cut) {
      for (const socket of shared.open) if (socket.conn === conn) socket.cut = cut;
    },
    async close() {
      closed = true;
      for (const listener of listeners) listener.close();
      const gone = [...shared.open].map((socket) => socket.part());
      const late = setTimeout(() => {
        for (const socket of shared.open) socket.destroy();
      }, PARTING);
      await Promise.all(gone);
      clearTimeout(late);
    },
  };
}

interface Where {
  readonly host: string;
  readonly address: string;
  readonly port: number;
}

/** A listening port. Connections wait in its queue, paused, until they are taken. */
export class NodeListener implements Listener {
  readonly port: number;
  onPending: (() => void) | undefined = undefined;
  private readonly server: Server;
  private readonly where: Where;
  private readonly shared: Shared;
  private readonly queue: NodeSocket[] = [];

  constructor(server: Server, where: Where, backlog: number, shared: Shared, next: () => number) {
    this.server = server;
    this.where = where;
    this.port = where.port;
    this.shared = shared;
    const { sink } = shared;
    server.on("connection", (raw) => {
      // node takes every connection from the kernel, so the queue's length is ours to hold.
      if (this.queue.length > backlog || raw.remoteAddress === undefined) {
        raw.on("error", () => {});
        raw.resetAndDestroy();
        return;
      }
      const socket = new NodeSocket(raw, next(), "listener", shared);
      const { conn, local: to, remote: from } = socket;
      if (sink.wants) {
        sink.record({ kind: "dial", conn, host: from.address, from, to });
        sink.record({ kind: "open", conn });
      }
      this.queue.push(socket);
      socket.call(() => this.onPending?.());
    });
  }

  take(): NodeSocket | undefined {
    const socket = this.queue.shift();
    const { sink } = this.shared;
    if (socket !== undefined && sink.wants) sink.record({ kind: "accept", conn: socket.conn });
    return socket;
  }

  close(): void {
    if (!this.server.listening) return;
    this.server.close();
    const { sink } = this.shared;
    if (sink.wants) sink.record({ kind: "unlisten", ...this.where });
    for (const socket of this.queue) socket.reset();
    this.queue.length = 0;
  }
}
