/** The wire in memory: a host of the virtual network, whose clock the player moves. */
import type { Octets } from "../../src/sim/bytes.ts";
import { buildTree } from "../../src/sim/fs/tree.ts";
import { dialects } from "../../src/sim/ftp/dialects/all.ts";
import { proftpd } from "../../src/sim/ftp/dialects/proftpd.ts";
import { startServer } from "../../src/sim/ftp/server.ts";
import { createChance } from "../../src/sim/net/chance.ts";
import { type Clock, createClock } from "../../src/sim/net/clock.ts";
import type { HostNetwork, Listener, Socket } from "../../src/sim/net/network.ts";
import { createNetwork } from "../../src/sim/net/virtual.ts";
import type { Scenario } from "../../src/sim/scenario.ts";
import { noTrace } from "../../src/sim/trace/trace.ts";
import {
  bytesOf,
  type Door,
  type Ended,
  type Handshake,
  type Line,
  octetsOf,
  type Wire,
} from "./wire.ts";

/** A wire to the servers of a scenario, on a world of its own. Time passes only in `wait` and `dial`. */
export function virtualWire(scenario: Scenario): Wire {
  const clock = createClock();
  const { latency, bandwidth, learner } = scenario;
  const begins = Date.parse(scenario.begins);
  const random = createChance(scenario.seed);
  const network = createNetwork({ clock, sink: noTrace, begins, latency, bandwidth, random });
  let sessions = 0;
  let own: HostNetwork | undefined;
  for (const { names, addresses, ftp } of scenario.hosts) {
    const net = network.addHost(names, addresses);
    own ??= net;
    if (ftp === undefined) continue;
    startServer({
      net,
      sink: noTrace,
      setup: ftp,
      dialect: dialects[ftp.dialect] ?? proftpd,
      tree: buildTree(ftp.tree, ftp.owner ?? "ftp", ftp.group ?? "ftp"),
      nextSession: () => ++sessions,
    });
  }
  // As the recordings were made: the player sits at the server's own machine.
  const local = learner.address.startsWith("127.") ? own : undefined;
  return new VirtualWire(clock, local ?? network.addHost([learner.name], [learner.address]));
}

class VirtualWire implements Wire {
  private readonly clock: Clock;
  private readonly net: HostNetwork;

  constructor(clock: Clock, net: HostNetwork) {
    this.clock = clock;
    this.net = net;
  }

  now(): number {
    return this.clock.now;
  }

  /** To the next thing that happens anywhere, which may be nothing that concerns the player. */
  wait(milliseconds: number): Promise<void> {
    const { now, next = Infinity } = this.clock;
    this.clock.advance(Math.min(next, now + milliseconds));
    return Promise.resolve();
  }

  /** Lets time pass until `done`, at most 5 s, as a blocking call with that time-out does. */
  async block(done: () => boolean): Promise<void> {
    const end = this.now() + 5000;
    while (!done() && this.now() < end) await this.wait(end - this.now());
  }

  async dial(address: string, port: number): Promise<Line | string> {
    let outcome = "";
    const socket = this.net.dial(
      { address, port },
      {
        onOpen: () => (outcome = "open"),
        onFailed: (why) =>
          (outcome = why === "refused" ? "ConnectionRefusedError" : "TimeoutError"),
      },
    );
    const line = new VirtualLine(socket, this);
    await this.block(() => outcome !== "");
    if (outcome === "open") return line;
    socket.close();
    return outcome || "TimeoutError";
  }

  listen(address: string): Promise<Door> {
    return new Promise((resolve, reject) => {
      const port = 40_000 + this.net.random(20_000);
      this.net.listen(port, (listener) => {
        if (listener === undefined) reject(new Error(`${address}:${port} is taken`));
        else resolve(door(listener, this));
      });
    });
  }
}

function door(listener: Listener, wire: VirtualWire): Door {
  return {
    port: listener.port,
    accept() {
      const socket = listener.take();
      return socket && new VirtualLine(socket, wire);
    },
    close: () => listener.close(),
  };
}

class VirtualLine implements Line {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remote: string;
  private readonly socket: Socket;
  private readonly wire: VirtualWire;
  private buffer: Octets = "";
  private wanted = 0;
  private end: Ended | undefined;

  constructor(socket: Socket, wire: VirtualWire) {
    this.socket = socket;
    this.wire = wire;
    this.localAddress = socket.local.address;
    this.localPort = socket.local.port;
    this.remote = `${socket.remote.address}:${socket.remote.port}`;
    socket.pause();
    Object.assign(socket.handlers, {
      onData: (bytes: Uint8Array) => {
        this.buffer += octetsOf(bytes);
        if (this.buffer.length >= this.wanted) socket.pause();
      },
      onEnd: () => (this.end ??= { how: "eof" }),
      onReset: () => (this.end ??= { how: "reset", error: "ConnectionResetError" }),
    });
  }

  get ended(): Ended | undefined {
    return this.buffer === "" ? this.end : undefined;
  }

  read(limit = Infinity): Octets {
    this.wanted = limit;
    if (this.buffer.length < limit) this.socket.resume();
    const octets = this.buffer.slice(0, limit);
    this.buffer = this.buffer.slice(octets.length);
    return octets;
  }

  rest(): void {
    this.wanted = 0;
    this.socket.pause();
  }

  async send(octets: Octets): Promise<string | undefined> {
    if (this.end?.how === "reset") return "BrokenPipeError";
    let room = this.socket.write(bytesOf(octets));
    this.socket.handlers.onDrain = () => (room = true);
    await this.wire.block(() => room || this.end !== undefined);
    return room ? undefined : "TimeoutError";
  }

  close(): void {
    this.socket.close();
  }

  reset(): void {
    this.socket.reset();
  }

  get secure(): boolean {
    return this.socket.secure ?? false;
  }

  async startTls(like?: Line): Promise<Handshake> {
    let result: Handshake | undefined;
    const session = like instanceof VirtualLine ? like.socket : undefined;
    this.socket.connectTls?.(session, (outcome) => {
      result = outcome.ok
        ? { version: outcome.version, reused: outcome.resumed }
        : { error: outcome.why };
    });
    await this.wire.block(() => result !== undefined || this.end !== undefined);
    return result ?? { error: "timed out" };
  }

  async stopTls(): Promise<string | undefined> {
    let over = false;
    this.socket.stopTls?.(() => (over = true));
    await this.wire.block(() => over);
    return undefined;
  }
}
