/** The virtual clock: a queue of things to do, each at its moment, in the order they were set. */
import type { Timer } from "./network.ts";

interface Appointment {
  readonly time: number;
  readonly turn: number;
  readonly run: () => void;
  cancelled: boolean;
}

/** A clock that moves only when it is told to. Times are milliseconds since it was made. */
export interface Clock {
  readonly now: number;
  /** When the next thing will happen, or undefined if nothing waits. */
  readonly next: number | undefined;
  after(milliseconds: number, run: () => void): Timer;
  /** Lets everything happen that is due up to and at `to`; time then stands at `to`. */
  advance(to: number): void;
}

/** A clock at 0 with nothing to do. */
export function createClock(): Clock {
  // A binary heap: a transfer of megabytes sets thousands of timers.
  const heap: Appointment[] = [];
  let now = 0;
  let turn = 0;

  const before = (a: Appointment, b: Appointment) =>
    a.time < b.time || (a.time === b.time && a.turn < b.turn);

  function push(entry: Appointment): void {
    let i = heap.push(entry) - 1;
    while (i > 0) {
      const up = (i - 1) >> 1;
      const parent = heap[up]!;
      if (!before(entry, parent)) break;
      heap[i] = parent;
      i = up;
    }
    heap[i] = entry;
  }

  function pop(): void {
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[i] = heap[child]!;
      i = child;
    }
    heap[i] = last;
  }

  /** The earliest appointment that still holds. */
  function first(): Appointment | undefined {
    while (heap[0]?.cancelled === true) pop();
    return heap[0];
  }

  return {
    get now() {
      return now;
    },
    get next() {
      return first()?.time;
    },
    after(milliseconds, run) {
      const entry = { time: now + Math.max(0, milliseconds), turn: turn++, run, cancelled: false };
      push(entry);
      return {
        cancel() {
          entry.cancelled = true;
        },
      };
    },
    advance(to) {
      for (let entry = first(); entry !== undefined && entry.time <= to; entry = first()) {
        pop();
        now = entry.time;
        entry.run();
      }
      if (to > now) now = to;
    },
  };
}
