/**
 * The stage of a world: the learner's computer, the network and the clock, before its servers are
 * there. A page shows its terminals with this much and brings the servers a moment later;
 * `world.ts` has both at once.
 */
import { createChance } from "./net/chance.ts";
import { createClock } from "./net/clock.ts";
import type { HostNetwork } from "./net/network.ts";
import { createNetwork } from "./net/virtual.ts";
import type { FtpSetup, Scenario } from "./scenario.ts";
import { createShell } from "./shell/shell.ts";
import { fullTrace, type Sink, type Trace } from "./trace/trace.ts";

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

/** Where a server is to run. */
export interface Site {
  readonly net: HostNetwork;
  readonly sink: Sink;
  readonly setup: FtpSetup;
  /** Numbers the sessions of the whole world. */
  readonly nextSession: () => number;
}

/** A world whose servers are still to come. Nothing may be fed to it before `serve` was called, once. */
export interface Stage extends World {
  /** Starts a server on each host that has one. */
  serve(start: (site: Site) => void): void;
}

const WINDOWS = 2;

/** Windows 1 and 2 are there from the beginning, each with its prompt. `seed` is the scenario's if left out. */
export function createStage(scenario: Scenario, seed = scenario.seed): Stage {
  const clock = createClock();
  const trace = fullTrace(() => clock.now);
  const { latency, bandwidth, learner } = scenario;
  const begins = Date.parse(scenario.begins);
  const random = createChance(seed);
  const network = createNetwork({ clock, sink: trace, begins, latency, bandwidth, random });
  const sites = scenario.hosts.flatMap(({ names, addresses, ftp }) => {
    const net = network.addHost(names, addresses);
    return ftp === undefined ? [] : [{ net, setup: ftp }];
  });
  const net = network.addHost([learner.name], [learner.address]);
  const names = scenario.hosts.flatMap((host) => host.names.slice(0, 1));
  const shells = Array.from({ length: WINDOWS }, (_, i) =>
    createShell({ window: i + 1, sink: trace, net, names }),
  );
  let sessions = 0;
  return {
    scenario,
    seed,
    trace,
    names,
    serve(start) {
      for (const site of sites) start({ ...site, sink: trace, nextSession: () => ++sessions });
    },
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
