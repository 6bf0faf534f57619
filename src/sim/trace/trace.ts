/**
 * The append-only record of facts. Layers are handed its writing end (`Sink`) and nothing else;
 * readers get the list.
 */
import type { Fact, NewFact } from "../facts.ts";

/** The writing end of a trace. */
export interface Sink {
  /** False when facts are thrown away: an expensive fact need not be built then. */
  readonly wants: boolean;
  record(fact: NewFact): void;
}

/** A trace that keeps everything, for worlds that are looked at. */
export interface Trace extends Sink {
  readonly facts: readonly Fact[];
}

/** A trace that keeps every fact, stamped with the virtual time that `now` tells. */
export function fullTrace(now: () => number): Trace {
  const facts: Fact[] = [];
  return {
    wants: true,
    facts,
    record(fact) {
      facts.push({ at: now(), ...fact });
    },
  };
}

/** A sink that keeps nothing, for servers that run for weeks. */
export const noTrace: Sink = { wants: false, record() {} };
