/**
 * A box between some hosts and the rest: NAT, firewall, helper, a bad stretch of road, or several
 * of these in one. Its heart is a table of connections, as Linux's conntrack keeps one: each entry
 * knows how the connection looks on the inside and on the outside, and whatever belongs to it passes.
 */
import type { Endpoint } from "../facts.ts";
import type { BoxSetup, Ports, RuleSetup } from "../scenario.ts";
import type { Sink } from "../trace/trace.ts";
import { family } from "./address.ts";
import type { Clock } from "./clock.ts";
import { Helper } from "./helper.ts";
import type { Timer } from "./network.ts";
import { type Dial, dialOf, type Packet, same, type Stop, tuple } from "./packet.ts";

/** From those behind the box, or towards them. */
export type Way = "in" | "out";

/** One connection, as the box knows it. */
export interface Entry {
  readonly conn: number;
  readonly inner: Dial;
  readonly outer: Dial;
  /** How this control connection has been followed so far. */
  readonly helper: Helper | undefined;
  /** When a packet of it was last seen. */
  seen: number;
  /** Which ends have said FIN. */
  readonly fins: Set<string>;
  /** When it was over: both have said FIN, or one RST. */
  overSince: number | undefined;
  timer: Timer | undefined;
}

/** A data connection that a helper has read about: it is let through once, and given to `inner`. */
export interface Expectation {
  readonly master: Entry;
  readonly way: Way;
  /** What will be dialled, on the side from which it is dialled. */
  readonly to: Endpoint;
  /** Who may dial. */
  readonly from: string;
  /** Who is meant, on the other side of the box. */
  readonly goal: Endpoint;
  readonly until: number;
}

/** What a box needs of its world. */
export interface BoxOptions {
  readonly setup: BoxSetup;
  readonly clock: Clock;
  readonly sink: Sink;
  readonly random: (below: number) => number;
  /** The address of a host that a port is forwarded to. */
  readonly insider: (name: string) => string | undefined;
}

/** How long Linux remembers a connection that is over (nf_conntrack_tcp_timeout_time_wait). */
const TIME_WAIT = 120_000;
/** How long an expectation holds (nf_conntrack_ftp's policy: 5 minutes, one a connection). */
const EXPECTS = 300_000;

/** A box. */
export class Box {
  readonly setup: BoxSetup;
  on: boolean;
  private readonly options: BoxOptions;
  /** Entries by the four numbers that packets show on either side. */
  private readonly inside = new Map<string, Entry>();
  private readonly outside = new Map<string, Entry>();
  /** The four numbers, on either side, of connections that were silent for too long. */
  private readonly forgotten = new Set<string>();
  private expectations: Expectation[] = [];
  private turn = 0;

  constructor(options: BoxOptions) {
    this.options = options;
    this.setup = options.setup;
    this.on = options.setup.on !== false;
  }

  /** Switched off it is a piece of cable, and knows nothing when it is on again. */
  switch(on: boolean): void {
    if (on === this.on) return;
    this.on = on;
    for (const entry of new Set(this.inside.values())) this.remove(entry);
    this.expectations = [];
    this.forgotten.clear();
  }

  /** Whether packets to this address come to the box itself. */
  owns(address: string): boolean {
    return this.on && this.setup.nat?.addresses.includes(address) === true;
  }

  /** Lets a packet through, changed or not, or says how it is stopped. */
  pass(packet: Packet, way: Way): Stop | undefined {
    const { losesLarger = Infinity } = this.setup;
    const echo = packet.what === "ping";
    // What counts on the road is the whole packet: TCP's header is 12 bytes longer than ICMP's.
    if (packet.bytes.length - (echo ? 12 : 0) > losesLarger) return this.drop(packet, "size");
    if (echo) return this.echo(packet, way);
    const known = way === "out" ? this.inside : this.outside;
    const key = tuple(dialOf(packet));
    let entry = known.get(key);
    if (entry?.overSince !== undefined && isSyn(packet)) {
      // A new connection with the numbers of one that is over takes its place.
      this.remove(entry);
      entry = undefined;
    }
    if (entry === undefined) {
      const made = isSyn(packet) ? this.begin(packet, way) : this.middle(packet, way, key);
      if ("how" in made) return made;
      entry = made;
    }
    this.note(entry, packet);
    this.translate(entry, packet, way);
    return undefined;
  }

  /** A packet from inside to an outside address of its own: an echo is answered, all else is for nobody. */
  hairpin(packet: Packet): Stop | undefined {
    return packet.what === "ping" ? undefined : this.drop(packet, "unknown");
  }

  /** A first packet: may it pass, and under which numbers? */
  private begin(packet: Packet, way: Way): Entry | Stop {
    const expected = this.expected(packet, way);
    if (expected !== undefined) return this.beginExpected(packet, expected);
    if (way === "out")
      return this.judge(packet, way, false) ?? this.enter(packet, this.leaving(packet));
    const goal = this.forward(packet.to);
    if (goal === undefined) return this.drop(packet, "unknown");
    const inner = { from: packet.from, to: goal };
    const forwarded = !same(goal, packet.to);
    // A forwarded port is open unless a rule says otherwise, as in the boxes one buys.
    const stop = this.judge({ ...packet, to: goal }, way, forwarded);
    return stop ?? this.enter(packet, { inner, outer: dialOf(packet) });
  }

  /**
   * A packet of a connection that the box does not know. Linux takes up what comes from inside
   * (nf_conntrack_tcp_loose), and what its rules allow; a box that forgets on purpose does not.
   */
  private middle(packet: Packet, way: Way, key: string): Entry | Stop {
    const { forgets, nat, rules } = this.setup;
    if (this.forgotten.has(`${way} ${key}`)) {
      if (forgets?.then === "reset" && packet.what !== "rst") return this.reject(packet, "reset");
      return this.drop(packet, "unknown");
    }
    if (packet.what === "rst" || packet.what === "syn") return this.drop(packet, "unknown");
    if (way === "out") return this.enter(packet, this.leaving(packet));
    const goal = packet.by === "dialler" ? this.forward(packet.to) : packet.to;
    const closed = nat !== undefined && this.owns(packet.to.address) && packet.by === "listener";
    if (goal === undefined || closed) return this.drop(packet, "unknown");
    if (rules !== undefined && same(goal, packet.to)) {
      const allowed = packet.by === "dialler" && this.rule(packet, way)?.does === "allow";
      if (!allowed) return this.drop(packet, "unknown");
    }
    const outer = dialOf(packet);
    const inner = packet.by === "dialler" ? { from: outer.from, to: goal } : outer;
    return this.enter(packet, { inner, outer });
  }

  /** What leaves gets an outside address: its own port if that is free, as Linux tries first (RFC 4787 §4.2.2). */
  private leaving(packet: Packet, address?: string): { inner: Dial; outer: Dial } {
    const inner = dialOf(packet);
    const { nat } = this.setup;
    if (nat === undefined || family(packet.from.address) !== 4) return { inner, outer: inner };
    const chosen = address ?? nat.addresses[this.turn++ % nat.addresses.length]!;
    const as = (port: number): Dial => {
      const own = { address: chosen, port };
      return packet.by === "dialler" ? { from: own, to: packet.to } : { from: packet.to, to: own };
    };
    let outer = as(packet.from.port);
    while (this.outside.has(tuple(outer))) outer = as(1024 + this.options.random(65_536 - 1024));
    return { inner, outer };
  }

  /** Where a packet from outside goes: itself if it names no address of the box, or a forwarded port's host. */
  private forward(to: Endpoint): Endpoint | undefined {
    if (!this.owns(to.address)) return to;
    const forward = this.setup.nat?.forwards?.find(({ ports }) => within(ports, to.port));
    const address = forward && this.options.insider(forward.to);
    return address === undefined ? undefined : { address, port: to.port };
  }

  private expected(packet: Packet, way: Way): Expectation | undefined {
    const { now } = this.options.clock;
    return this.expectations.find(
      (one) =>
        one.way === way &&
        one.until > now &&
        same(one.to, packet.to) &&
        one.from === packet.from.address,
    );
  }

  /** A data connection that belongs to a control connection: it passes, under the same address. */
  private beginExpected(packet: Packet, expected: Expectation): Entry {
    this.expectations = this.expectations.filter((one) => one !== expected);
    if (expected.way === "out") {
      const { inner, outer } = expected.master;
      const own = [outer.from, outer.to].find(({ address }) => this.owns(address));
      const mine = own === undefined || same(inner.from, outer.from) === same(inner.to, outer.to);
      return this.enter(packet, this.leaving(packet, mine ? undefined : own.address));
    }
    const inner = { from: packet.from, to: expected.goal };
    return this.enter(packet, { inner, outer: dialOf(packet) });
  }

  /** Keeps in mind a data connection that the helper of `master` has read about, in place of the one before. */
  expect(wanted: Omit<Expectation, "until">): void {
    const until = this.options.clock.now + EXPECTS;
    this.expectations = this.expectations.filter(({ master }) => master !== wanted.master);
    this.expectations.push({ ...wanted, until });
    const { id: box } = this.setup;
    this.record({ kind: "expected", conn: wanted.master.conn, box, to: wanted.to });
  }

  /** The outside port for an expected connection to `port`: the same one, or the next that is free. */
  freeFor(address: string, port: number, from: Endpoint, by: Entry): number {
    let free = port;
    const taken = () =>
      this.expectations.some(
        ({ master, to }) => master !== by && same(to, { address, port: free }),
      ) || this.outside.has(tuple({ from, to: { address, port: free } }));
    while (taken() && free < 65_535) free++;
    return free;
  }

  private enter(packet: Packet, { inner, outer }: { inner: Dial; outer: Dial }): Entry {
    const { clock } = this.options;
    const { helper, id: box, forgets } = this.setup;
    const follows = helper !== undefined && (helper.ports ?? [21]).includes(outer.to.port);
    const entry: Entry = {
      conn: packet.conn,
      inner,
      outer,
      helper: follows ? new Helper(this, helper) : undefined,
      seen: clock.now,
      fins: new Set(),
      overSince: undefined,
      timer: undefined,
    };
    this.prune();
    this.inside.set(tuple(inner), entry);
    this.outside.set(tuple(outer), entry);
    for (const key of [`out ${tuple(inner)}`, `in ${tuple(outer)}`]) this.forgotten.delete(key);
    if (tuple(inner) !== tuple(outer)) {
      // What the far side sees: of a dial that leaves the outside, of one that enters the inside.
      const { from, to } = same(inner.from, outer.from) ? inner : outer;
      this.record({ kind: "translated", conn: packet.conn, box, from, to });
    }
    if (forgets !== undefined) this.watch(entry, forgets.after * 1000);
    return entry;
  }

  /** Wakes when the connection may have been silent for long enough to be forgotten. */
  private watch(entry: Entry, after: number): void {
    const { clock } = this.options;
    entry.timer = clock.after(entry.seen + after - clock.now, () => {
      if (entry.overSince !== undefined) return;
      if (clock.now < entry.seen + after) {
        this.watch(entry, after);
        return;
      }
      this.remove(entry);
      this.forgotten.add(`out ${tuple(entry.inner)}`).add(`in ${tuple(entry.outer)}`);
      this.record({ kind: "forgotten", conn: entry.conn, box: this.setup.id });
    });
  }

  private note(entry: Entry, packet: Packet): void {
    entry.seen = this.options.clock.now;
    if (packet.what === "fin") entry.fins.add(packet.by);
    if (packet.what === "rst" || entry.fins.size === 2) entry.overSince ??= entry.seen;
  }

  /** Changes the numbers of a packet from one side's to the other's; a helper reads, and writes, before. */
  private translate(entry: Entry, packet: Packet, way: Way): void {
    const after = way === "out" ? entry.outer : entry.inner;
    const [from, to] = packet.by === "dialler" ? [after.from, after.to] : [after.to, after.from];
    const before = packet.bytes;
    entry.helper?.read(packet, entry, way, { from, to });
    if (packet.bytes !== before) {
      const { conn, by, bytes } = packet;
      if (bytes.length > 0) {
        this.record({ kind: "rewritten", conn, box: this.setup.id, by, before, after: bytes });
      }
    }
    packet.from = from;
    packet.to = to;
  }

  private rule(packet: Packet, way: Way): RuleSetup | undefined {
    return this.setup.rules?.find(
      (rule) =>
        rule.way === way &&
        (rule.ports === undefined || within(rule.ports, packet.to.port)) &&
        (rule.from === undefined || rule.from === packet.from.address),
    );
  }

  /** What the rules say of a first packet: what no rule fits may leave, and may not enter unless `open`. */
  private judge(packet: Packet, way: Way, open: boolean): Stop | undefined {
    if (this.setup.rules === undefined) return undefined;
    const does = this.rule(packet, way)?.does ?? (way === "out" || open ? "allow" : "drop");
    if (does === "allow") return undefined;
    if (does === "drop") return this.drop(packet, "rule");
    return this.reject(packet, does === "refuse" ? "reset" : "unreachable");
  }

  /** An echo: rules that name ports do not mean it, and its answer belongs to it. */
  private echo(packet: Packet, way: Way): Stop | undefined {
    if (way === "in" && this.owns(packet.to.address)) return undefined;
    const { rules } = this.setup;
    const fits = rules?.find(
      (rule) =>
        rule.way === way &&
        rule.ports === undefined &&
        (rule.from === undefined || rule.from === packet.from.address),
    );
    const does = fits?.does ?? (way === "in" && rules !== undefined ? "drop" : "allow");
    if (does === "allow") return undefined;
    return { how: does === "drop" ? "silence" : "unreachable" };
  }

  private drop(packet: Packet, why: "rule" | "unknown" | "size"): Stop {
    const { conn, by, what, bytes } = packet;
    if (what !== "ping") {
      const { id: box } = this.setup;
      this.record({ kind: "dropped", conn, box, by, what, length: bytes.length, why });
    }
    return { how: "silence" };
  }

  private reject({ conn }: Packet, how: "reset" | "unreachable"): Stop {
    this.record({ kind: "rejected", conn, box: this.setup.id, how });
    return { how };
  }

  private record(fact: Parameters<Sink["record"]>[0]): void {
    this.options.sink.record(fact);
  }

  private remove(entry: Entry): void {
    entry.timer?.cancel();
    this.inside.delete(tuple(entry.inner));
    this.outside.delete(tuple(entry.outer));
  }

  private prune(): void {
    const { now } = this.options.clock;
    for (const entry of this.inside.values()) {
      if (entry.overSince !== undefined && entry.overSince + TIME_WAIT <= now) this.remove(entry);
    }
  }
}

function isSyn({ what, by }: Packet): boolean {
  return what === "syn" && by === "dialler";
}

function within(ports: Ports, port: number): boolean {
  const [low, high] = typeof ports === "number" ? [ports, ports] : ports;
  return port >= low && port <= high;
}
