/** The network of a scenario: its hosts, what stands between them, and the ports that answer. */
import type { Scenario } from "../scenario.ts";
import type { Sink } from "../trace/trace.ts";
import type { Clock } from "./clock.ts";
import { createMiddle } from "./middle.ts";
import type { HostNetwork } from "./network.ts";
import { startService } from "./service.ts";
import { createNetwork } from "./virtual.ts";

/** A scenario's network. */
export interface Internet {
  /** The scenario's hosts, in its order. */
  readonly hosts: readonly HostNetwork[];
  /** The learner's computer. */
  readonly home: HostNetwork;
  /** Switches a box or a fault; what has no such id is left alone. */
  readonly switch: (id: string, on: boolean) => void;
}

/** What it is made of. */
export interface InternetOptions {
  readonly scenario: Scenario;
  readonly clock: Clock;
  readonly sink: Sink;
  readonly random: (below: number) => number;
}

/** Makes the network of a scenario. */
export function createInternet({ scenario, clock, sink, random }: InternetOptions): Internet {
  const { latency, bandwidth, learner, boxes = [], faults = [] } = scenario;
  const begins = Date.parse(scenario.begins);
  const network = createNetwork({ clock, sink, begins, latency, bandwidth, random });
  const hosts = scenario.hosts.map((host) => network.addHost(host.names, host.addresses, host));
  const { name, address, address6 } = learner;
  const home = network.addHost([name], address6 === undefined ? [address] : [address, address6]);
  // A world without boxes and faults has nothing between its hosts, and asks nobody on the way.
  const between =
    boxes.length + faults.length === 0
      ? undefined
      : createMiddle({ scenario, hosts: network.hosts, clock, sink, random });
  if (between !== undefined) network.between(between);
  for (const [at, { services = [] }] of scenario.hosts.entries()) {
    for (const service of services) startService(hosts[at]!, service);
  }
  return { hosts, home, switch: (id, on) => between?.switch(id, on) };
}
