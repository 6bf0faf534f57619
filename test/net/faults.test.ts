/** Faults that are ordered, IPv6, TIME-WAIT, ping and services. Latency is 10 ms. */
import { describe, expect, it } from "vitest";
import type { FaultSetup } from "../../src/sim/scenario.ts";
import { CLIENT, HOME, homeNat, internet, SERVER } from "./internet.ts";

const fault = (rest: Partial<FaultSetup> & { kind: FaultSetup["kind"] }): FaultSetup =>
  ({ id: "trouble", title: "trouble", host: "server", on: true, ...rest }) as FaultSetup;

describe("a fault", () => {
  it.each([
    ["refuse", "20 client refused"],
    ["unreachable", "20 client no-route"],
    ["drop", "127000 client timeout"],
  ] as const)("%s means data connections, and not the control connection", (kind, outcome) => {
    const { listen, dial, clock, words, heard } = internet({ faults: [fault({ kind })] });
    listen("server", 21);
    listen("server", 50_000);
    dial("client", SERVER, 21);
    dial("client", SERVER, 50_000);
    clock.advance(200_000);
    expect(heard).toContain(outcome);
    expect(words()).toContain("client open");
  });

  it("means calls of the server too, and is gone once it is switched off", () => {
    const {
      listen,
      dial,
      wait,
      words,
      switch: turn,
    } = internet({
      faults: [fault({ kind: "refuse" })],
    });
    listen("client", 50_000);
    dial("server", CLIENT, 50_000);
    wait(100);
    turn("trouble", false);
    dial("server", CLIENT, 50_000);
    wait(100);
    expect(words()).toEqual(["server refused", "server open"]);
  });

  it("delay keeps the order, also when it ends while bytes are under way", () => {
    const slow = fault({ kind: "delay", milliseconds: 3000, where: "control", on: false });
    const { control, say, wait, words, switch: turn } = internet({ faults: [slow] });
    const { near } = control();
    turn("trouble", true);
    say(near, "one");
    turn("trouble", false);
    say(near, "two");
    expect(words()).toEqual([]);
    wait(5000);
    expect(words()).toEqual(["server one", "server two"]);
  });

  it("a delay longer than a second: the SYN is sent again, and one connection comes of it", () => {
    const slow = fault({ kind: "delay", milliseconds: 1200, where: "control" });
    const { listen, dial, wait, words, facts } = internet({ faults: [slow] });
    const listener = listen("server", 21);
    dial("client", SERVER, 21);
    wait(20_000);
    expect(words()).toEqual(["client open"]);
    expect(facts("again")).toHaveLength(1);
    expect([listener.take(), listener.take()].filter(Boolean)).toHaveLength(1);
  });

  it("reset breaks off after so many bytes, and both ends hear it", () => {
    const { control, say, words } = internet({ faults: [fault({ kind: "reset", after: 5 })] });
    const { far } = control(SERVER, "server", 50_000);
    say(far, "123456789");
    expect(words().toSorted()).toEqual(["client 12345", "client reset", "server reset"]);
  });

  it("stall stops there, and goes on when it is switched off", () => {
    const {
      control,
      say,
      wait,
      words,
      switch: turn,
    } = internet({
      faults: [fault({ kind: "stall", after: 5 })],
    });
    const { far } = control(SERVER, "server", 50_000);
    say(far, "123456789");
    wait(60_000);
    expect(words()).toEqual(["client 12345"]);
    turn("trouble", false);
    wait(120_000);
    expect(words()).toEqual(["client 6789"]);
  });

  it("slow-reader lets the sender's bytes wait in both kernels", () => {
    const { control, wait, words, net } = internet({
      faults: [fault({ kind: "slow-reader", bytes: 1000 })],
    });
    const { near } = control(SERVER, "server", 50_000);
    near.write(new Uint8Array(5000).fill(65));
    wait(3500);
    expect(words().join("")).toHaveLength("server ".length * 4 + 4000);
    expect(net("server").sockets!()[1]).toMatchObject({ state: "ESTAB", received: 1000 });
  });
});

describe("IPv6", () => {
  const six = { names: ["server", "both"], addresses: [SERVER, "2001:DB8:0:0::21"] };
  const twin = { names: ["twin", "both"], addresses: ["203.0.113.22"] };

  it("comes first where there is any; a name may have several hosts", () => {
    const { net } = internet({ hosts: [six, twin], learner: { address6: "2001:db8::7" } });
    expect(net("client").lookup("both")).toEqual(["2001:db8::21", SERVER, "203.0.113.22"]);
    expect(net("client").lookup("both", 4)).toEqual([SERVER, "203.0.113.22"]);
    expect(net("twin").lookup("both")).toEqual([SERVER, "203.0.113.22"]);
    expect(net("client").addresses).toEqual([CLIENT, "2001:db8::7"]);
    expect(net("client").lookup("localhost", 6)).toEqual(["::1"]);
  });

  it("is dialled from the IPv6 address; without one there is no route at once", () => {
    const { listen, dial, wait, words, take } = internet({
      hosts: [six, twin],
      learner: { address6: "2001:db8::7" },
    });
    const listener = listen("server", 21);
    dial("client", "2001:db8:0::21", 21);
    dial("twin", "2001:db8::21", 21);
    wait(100);
    expect(words()).toEqual(["twin no-route", "client open"]);
    expect(take(listener, "server").remote.address).toBe("2001:db8::7");
  });

  it("passes a NAT as it is", () => {
    const { listen, dial, wait, take } = internet({
      hosts: [six],
      boxes: [homeNat],
      learner: { address6: "2001:db8::7" },
    });
    const listener = listen("server", 21);
    dial("client", "2001:db8::21", 21);
    wait(100);
    expect(take(listener, "server").remote.address).toBe("2001:db8::7");
  });
});

describe("a socket's states", () => {
  const states = (net: { sockets?(): readonly { state: string }[] }) =>
    net.sockets!().map(({ state }) => state);

  it("are TCP's, and TIME-WAIT is with the one who closed first", () => {
    const { listen, dial, wait, take, net } = internet();
    const listener = listen("server", 21);
    const near = dial("client", SERVER, 21);
    expect(states(net("client"))).toEqual(["SYN-SENT"]);
    wait(100);
    const far = take(listener, "server");
    expect(states(net("server"))).toEqual(["LISTEN", "ESTAB"]);
    near.end();
    expect(states(net("client"))).toEqual(["FIN-WAIT-1"]);
    wait(100);
    expect([states(net("client")), states(net("server"))]).toEqual([
      ["FIN-WAIT-2"],
      ["LISTEN", "CLOSE-WAIT"],
    ]);
    far.end();
    expect(states(net("server"))).toEqual(["LISTEN", "LAST-ACK"]);
    wait(100);
    expect([states(net("client")), states(net("server"))]).toEqual([["TIME-WAIT"], ["LISTEN"]]);
    wait(60_000);
    expect(states(net("client"))).toEqual([]);
  });

  it("TIME-WAIT keeps the four numbers for a minute; listening on the port works", () => {
    const { listen, dial, wait, take, words, net } = internet();
    const listener = listen("server", 21);
    const near = dial("client", SERVER, 21, 40_000);
    wait(100);
    near.close();
    wait(100);
    take(listener, "server").close();
    wait(100);
    words();
    dial("client", SERVER, 21, 40_000);
    wait(100);
    expect(words()).toEqual(["client port-taken"]);
    net("client").listen(40_000, (made) => {
      expect(made).toBeDefined();
      made!.close();
    });
    wait(60_000);
    dial("client", SERVER, 21, 40_000);
    wait(100);
    expect(words()).toEqual(["client open"]);
  });
});

it("ping comes back after both ways; a NAT answers for itself; nobody and a firewall are silent", () => {
  const wall = { id: "wall", title: "", behind: ["shut"], rules: [] };
  const shut = { names: ["shut"], addresses: ["203.0.113.50"] };
  const { net, wait, facts } = internet({ boxes: [homeNat, wall], hosts: [shut] });
  const answers: unknown[] = [];
  net("client").ping!(SERVER, (answer) => answers.push(answer));
  net("server").ping!(HOME, (answer) => answers.push(answer));
  net("client").ping!("203.0.113.50", (answer) => answers.push(answer));
  net("client").ping!("192.0.2.1", (answer) => answers.push(answer));
  wait(20_000);
  expect(answers).toEqual([20, 20, "timeout", "timeout"]);
  expect(facts("ping").map(({ took }) => took)).toEqual([20, 20, null, null]);
});

it("a service says its words; a host's own latency counts both ways", () => {
  const ssh = { port: 22, says: "SSH-2.0-OpenSSH_9.2p1\r\n", closes: true };
  const far = { names: ["far"], addresses: ["203.0.113.60"], latency: 150, services: [ssh] };
  const { dial, wait, heard } = internet({ hosts: [far] });
  dial("client", "203.0.113.60", 22);
  wait(2000);
  expect(heard).toEqual([
    "300 client open",
    "601 client SSH-2.0-OpenSSH_9.2p1\r\n",
    "601 client end",
  ]);
});

describe("a neighbour", () => {
  it.each([
    ["behind a NAT", [homeNat], {}, "192.168.1.77"],
    ["on the open internet", [], { address: HOME }, "198.51.100.77"],
    ["of IPv6", [], { address6: "2001:db8::1" }, "2001:db8::77"],
  ])("that nobody is, %s: no route after three seconds, and no packet", (_, boxes, learner, to) => {
    const { dial, net, clock, heard, facts } = internet({ boxes, learner });
    const answers: string[] = [];
    dial("client", to, 21);
    net("client").ping!(to, (answer) => answers.push(`${clock.now} ${answer}`));
    clock.advance(10_000);
    expect(heard).toEqual(["3000 client no-route"]);
    expect(answers).toEqual(["3000 no-route"]);
    expect([...facts("again"), ...facts("translated")]).toEqual([]);
  });

  it("elsewhere, who is nobody either, is dialled for two minutes", () => {
    const { dial, clock, heard } = internet();
    dial("client", "203.0.113.99", 21);
    clock.advance(200_000);
    expect(heard).toEqual(["127000 client timeout"]);
  });
});

it("a port that listens for IPv4 alone refuses IPv6", () => {
  const { net, dial, wait, words } = internet({ learner: { address6: "2001:db8::1" } });
  net("client").listen(50_000, () => {}, 1, 4);
  net("client").listen(50_001, () => {}, 1);
  expect(net("client").sockets!().map(({ local }) => local.address)).toEqual(["0.0.0.0", "*"]);
  for (const port of [50_000, 50_001]) {
    dial("client", "::1", port);
    dial("client", "127.0.0.1", port);
  }
  wait(100);
  expect(words().toSorted()).toEqual([
    "client open",
    "client open",
    "client open",
    "client refused",
  ]);
});

it("SYN and FIN count in Send-Q until they are acknowledged", () => {
  const { net, control, dial, wait } = internet();
  const rows = () => net("client").sockets!().map(({ state, sent }) => `${state} ${sent}`);
  const { near, far } = control();
  dial("client", "203.0.113.99", 22);
  expect(rows()).toEqual(["ESTAB 0", "SYN-SENT 1"]);
  near.end();
  expect(rows()[0]).toBe("FIN-WAIT-1 1");
  wait(50);
  expect(rows()[0]).toBe("FIN-WAIT-2 0");
  far.end();
  wait(50);
  expect(rows()[0]).toBe("TIME-WAIT 0");
});

it("a close that no program has heard of counts in Recv-Q", () => {
  const { net, listen, dial, take, wait, say } = internet();
  const listener = listen("server", 21);
  const near = dial("client", SERVER, 21);
  wait(100);
  say(near, "hello\n");
  near.end();
  wait(100);
  const row = () => net("server").sockets!().at(-1)!;
  expect(row()).toMatchObject({ state: "CLOSE-WAIT", received: 7 });
  take(listener, "server");
  wait(100);
  expect(row()).toMatchObject({ state: "CLOSE-WAIT", received: 0 });
});
