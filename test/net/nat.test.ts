/** NAPT and firewalls, as Linux's netfilter does them. Latency is 10 ms. */
import { describe, expect, it } from "vitest";
import type { BoxSetup } from "../../src/sim/scenario.ts";
import { CLIENT, forgets, HOME, homeNat, internet, SERVER } from "./internet.ts";

describe("a NAT at the client's home", () => {
  it("gives the outside its own address and keeps the port", () => {
    const { control, facts, words, say } = internet({ boxes: [homeNat] });
    const { near, far } = control();
    expect(near.local.address).toBe(CLIENT);
    expect(far.remote).toEqual({ address: HOME, port: near.local.port });
    expect(facts("translated")).toMatchObject([
      { box: "home-nat", from: far.remote, to: far.local },
    ]);
    say(near, "there");
    say(far, "back");
    expect(words()).toEqual(["server there", "client back"]);
  });

  it("takes another port when two behind it dial the same place from the same port", () => {
    const laptop = { names: ["laptop"], addresses: ["192.168.1.24"] };
    const nat = { ...homeNat, behind: ["client", "laptop"] };
    const { listen, dial, wait, take, words, say } = internet({ boxes: [nat], hosts: [laptop] });
    const listener = listen("server", 21);
    dial("client", SERVER, 21, 40_000);
    const second = dial("laptop", SERVER, 21, 40_000);
    wait(100);
    const ports = [take(listener, "one"), take(listener, "two")].map(({ remote }) => remote.port);
    expect(ports[0]).toBe(40_000);
    expect(ports[1]).not.toBe(40_000);
    words();
    say(second, "mine");
    expect(words()).toEqual(["two mine"]);
  });

  it("drops what nobody behind it asked for, and the caller hears nothing", () => {
    const { listen, dial, clock, words, facts } = internet({ boxes: [homeNat] });
    listen("client", 50_000);
    dial("server", HOME, 50_000);
    clock.advance(200_000);
    expect(words()).toEqual(["server timeout"]);
    expect(facts("dropped")).toHaveLength(7);
    expect(facts("dropped")[0]).toMatchObject({ box: "home-nat", what: "syn", why: "unknown" });
    expect(facts("again").map(({ at, attempt }) => [at, attempt])).toEqual([
      [1000, 2],
      [3000, 3],
      [7000, 4],
      [15_000, 5],
      [31_000, 6],
      [63_000, 7],
    ]);
  });

  it("switched off in mid-connection leaves a socket whose address is gone: silence there, RST at the other end", () => {
    const { control, say, wait, words, net, switch: turn } = internet({ boxes: [homeNat] });
    const { near, far } = control();
    turn("home-nat", false);
    say(near, "anybody there?");
    expect(words()).toEqual([]);
    expect(net("client").sockets!()).toMatchObject([{ state: "ESTAB", sent: 14 }]);
    say(far, "hello?");
    expect(words()).toEqual(["server reset"]);
    wait(1_000_000);
    expect(words()).toEqual(["client timeout"]);
  });

  it("switched on in mid-connection knows nothing of it, and both ends try in vain", () => {
    const {
      control,
      say,
      wait,
      words,
      facts,
      switch: turn,
    } = internet({
      boxes: [{ ...homeNat, on: false }],
    });
    const { near, far } = control();
    turn("home-nat", true);
    say(near, "anybody there?");
    say(far, "hello?");
    wait(1_000_000);
    expect(words()).toEqual(["client timeout", "server timeout"]);
    // The trace tells which of the two: the one has nothing to do with the other's window.
    expect(facts("unreachable").map(({ by }) => by)).toEqual([undefined, "listener"]);
  });

  it("that comes in mid-handshake loses the answer, and the dial", () => {
    const {
      listen,
      dial,
      wait,
      words,
      switch: turn,
    } = internet({
      boxes: [{ ...homeNat, on: false }],
    });
    listen("server", 21);
    dial("client", SERVER, 21);
    wait(15);
    turn("home-nat", true);
    wait(200_000);
    expect(words()).toEqual(["client timeout"]);
  });

  it("answers a ping to its outside address from inside, and sends no dial back in (no hairpin)", () => {
    const forwards = [{ ports: 50_000, to: "client" }];
    const nat = { ...homeNat, nat: { addresses: [HOME], forwards } };
    const { listen, dial, net, wait, words, facts } = internet({ boxes: [nat] });
    listen("client", 50_000);
    const answers: unknown[] = [];
    net("client").ping!(HOME, (answer) => answers.push(answer));
    dial("client", HOME, 50_000);
    dial("server", HOME, 50_000);
    wait(500);
    expect(words()).toEqual(["server open"]);
    expect(answers).toEqual([20]);
    expect(facts("dropped")).toMatchObject([{ box: "home-nat", what: "syn", why: "unknown" }]);
  });

  it("is no way to a private address", () => {
    const { listen, dial, clock, words } = internet({ boxes: [homeNat] });
    listen("client", 50_000);
    dial("server", CLIENT, 50_000);
    clock.advance(200_000);
    expect(words()).toEqual(["server timeout"]);
  });

  it("passes forwarded ports on, also a range", () => {
    const forwards = [{ ports: [50_000, 50_010], to: "client" }] as const;
    const nat = { ...homeNat, nat: { addresses: [HOME], forwards } };
    const { listen, dial, wait, take, words, facts } = internet({ boxes: [nat] });
    const listener = listen("client", 50_007);
    dial("server", HOME, 50_007);
    wait(100);
    expect(words()).toEqual(["server open"]);
    expect(take(listener, "client").local).toEqual({ address: CLIENT, port: 50_007 });
    expect(facts("translated")[0]).toMatchObject({ to: { address: CLIENT, port: 50_007 } });
  });

  it("refuses a forwarded port that nobody listens on: the host's own RST comes back", () => {
    const nat = { ...homeNat, nat: { addresses: [HOME], forwards: [{ ports: 80, to: "client" }] } };
    const { dial, wait, heard } = internet({ boxes: [nat] });
    dial("server", HOME, 80);
    wait(100);
    expect(heard).toEqual(["20 server refused"]);
  });

  it("with several addresses lets each new connection leave from the next", () => {
    const other = "198.51.100.8";
    const nat = { ...homeNat, nat: { addresses: [HOME, other] } };
    const { listen, dial, wait, take } = internet({ boxes: [nat] });
    const listener = listen("server", 21);
    for (let i = 0; i < 3; i++) dial("client", SERVER, 21);
    wait(100);
    const from = [1, 2, 3].map(() => take(listener, "server").remote.address);
    expect(from).toEqual([HOME, other, HOME]);
  });

  it("switched off lends its address: the same dial gets through", () => {
    const { listen, dial, wait, words, net, take, switch: turn } = internet({ boxes: [homeNat] });
    turn("home-nat", false);
    expect(net("client").addresses).toEqual([HOME]);
    const listener = listen("client", 50_000);
    dial("server", HOME, 50_000);
    wait(100);
    expect(words()).toEqual(["server open"]);
    take(listener, "client");
    turn("home-nat", true);
    expect(net("client").addresses).toEqual([CLIENT]);
  });

  it("lets those behind it talk without it", () => {
    const laptop = { names: ["laptop"], addresses: ["192.168.1.24"] };
    const nat = { ...homeNat, behind: ["client", "laptop"] };
    const { listen, dial, wait, words, facts } = internet({ boxes: [nat], hosts: [laptop] });
    listen("laptop", 21);
    dial("client", "192.168.1.24", 21);
    wait(100);
    expect(words()).toEqual(["client open"]);
    expect(facts("translated")).toEqual([]);
  });
});

describe("names", () => {
  it("mean the outside address to those outside, the private one to those inside", () => {
    const box: BoxSetup = {
      id: "site",
      title: "NAT at the server",
      behind: ["server", "printer"],
      nat: { addresses: ["203.0.113.99"] },
    };
    const hosts = [
      { names: ["server"], addresses: ["10.0.0.5"] },
      { names: ["printer"], addresses: ["10.0.0.6"] },
    ];
    const { net } = internet({ boxes: [box], hosts });
    expect(net("client").lookup("server")).toEqual(["203.0.113.99"]);
    expect(net("printer").lookup("server")).toEqual(["10.0.0.5"]);
  });
});

describe("a firewall", () => {
  const wall = (...rules: NonNullable<BoxSetup["rules"]>): BoxSetup => ({
    id: "wall",
    title: "firewall",
    behind: ["server"],
    rules,
  });

  it("refuses with RST, says unreachable by ICMP, or drops", () => {
    const rules = wall(
      { way: "in", ports: 1, does: "refuse" },
      { way: "in", ports: 2, does: "unreachable" },
    );
    const { dial, listen, clock, heard, facts } = internet({ boxes: [rules] });
    for (const port of [1, 2, 3]) {
      listen("server", port);
      dial("client", SERVER, port);
    }
    clock.advance(200_000);
    expect(heard).toEqual(["20 client refused", "20 client no-route", "127000 client timeout"]);
    expect(facts("rejected").map(({ how }) => how)).toEqual(["reset", "unreachable"]);
    expect(facts("dropped")[0]).toMatchObject({ box: "wall", why: "rule", what: "syn" });
  });

  it("lets through what it allows, and what belongs to it in both directions", () => {
    const { control, say, words } = internet({
      boxes: [wall({ way: "in", ports: 21, does: "allow" })],
    });
    const { near, far } = control();
    say(near, "a");
    say(far, "b");
    expect(words()).toEqual(["server a", "client b"]);
  });

  it("lets out what no rule fits, and the first rule that fits decides", () => {
    const rules = wall(
      { way: "out", ports: [1, 1023], does: "drop" },
      { way: "out", ports: 80, does: "allow" },
    );
    const { dial, listen, wait, words } = internet({ boxes: [rules] });
    listen("client", 80);
    listen("client", 50_000);
    dial("server", CLIENT, 80);
    dial("server", CLIENT, 50_000);
    wait(500);
    expect(words()).toEqual(["server open"]);
  });

  it("switched on over a connection that stands takes up what comes from inside, as Linux does", () => {
    const {
      control,
      say,
      words,
      wait,
      facts,
      switch: turn,
    } = internet({
      boxes: [{ ...wall(), on: false }],
    });
    const { near, far } = control();
    turn("wall", true);
    say(near, "asked");
    expect(words()).toEqual([]);
    expect(facts("dropped")[0]).toMatchObject({ what: "data", why: "unknown", length: 5 });
    say(far, "told");
    expect(words()).toEqual(["client told"]);
    // The client sends again after 200 ms and a round trip, and twice that: now the box knows it.
    wait(1000);
    expect(words()).toEqual(["server asked"]);
  });
});

describe("a box that forgets", () => {
  const forgetful = (then: "drop" | "reset"): BoxSetup => ({
    ...homeNat,
    forgets: forgets(300, then),
  });

  it("drops what comes later; the sender tries for a quarter of an hour", () => {
    const { control, clock, say, words, wait, facts } = internet({ boxes: [forgetful("drop")] });
    const { near } = control();
    say(near, "early");
    wait(200_000);
    say(near, "kept alive");
    wait(300_000);
    expect(facts("forgotten")).toMatchObject([{ box: "home-nat", conn: near.conn }]);
    words();
    const began = clock.now;
    say(near, "late");
    wait(2_000_000);
    expect(words()).toEqual(["client timeout"]);
    const gaveUp = facts("unreachable").at(-1)!.at - began;
    expect(gaveUp).toBeGreaterThan(924_600);
    expect(gaveUp).toBeLessThan(1_050_000);
  });

  it("or resets the one who still speaks, and the other end never hears of it", () => {
    const { control, say, words, wait } = internet({ boxes: [forgetful("reset")] });
    const { near, far } = control();
    wait(301_000);
    say(far, "226 done");
    expect(words()).toEqual(["server reset"]);
    say(near, "NOOP");
    expect(words()).toEqual(["client reset"]);
  });

  it("forgets nothing that was closed in order", () => {
    const { control, wait, facts } = internet({ boxes: [forgetful("drop")] });
    const { near, far } = control();
    near.close();
    wait(100);
    far.close();
    wait(400_000);
    expect(facts("forgotten")).toEqual([]);
  });
});

it("a road that loses large packets swallows a listing, and lets replies pass", () => {
  const road: BoxSetup = { id: "road", title: "road", behind: ["client"], losesLarger: 1400 };
  const { control, say, words, wait, facts, switch: turn } = internet({ boxes: [road] });
  const { far } = control();
  say(far, "150 here it comes");
  expect(words()).toEqual(["client 150 here it comes"]);
  say(far, "x".repeat(2000));
  say(far, "small, but behind it");
  wait(60_000);
  expect(words()).toEqual([]);
  expect(facts("dropped").map(({ at, why }) => [at - facts("dropped")[0]!.at, why])).toEqual(
    [0, 220, 660, 1540, 3300, 6820, 13_860, 27_940, 56_100].map((at) => [at, "size"]),
  );
  turn("road", false);
  wait(120_000);
  expect(words()).toEqual([`client ${"x".repeat(2000)}`, "client small, but behind it"]);
});
