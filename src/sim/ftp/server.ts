/**
 * The only place where a session meets a network: it listens, hands each session what happens, and
 * carries its effects out.
 */
import { toBytes } from "../bytes.ts";
import type { Tree } from "../fs/tree.ts";
import type { HostNetwork, Listener, Socket, Timer } from "../net/network.ts";
import { encodeReply } from "../protocol/reply.ts";
import type { FtpSetup } from "../scenario.ts";
import type { Sink } from "../trace/trace.ts";
import type { Dialect } from "./dialect.ts";
import type { Effect, Input, Stream, TimerName } from "./effect.ts";
import { step } from "./session.ts";
import { createSession, type Env, type Session } from "./state.ts";

/** What a server needs to run. */
export interface ServerOptions {
  readonly net: HostNetwork;
  readonly sink: Sink;
  readonly setup: FtpSetup;
  readonly dialect: Dialect;
  readonly tree: Tree;
  readonly address: string;
  /** Numbers the sessions of a whole world. */
  readonly nextSession: () => number;
}

/** How much of a stream is handed to the network at once. */
const PIECE = 65_536;
/** How many ports of the range are tried before PASV gives up. */
const TRIES = 50;
/** listen(2)'s backlog for a data port, as ProFTPD gives it: Linux lets two wait. */
const DATA_BACKLOG = 1;

/** Starts a server: from now on it answers at its port. */
export function startServer(options: ServerOptions): void {
  const { net, setup } = options;
  const ports = portChooser(options);
  net.listen(setup.port ?? 21, (listener) => {
    if (listener === undefined) return;
    listener.onPending = () => {
      const socket = listener.take();
      if (socket !== undefined) new Conversation(options, ports, socket).begin();
    };
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
  private readonly timers = new Map<TimerName, Timer>();
  private passive: Listener | undefined;
  private data: DataConnection | undefined;
  /** The session waits for somebody to dial the passive port. */
  private waiting = false;

  constructor(options: ServerOptions, choosePort: () => number, control: Socket) {
    const { setup, dialect, tree, sink, address } = options;
    this.options = options;
    this.choosePort = choosePort;
    this.control = control;
    this.session = createSession(dialect);
    this.env = {
      id: options.nextSession(),
      setup,
      dialect,
      tree,
      address: setup.passive.announce ?? address,
      client: control.remote,
      record: (fact) => sink.record(fact),
    };
  }

  begin(): void {
    const { control, env, options } = this;
    env.record({
      kind: "session",
      session: env.id,
      conn: control.conn,
      server: options.net.host,
      dialect: options.dialect.name,
    });
    control.handlers = {
      onData: (bytes) => this.take({ kind: "bytes", bytes }),
      onEnd: () => this.take({ kind: "gone" }),
      onReset: () => this.take({ kind: "gone" }),
    };
    this.take({ kind: "begin" });
    control.resume();
  }

  private take(input: Input): void {
    for (const effect of step(this.session, input, this.env, this.options.net.now())) {
      this.carryOut(effect);
    }
  }

  private carryOut(effect: Effect): void {
    switch (effect.kind) {
      case "reply":
        this.control.write(toBytes(encodeReply(effect.reply)));
        break;
      case "raw":
        this.control.write(toBytes(effect.octets));
        break;
      case "listen":
        this.listen(TRIES);
        break;
      case "connect":
        if (effect.to === null) this.awaitData();
        else this.dialData(effect.to);
        break;
      case "send":
        this.data?.send(effect.stream, (whole, bytes) => this.take({ kind: "sent", whole, bytes }));
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
        this.setTimer(effect.name, effect.milliseconds);
        break;
      case "hang-up":
        for (const timer of this.timers.values()) timer.cancel();
        this.control.close();
        break;
    }
  }

  private listen(tries: number): void {
    this.options.net.listen(
      this.choosePort(),
      (listener) => {
        if (listener === undefined && tries > 1) this.listen(tries - 1);
        else if (listener === undefined) this.take({ kind: "listening", port: null });
        else {
          this.passive = listener;
          listener.onPending = () => {
            if (this.waiting) this.awaitData();
          };
          this.take({ kind: "listening", port: listener.port });
        }
      },
      DATA_BACKLOG,
    );
  }

  /** Takes the first connection that was dialled to the passive port; the port closes behind it. */
  private awaitData(): void {
    const socket = this.passive?.take();
    this.waiting = socket === undefined;
    if (socket === undefined) return;
    this.passive?.close();
    this.passive = undefined;
    this.setData(socket, "accepted");
  }

  private dialData(to: { address: string; port: number }): void {
    const socket = this.options.net.dial(to, {
      onOpen: () => this.setData(socket, "dialled"),
      onFailed: (why) => this.take({ kind: "unconnected", why: WHY[why] }),
    });
  }

  private setData(socket: Socket, how: "accepted" | "dialled"): void {
    const { id, record } = this.env;
    record({ kind: "data", session: id, conn: socket.conn, how });
    this.data = new DataConnection(socket, this.options.net);
    // What Linux's accept gives for a connection that was reset while it waited, in ProFTPD's words.
    if (this.data.broken) this.take({ kind: "unconnected", why: "Success" });
    else this.take({ kind: "connected" });
  }

  private drop(): void {
    this.waiting = false;
    this.passive?.close();
    this.passive = undefined;
    this.data?.close();
    this.data = undefined;
  }

  private setTimer(name: TimerName, milliseconds: number | null): void {
    this.timers.get(name)?.cancel();
    if (milliseconds === null) return;
    this.timers.set(
      name,
      this.options.net.after(milliseconds, () => this.take({ kind: "timer", name })),
    );
  }
}

const WHY = {
  refused: "Connection refused",
  timeout: "Connection timed out",
  "no-route": "No route to host",
} as const;

/** A data connection that the server sends over. */
class DataConnection {
  /** The client broke it off. */
  broken = false;
  private readonly socket: Socket;
  private readonly net: HostNetwork;
  /** The client closed its half, or sent something that lies there unread. */
  private stirred = false;
  private unread = false;
  private onStir: (() => void) | undefined;
  private onBreak: (() => void) | undefined;

  constructor(socket: Socket, net: HostNetwork) {
    this.socket = socket;
    this.net = net;
    const stir = () => {
      this.stirred = true;
      this.onStir?.();
    };
    socket.handlers = {
      onData: () => {
        this.unread = true;
        stir();
      },
      onEnd: stir,
      onReset: () => {
        this.broken = true;
        stir();
        this.onBreak?.();
      },
    };
    socket.resume();
  }

  /** Sends all of `stream` at the pace of the reader. */
  send(stream: Stream, done: (whole: boolean, bytes: number) => void): void {
    let bytes = 0;
    this.onBreak = () => {
      this.socket.handlers = {};
      done(false, bytes);
    };
    const pump = () => {
      for (;;) {
        const piece = stream.next(PIECE);
        if (piece === undefined) {
          this.onBreak = undefined;
          done(true, bytes);
          return;
        }
        bytes += piece.length;
        if (!this.socket.write(piece)) return;
      }
    };
    this.socket.handlers.onDrain = pump;
    pump();
  }

  /**
   * Closes our half, then waits until the client closes too, sends anything, or `linger`
   * milliseconds are over (ProFTPD's TimeoutLinger: its 226 comes only then).
   */
  finish(linger: number, done: () => void): void {
    this.socket.end();
    const end = () => {
      timer.cancel();
      this.onStir = undefined;
      this.close();
      done();
    };
    const timer = this.net.after(linger, end);
    this.onStir = end;
    if (this.stirred) end();
  }

  close(): void {
    const { socket } = this;
    if (!this.unread) {
      socket.close();
      return;
    }
    // Closing with unread bytes resets (RFC 2525 §2.17), but what was sent before goes first.
    socket.handlers = { onFlushed: () => socket.reset() };
    socket.end();
  }
}
