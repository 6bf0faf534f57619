/** The newest exchange: what was said last, and the answer it drew. */
import type { ConnectionReader } from "../explain/connections.ts";
import type { NotationEvent } from "../explain/notation.ts";
import { replyNote } from "../explain/replies.ts";

/** What was typed and what came of it. */
export interface Exchange {
  readonly window: number;
  readonly asked: string;
  /** The code of the reply, if it is one. */
  readonly code?: number;
  /** The reply without its code, or what became of a dial; without it nothing has come yet. */
  readonly text?: string;
  /** How many lines the reply has; the text is the first one's. */
  readonly lines?: number;
  /** What it means, in a few words. */
  readonly note?: string;
}

const ENDS: Readonly<
  Partial<Record<NotationEvent["kind"], readonly [text: string, note: string]>>
> = {
  refused: ["Connection refused", "nobody listens there"],
  unreachable: ["no answer", "nobody is there"],
  unknown: ["unknown name", "no such computer"],
};

/** Reads the notation as it grows. */
export function exchangeReader(connections: ConnectionReader): {
  read(events: readonly NotationEvent[]): void;
  readonly newest: Exchange | undefined;
} {
  let next = 0;
  let newest: Exchange | undefined;
  /** Lines whose last reply is still to come. */
  const lines = new Map<number, string[]>();
  const dialled = new Map<number, string>();
  /** Windows where a reply of several lines has begun. */
  const begun = new Set<number>();

  function take({ kind, line = "", window = 1, code, conn = 0, control }: NotationEvent): void {
    const end = ENDS[kind];
    const dial = dialled.get(window) ?? "";
    const owed = lines.get(window) ?? [];
    if (kind === "run" && line.startsWith("telnet")) {
      dialled.set(window, line);
      lines.set(window, []);
      begun.delete(window);
      newest = { window, asked: line };
    } else if (kind === "line" && control) {
      if (owed.length === 0) newest = { window, asked: line };
      owed.push(line);
    } else if (kind === "line") {
      newest = { window, asked: line, text: "silence", note: "nobody reads commands here" };
    } else if (kind === "reply" && begun.has(window) && newest) {
      newest = { ...newest, lines: (newest.lines ?? 1) + 1 };
      if (code !== newest.code || line[3] === "-") return;
      begun.delete(window);
      owed.shift();
    } else if (kind === "reply" && code !== undefined) {
      const [asked = dial] = owed;
      const verb = owed[0]?.split(" ", 1)[0] ?? "";
      newest = {
        window,
        asked,
        code,
        text: line.slice(4),
        note: replyNote(code, verb, line).short,
      };
      if (line[3] === "-") begun.add(window);
      else if (code >= 200) owed.shift();
    } else if (kind === "connected" && connections.byConn(conn)?.role === "data") {
      newest = { window, asked: dial, text: "Connected", note: "and not a word" };
    } else if (end) newest = { window, asked: dial, text: end[0], note: end[1] };
  }

  return {
    read(events) {
      for (; next < events.length; next++) {
        const event = events[next];
        if (event) take(event);
      }
    },
    get newest() {
      return newest;
    },
  };
}
