/** The wire on real sockets. */
import { connect, createServer, type Server, type Socket } from "node:net";
import type { Octets } from "../../src/sim/bytes.ts";
import { secure, type Secured } from "./tls.ts";
import {
  bytesOf,
  type Door,
  type Ended,
  type Handshake,
  type Line,
  octetsOf,
  type Wire,
} from "./wire.ts";

/** How long a send may take before it counts as failed, and a dial before nobody is there. */
const PATIENCE = 5000;

/** A wire on this machine's network. */
export function socketWire(): Wire {
  let wake: (() => void) | undefined;
  const stir = () => wake?.();
  return {
    now: () => performance.now(),
    wait(milliseconds) {
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
    dial(address, port) {
      return new Promise((resolve) => {
        const socket = connect({ host: address, port, allowHalfOpen: true, noDelay: true });
        // Paused before it stands, so that nothing is read that nobody asked for.
        socket.pause();
        socket.setTimeout(PATIENCE, () => socket.destroy(new Error("TimeoutError")));
        socket.once("error", (error) => resolve(nameOf(error)));
        socket.once("connect", () => {
          socket.setTimeout(0);
          socket.removeAllListeners("error");
          resolve(new SocketLine(socket, stir));
        });
      });
    },
    listen: (address) => openDoor(address, stir),
  };
}

function openDoor(address: string, stir: () => void): Promise<Door> {
  return new Promise((resolve, reject) => {
    const callers: SocketLine[] = [];
    const server: Server = createServer({ pauseOnConnect: true, allowHalfOpen: true }, (socket) => {
      callers.push(new SocketLine(socket, stir));
      stir();
    });
    server.once("error", reject);
    server.listen({ host: address, port: 0, backlog: 2 }, () => {
      const bound = server.address();
      resolve({
        port: typeof bound === "object" && bound !== null ? bound.port : 0,
        accept: () => callers.shift(),
        close: () => server.close(),
      });
    });
  });
}

/** The names that the recordings use: those of Python's exceptions. */
function nameOf(error: Error & { code?: string }): string {
  const names: Record<string, string> = {
    ECONNREFUSED: "ConnectionRefusedError",
    ECONNRESET: "ConnectionResetError",
    EPIPE: "BrokenPipeError",
    ETIMEDOUT: "TimeoutError",
  };
  return names[error.code ?? ""] ?? error.message;
}

class SocketLine implements Line {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remote: string;
  private readonly socket: Socket;
  private readonly stir: () => void;
  private tls: Secured | undefined;
  private buffer: Octets = "";
  /** How much the reader asked for; more is not read from the kernel. */
  private wanted = 0;
  private end: Ended | undefined;

  constructor(socket: Socket, stir: () => void) {
    this.socket = socket;
    this.stir = stir;
    this.localAddress = socket.localAddress ?? "";
    this.localPort = socket.localPort ?? 0;
    this.remote = `${socket.remoteAddress}:${socket.remotePort}`;
    socket.on("data", (bytes) => {
      if (this.tls === undefined) this.arrived(bytes);
      else this.tls.feed(bytes);
    });
    // A listener for "data" starts the flow.
    socket.pause();
    socket.on("end", () => {
      this.ended_({ how: "eof" });
      this.tls?.cut();
    });
    socket.on("error", (error) => this.ended_({ how: "reset", error: nameOf(error) }));
    socket.on("close", () => this.ended_({ how: "eof" }));
  }

  get ended(): Ended | undefined {
    return this.buffer === "" ? this.end : undefined;
  }

  get secure(): boolean {
    return this.tls !== undefined;
  }

  read(limit = Infinity): Octets {
    this.wanted = limit;
    const octets = this.buffer.slice(0, limit);
    this.buffer = this.buffer.slice(octets.length);
    if (octets.length < limit) this.socket.resume();
    return octets;
  }

  rest(): void {
    this.wanted = 0;
    this.socket.pause();
  }

  send(octets: Octets): Promise<string | undefined> {
    if (this.end?.how === "reset") return Promise.resolve(this.end.error ?? "BrokenPipeError");
    const stream = this.tls?.stream ?? this.socket;
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve("TimeoutError"), PATIENCE);
      stream.write(bytesOf(octets), (error) => {
        clearTimeout(timer);
        resolve(error ? nameOf(error) : undefined);
      });
    });
  }

  close(): void {
    this.socket.destroy();
  }

  reset(): void {
    this.socket.resetAndDestroy();
  }

  async startTls(like?: Line): Promise<Handshake> {
    this.socket.resume();
    this.wanted = Infinity;
    const session = like instanceof SocketLine ? like.tls?.session() : undefined;
    const result = await secure(this.socket, PATIENCE, session, {
      data: (bytes) => this.arrived(bytes),
      left: () => {
        this.tls = undefined;
        this.stir();
      },
      error: (error) => this.ended_({ how: "tls-error", error }),
      begun: (secured) => {
        this.tls = secured;
      },
    });
    return result;
  }

  async stopTls(): Promise<string | undefined> {
    await this.tls?.leave();
    this.tls = undefined;
    return undefined;
  }

  private arrived(bytes: Uint8Array): void {
    this.buffer += octetsOf(bytes);
    if (this.buffer.length >= this.wanted) this.socket.pause();
    this.stir();
  }

  private ended_(how: Ended): void {
    this.end ??= how;
    this.stir();
  }
}
