/** "Type it": types a line into a window as a person would, key by key. */
import type { WorldInput } from "../sim/stage.ts";

/** Milliseconds from key to key. */
const PACE = 35;

/** Types lines into windows, one at a time. */
export interface Typist {
  /** Types `text`, and Enter unless `enter` is false. Pressed again while it types: the rest at once. */
  type(window: number, text: string, enter?: boolean): void;
  /** Stops, and leaves what has been typed. */
  stop(): void;
}

/** A typist whose keys go to `feed`. */
export function typist(feed: (input: WorldInput) => void): Typist {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let rest: string[] = [];
  let into = 0;

  const press = (): void => {
    const key = rest.shift();
    if (key !== undefined) feed({ kind: "key", window: into, text: key });
    timer = rest.length > 0 ? setTimeout(press, PACE) : undefined;
  };
  const finish = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (const key of rest.splice(0)) feed({ kind: "key", window: into, text: key });
  };

  return {
    type(window, text, enter = true) {
      const again = timer !== undefined;
      finish();
      if (again) return;
      into = window;
      // Ctrl+E, Ctrl+U first: whatever stands half typed on the line is not part of it.
      rest = ["\x05", "\x15", ...Array.from(text), ...(enter ? ["\r"] : [])];
      if (matchMedia("(prefers-reduced-motion: reduce)").matches) finish();
      else press();
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
      rest = [];
    },
  };
}
