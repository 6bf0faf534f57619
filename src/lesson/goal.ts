/** Patterns of the notation, what they name, and the goals that are made of them. */
import type { NotationEvent } from "../explain/notation.ts";
import { findHostPort } from "../explain/pasv.ts";
import { MOVES } from "./lines.ts";
import { fill, type Values } from "./values.ts";

/**
 * `values` with `name` given to `text`; where it names a port (six numbers, a 229's three bars,
 * or nothing but the port) its parts too, and the ports before.
 */
export function bind(values: Values, name: string, text: string): Values {
  const bound: Record<string, string> = { ...values, [name]: text };
  const found = findHostPort(text);
  const [, alone] = found ? [] : (/^(?:.*\(\|\|\|)?(\d{1,5})(?:\|\).*)?$/.exec(text) ?? []);
  const number = found?.port ?? Number(alone ?? NaN);
  if (!(number < 65536)) return bound;
  const port = String(number);
  const before = values[`${name}.port`];
  if (before && before !== port) {
    bound[`${name}.old`] = [values[`${name}.old`], before].filter(Boolean).join("|");
  }
  bound[`${name}.port`] = port;
  bound[`${name}.hi`] = String(number >> 8);
  bound[`${name}.lo`] = String(number & 255);
  if (found) bound[`${name}.address`] = found.address;
  return bound;
}

/** The port that a reply names: a 227 (RFC 959 §4.1.2) or a 229 (RFC 2428 §3). */
export function namedPort({ code, line = "" }: NotationEvent): string | undefined {
  return code === 227 || code === 229 ? bind({}, "data", line)["data.port"] : undefined;
}

/** FTP does not care about the case of a verb, nor the shell about spaces: neither do patterns. */
function plain(line: string): string {
  return line
    .replace(
      /^(\d>) *(\w+)/,
      (_, window: string, verb: string) => `${window} ${verb.toUpperCase()}`,
    )
    .replace(/ +/g, " ")
    .trim();
}

/**
 * Holds a line against a pattern: what it names, or undefined. What stands behind a whole
 * pattern does not matter in what arrives (`1< 227` is any 227), but it does in what is typed.
 */
export function match(pattern: string, text: string, values: Values): Values | undefined {
  const names: string[] = [];
  let known = true;
  const source = plain(pattern).replace(
    /\*|\{(\w+)(?:\.(\w+))?\}|[^*{\w\s]/g,
    (piece, name?: string, part?: string) => {
      if (piece === "*") return ".*";
      if (!name) return `\\${piece}`;
      if (part) {
        const value = fill(`{${name}.${part}}`, values);
        if (!value) known = false;
        // The ports of old stand joined by "|".
        return `(?:${value?.replace(/[^\w|]/g, "\\$&") ?? ""})`;
      }
      names.push(name);
      return "(.*?)";
    },
  );
  if (!known) return undefined;
  const open = !/^\d[>$]/.test(pattern) && !source.endsWith("(.*?)");
  const end = open ? "(?: .*)?$" : "$";
  // Keywords behind the verb, as in OPTS MLST, are written in capitals and typed in any letters.
  const flags = /^\d>[^a-z]*$/.test(pattern) ? "i" : "";
  const found = new RegExp(`^${source}${end}`, flags).exec(plain(text));
  if (!found) return undefined;
  return Object.fromEntries(names.map((name, at) => [name, found[at + 1] ?? ""]));
}

/** Watches one step's goal. */
export interface GoalWatch {
  /**
   * Takes the event at `at` and says how far it brought the goal: "reached", "nearer" or
   * undefined. `values` are those of that moment; `refused` says that the event is a refusal, and
   * that its server owes no other answer.
   */
  take(
    event: NotationEvent,
    at: number,
    values: Values,
    refused?: boolean,
  ): "reached" | "nearer" | undefined;
  /** Where the match that reached the goal begins. */
  readonly start: number;
}

/**
 * A goal's lines must come in order, other lines may stand between. A line `! pattern` must not
 * come between the lines around it; before the first line it counts from the step's beginning.
 * Of a command that was refused no later answer counts. With `at most 3 commands` no more than three are typed from its first line to its last.
 */
export function watchGoal(ways: readonly (readonly string[])[]): GoalWatch {
  const watches = ways.flatMap(orders).map(watchWay);
  let start = -1;
  return {
    take(event, at, values, refused = false) {
      let best: "nearer" | undefined;
      for (const watch of watches) {
        const [reached, moved] = watch(event, at, values, refused);
        if (reached !== undefined) {
          start = reached;
          return "reached";
        }
        if (moved) best = "nearer";
      }
      return best;
    },
    get start() {
      return start;
    },
  };
}

/** A server waits for its dial: LIST and then the dial is as good as the other way round. */
function orders(way: readonly string[]): (readonly string[])[] {
  const at = way.findIndex(
    (line, i) =>
      /^\d: connected /.test(line) && MOVES.test(/^\d> (\w+)/.exec(way[i + 1] ?? "")?.[1] ?? ""),
  );
  const [dial = "", move = ""] = way.slice(at, at + 2);
  return at < 0 ? [way] : [way, way.toSpliced(at, 2, move, dial)];
}

type WayWatch = (
  event: NotationEvent,
  at: number,
  values: Values,
  refused: boolean,
) => [number | undefined, boolean];

/** The patterns that a way wants to come, without its absences and bounds. */
export function wantedLines(way: readonly string[]): readonly string[] {
  return way.filter((line) => !/^(?:!|at most )/.test(line));
}

/**
 * `waiting[i]` is where the newest match begins whose first i lines have come, and how many
 * commands had been typed before; the newest is enough, for an older one can reach nothing that
 * it cannot.
 */
function watchWay(lines: readonly string[]): WayWatch {
  const wanted: { line: string; not: string[] }[] = [];
  let not: string[] = [];
  let most = Infinity;
  for (const line of lines) {
    const [, bound] = /^at most (\d+)/.exec(line) ?? [];
    if (bound) most = Number(bound);
    else if (line.startsWith("!")) not.push(line.slice(1).trim());
    else {
      wanted.push({ line, not });
      not = [];
    }
  }
  let commands = 0;
  const waiting: ({ start: number; before: number } | undefined)[] = [{ start: -1, before: 0 }];
  /** Whether line `i` is the answer to a command: the last line before it in its window is typed. */
  const answers = wanted.map(({ line }, i) => {
    const [, window] = /^(\d)</.exec(line) ?? [];
    const before = wanted.slice(0, i).findLast((each) => each.line.startsWith(`${window}`));
    return before?.line.startsWith(`${window}>`) === true;
  });
  return ({ text, kind, control }, at, values, refused) => {
    let moved = false;
    const typed = kind === "line" && control;
    if (typed) commands++;
    for (let i = wanted.length - 1; i >= 0; i--) {
      const want = wanted[i];
      const begun = waiting[i];
      if (!want || !begun) continue;
      const bad = want.not.some((pattern) => match(pattern, text, values));
      if (bad || (i > 0 && commands - begun.before > most)) waiting[i] = undefined;
      else if (match(want.line, text, values)) {
        waiting[i + 1] = i === 0 ? { start: at, before: commands - (typed ? 1 : 0) } : begun;
        moved = true;
      } else if (refused && answers[i] && text[0] === want.line[0]) {
        // That command was refused: what comes later answers another one.
        waiting[i] = undefined;
      }
    }
    return [waiting[wanted.length]?.start, moved];
  };
}
