/** Patterns of the notation, what they name, and the goals that are made of them. */
import type { NotationEvent } from "../explain/notation.ts";
import { findHostPort } from "../explain/pasv.ts";

/** What a session has named so far: `data.port` → "62843". The bare name is the whole text. */
export type Values = Readonly<Record<string, string>>;

const PLACE = /\{(\w+)(?:\.(\w+))?(?:\|[^}]*)?\}/g;

/** Writes the values into a text. Undefined if one is not known yet. */
export function fill(text: string, values: Values): string | undefined {
  let whole = true;
  const filled = text.replace(PLACE, (_, name: string, part?: string) => {
    const value = values[part && part !== "text" ? `${name}.${part}` : name];
    if (value === undefined) whole = false;
    return value ?? "";
  });
  return whole ? filled : undefined;
}

/** `values` with `name` given to `text`; of six numbers their parts too, and the ports before. */
export function bind(values: Values, name: string, text: string): Values {
  const bound: Record<string, string> = { ...values, [name]: text };
  const found = findHostPort(text);
  if (!found) return bound;
  const port = String(found.port);
  const before = values[`${name}.port`];
  if (before && before !== port) {
    bound[`${name}.old`] = [values[`${name}.old`], before].filter(Boolean).join("|");
  }
  bound[`${name}.port`] = port;
  bound[`${name}.hi`] = String(found.numbers[4]);
  bound[`${name}.lo`] = String(found.numbers[5]);
  bound[`${name}.address`] = found.address;
  return bound;
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
  const found = new RegExp(`^${source}${end}`).exec(plain(text));
  if (!found) return undefined;
  return Object.fromEntries(names.map((name, at) => [name, found[at + 1] ?? ""]));
}

/** Watches one step's goal. */
export interface GoalWatch {
  /**
   * Takes the event at `at` and says how far it brought the goal: "reached", "nearer" or
   * undefined. `values` are those of that moment.
   */
  take(event: NotationEvent, at: number, values: Values): "reached" | "nearer" | undefined;
  /** Where the match that reached the goal begins. */
  readonly start: number;
}

/**
 * A goal's lines must come in order, other lines may stand between. A line `! pattern` must not
 * come between the lines around it; before the first line it counts from the step's beginning.
 */
export function watchGoal(ways: readonly (readonly string[])[]): GoalWatch {
  const watches = ways.map(watchWay);
  let start = -1;
  return {
    take(event, at, values) {
      let best: "nearer" | undefined;
      for (const watch of watches) {
        const [reached, moved] = watch(event, at, values);
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

type WayWatch = (event: NotationEvent, at: number, values: Values) => [number | undefined, boolean];

/**
 * `waiting[i]` is where the newest match begins whose first i lines have come; the newest is
 * enough, for an older one can reach nothing that it cannot.
 */
function watchWay(lines: readonly string[]): WayWatch {
  const wanted: { line: string; not: string[] }[] = [];
  let not: string[] = [];
  for (const line of lines) {
    if (line.startsWith("!")) not.push(line.slice(1).trim());
    else {
      wanted.push({ line, not });
      not = [];
    }
  }
  const waiting: (number | undefined)[] = [-1];
  return ({ text }, at, values) => {
    let moved = false;
    for (let i = wanted.length - 1; i >= 0; i--) {
      const want = wanted[i];
      if (!want || waiting[i] === undefined) continue;
      if (want.not.some((pattern) => match(pattern, text, values))) waiting[i] = undefined;
      else if (match(want.line, text, values)) {
        waiting[i + 1] = i === 0 ? at : waiting[i];
        moved = true;
      }
    }
    return [waiting[wanted.length], moved];
  };
}
