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
import type { Computer, Start } from "./shell/program.ts";
import { createShell, type Shell } from "./shell/shell.ts";
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
  | { readonly kind: "hang-up"; readonly window: number }
  /** Opens the window (1 to 6), with a shell on `host`, the learner's computer if left out. */
  | { readonly kind: "open"; readonly window: number; readonly host?: string }
  /** Closes the window for good, and what runs in it by force. */
  | { readonly kind: "close"; readonly window: number }
  /** Switches a box or a fault of the scenario, or the setting "conveniences" (see shell/). */
  | { readonly kind: "switch"; readonly id: string; readonly on: boolean };

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

/** What a world needs beside its stage: a page shows its prompts first and loads these then. */
export interface Parts {
  /** Starts the server of a site. */
  readonly serve: (site: Site) => void;
  /** The programs of the learner's computers, by name. */
  readonly programs: Readonly<Record<string, Start>>;
}

/** A world whose other parts are still to come. Nothing may be fed to it before `complete` was called, once. */
export interface Stage extends World {
  complete(parts: Parts): void;
}

/** So many windows there may be. */
export const MOST_WINDOWS = 6;

/** The scenario's windows are there from the beginning, each with its prompt. `seed` is the scenario's if left out. */
export function createStage(scenario: Scenario, seed = scenario.seed): Stage {
  const clock = createClock();
  const trace = fullTrace(() => clock.now);
  const { latency, bandwidth, learner } = scenario;
  const begins = Date.parse(scenario.begins);
  const random = createChance(seed);
  const network = createNetwork({ clock, sink: trace, begins, latency, bandwidth, random });
  const nets = scenario.hosts.map(({ names, addresses }) => network.addHost(names, addresses));
  const sites = scenario.hosts.flatMap(({ ftp }, at) =>
    ftp === undefined ? [] : [{ net: nets[at]!, setup: ftp }],
  );
  const home = network.addHost([learner.name], [learner.address]);
  const dialled = scenario.hosts.map(({ names, title = "" }) => ({ name: names[0]!, title }));
  const computer = (net: HostNetwork): Computer => ({
    name: net.host,
    net,
    hosts: dialled,
    files: new Map(),
    conveniences: true,
  });
  const computers = new Map([[learner.name, computer(home)]]);
  for (const [at, { names, shell }] of scenario.hosts.entries()) {
    if (shell === true) computers.set(names[0]!, computer(nets[at]!));
  }
  const programs: Record<string, Start> = {};
  const shells = new Map<number, Shell>();
  const open = (window: number, host: string): void => {
    const where = computers.get(host);
    if (where === undefined || shells.has(window) || window < 1 || window > MOST_WINDOWS) return;
    trace.record({ kind: "window", window, host });
    shells.set(window, createShell({ window, sink: trace, computer: where, programs }));
  };
  const { windows = [learner.name, learner.name] } = scenario;
  for (const [at, host] of windows.entries()) open(at + 1, host);
  let sessions = 0;
  return {
    scenario,
    seed,
    trace,
    names: dialled.map(({ name }) => name),
    complete(parts) {
      Object.assign(programs, parts.programs);
      for (const site of sites)
        parts.serve({ ...site, sink: trace, nextSession: () => ++sessions });
    },
    get now() {
      return clock.now;
    },
    get next() {
      return clock.next;
    },
    advance: (to) => clock.advance(to),
    feed(input) {
      if (input.kind === "switch") {
        trace.record({ kind: "switch", id: input.id, on: input.on });
        if (input.id === "conveniences") {
          for (const each of computers.values()) each.conveniences = input.on;
        }
        return;
      }
      const { window } = input;
      const shell = shells.get(window);
      if (input.kind === "open") open(window, input.host ?? learner.name);
      else if (shell === undefined) return;
      else if (input.kind === "hang-up") shell.hangUp();
      else if (input.kind === "close") {
        shell.hangUp();
        shells.delete(window);
        trace.record({ kind: "window-closed", window });
      } else shell.typed(input);
    },
    settle(limit = 60_000) {
      const end = clock.now + limit;
      for (let next = clock.next; next !== undefined && next <= end; next = clock.next) {
        clock.advance(next);
      }
    },
  };
}
