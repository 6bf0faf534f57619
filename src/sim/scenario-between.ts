/** What a scenario promises about boxes, faults, services and windows, and must keep. */
import type { BoxSetup, FaultSetup, Ports, Scenario } from "./scenario.ts";

/** The problems, one line each. */
export function checkBetween(scenario: Scenario): string[] {
  const { learner, hosts, boxes = [], faults = [], windows = [], eavesdropper } = scenario;
  const names = new Set([learner.name, ...hosts.map((host) => host.names[0] ?? "")]);
  const unknown = (place: string, name: string) =>
    names.has(name)
      ? []
      : [`${place}: nobody is called ${JSON.stringify(name)}; write ${[...names].join(" or ")}`];
  const problems: string[] = [];

  const ids = new Map<string, string>([["conveniences", "a setting of the learner's computer"]]);
  const addresses = new Map<string, string>();
  addresses.set(learner.address, "learner");
  for (const [i, host] of hosts.entries()) {
    for (const address of host.addresses) addresses.set(address, `hosts[${i}]`);
  }
  for (const [place, { id }] of [...listed("boxes", boxes), ...listed("faults", faults)]) {
    const other = ids.get(id);
    if (other !== undefined) problems.push(`${place}.id: ${id} is taken by ${other}`);
    ids.set(id, place);
  }
  for (const [place, box] of listed("boxes", boxes)) {
    for (const [i, name] of box.behind.entries()) {
      problems.push(...unknown(`${place}.behind[${i}]`, name));
      if (box.behind.indexOf(name) < i)
        problems.push(`${place}.behind[${i}]: ${name} stands there twice`);
    }
    for (const address of box.nat?.addresses ?? []) {
      const other = addresses.get(address);
      if (other !== undefined)
        problems.push(`${place}.nat.addresses: ${address} is taken by ${other}`);
      addresses.set(address, place);
    }
    problems.push(...checkForwards(box, place), ...checkRules(box, place));
  }
  for (const [place, fault] of listed("faults", faults)) {
    problems.push(...unknown(`${place}.host`, fault.host), ...checkFault(fault, place));
  }
  for (const [i, host] of hosts.entries()) {
    const ports = new Set(host.ftp === undefined ? [] : [host.ftp.port ?? 21]);
    for (const [j, { port }] of (host.services ?? []).entries()) {
      const place = `hosts[${i}].services[${j}].port`;
      if (ports.has(port)) problems.push(`${place}: somebody else listens on ${port} there`);
      ports.add(port);
    }
    if (host.caller !== undefined) {
      problems.push(...unknown(`hosts[${i}].caller.to.host`, host.caller.to.host));
    }
  }
  const shells = new Set([
    learner.name,
    ...hosts.flatMap((host) => (host.shell === true ? host.names.slice(0, 1) : [])),
  ]);
  for (const [i, name] of windows.entries()) {
    if (!shells.has(name)) {
      problems.push(
        `windows[${i}]: ${JSON.stringify(name)} has no shell; write ${[...shells].join(" or ")}`,
      );
    }
  }
  for (const [i, name] of (eavesdropper?.hears ?? []).entries()) {
    problems.push(...unknown(`eavesdropper.hears[${i}]`, name));
  }
  return problems;
}

function listed<T>(word: string, all: readonly T[]): (readonly [place: string, one: T])[] {
  return all.map((one, i) => [`${word}[${i}]`, one] as const);
}

function checkForwards({ nat, behind }: BoxSetup, place: string): string[] {
  const problems: string[] = [];
  const forwards = nat?.forwards ?? [];
  for (const [i, { ports, to }] of forwards.entries()) {
    const at = `${place}.nat.forwards[${i}]`;
    if (!behind.includes(to)) {
      problems.push(
        `${at}.to: ${JSON.stringify(to)} is not behind this box; write ${behind.join(" or ")}`,
      );
    }
    problems.push(...checkPorts(ports, `${at}.ports`));
    const before = forwards.slice(0, i).findIndex((other) => overlap(other.ports, ports));
    if (before >= 0) {
      problems.push(`${at}.ports: some of them are forwarded by forwards[${before}] already`);
    }
  }
  return problems;
}

function checkRules({ rules = [] }: BoxSetup, place: string): string[] {
  return rules.flatMap(({ ports }, i) =>
    ports === undefined ? [] : checkPorts(ports, `${place}.rules[${i}].ports`),
  );
}

function checkPorts(ports: Ports, place: string): string[] {
  const [low, high] = range(ports);
  return low > high ? [`${place}: ${low} is above ${high}; write the lower first`] : [];
}

function overlap(one: Ports, other: Ports): boolean {
  const [a, b] = range(one);
  const [c, d] = range(other);
  return a <= d && c <= b;
}

function range(ports: Ports): readonly [number, number] {
  return typeof ports === "number" ? [ports, ports] : ports;
}

/** The words that belong to each kind of fault, beside those that all have: true if it needs them. */
const WORDS: Readonly<Record<FaultSetup["kind"], Readonly<Record<string, boolean>>>> = {
  refuse: { where: false },
  drop: { where: false },
  unreachable: { where: false },
  delay: { where: false, milliseconds: true },
  reset: { after: true },
  stall: { after: true },
  "slow-reader": { bytes: true },
  "full-disk": {},
  locked: {},
  busy: {},
  "no-226": {},
  "split-227": {},
  "wrong-address": { address: true },
};

function checkFault(fault: FaultSetup, place: string): string[] {
  const words = WORDS[fault.kind];
  const problems: string[] = [];
  for (const [word, needed] of Object.entries(words)) {
    if (needed && !(word in fault))
      problems.push(`${place}.${word}: is missing; ${fault.kind} needs it`);
  }
  for (const word of ["where", "milliseconds", "after", "bytes", "address"]) {
    if (word in fault && !(word in words)) {
      problems.push(`${place}.${word}: means nothing for ${fault.kind}`);
    }
  }
  return problems;
}
