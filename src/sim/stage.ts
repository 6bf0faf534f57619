/**
 * The stage of a world: the learner's computer, the network and the clock, before its servers are
 * there. A page shows its terminals with this much and brings the servers a moment later;
 * `world.ts` has both at once.
 */
import { createChance } from "./net/chance.ts";
import { createClock } from "./net/clock.ts";
import type { Internet, InternetOptions } from "./net/internet.ts";
import type { HostNetwork } from "./net/network.ts";
import type {
  CallerSetup,
  FaultSetup,
  FtpSetup,
  Scenario,
  ServerFault,
  TreeEntry,
} from "./scenario.ts";
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
  /** The faults ordered of this host's server that are on at this moment: ask whenever one matters. */
  readonly faults: () => readonly ServerFault[];
}

/** Where a client program is to run that calls the learner. */
export interface CallSite {
  readonly net: HostNetwork;
  readonly sink: Sink;
  readonly setup: CallerSetup;
}

/** What a world needs beside its stage: a page shows its prompts first and loads these then. */
export interface Parts {
  /** Makes the network; the prompts stand without one. */
  readonly internet: (options: InternetOptions) => Internet;
  /** Starts the server of a site. */
  readonly serve: (site: Site) => void;
  /** The programs of the learner's computers, by name. */
  readonly programs: Readonly<Record<string, Start>>;
  /** What the files in the learner's home hold. */
  readonly contents?: (entry: TreeEntry) => Uint8Array;
  /** Lets a client program call whoever has just begun to listen where its set-up says. */
  readonly call?: (site: CallSite) => void;
}

/** A world whose other parts are still to come. Nothing may be fed to it before `complete` was called, once. */
export interface Stage extends World {
  complete(parts: Parts): void;
}

/** How long a client waits, in milliseconds, before it calls somebody who listens. */
const MOMENT = 1000;

/** So many windows there may be. */
export const MOST_WINDOWS = 6;

/** The scenario's windows are there from the beginning, each with its prompt. `seed` is the scenario's if left out. */
export function createStage(scenario: Scenario, seed = scenario.seed): Stage {
  const clock = createClock();
  const trace = fullTrace(() => clock.now);
  const { learner, hosts } = scenario;
  const random = createChance(seed);
  let internet: Internet | undefined;
  const dialled = hosts.map(({ names, title = "" }) => ({ name: names[0]!, title }));
  const computer = (name: string, net: (made: Internet) => HostNetwork): Computer => ({
    name,
    get net() {
      if (internet === undefined)
        throw new Error("nothing may be fed to a stage before it is complete");
      return net(internet);
    },
    hosts: dialled,
    files: new Map(),
    conveniences: true,
  });
  const home = computer(learner.name, (made) => made.home);
  const computers = new Map([[learner.name, home]]);
  for (const [at, { names, shell }] of hosts.entries()) {
    const name = names[0]!;
    if (shell === true)
      computers.set(
        name,
        computer(name, (made) => made.hosts[at]!),
      );
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
  /** Somebody listens: is there a client that has waited for this? */
  let ring: (host: string, port: number) => void = () => {};
  const overheard: Sink = {
    wants: true,
    record(fact) {
      trace.record(fact);
      if (fact.kind === "listen") ring(fact.host, fact.port);
    },
  };
  const { faults = [] } = scenario;
  const wrong = new Set(faults.flatMap(({ id, on }) => (on === true ? [id] : [])));
  return {
    scenario,
    seed,
    trace,
    names: dialled.map(({ name }) => name),
    complete(parts) {
      const made = (internet = parts.internet({ scenario, clock, sink: overheard, random }));
      Object.assign(programs, parts.programs);
      for (const entry of learner.files ?? []) {
        const bytes = parts.contents?.(entry);
        if (bytes !== undefined) home.files.set(entry.path.slice(1), bytes);
      }
      for (const [at, { ftp }] of hosts.entries()) {
        if (ftp === undefined) continue;
        const net = made.hosts[at]!;
        parts.serve({
          net,
          sink: trace,
          setup: ftp,
          nextSession: () => ++sessions,
          faults: () =>
            faults.filter(isOfServer).filter(({ id, host }) => host === net.host && wrong.has(id)),
        });
      }
      /** Whoever is about to call: a port that closes and opens again meanwhile is called once. */
      const about = new Set<number>();
      ring = (host, port) => {
        for (const [at, { caller }] of hosts.entries()) {
          if (caller?.to.host !== host || caller.to.port !== port || about.has(at)) continue;
          about.add(at);
          const site = { net: made.hosts[at]!, sink: trace, setup: caller };
          clock.after(MOMENT, () => {
            about.delete(at);
            parts.call?.(site);
          });
        }
      };
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
        internet?.switch(input.id, input.on);
        if (input.on) wrong.add(input.id);
        else wrong.delete(input.id);
        if (input.id === "conveniences") {
          for (const each of computers.values()) each.conveniences = input.on;
        }
        return;
      }
      const { window } = input;
      const shell = shells.get(window);
      if (input.kind === "open") {
        open(window, input.host ?? learner.name);
        return;
      }
      if (shell === undefined) return;
      if (input.kind === "hang-up") shell.hangUp();
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

const SERVER_FAULTS: ReadonlySet<string> = new Set<ServerFault["kind"]>([
  "full-disk",
  "locked",
  "busy",
  "no-226",
  "split-227",
  "wrong-address",
]);

function isOfServer(fault: FaultSetup): fault is ServerFault {
  return SERVER_FAULTS.has(fault.kind);
}
