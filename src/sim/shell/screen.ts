/** The screen of one window, written as `print` facts: `createScreen(window, sink)`. */
import { fromBytes, toBytes, utf8Encode } from "../bytes.ts";
import type { Speaker } from "../facts.ts";
import type { Sink } from "../trace/trace.ts";
import type { Screen } from "./program.ts";

/** A screen whose owner may ask whether a new line has just begun. */
export interface WindowScreen extends Screen {
  readonly atLineStart: boolean;
}

/** A screen that prints into the trace. */
export function createScreen(window: number, sink: Sink): WindowScreen {
  let atLineStart = true;
  const print = (who: Speaker, bytes: Uint8Array, conn = 0): void => {
    if (bytes.length === 0) return;
    // Moving about ends no line, but to wipe the window begins one.
    if (who !== "edit") atLineStart = bytes.at(-1) === 10;
    else if (fromBytes(bytes).startsWith("\x1b[H")) atLineStart = true;
    sink.record({ kind: "print", window, who, conn, bytes });
  };
  const write = (who: Speaker) => (text: string) => print(who, toBytes(utf8Encode(text)));
  return {
    get atLineStart() {
      return atLineStart;
    },
    prompt: write("prompt"),
    say: write("program"),
    echo: write("you"),
    edit: write("edit"),
    relay: (bytes, conn) => print("server", bytes, conn),
  };
}
