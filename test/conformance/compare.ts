/**
 * Compares two recordings of one scenario, command by command. Replies belong to the command that
 * was sent before them, not to the moment at which they arrived, so timing does not matter.
 *
 *   code        the three digits; a missing or an extra reply counts as a difference
 *   text        the whole reply once `normalise` has replaced what is volatile
 *   data        what came over the data connection; listings in another order count as equal
 *   connection  whether the server closed the control connection at the same command
 */
import type { Octets } from "../../src/sim/bytes.ts";
import type { Recording } from "./events.ts";
import { normalise, normaliseListing } from "./normalise.ts";

/** What is compared. */
export const KINDS = ["code", "text", "data", "connection"] as const;

/** How many of how many agree. */
export type Figures = Record<(typeof KINDS)[number], { equal: number; of: number }>;

/** One thing that differs. `a` and `b` are what each side has, `null` if nothing. */
export interface Difference {
  readonly scenario: string;
  readonly cmd: number;
  /** What was sent, or "" for the greeting. */
  readonly sent: Octets;
  readonly kind: (typeof KINDS)[number];
  readonly a: string | null;
  readonly b: string | null;
}

/** The outcome of a comparison. */
export interface Comparison {
  readonly figures: Figures;
  readonly differences: readonly Difference[];
}

/** Compares two recordings. `only` chooses the commands that count, by what was sent. */
export function compare(
  a: Recording,
  b: Recording,
  only: (sent: Octets) => boolean = () => true,
): Comparison {
  const figures = noFigures();
  const differences: Difference[] = [];
  const left = byCommand(a);
  const right = byCommand(b);
  // How much data comes before a transfer is broken off is a matter of timing.
  const partial = "partial" in (a.meta.header ?? {});
  const commands = [...new Set([...left.keys(), ...right.keys()])].toSorted((x, y) => x - y);

  for (const cmd of commands) {
    const one = left.get(cmd) ?? group();
    const two = right.get(cmd) ?? group();
    const sent = one.sent || two.sent;
    if (!only(sent)) continue;
    const count = (
      kind: (typeof KINDS)[number],
      x: string | null,
      y: string | null,
      same = false,
    ) => {
      figures[kind].of++;
      if (same || (x !== null && x === y)) figures[kind].equal++;
      else differences.push({ scenario: a.meta.scenario, cmd, sent, kind, a: x, b: y });
    };
    for (let i = 0; i < Math.max(one.replies.length, two.replies.length); i++) {
      const [x, y] = [one.replies[i], two.replies[i]];
      // A line without a code of its own is equal to another such line, as far as codes go.
      const both = x !== undefined && y !== undefined;
      count("code", x?.code ?? null, y?.code ?? null, both && x.code === y.code);
      count("text", x ? normalise(x.text) : null, y ? normalise(y.text) : null);
    }
    if (!partial && (hasData(one) || hasData(two))) {
      const [x, y] = [normaliseListing(one.data), normaliseListing(two.data)];
      const big = one.big.join() === two.big.join();
      const listing = /^\s*(?:LIST|NLST|MLSD)\b/i.test(one.sent);
      const same = big && (x === y || (listing && sortedLines(x) === sortedLines(y)));
      count("data", x + one.big.join(), y + two.big.join(), same);
    }
    if (one.closed || two.closed) {
      const words = (closed: boolean) => (closed ? "closed" : "open");
      count("connection", words(one.closed), words(two.closed));
    }
  }
  return { figures, differences };
}

/** Figures of nothing. */
export function noFigures(): Figures {
  return {
    code: { equal: 0, of: 0 },
    text: { equal: 0, of: 0 },
    data: { equal: 0, of: 0 },
    connection: { equal: 0, of: 0 },
  };
}

/** Adds the figures of one comparison to a sum. */
export function addFigures(sum: Figures, more: Figures): void {
  for (const kind of KINDS) {
    sum[kind].equal += more[kind].equal;
    sum[kind].of += more[kind].of;
  }
}

/** Figures in words: `codes 3/4, texts 2/4, data 1/1, connection 1/1`. */
export function figuresInWords({ code, text, data, connection }: Figures): string {
  const part = (name: string, { equal, of }: { equal: number; of: number }) =>
    `${name} ${equal}/${of}`;
  return [
    part("codes", code),
    part("texts", text),
    part("data", data),
    part("connection", connection),
  ].join(", ");
}

/** The area of a scenario: the first word of its name. */
export function areaOf(scenario: string): string {
  return scenario.split("-")[0]!;
}

interface Reply {
  readonly code: string | null;
  readonly text: Octets;
}

/** All that belongs to one command. */
interface Group {
  sent: Octets;
  readonly replies: Reply[];
  data: Octets;
  /** Of transfers too long to be kept: length and hash. */
  readonly big: string[];
  closed: boolean;
}

function group(): Group {
  return { sent: "", replies: [], data: "", big: [], closed: false };
}

function byCommand(recording: Recording): Map<number, Group> {
  const groups = new Map<number, Group>();
  for (const entry of recording.entries) {
    if ("src" in entry || !("cmd" in entry)) continue;
    let at = groups.get(entry.cmd);
    if (at === undefined) groups.set(entry.cmd, (at = group()));
    const bytes = entry.bytes ?? "";
    if (entry.chan === "ctl") {
      if (entry.dir === ">") at.sent += bytes;
      else if (entry.dir === "<") at.replies.push({ code: entry.code ?? null, text: bytes });
      else if (entry.event === "eof" || entry.event === "reset") at.closed = true;
    } else if (entry.chan === "data" && entry.dir === "<") {
      if (entry.sha256 === undefined) at.data += bytes;
      else at.big.push(`[${entry.len} bytes, SHA-256 ${entry.sha256}]`);
    }
  }
  return groups;
}

function hasData(side: Group): boolean {
  return side.data !== "" || side.big.length > 0;
}

function sortedLines(text: string): string {
  return text.replaceAll("\r\n", "\n").split("\n").toSorted().join("\n");
}
