/** TLS in the virtual network: simulated, but with its round trips, its failures and its sessions. */
import { expect, test } from "vitest";
import { toBytes } from "../../src/sim/bytes.ts";
import { createChance } from "../../src/sim/net/chance.ts";
import { createClock } from "../../src/sim/net/clock.ts";
import type { Listener, Socket, TlsOutcome } from "../../src/sim/net/network.ts";
import { createNetwork } from "../../src/sim/net/virtual.ts";
import { fullTrace } from "../../src/sim/trace/trace.ts";
import { internet } from "./internet.ts";

function connected() {
  const clock = createClock();
  const trace = fullTrace(() => clock.now);
  const random = createChance(1);
  const options = { clock, sink: trace, begins: 0, latency: 10, bandwidth: 1_000_000, random };
  const network = createNetwork(options);
  const near = network.addHost(["near"], ["198.51.100.7"]);
  const far = network.addHost(["far"], ["203.0.113.1"]);
  let listener: Listener | undefined;
  far.listen(21, (made) => (listener = made));
  const heard: string[] = [];
  const say = (who: string) => (outcome: TlsOutcome) =>
    heard.push(`${who} ${outcome.ok ? `ok${outcome.resumed ? ", resumed" : ""}` : outcome.why}`);
  const pair = (): [client: Socket, server: Socket] => {
    const client = near.dial({ address: "203.0.113.1", port: 21 }, {});
    clock.advance(clock.now + 100);
    const server = listener!.take()!;
    server.resume();
    return [client, server];
  };
  const later = () => clock.advance(clock.now + 200);
  return { pair, later, heard, say, trace };
}

test("both ends must want it; then both are told, and both are secure", () => {
  const { pair, later, heard, say } = connected();
  const [client, server] = pair();
  server.startTls!(say("server"));
  later();
  expect(heard).toEqual([]);
  client.connectTls!(undefined, say("client"));
  later();
  expect(heard.toSorted()).toEqual(["client ok", "server ok"]);
  expect([client.secure, server.secure]).toEqual([true, true]);
});

test("a second connection can take the session of the first up again", () => {
  const { pair, later, heard, say } = connected();
  const [client, server] = pair();
  server.startTls!(say("server"));
  client.connectTls!(undefined, say("client"));
  later();
  const [second, its] = pair();
  its.startTls!(say("server"), server);
  second.connectTls!(client, say("client"));
  later();
  expect(heard.slice(2).toSorted()).toEqual(["client ok, resumed", "server ok, resumed"]);
});

test("a session that the server does not know is no session", () => {
  const { pair, later, heard, say } = connected();
  const [[client, server], [other, its]] = [pair(), pair()];
  for (const [near, far] of [
    [client, server],
    [other, its],
  ] as const) {
    far.startTls!(() => {});
    near.connectTls!(undefined, () => {});
    later();
  }
  for (const known of [undefined, its]) {
    const [third, last] = pair();
    last.startTls!(say("server"), known);
    third.connectTls!(client, say("client"));
    later();
  }
  expect(heard.toSorted()).toEqual(["client ok", "client ok", "server ok", "server ok"]);
});

test("clear text, a close and a reset in the place of the handshake are failures", () => {
  for (const act of ["write", "close", "reset"] as const) {
    const { pair, later, heard, say } = connected();
    const [client, server] = pair();
    server.startTls!(say("server"));
    if (act === "write") client.write(toBytes("USER x\r\n"));
    else client[act]();
    later();
    expect(heard).toEqual([
      {
        write: "server what came is no handshake",
        close: "server the client has closed",
        reset: "server the client has broken off",
      }[act],
    ]);
  }
});

test("the server can go back to clear text, and the client sees it", () => {
  const { pair, later, say, trace } = connected();
  const [client, server] = pair();
  server.startTls!(say("server"));
  client.connectTls!(undefined, say("client"));
  later();
  server.stopTls!(() => undefined);
  later();
  expect(client.secure).toBe(false);
  expect(trace.facts.flatMap((fact) => (fact.kind === "tls" ? [fact.on] : []))).toEqual([
    true,
    false,
  ]);
});

test("a handshake crosses what stands between: a tunnel that loses large packets loses the certificate", () => {
  const tunnel = { id: "tunnel", title: "tunnel", behind: ["server"], losesLarger: 1300 };
  const { control, wait, facts, switch: turn } = internet({ boxes: [tunnel] });
  const { near, far } = control();
  const heard: boolean[] = [];
  far.startTls!(({ ok }) => heard.push(ok));
  near.connectTls!(undefined, ({ ok }) => heard.push(ok));
  wait(3000);
  expect(heard).toEqual([]);
  expect(facts("dropped")[0]).toMatchObject({ by: "listener", what: "data", why: "size" });
  turn("tunnel", false);
  wait(10_000);
  expect(heard).toEqual([true, true]);
});
