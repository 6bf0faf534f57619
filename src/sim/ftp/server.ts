/**
 * The only place where a session meets a network: it listens, hands each session what happens, and
 * carries its effects out.
 */
import { toBytes } from "../bytes.ts";
import type { Endpoint } from "../facts.ts";
import type { Tree } from "../fs/tree.ts";
import type { HostNetwork, Listener, Socket, SocketHandlers } from "../net/network.ts";
import { isIpv6 } from "../protocol/ipv6.ts";
import { encodeReply, type Reply } from "../protocol/reply.ts";
import type { FtpSetup, ServerFault } from "../scenario.ts";
import type { Sink } from "../trace/trace.ts";
import { Clocks } from "./clocks.ts";
import { DataConnection } from "./data.ts";
import type { Dialect } from "./dialect.ts";
import type { Effect, Input } from "./effect.ts";
import { isOrdered } from "./faults.ts";
import { step } from "./session.ts";
import { createSession, type Env, type House, type Session } from "./state.ts";

/** What a server needs to run. */
export interface ServerOptions {
  readonly net: HostNetwork;
  readonly sink: Sink;
  readonly setup: FtpSetup;
  readonly dialect: Dialect;
  readonly tree: Tree;
  /** Numbers the sessions of a whole world. */
  readonly nextSession: () => number;
  /** What is ordered to go wrong at present; nothing if left out. */
  readonly faults?: () => readonly ServerFault[];
}

/** A server that listens. */
export interface Server {
  readonly port: number;
  /** Listens no more and hangs up on everybody. */
  close(): void;
}

/** How many ports of the range are tried before PASV gives up. */
const TRIES = 50;
/** listen(2)'s backlog for a data port, as ProFTPD gives it: Linux lets two wait. */
const DATA_BACKLOG = 1;

/** Starts a server; `ready` gets it, or undefined if its port is taken. */
export function startServer(
  options: ServerOptions,
  ready?: (server: Server | undefined) => void,
): void {
  const { net, setup } = options;
  const ports = portChooser(options);
  const house: House = { connections: 0, users: 0, uploaded: 0, callers: new Map() };
  const open = new Set<Conversation>();
  net.listen(setup.port ?? 21, (listener) => {
    if (listener === undefined) {
      ready?.(undefined);
      return;
    }
    listener.onPending = () => {
      const socket = listener.take();
      if (socket === undefined) return;
      const conversation = new Conversation(options, ports, house, socket, () =>
        open.delete(conversation),
      );
      open.add(conversation);
      conversation.begin();
    };
    ready?.({
      port: listener.port,
      close() {
        listener.close();
        for (const conversation of open) conversation.shut();
      },
    });
  });
}

/** Gives ports of the passive range by chance, but the scenario's own first. */
function portChooser({ net, setup }: ServerOptions): () => number {
  const [low, high] = setup.passive.ports;
  let first = setup.passive.first;
  return () => {
    const port = first ?? low + net.random(high - low + 1);
    first = undefined;
    return port;
  };
}

/** One control connection with all that belongs to it. */
class Conversation {
  private readonly options: ServerOptions;
  private readonly choosePort: () => number;
  private readonly control: Socket;
  private readonly session: Session;
  private readonly env: Env;
  private readonly onOver: () => void;
  private readonly clocks: Clocks;
  private passive: Listener | undefined;
  private data: DataConnection | undefined;
  private dataSocket: Socket | undefined;
  /** The session waits for somebody to dial the passive port. */
  private waiting = false;
  /** Who alone may dial it. */
  private awaited: string | undefined;
  private dialling: Socket | undefined;

  constructor(
    options: ServerOptions,
    choosePort: () => number,
    house: House,
    control: Socket,
    onOver: () => void,
  ) {
    const { setup, dialect, tree, sink, net } = options;
    this.options = options;
    this.choosePort = choosePort;
    this.control = control;
    this.onOver = onOver;
    this.clocks = new Clocks(net, (name) => this.take({ kind: "timer", name }));
    this.session = createSession(dialect);
    house.connections++;
    count(house, control, 1);
    this.env = {
      id: options.nextSession(),
      setup,
      dialect,
      tree,
      address: control.local.address,
      port: control.local.port,
      client: control.remote,
      six: net.addresses?.some(isIpv6) ?? false,
      expire: (name) => void net.after(0, () => this.take({ kind: "timer", name })),
      record: (fact) => sink.record(fact),
      random: (below) => net.random(below),
      house,
      ...(options.faults && { faults: options.faults }),
    };
  }

  begin(): void {
    const { control, env, options } = this;
    const { net, dialect } = options;
    env.record({
      kind: "session",
      session: env.id,
      conn: control.conn,
      server: net.host,
      dialect: dialect.name,
    });
    control.handlers = {
      onData: (bytes) => this.take({ kind: "bytes", bytes }),
      onEnd: () => this.take({ kind: "closed" }),
      onReset: () => this.take({ kind: "gone" }),
    };
    this.take({ kind: "begin" });
    control.resume();
  }

  /** The server itself is closed. */
  shut(): void {
    this.take({ kind: "gone" });
  }

  private take(input: Input): void {
    for (const effect of step(this.session, input, this.env, this.options.net.now())) {
      this.carryOut(effect);
    }
  }

  /** Lets the session look at the lines that wait, if there are any. */
  private poll(): void {
    const { lines, closing } = this.session;
    const { dialect } = this.env;
    const looks = dialect.meanwhile !== undefined || dialect.settle !== undefined;
    if (looks || closing || lines.length > 0) this.take({ kind: "poll" });
  }

  private carryOut(effect: Effect): void {
    switch (effect.kind) {
      case "reply":
        this.reply(effect.reply);
        break;
      case "raw":
        this.control.write(toBytes(effect.octets));
        break;
      case "listen":
        this.listen(TRIES);
        break;
      case "connect":
        this.awaited = effect.from;
        if (effect.to === null) this.awaitData();
        else this.dialData(effect.to, effect.ports);
        break;
      case "secure":
        this.secure();
        break;
      case "send": {
        const piece = () => {
          // A piece goes out: the transfer moves, however slowly.
          this.clocks.moved();
          if (effect.polls) this.poll();
        };
        const most = effect.polls ? undefined : this.options.net.piece;
        const over = (whole: boolean, bytes: number) => this.take({ kind: "moved", whole, bytes });
        this.data?.send(effect.stream, piece, over, most);
        break;
      }
      case "receive":
        this.poll();
        if (this.session.transfer?.stage !== "moving") break; // what was waiting has ended it
        this.data?.receive(
          (bytes) => {
            this.clocks.moved();
            this.take({ kind: "chunk", bytes });
            this.poll();
          },
          (whole, bytes) => this.take({ kind: "moved", whole, bytes }),
        );
        break;
      case "finish":
        this.data?.finish(this.options.dialect.lingers, () => {
          this.data = undefined;
          this.take({ kind: "finished" });
        });
        break;
      case "drop":
        this.drop();
        break;
      case "timer":
        this.clocks.set(effect.name, effect.milliseconds);
        break;
      case "start-tls":
        this.session.tls = "handshake";
        if (this.control.startTls === undefined) this.take({ kind: "tls", ok: false });
        else this.control.startTls(({ ok }) => this.take({ kind: "tls", ok }));
        break;
      case "stop-tls":
        this.session.tls = "off";
        this.control.stopTls?.(() => {});
        break;
      case "hang-up":
        this.over();
        break;
    }
  }

  /** A reply is one write, and mostly one segment; 227 may be ordered to come in two. */
  private reply(reply: Reply): void {
    const bytes = toBytes(encodeReply(reply));
    if (reply.code === 227 && isOrdered(this.env, "split-227")) {
      const half = bytes.length >> 1;
      this.control.write(bytes.subarray(0, half));
      this.control.write(bytes.subarray(half));
    } else this.control.write(bytes);
  }

  private listen(tries: number): void {
    this.options.net.listen(
      this.choosePort(),
      (listener) => {
        if (listener === undefined && tries > 1) this.listen(tries - 1);
        else if (listener === undefined) this.take({ kind: "listening", port: null });
        else if (this.session.ended) listener.close();
        else {
          this.passive = listener;
          listener.onPending = () => {
            if (this.waiting) this.awaitData();
          };
          this.take({ kind: "listening", port: listener.port });
        }
      },
      this.options.dialect.backlog ?? DATA_BACKLOG,
    );
  }

  /** Takes the first connection that was dialled to the passive port; the port closes behind it. */
  private awaitData(): void {
    const socket = this.passive?.take();
    this.waiting = socket === undefined;
    if (socket === undefined) return;
    if ((this.awaited ?? socket.remote.address) !== socket.remote.address) {
      socket.close();
      this.waiting = true;
      this.take({ kind: "stranger", at: socket.remote });
      if (this.passive !== undefined) this.awaitData();
      return;
    }
    if (this.options.dialect.keepsPort !== true) {
      this.passive?.close();
      this.passive = undefined;
    }
    this.setData(socket, "accepted");
  }

  private dialData(to: Endpoint, [port, ...others]: readonly number[] = []): void {
    const handlers: SocketHandlers = {
      onOpen: () => this.setData(socket, "dialled"),
      onFailed: (why) => {
        if (why === "port-taken" && others.length > 0) this.dialData(to, others);
        else this.take({ kind: "unconnected", why: WHY[why] });
      },
    };
    const socket = (this.dialling = this.options.net.dial(to, handlers, port));
  }

  private setData(socket: Socket, how: "accepted" | "dialled"): void {
    const { id, record } = this.env;
    if (this.session.ended) {
      socket.close();
      return;
    }
    record({ kind: "data", session: id, conn: socket.conn, how });
    this.dataSocket = socket;
    this.dialling = undefined;
    this.data = new DataConnection(socket, this.options.net, this.session.protection === "C");
    // What Linux's accept gives for a connection that was reset while it waited, in ProFTPD's words.
    if (this.data.broken) this.take({ kind: "unconnected", why: "Success" });
    else this.take({ kind: "connected", peer: socket.remote, passive: how === "accepted" });
    if (this.options.dialect.data !== undefined) {
      this.data?.watch(() => this.take({ kind: "stirred" }));
    }
  }

  private secure(): void {
    const { dataSocket: socket } = this;
    if (socket?.startTls === undefined) {
      this.take({ kind: "secured", ok: false, resumed: false });
      return;
    }
    socket.startTls((outcome) => {
      const { ok } = outcome;
      this.data?.start();
      const resumed = ok && outcome.resumed;
      this.take({ kind: "secured", ok, resumed, ...(!ok && { why: outcome.why }) });
    }, this.control);
  }

  private drop(): void {
    this.waiting = false;
    this.passive?.close();
    this.passive = undefined;
    this.data?.close();
    this.data = undefined;
    this.dialling?.close();
    this.dialling = undefined;
  }

  private over(): void {
    const { house } = this.env;
    this.clocks.stop();
    house.connections--;
    count(house, this.control, -1);
    if (this.session.login.stage === "in") house.users--;
    this.control.close();
    this.onOver();
  }
}

/** Counts one caller more or less from this address. */
function count({ callers }: House, { remote }: Socket, by: 1 | -1): void {
  callers.set(remote.address, (callers.get(remote.address) ?? 0) + by);
}

const WHY = {
  refused: "Connection refused",
  timeout: "Connection timed out",
  "no-route": "No route to host",
  "port-taken": "Cannot assign requested address",
} as const;
