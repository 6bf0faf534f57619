/** Wires one scenario together: the learner's computer, the network, the servers, the clock. */
import { buildTree } from "./fs/tree.ts";
import { proftpd } from "./ftp/dialects/proftpd.ts";
import type { Dialect } from "./ftp/dialect.ts";
import { startServer } from "./ftp/server.ts";
import { createChance } from "./net/chance.ts";
import { createClock } from "./net/clock.ts";
import { createNetwork } from "./net/virtual.ts";
import type { DialectName, Scenario } from "./scenario.ts";
import { createShell } from "./shell/shell.ts";
import { fullTrace, type Trace } from "./trace/trace.ts";

/**
 * What a person does to the world. A recording is a list of these with their virtual times, and
 * nothing else: the same scenario, seed and inputs give the same trace, byte for byte.
 */
export type WorldInput =
  /** One key press in a window, as a terminal encodes it ("a", "\r", "\x7f", "\x1b[A" …). */
  | { readonly kind: "key"; readonly window: number; readonly text: string }
  /** Text pasted at once; its lines may end in "\r", "\n" or "\r\n". */
  | { readonly kind: "paste"; readonly window: number; readonly text: string }
  /** The program that runs in the window is closed by force; the shell's prompt comes back. */
  | { readonly kind: "hang-up"; readonly window: number };

/** A running world. Time stands still unless `advance` is called. */
export interface World {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly trace: Trace;
  /** Milliseconds of virtual time since the world began; the `at` of facts. */
  readonly now: number;
  /** The `at` of the next thing that will happen by itself, or undefined if nothing will. */
  readonly next: number | undefined;
  /** Lets time run up to `to`, and everything happen that happens until then. */
  advance(to: number): void;
  /** Does `input` at the present moment. */
  feed(input: WorldInput): void;
  /** Lets time run until nothing more happens by itself, or at most `limit` milliseconds (default 60,000). */
  settle(limit?: number): void;
  /** The names that can be dialled, for completion. */
  readonly names: readonly string[];
}

/** How a world is made. */
export interface WorldOptions {
  /** Where chance starts; the scenario's own seed if left out. */
  readonly seed?: number;
  /** The manners that its servers have; what is missing here is ProFTPD's. */
  readonly dialects?: Readonly<Partial<Record<DialectName, Dialect>>>;
}

const WINDOWS = 2;

/** Windows 1 and 2 are there from the beginning, each with its prompt. */
export function createWorld(scenario: Scenario, options: WorldOptions = {}): World {
  const { seed = scenario.seed, dialects = {} } = options;
  const clock = createClock();
  const trace = fullTrace(() => clock.now);
  const network = createNetwork({
    clock,
    sink: trace,
    begins: Date.parse(scenario.begins),
    latency: scenario.latency,
    bandwidth: scenario.bandwidth,
    random: createChance(seed),
  });
  let sessions = 0;
  for (const { names, addresses, ftp } of scenario.hosts) {
    const net = network.addHost(names, addresses);
    if (ftp === undefined) continue;
    const owner = ftp.owner ?? "ftp";
    const group = ftp.group ?? owner;
    startServer({
      net,
      sink: trace,
      setup: ftp,
      dialect: dialects[ftp.dialect] ?? proftpd,
      tree: buildTree(ftp.tree, owner, group),
      nextSession: () => ++sessions,
    });
  }
  const { learner } = scenario;
  const net = network.addHost([learner.name], [learner.address]);
  const names = scenario.hosts.flatMap((host) => host.names.slice(0, 1));
  const shells = Array.from({ length: WINDOWS }, (_, i) =>
    createShell({ window: i + 1, sink: trace, net, names }),
  );
  return {
    scenario,
    seed,
    trace,
    names,
    get now() {
      return clock.now;
    },
    get next() {
      return clock.next;
    },
    advance: (to) => clock.advance(to),
    feed(input) {
      const shell = shells[input.window - 1];
      if (input.kind === "hang-up") shell?.hangUp();
      else shell?.typed(input);
    },
    settle(limit = 60_000) {
      const end = clock.now + limit;
      for (let next = clock.next; next !== undefined && next <= end; next = clock.next) {
        clock.advance(next);
      }
    },
  };
}
