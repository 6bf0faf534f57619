/** What may wait until the terminals stand: they are what a learner came for. */

/** The first frames after the start are still busy with the terminals' own drawing, in milliseconds. */
const SETTLING = 100;

/** Calls `run` when the terminals have been drawn and the page has nothing better to do. */
export function afterPaint(run: () => void): void {
  setTimeout(() => {
    // Safari has no requestIdleCallback.
    if ("requestIdleCallback" in globalThis) requestIdleCallback(run, { timeout: 500 });
    else run();
  }, SETTLING);
}

/**
 * Fetches before anybody asks for it what `load` imports, and gives `load` back: a school's network
 * comes and goes. What does not come is asked for again when it is wanted.
 */
export function ahead<T>(load: () => Promise<T>): () => Promise<T> {
  afterPaint(() => void load().catch(() => undefined));
  return load;
}
