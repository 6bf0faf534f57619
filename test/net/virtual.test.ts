/** The virtual network behaves as TCP on Linux where that can be seen. Latency is 10 ms, bandwidth 1 MB/s. */
import { expect, test } from "vitest";
import { concat, fromBytes, toBytes } from "../../src/sim/bytes.ts";
import { createChance } from "../../src/sim/net/chance.ts";
import { createClock } from "../../src/sim/net/clock.ts";
import type { Listener, Socket } from "../../src/sim/net/network.ts";
import { createNetwork } from "../../src/sim/net/virtual.ts";
import { fullTrace } from "../../src/sim/trace/trace.ts";

function network() {
  const clock = createClock();
  const trace = fullTrace(() => clock.now);
  const random = createChance(1);
  const made = createNetwork({
    clock,
    sink: trace,
    begins: 0,
    latency: 10,
    bandwidth: 1_000_000,
    random,
  });
  const here = made.addHost(["here"], ["198.51.100.7"]);
  const there = made.addHost(["there.example", "alias.example"], ["203.0.113.1"]);
  const heard: string[] = [];
  const handlers = (name: string) => ({
    onOpen: () => heard.push(`${clock.now} ${name} open`),
    onFailed: (why: string) => heard.push(`${clock.now} ${name} ${why}`),
    onData: (bytes: Uint8Array) => heard.push(`${clock.now} ${name} ${fromBytes(bytes)}`),
    onEnd: () => heard.push(`${clock.now} ${name} end`),
    onReset: () => heard.push(`${clock.now} ${name} reset`),
  });
  const listen = (port: number, backlog?: number): Listener => {
    let made_: Listener | undefined;
    there.listen(port, (listener) => (made_ = listener), backlog);
    return made_!;
  };
  const dial = (port: number, address = "203.0.113.1"): Socket =>
    here.dial({ address, port }, handlers("near"));
  const take = (listener: Listener): Socket => {
    const socket = listener.take()!;
    socket.handlers = handlers("far");
    socket.resume();
    return socket;
  };
  return { clock, trace, here, there, heard, listen, dial, take };
}

test("a handshake takes a round trip for the dialler, and half one more for the listener", () => {
  const { clock, listen, dial, heard } = network();
  const listener = listen(21);
  listener.onPending = () => heard.push(`${clock.now} pending`);
  dial(21);
  clock.advance(1000);
  expect(heard).toEqual(["20 near open", "30 pending"]);
});

test("nobody listens: refused after a round trip", () => {
  const { clock, dial, heard } = network();
  dial(21);
  clock.advance(1000);
  expect(heard).toEqual(["20 near refused"]);
});

test("no such address: the SYN is sent again, and after 127 seconds the dialler gives up", () => {
  const { clock, dial, heard } = network();
  dial(21, "192.0.2.1");
  clock.advance(126_999);
  expect(heard).toEqual([]);
  clock.advance(127_000);
  expect(heard).toEqual(["127000 near timeout"]);
});

test("a full queue does not answer; when it has room, the SYN that is sent again gets in", () => {
  const { clock, listen, dial, take, heard } = network();
  const listener = listen(21, 1);
  for (let i = 0; i < 3; i++) dial(21);
  clock.advance(500);
  expect(heard).toEqual(["20 near open", "20 near open"]);
  take(listener);
  clock.advance(1500);
  expect(heard).toEqual(["20 near open", "20 near open", "1020 near open"]);
});

test("bytes come in order, before the close", () => {
  const { clock, listen, dial, take, heard } = network();
  const listener = listen(21);
  const near = dial(21);
  near.write(toBytes("one"));
  clock.advance(100);
  const far = take(listener);
  far.write(toBytes("two"));
  far.write(toBytes("three"));
  far.close();
  clock.advance(200);
  expect(heard.map((line) => line.replace(/^\d+ /, ""))).toEqual([
    "near open",
    "far one",
    "near two",
    "near three",
    "near end",
  ]);
});

test("a listener that closes resets what waits in its queue, and refuses from then on", () => {
  const { clock, listen, dial, heard } = network();
  const listener = listen(21);
  dial(21);
  clock.advance(100);
  listener.close();
  clock.advance(200);
  dial(21);
  clock.advance(300);
  expect(heard).toEqual(["20 near open", "110 near reset", "220 near refused"]);
});

test("bytes for an end that has closed are lost, and answered with a reset", () => {
  const { clock, trace, listen, dial, take, heard } = network();
  const listener = listen(21);
  const near = dial(21);
  clock.advance(100);
  const far = take(listener);
  near.close();
  clock.advance(200);
  far.write(toBytes("anybody there?"));
  clock.advance(300);
  expect(heard).toEqual(["20 near open", "110 far end", "221 far reset"]);
  expect(trace.facts.find(({ kind }) => kind === "lost")).toMatchObject({ conn: 1, length: 14 });
});

test("closing with unread bytes resets", () => {
  const { clock, listen, dial, heard } = network();
  const listener = listen(21);
  const near = dial(21);
  near.write(toBytes("unread"));
  clock.advance(100);
  listener.take()!.close();
  clock.advance(200);
  expect(heard).toEqual(["20 near open", "110 near reset"]);
});

test("a slow reader stalls the writer, and nothing is lost", () => {
  const { clock, listen, dial, take } = network();
  const listener = listen(21);
  const near = dial(21);
  clock.advance(100);
  const far = take(listener);
  far.pause();
  const whole = new Uint8Array(1_000_000).map((_, i) => i * 7);
  let written = 0;
  const write = (): void => {
    while (written < whole.length) {
      const piece = whole.subarray(written, written + 10_000);
      written += piece.length;
      if (!near.write(piece)) return;
    }
    near.end();
  };
  near.handlers = { onDrain: write };
  write();
  clock.advance(60_000);
  expect(written).toBeLessThan(200_000);
  const got: Uint8Array[] = [];
  let ended = false;
  far.handlers = { onData: (bytes) => got.push(bytes), onEnd: () => (ended = true) };
  far.resume();
  clock.advance(120_000);
  expect(ended).toBe(true);
  expect(Buffer.compare(concat(got), whole)).toBe(0);
});

test("a megabyte takes a second at a megabyte a second", () => {
  const { clock, listen, dial, take } = network();
  const listener = listen(21);
  const near = dial(21);
  clock.advance(100);
  let bytes = 0;
  take(listener).handlers = { onData: (piece) => (bytes += piece.length) };
  let left = 1_000_000;
  const write = (): void => {
    while (left > 0) {
      left -= 10_000;
      if (!near.write(new Uint8Array(10_000))) return;
    }
  };
  near.handlers = { onDrain: write };
  write();
  clock.advance(600);
  expect(bytes).toBeGreaterThan(400_000);
  expect(bytes).toBeLessThan(500_000);
  clock.advance(1200);
  expect(bytes).toBe(1_000_000);
});

test("names are looked up in any case; an address is its own; the rest is unknown", () => {
  const { here } = network();
  expect(here.lookup("There.Example.")).toEqual(["203.0.113.1"]);
  expect(here.lookup("alias.example")).toEqual(["203.0.113.1"]);
  expect(here.lookup("192.0.2.9")).toEqual(["192.0.2.9"]);
  expect(here.lookup("192.0.2.900")).toEqual([]);
  expect(here.lookup("nobody.example")).toEqual([]);
});

test("the ports that one dials from are Linux's, even, and each its own", () => {
  const { trace, dial } = network();
  for (let i = 0; i < 200; i++) dial(21);
  const ports = trace.facts.flatMap((fact) => (fact.kind === "dial" ? [fact.from.port] : []));
  expect(new Set(ports).size).toBe(200);
  for (const port of ports) {
    expect(port).toBeGreaterThanOrEqual(32_768);
    expect(port).toBeLessThanOrEqual(60_999);
    expect(port % 2).toBe(0);
  }
});

test("a dialler that gives up is forgotten: no session, no late verdict", () => {
  const { clock, trace, listen, dial, heard } = network();
  const listener = listen(21);
  listener.onPending = () => heard.push("pending");
  dial(21).close();
  dial(22, "192.0.2.1").close();
  clock.advance(200_000);
  expect(heard).toEqual([]);
  expect(trace.facts.map(({ kind }) => kind)).toEqual([
    "listen",
    "dial",
    "abandoned",
    "dial",
    "abandoned",
  ]);
});

test("an address is read as C reads it: short, as one number, octal, hexadecimal, IPv4 in IPv6", () => {
  const { here, clock, heard, listen, dial } = network();
  const read = (name: string) => here.lookup(name).join();
  expect(["127.1", "0", "3405803777", "0xcb007101", "0313.0.0161.1"].map(read)).toEqual([
    "127.0.0.1",
    "0.0.0.0",
    "203.0.113.1",
    "203.0.113.1",
    "203.0.113.1",
  ]);
  expect(["1.2.3.256", "256.1", "4294967296", "1.2.3.4.5", "08", "a.1"].map(read).join("")).toBe(
    "",
  );
  expect(read("::FFFF:cb00:7101")).toBe("::ffff:203.0.113.1");
  listen(21);
  expect(dial(21, "::ffff:203.0.113.1").remote.address).toBe("203.0.113.1");
  clock.advance(1000);
  expect(heard).toEqual(["20 near open"]);
});

test("one's own addresses are near, and where many are nobody can be dialled", () => {
  const { clock, heard, dial } = network();
  dial(21, "198.51.100.7");
  for (const many of ["198.51.100.255", "255.255.255.255", "224.0.0.1"]) dial(21, many);
  clock.advance(1);
  expect(heard).toEqual([
    "0 near no-route",
    "0 near no-route",
    "0 near no-route",
    "0 near refused",
  ]);
});
