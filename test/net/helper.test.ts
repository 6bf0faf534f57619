/** A NAT or firewall that follows FTP, with the habits of nf_conntrack_ftp and nf_nat_ftp. */
import { describe, expect, it } from "vitest";
import { fromBytes } from "../../src/sim/bytes.ts";
import type { BoxSetup } from "../../src/sim/scenario.ts";
import { HOME, homeNat, internet, SERVER } from "./internet.ts";

const helped = (helper: BoxSetup["helper"] = {}, more: Partial<BoxSetup> = {}): BoxSetup => ({
  ...homeNat,
  ...more,
  helper,
});
/** 50000 is 195 × 256 + 80. */
const PORT = "PORT 192,168,1,23,195,80\r\n";

describe("active mode through the client's NAT", () => {
  it("PORT is rewritten, and the server's call comes in", () => {
    const { control, say, words, listen, dial, wait, facts } = internet({ boxes: [helped()] });
    const { near } = control();
    listen("client", 50_000);
    say(near, PORT);
    expect(words()).toEqual(["server PORT 198,51,100,7,195,80\r\n"]);
    const [rewritten] = facts("rewritten");
    expect(rewritten).toMatchObject({ box: "home-nat", by: "dialler" });
    expect(fromBytes(rewritten!.before)).toBe(PORT);
    expect(facts("expected")).toMatchObject([{ to: { address: HOME, port: 50_000 } }]);
    dial("server", HOME, 50_000);
    wait(100);
    expect(words()).toEqual(["server open"]);
    // Once: the way is closed behind it.
    dial("server", HOME, 50_000);
    wait(100);
    expect(words()).toEqual([]);
  });

  it("only the server may use the opening", () => {
    const stranger = { names: ["stranger"], addresses: ["192.0.2.66"] };
    const { control, say, words, listen, dial, wait } = internet({
      boxes: [helped()],
      hosts: [stranger],
    });
    const { near } = control();
    listen("client", 50_000);
    say(near, PORT);
    words();
    dial("stranger", HOME, 50_000);
    wait(500);
    expect(words()).toEqual([]);
  });

  it.each([
    ["a control connection on another port", {}, 2121, [PORT]],
    ["PORT in two segments", {}, 21, ["PORT 192,168,1,23,", "195,80\r\n"]],
    ["EPRT", {}, 21, ["EPRT |1|192.168.1.23|50000|\r\n"]],
    ["another host's address", {}, 21, ["PORT 192,168,1,99,195,80\r\n"]],
  ] as const)("does nothing for %s", (_, helper, port, said) => {
    const { control, say, words, facts } = internet({ boxes: [helped(helper)] });
    const { near } = control(SERVER, "server", port);
    for (const text of said) say(near, text);
    expect(words()).toEqual(said.map((text) => `server ${text}`));
    expect(facts("expected")).toEqual([]);
  });

  it("a better one watches more ports, knows EPRT, and puts two segments together", () => {
    const able = helped({ ports: [21, 2121], extended: true, splits: true });
    const { control, say, words } = internet({ boxes: [able] });
    const { near } = control(SERVER, "server", 2121);
    say(near, "EPRT !1!192.168.1.23!50000!\r\n");
    say(near, "PORT 192,168,1,");
    say(near, "23,195,80\r\n");
    expect(words()).toEqual([
      "server EPRT |1|198.51.100.7|50000|\r\n",
      "server PORT 198,51,100,7,195,80\r\n",
    ]);
  });

  it("reads nothing once TLS is on", () => {
    const { control, say, words, wait, facts } = internet({ boxes: [helped()] });
    const { near, far } = control();
    far.startTls!(() => {});
    near.connectTls!(undefined, () => {});
    wait(200);
    say(near, PORT);
    expect(words()).toEqual([`server ${PORT}`]);
    expect(facts("rewritten")).toEqual([]);
  });

  it("takes another port outside when that one is taken, and says so in the text", () => {
    const laptop = { names: ["laptop"], addresses: ["192.168.1.24"] };
    const nat = helped({}, { behind: ["client", "laptop"] });
    const { listen, dial, wait, take, say, words } = internet({ boxes: [nat], hosts: [laptop] });
    const listener = listen("server", 21);
    const one = dial("client", SERVER, 21);
    const two = dial("laptop", SERVER, 21);
    wait(100);
    take(listener, "one");
    take(listener, "two");
    words();
    say(one, PORT);
    say(two, PORT.replace("23,195", "24,195"));
    expect(words()).toEqual([
      "one PORT 198,51,100,7,195,80\r\n",
      "two PORT 198,51,100,7,195,81\r\n",
    ]);
  });
});

describe("passive mode at a server behind a NAT", () => {
  const OUTSIDE = "203.0.113.99";
  const site = (helper?: BoxSetup["helper"]): BoxSetup => ({
    id: "site",
    title: "NAT at the server",
    behind: ["server"],
    nat: { addresses: [OUTSIDE], forwards: [{ ports: [21, 21], to: "server" }] },
    ...(helper && { helper }),
  });
  const hosts = [{ names: ["server"], addresses: ["10.0.0.5"] }];
  const REPLY = "227 Entering Passive Mode (10,0,0,5,195,80).\r\n";

  it("227 is rewritten and its port opened", () => {
    const { control, say, words, listen, dial, wait } = internet({ boxes: [site({})], hosts });
    const { far } = control(OUTSIDE);
    listen("server", 50_000);
    say(far, REPLY);
    expect(words()).toEqual(["client 227 Entering Passive Mode (203,0,113,99,195,80).\r\n"]);
    dial("client", OUTSIDE, 50_000);
    wait(100);
    expect(words()).toEqual(["client open"]);
  });

  it("without a helper the client reads a private address, and the port stays shut", () => {
    const { control, say, words, listen, dial, clock } = internet({ boxes: [site()], hosts });
    const { far } = control(OUTSIDE);
    listen("server", 50_000);
    say(far, REPLY);
    expect(words()).toEqual([`client ${REPLY}`]);
    dial("client", "10.0.0.5", 50_000);
    dial("client", OUTSIDE, 50_000);
    clock.advance(200_000);
    expect(words()).toEqual(["client timeout", "client timeout"]);
  });

  it("229 carries no address: only its port is opened", () => {
    const { control, say, words, listen, dial, wait, facts } = internet({
      boxes: [site({ extended: true })],
      hosts,
    });
    const { far } = control(OUTSIDE);
    listen("server", 50_000);
    say(far, "229 Entering Extended Passive Mode (|||50000|)\r\n");
    expect(words()).toEqual(["client 229 Entering Extended Passive Mode (|||50000|)\r\n"]);
    expect(facts("rewritten")).toEqual([]);
    dial("client", OUTSIDE, 50_000);
    wait(100);
    expect(words()).toEqual(["client open"]);
  });
});

it("a NAT with two addresses keeps the data connection on that of its control connection", () => {
  const nat = helped({}, { nat: { addresses: [HOME, "198.51.100.8"] } });
  const { control, say, listen, dial, wait, take } = internet({ boxes: [nat] });
  const { far } = control();
  const listener = listen("server", 50_000);
  say(far, "227 Entering Passive Mode (203,0,113,21,195,80).\r\n");
  dial("client", SERVER, 50_000);
  wait(100);
  expect(take(listener, "server").remote.address).toBe(HOME);
});
