/** A small internet to dial in: a client at 192.168.1.23 at home, a server, and what stands between. */
import { fromBytes, toBytes } from "../../src/sim/bytes.ts";
import type { Fact } from "../../src/sim/facts.ts";
import { createChance } from "../../src/sim/net/chance.ts";
import { createClock } from "../../src/sim/net/clock.ts";
import { createInternet } from "../../src/sim/net/internet.ts";
import type { HostNetwork, Listener, Socket } from "../../src/sim/net/network.ts";
import type { BoxSetup, FaultSetup, HostSetup, Scenario } from "../../src/sim/scenario.ts";
import { fullTrace } from "../../src/sim/trace/trace.ts";

export const CLIENT = "192.168.1.23";
export const HOME = "198.51.100.7";
export const SERVER = "203.0.113.21";

/** NAPT at the client's home. */
export const homeNat: BoxSetup = {
  id: "home-nat",
  title: "NAT at home",
  behind: ["client"],
  nat: { addresses: [HOME] },
};

/** `forgets` as a scenario's file has it. */
export function forgets(after: number, how: "drop" | "reset"): NonNullable<BoxSetup["forgets"]> {
  return JSON.parse(`{ "after": ${after}, "then": "${how}" }`) as NonNullable<BoxSetup["forgets"]>;
}

interface Given {
  readonly boxes?: readonly BoxSetup[];
  readonly faults?: readonly FaultSetup[];
  readonly hosts?: readonly HostSetup[];
  readonly learner?: Partial<Scenario["learner"]>;
}

/** Makes it. Latency is 10 ms, bandwidth 1 MB/s. */
export function internet({ boxes = [], faults = [], hosts = [], learner = {} }: Given = {}) {
  const clock = createClock();
  const trace = fullTrace(() => clock.now);
  const server: HostSetup = { names: ["server"], addresses: [SERVER] };
  const scenario: Scenario = {
    name: "test",
    title: "test",
    begins: "2026-01-01T00:00:00Z",
    seed: 1,
    latency: 10,
    bandwidth: 1_000_000,
    learner: { name: "client", address: CLIENT, ...learner },
    hosts: hosts.some(({ names }) => names[0] === "server") ? hosts : [server, ...hosts],
    boxes,
    faults,
  };
  const random = createChance(1);
  const made = createInternet({ scenario, clock, sink: trace, random });
  const nets = new Map(made.hosts.map((net) => [net.host, net]));
  nets.set("client", made.home);
  const net = (name: string): HostNetwork => nets.get(name)!;
  const heard: string[] = [];
  const note = (who: string, what: string): void => void heard.push(`${clock.now} ${who} ${what}`);
  const handlers = (who: string) => ({
    onOpen: () => note(who, "open"),
    onFailed: (why: string) => note(who, why),
    onData: (bytes: Uint8Array) => note(who, fromBytes(bytes)),
    onEnd: () => note(who, "end"),
    onReset: (why = "reset") => note(who, why),
  });
  const listen = (name: string, port: number): Listener => {
    let listener: Listener | undefined;
    net(name).listen(port, (one) => (listener = one));
    return listener!;
  };
  const wait = (milliseconds: number): void => clock.advance(clock.now + milliseconds);
  const dial = (name: string, address: string, port: number, from?: number): Socket =>
    net(name).dial({ address, port }, handlers(name), from);
  const take = (listener: Listener, who: string): Socket => {
    const socket = listener.take()!;
    socket.handlers = handlers(who);
    socket.resume();
    return socket;
  };
  return {
    clock,
    heard,
    net,
    listen,
    dial,
    take,
    wait,
    switch: made.switch,
    /** Facts of one kind. */
    facts: <K extends Fact["kind"]>(kind: K) =>
      trace.facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind),
    /** A control connection from the client to port 21 of `address`, standing. */
    control: (address = SERVER, name = "server", port = 21): { near: Socket; far: Socket } => {
      const listener = listen(name, port);
      const near = dial("client", address, port);
      wait(100);
      const far = take(listener, name);
      heard.length = 0;
      return { near, far };
    },
    say: (socket: Socket, text: string): void => {
      socket.write(toBytes(text));
      wait(100);
    },
    /** What was heard since the last call, without the times. */
    words: () => heard.splice(0).map((line) => line.replace(/^\d+ /, "")),
  };
}
