/**
 * The way of a packet between two hosts: out through the boxes of the one, in through the boxes of
 * the other, past the faults at both doors. Boxes that both stand behind are not on the way.
 */
import type { FaultSetup, Scenario } from "../scenario.ts";
import type { Sink } from "../trace/trace.ts";
import { family, isLoopback } from "./address.ts";
import { Box } from "./box.ts";
import type { Clock } from "./clock.ts";
import { isOfTheWire, means, strike, type WireFault } from "./fault.ts";
import type { Host } from "./host.ts";
import type { Middle } from "./link.ts";
import type { Packet, Stop } from "./packet.ts";
import type { Published } from "./virtual.ts";

/** What stands between the hosts of a scenario, and how it is switched. */
export interface Between extends Middle, Published {
  switch(id: string, on: boolean): void;
}

/** What it needs. */
export interface MiddleOptions {
  readonly scenario: Scenario;
  readonly hosts: readonly Host[];
  readonly clock: Clock;
  readonly sink: Sink;
  readonly random: (below: number) => number;
}

const SILENCE: Stop = { how: "silence" };

/** Puts the boxes and faults of a scenario between its hosts. */
export function createMiddle({ scenario, hosts, clock, sink, random }: MiddleOptions): Between {
  const boxes = (scenario.boxes ?? []).map((setup) => {
    const insider = (name: string) => hosts.find((host) => host.name === name)?.address(4);
    return new Box({ setup, clock, sink, random, insider });
  });
  /** Addresses as the scenario has them: a NAT that is off lends its own. */
  const own = new Map(hosts.map((host) => [host, host.addresses]));
  const on = new Set((scenario.faults ?? []).flatMap((one) => (one.on === true ? [one.id] : [])));
  const faults = new Map<string, WireFault[]>();
  for (const fault of (scenario.faults ?? ([] as FaultSetup[])).filter(isOfTheWire)) {
    faults.set(fault.host, [...(faults.get(fault.host) ?? []), fault]);
  }
  const control = new Map(scenario.hosts.map(({ names, ftp }) => [names[0], ftp?.port ?? 21]));
  const behind = new Map(
    hosts.map((host) => [host, boxes.filter(({ setup }) => setup.behind.includes(host.name))]),
  );
  for (const box of boxes) lend(box);

  /** The boxes that a host is behind and that are on, the closest first. */
  const boxesOf = (host: Host) => (behind.get(host) ?? []).filter((box) => box.on);
  const nats = (host: Host) => boxesOf(host).filter(({ setup }) => setup.nat !== undefined);
  const ordered = (host: Host) => (faults.get(host.name) ?? []).filter(({ id }) => on.has(id));

  /**
   * A NAT that is switched off is out of the way: the hosts behind it are on the internet
   * themselves and have its outside addresses, the first host the first one and so on. Where there
   * are several, they keep their private ones beside them, for one another.
   */
  function lend(box: Box): void {
    const { nat, behind: names } = box.setup;
    if (nat === undefined) return;
    for (const [at, name] of names.entries()) {
      const host = hosts.find((one) => one.name === name);
      const lent = nat.addresses[at];
      if (host === undefined || lent === undefined) continue;
      const before = own.get(host) ?? [];
      const kept = names.length > 1 ? before : before.filter((one) => family(one) === 6);
      host.addresses = box.on ? before : [lent, ...kept.filter((one) => one !== lent)];
    }
  }

  /** Whose packets to `address` are: a host that can be reached there from `from`, or a box. */
  function find(from: Host, address: string): Host | Box | undefined {
    if (isLoopback(address) || from.addresses.includes(address)) return from;
    const mine = nats(from);
    const host = hosts.find(
      (one) =>
        one.addresses.includes(address) &&
        // A private address means nothing on the other side of its NAT.
        (family(address) === 6 || nats(one).every((box) => mine.includes(box))) &&
        isRoutable(one, address, from),
    );
    return host ?? boxes.find((box) => box.owns(address));
  }

  /** Behind a NAT that is off, the private address is known to the neighbours alone. */
  function isRoutable(host: Host, address: string, from: Host): boolean {
    if (family(address) === 6) return true;
    const off = (behind.get(host) ?? []).filter(({ on: is, setup }) => !is && setup.nat);
    const lent = off.some(({ setup }) => setup.nat?.addresses.includes(address));
    return off.length === 0 || lent || off.some((box) => box.setup.behind.includes(from.name));
  }

  /** The host that stands for a goal when the boxes on the way are counted. */
  function standsFor(goal: Host | Box | undefined): Host | undefined {
    if (!(goal instanceof Box)) return goal;
    return hosts.find(({ name }) => goal.setup.behind.includes(name));
  }

  /** The boxes between `from` and the open internet, on a way to `goal`. */
  function boxesUp(from: Host, goal: Host | Box | undefined): Box[] {
    const other = standsFor(goal);
    const shared = other === undefined ? [] : boxesOf(other);
    // To an outside address of its own box a packet goes out to that box and no further.
    return boxesOf(from).filter((box) => box !== goal && !shared.includes(box));
  }

  function struck(host: Host, packet: Packet): Stop | undefined {
    for (const fault of ordered(host)) {
      if (!means(fault, packet, control.get(host.name) ?? 21)) continue;
      const stop = strike(fault, packet, sink);
      if (stop !== undefined) return stop;
    }
    return undefined;
  }

  return {
    goal: (from, address) => standsFor(find(from, address)),
    published(host, asking) {
      const shared = behind.get(asking) ?? [];
      const outer = (behind.get(host) ?? []).filter((box) => !shared.includes(box));
      const nat = outer.findLast(({ setup }) => setup.nat !== undefined);
      if (nat === undefined) return host.addresses;
      const { addresses } = nat.setup.nat!;
      const at = nat.on ? 0 : nat.setup.behind.indexOf(host.name);
      const outside = addresses[at];
      const rest = host.addresses.filter((address) => family(address) === 6);
      return outside === undefined ? rest : [outside, ...rest];
    },
    leaves(from, packet) {
      const goal = find(from, packet.to.address);
      if (goal === from) return undefined;
      const stop = struck(from, packet);
      if (stop !== undefined) return stop;
      // A socket may have outlived its address: nothing comes back to it, so nothing goes.
      if (!from.addresses.includes(packet.from.address)) return SILENCE;
      for (const box of boxesUp(from, goal)) {
        const halt = box.pass(packet, "out");
        if (halt !== undefined) return halt;
      }
      return undefined;
    },
    arrives(from, packet) {
      let goal = find(from, packet.to.address);
      if (goal === from) return from;
      const host = standsFor(goal);
      if (goal === undefined || host === undefined) return SILENCE;
      const mine = boxesOf(from);
      // A NAT that one is behind oneself does not send back in what comes from inside (no hairpin).
      if (goal instanceof Box && mine.includes(goal)) return goal.hairpin(packet) ?? host;
      for (const box of boxesOf(host).toReversed()) {
        if (mine.includes(box)) continue;
        const halt = box.pass(packet, "in");
        if (halt !== undefined) return halt;
      }
      if (goal instanceof Box) {
        if (packet.what === "ping") return host;
        goal = hosts.find(({ addresses }) => addresses.includes(packet.to.address));
      }
      if (!(goal instanceof Object) || goal instanceof Box) return SILENCE;
      return struck(goal, packet) ?? goal;
    },
    delay(from, packet) {
      const goal = this.goal(from, packet.to.address);
      let sum = 0;
      for (const host of new Set([from, goal])) {
        if (host === undefined || goal === from) continue;
        for (const fault of ordered(host)) {
          const meant =
            fault.kind === "delay" && means(fault, packet, control.get(host.name) ?? 21);
          if (meant) sum += fault.milliseconds;
        }
      }
      return sum;
    },
    quota(from, packet) {
      let least = Infinity;
      const goal = this.goal(from, packet.to.address);
      for (const host of new Set([from, goal])) {
        if (host === undefined) continue;
        for (const fault of ordered(host)) {
          if (fault.kind !== "reset" && fault.kind !== "stall") continue;
          if (!means(fault, packet, control.get(host.name) ?? 21)) continue;
          if (fault.after > packet.offset) least = Math.min(least, fault.after - packet.offset);
        }
      }
      return least;
    },
    pace(host) {
      for (const fault of ordered(host)) if (fault.kind === "slow-reader") return fault.bytes;
      return undefined;
    },
    switch(id, value) {
      if (value) on.add(id);
      else on.delete(id);
      const box = boxes.find(({ setup }) => setup.id === id);
      if (box === undefined || box.on === value) return;
      box.switch(value);
      lend(box);
    },
  };
}
