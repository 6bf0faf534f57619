/** The lines of a session as they were entered, read from its keys. */
import type { RecordedInput } from "./recording.ts";

/** A line that was ended with Enter. */
export interface Entered {
  readonly at: number;
  readonly window: number;
  readonly text: string;
}

/** What was entered, oldest first. */
export function enteredLines(inputs: readonly RecordedInput[]): readonly Entered[] {
  const lines: Entered[] = [];
  readKeys(inputs, (at, window, text) => {
    if (text !== undefined) lines.push({ at, window, text });
  });
  return lines;
}

/** What stands in the line of `window`, from the keys since its last Enter; undefined: hard to say. */
export function standingLine(
  inputs: readonly RecordedInput[],
  window: number,
  exited: number,
): string | undefined {
  const since = inputs.filter(
    ([at, into, kind]) => at >= exited && into === window && kind !== "s",
  );
  const standing = readKeys(since, () => undefined);
  return standing.has(window) ? standing.get(window) : "";
}

/** Reads keys as the line editors do, as far as that can be said without them. */
function readKeys(
  inputs: readonly RecordedInput[],
  enter: (at: number, window: number, text: string | undefined) => void,
): ReadonlyMap<number, string | undefined> {
  const standing = new Map<number, string | undefined>();
  const key = (at: number, window: number, keys: string): void => {
    const text = standing.has(window) ? standing.get(window) : "";
    let now: string | undefined;
    if (/^[\r\n]$/.test(keys)) {
      enter(at, window, text);
      now = "";
    } else if (keys === "\x03" || keys === "\x1d")
      // Ctrl+C drops the line; behind Ctrl+] telnet asks for one of its own.
      now = "";
    else if (keys === "\x15") now = text === undefined ? undefined : "";
    else if (keys === "\x7f") now = text?.slice(0, -1);
    else if (/[\x00-\x1f]/.test(keys)) now = keys === "\x05" ? text : undefined;
    else now = text === undefined ? undefined : text + keys;
    standing.set(window, now);
  };
  for (const [at, window, kind, keys] of inputs) {
    if (kind === "h") standing.set(window, "");
    else if (kind === "k" || kind === "p") {
      for (const each of keys.startsWith("\x1b") ? [keys] : keys) key(at, window, each);
    }
  }
  return standing;
}
