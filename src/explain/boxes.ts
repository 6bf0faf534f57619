/** How the boxes and the faults of a scenario stand: on or off, and what each did last. */
import type { Endpoint, Fact } from "../sim/facts.ts";
import type { Scenario } from "../sim/scenario.ts";
import { roadUnder } from "./road-words.ts";

/** One of them. */
export interface BoxState {
  readonly on: boolean;
  /** What it did last, in a few words; nothing since it was switched. */
  readonly did: string | undefined;
  /** That was to stop something: a packet swallowed, a dial refused. */
  readonly stopped: boolean;
}

/** Reads a growing trace. */
export interface BoxesReader {
  read(facts: readonly Fact[], upTo?: number): void;
  of(id: string): BoxState;
}

type Growing = {
  -readonly [K in keyof BoxState]: BoxState[K];
} & { conn: number; times: number };

/** A reader for one trace of this scenario. */
export function boxesReader({ boxes = [], faults = [] }: Scenario): BoxesReader {
  const states = new Map<string, Growing>();
  const fresh = (on: boolean): Growing => ({
    on,
    did: undefined,
    stopped: false,
    conn: 0,
    times: 0,
  });
  for (const { id, on = true } of boxes) states.set(id, fresh(on));
  for (const { id, on = false } of faults) states.set(id, fresh(on));
  const secrets = new Set(boxes.flatMap(({ id, secret }) => (secret === true ? [id] : [])));
  const dials = new Map<number, Fact & { kind: "dial" }>();
  let next = 0;

  const one = (fact: Fact): void => {
    if (fact.kind === "dial") dials.set(fact.conn, fact);
    if (fact.kind === "switch") {
      if (states.has(fact.id)) states.set(fact.id, fresh(fact.on));
      return;
    }
    if (!("box" in fact)) return;
    const state = states.get(fact.box);
    if (!state || secrets.has(fact.box)) return;
    const dial = dials.get(fact.conn);
    const stops = fact.kind === "dropped" || fact.kind === "rejected";
    state.times = stops && state.stopped && state.conn === fact.conn ? state.times + 1 : 1;
    state.conn = fact.conn;
    state.stopped = stops;
    state.did = words(fact, dial, state.times);
  };

  return {
    read(facts, upTo = facts.length) {
      for (; next < upTo; next++) {
        const fact = facts[next];
        if (!fact) return;
        one(fact);
      }
    },
    of: (id) => states.get(id) ?? fresh(false),
  };
}

type BoxFact = Extract<Fact, { box: string }>;

function words(
  fact: BoxFact,
  dial: { readonly from: Endpoint; readonly to: Endpoint } | undefined,
  times: number,
): string {
  const port = dial?.to.port ?? 0;
  switch (fact.kind) {
    case "dropped": {
      const { what, why, length } = fact;
      return `Swallowed ${roadUnder({ kind: "dropped", box: "", what, why, port, length, times })}`;
    }
    case "rejected":
      return fact.how === "reset"
        ? `Refused port ${port}, in another's place`
        : `Sent word back: no way to port ${port}`;
    case "translated":
      return fact.from.address === dial?.from.address
        ? `Passed on to ${fact.to.address} port ${fact.to.port}, inside`
        : `Passed on as ${fact.from.address} port ${fact.from.port}`;
    case "rewritten":
      return "Rewrote an address on the blue line";
    case "expected":
      return `Lets port ${fact.to.port} through`;
    case "forgotten":
      return `Forgot the connection to port ${port}`;
    default:
      return fact satisfies never;
  }
}
