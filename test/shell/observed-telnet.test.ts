/** Our telnet beside what was seen of the real one: the same keys, the same server, the same screen. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fromBytes, toBytes } from "../../src/sim/bytes.ts";
import type { Fact } from "../../src/sim/facts.ts";
import { createChance } from "../../src/sim/net/chance.ts";
import { createClock } from "../../src/sim/net/clock.ts";
import type { HostNetwork, Socket } from "../../src/sim/net/network.ts";
import { createNetwork } from "../../src/sim/net/virtual.ts";
import { programs } from "../../src/sim/shell/programs.ts";
import { createShell } from "../../src/sim/shell/shell.ts";
import { fullTrace } from "../../src/sim/trace/trace.ts";
import { rows } from "./bench.ts";

const FOLDER = new URL("../reference/observed/telnet/", import.meta.url);

/** One line of a recording: `tty` is the terminal, `ctl` the connection; ">" goes from the person to the server. */
interface Event {
  readonly step?: number;
  readonly src?: string;
  readonly chan?: "tty" | "ctl";
  readonly dir?: "<" | ">";
  readonly bytes?: string;
  readonly event?: string;
  readonly status?: number;
  readonly meta?: { readonly argv: readonly string[]; readonly title: string };
}

/** The hosts of the recordings, and where one listens. */
function createWorld() {
  const clock = createClock();
  const trace = fullTrace(() => clock.now);
  const random = createChance(1);
  const network = createNetwork({
    clock,
    sink: trace,
    begins: 0,
    latency: 1,
    bandwidth: 10_000_000,
    random,
  });
  let cut = false;
  // A router between them that has no way to one address, and may lose the other side.
  network.between({
    goal: (_from, address) => network.hosts.find((host) => host.addresses.includes(address)),
    leaves(_from, { to }) {
      if (to.address === "198.51.100.98") return { how: "unreachable" };
      return cut ? { how: "silence" } : undefined;
    },
    arrives: (_from, { to }) =>
      network.hosts.find((host) => host.addresses.includes(to.address)) ?? { how: "silence" },
    delay: () => 0,
    quota: () => Infinity,
    pace: () => undefined,
    published: (host) => host.addresses,
  });
  const net = network.addHost(["here"], ["192.0.2.1", "2001:db8::1"]);
  const four = network.addHost(["ftp.example", "ftp.dns.example"], ["192.0.2.10"]);
  const six = network.addHost(["six.dns.example"], ["2001:db8::10"]);
  network.addHost(["eleven.example"], ["192.0.2.11", "2001:db8::11"]);
  network.addHost(["twelve.example"], ["192.0.2.12"]);
  network.addHost(["noway.example"], ["198.51.100.98"]);
  const away = network.addHost(["away.example"], ["203.0.113.9"]);
  network.addHost(["two.example"], ["192.0.2.11", "192.0.2.10"]);
  network.addHost(["all.example"], ["192.0.2.11", "192.0.2.12"]);
  network.addHost(["both.example"], ["2001:db8::10", "192.0.2.10"]);
  network.addHost(["mixed.example"], ["2001:db8::11", "192.0.2.10"]);

  let sent = "";
  let server: Socket | undefined;
  const serve = (host: HostNetwork, port: number): void =>
    host.listen(port, (listener) => {
      listener!.onPending = () => {
        server = listener!.take()!;
        server.handlers = { onData: (bytes) => void (sent += fromBytes(bytes)) };
        server.resume();
      };
    });
  for (const port of [21, 23]) serve(four, port);
  serve(six, 21);
  serve(away, 21);
  // A full queue: one waits, and Linux lets one more wait than it was told.
  four.listen(9999, () => {}, 0);
  network.addHost(["filler"], ["192.0.2.99"]).dial({ address: "192.0.2.10", port: 9999 }, {});
  const settle = (milliseconds: number): void => clock.advance(clock.now + milliseconds);
  settle(100);

  const computer = { name: "here", net, hosts: [], files: new Map(), conveniences: false };
  const shell = createShell({ window: 1, sink: trace, computer, programs });
  return {
    facts: trace.facts,
    shell,
    settle,
    /** From now on nothing gets through. */
    cut: () => void (cut = true),
    keys(text: string): void {
      for (const [key] of text.matchAll(/\x1b\[[A-Z]|[^]/gu)) {
        shell.typed({ kind: "key", text: key });
      }
    },
    /** What the server has heard since it was asked last. */
    heard(): string {
      const before = sent;
      sent = "";
      return before;
    },
    get server(): Socket {
      return server!;
    },
  };
}

const read = (name: string): Event[] =>
  readFileSync(new URL(`${name}.jsonl`, FOLDER), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Event);

const prints = (facts: readonly Fact[]) => facts.filter((fact) => fact.kind === "print");

/** Lines without the mark of the cursor. */
const shown = async (bytes: Parameters<typeof rows>[0]): Promise<string[]> =>
  (await rows(bytes, 80)).map((line) => line.replace("█", "").trimEnd());

describe("telnet beside inetutils 2.4", () => {
  const names = readdirSync(FOLDER).filter((file) => file.endsWith(".jsonl"));

  it("has recordings to be held against", () => {
    expect(names.length).toBeGreaterThan(90);
  });

  it.each(names.map((file) => file.replace(".jsonl", "")))("%s", async (name) => {
    const [head, ...events] = read(name);
    const { argv } = head!.meta!;
    const world = createWorld();
    const quoted = argv.map((word) => (word === "" ? '""' : word)).join(" ");
    world.keys(`${quoted}\r`);
    world.settle(1000);
    const steps = Math.max(...events.map((event) => event.step ?? 0));
    for (let step = 0; step <= steps; step++) {
      const now = events.filter((event) => event.step === step);
      for (const { src, chan, dir, bytes = "", event } of now) {
        if (chan === "tty" && dir === ">") world.keys(bytes);
        else if (chan === "ctl" && dir === "<") world.server.write(toBytes(bytes));
        else if (event === "close") world.server.end();
        else if (event === "reset") world.server.reset();
        else if (event === "the other side is cut off") world.cut();
        else if (src?.startsWith("wait")) world.settle(1_200_000);
      }
      world.settle(1000);
      const heard = now.filter(({ chan, dir }) => chan === "ctl" && dir === ">");
      expect([step, world.heard()]).toEqual([step, heard.map(({ bytes }) => bytes).join("")]);
    }
    const status = events.find(({ event }) => event === "exit")?.status;
    const exit = world.facts.find((fact) => fact.kind === "exit");
    expect(exit?.status).toBe(status !== undefined && status < 0 ? 128 - status : status);

    const seen = events.filter(({ chan, dir }) => chan === "tty" && dir === "<");
    const real = seen.map(({ bytes = "" }) => ({
      bytes: toBytes(bytes),
      kind: "print" as const,
      window: 1,
      who: "program" as const,
      conn: 0,
    }));
    const ours = await shown(prints(world.facts));
    ours.shift();
    if (exit) ours.pop();
    expect(ours.join("\n").trimEnd()).toBe((await shown(real)).join("\n").trimEnd());
  });
});
