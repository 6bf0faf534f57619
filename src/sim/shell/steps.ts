/**
 * Work that waits for a network or a keyboard, written from top to bottom: a generator that yields
 * what it waits for. `run(work, done)` carries it on whenever that has come.
 */

/** Starts something, and calls `resume` when it has come. */
export type Step = (resume: () => void) => void;

/** Work in steps. */
export type Work<T = void> = Generator<Step, T, void>;

/** Waits for what `start` hands over. */
export function* wait<T>(start: (resume: (value: T) => void) => void): Work<T> {
  const come: T[] = [];
  yield (resume) => {
    start((value) => {
      come.push(value);
      resume();
    });
  };
  return come[0]!;
}

/** Does `work`, then `done`. What is given back stops it for good where it stands. */
export function run(work: Work, done: () => void): () => void {
  let stopped = false;
  const go = (): void => {
    if (stopped) return;
    const next = work.next();
    if (next.done === true) done();
    else next.value(go);
  };
  go();
  return () => {
    stopped = true;
  };
}
