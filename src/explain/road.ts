/** What happens on the road: boxes that swallow, rewrite and forget, and packets that leave again. */
import { fromBytes } from "../sim/bytes.ts";
import type { Fact } from "../sim/facts.ts";
import type { Scenario } from "../sim/scenario.ts";
import type { Connection } from "./connections.ts";
import type { RungWriter } from "./rung-writer.ts";
import type { OnTheRoad, Rung } from "./rung.ts";

/** What boxes and faults are called, by their ids; the doings of a `hidden` one are told without its name. */
export type Titles = ReadonlyMap<string, { readonly title: string; readonly hidden: boolean }>;

/** The titles of a scenario's boxes and faults. */
export function titlesOf({ boxes = [], faults = [] }: Scenario): Titles {
  return new Map([
    ...boxes.map(({ id, title, secret = false }) => [id, { title, hidden: secret }] as const),
    // No map shows a fault: whoever looks for one must not read what it is called.
    ...faults.map(({ id, title }) => [id, { title, hidden: true }] as const),
  ]);
}

/** What can be seen of a dial that something hidden has stopped. */
const HIDDEN = {
  dropped: "It was lost on the way: neither yes nor no came back.",
  reset: "A plain no came back, at once.",
  unreachable: "Word came back that nobody may pass.",
};

/** Reads the facts of the road, and writes their rungs. */
export interface RoadReader {
  /** True if the fact was one of the road: it is told then, or needs no telling. */
  read(fact: Fact, connection: Connection | undefined): boolean;
  /** Which box kept a dial from its end, in a sentence. */
  whyStopped(connection: Connection): string | undefined;
  /** Whether a box that is known said no in the place of the one who was called. */
  turnedAway(connection: Connection): boolean;
}

/** A reader that writes with `writer`; `connections` are those of the trace, `whomOf` names one that is dialled. */
export function roadReader(
  writer: RungWriter,
  titles: Titles,
  connections: readonly Connection[],
  whomOf: (connection: Connection | undefined) => string | undefined,
): RoadReader {
  const titleOf = (id: string): string => titles.get(id)?.title ?? id;
  const isHidden = (id: string): boolean => titles.get(id)?.hidden ?? false;
  /** The newest rung, if it is of this connection and this kind. */
  const newest = (connection: Connection | undefined, kind: OnTheRoad["kind"]) => {
    const last = writer.rungs.at(-1);
    return last?.tells.kind === kind && last.conn === (connection?.conn ?? 0) ? last : undefined;
  };
  const wayOf = (connection: Connection | undefined, by: "dialler" | "listener"): Rung["way"] => {
    if (!connection || connection.away) return "none";
    return (by === "dialler") === connection.back ? "left" : "right";
  };

  /** What was said there may be sent again for long after it was hung up, in the middle of the next talk. */
  const isPast = ({ conn, role, endedAt }: Connection): boolean =>
    role === "control" &&
    endedAt !== undefined &&
    connections.some((one) => one.role === "control" && one.conn > conn);

  const dropped = (fact: Fact & { kind: "dropped" }, connection: Connection | undefined): void => {
    const { what, why, length } = fact;
    const box = isHidden(fact.box) ? undefined : titleOf(fact.box);
    const port = connection?.to.port ?? 0;
    const old = newest(connection, "dropped")?.tells;
    if (old?.kind === "dropped" && old.what === what && old.box === box) {
      writer.grow({ ...old, times: old.times + 1 });
      return;
    }
    const again = newest(connection, "again")?.tells;
    const times = what === "syn" && again?.kind === "again" ? again.attempt : 1;
    const tells = { kind: "dropped", box, what, why, port, length, times } as const;
    if (times > 1) writer.grow(tells);
    else {
      const whose = connection && isPast(connection) ? "of the call before" : undefined;
      writer.push(connection, wayOf(connection, fact.by), tells, { whose });
    }
  };

  return {
    read(fact, connection) {
      switch (fact.kind) {
        case "again": {
          // A first packet that a box swallows is counted where it is swallowed.
          if (newest(connection, "dropped")) return true;
          const tells = {
            kind: "again",
            port: connection?.to.port ?? 0,
            attempt: fact.attempt,
          } as const;
          if (newest(connection, "again")) writer.grow(tells);
          else {
            const whose = whomOf(connection);
            writer.push(connection, wayOf(connection, "dialler"), tells, { whose });
          }
          return true;
        }
        case "dropped":
          dropped(fact, connection);
          return true;
        case "rewritten": {
          const [before, after] = differing(fromBytes(fact.before), fromBytes(fact.after));
          const box = titleOf(fact.box);
          // What it lets through it may say before or after it writes: one rung tells both.
          const old = newest(connection, "expected")?.tells;
          const port = old?.kind === "expected" ? old.port : undefined;
          const tells = { kind: "rewritten", box, before, after, port } as const;
          if (old) writer.grow(tells);
          else writer.push(connection, "none", tells);
          return true;
        }
        case "expected": {
          const old = newest(connection, "rewritten")?.tells;
          const { port } = fact.to;
          if (old?.kind === "rewritten") writer.grow({ ...old, port });
          else writer.push(connection, "none", { kind: "expected", box: titleOf(fact.box), port });
          return true;
        }
        case "forgotten": {
          if (isHidden(fact.box)) return true;
          const port = connection?.to.port ?? 0;
          writer.push(connection, "none", { kind: "forgotten", box: titleOf(fact.box), port });
          return true;
        }
        case "switch":
          if (titles.has(fact.id)) {
            const box = titleOf(fact.id);
            writer.push(undefined, "none", { kind: "switch", box, on: fact.on });
          }
          return true;
        case "ping": {
          const old = writer.rungs.at(-1)?.tells;
          const same = old?.kind === "ping" && old.to === fact.to ? old : undefined;
          const tells = {
            kind: "ping",
            to: fact.to,
            times: (same?.times ?? 0) + 1,
            lost: (same?.lost ?? 0) + (fact.took === null ? 1 : 0),
            took: fact.took ?? same?.took ?? null,
          } as const;
          if (same) writer.grow(tells);
          else writer.push(undefined, "right", tells);
          return true;
        }
        // Both are told with the dial that they belong to.
        case "translated":
        case "rejected":
          return true;
        default:
          return false;
      }
    },
    turnedAway: ({ stopped }) => stopped?.how === "reset" && !isHidden(stopped.box),
    whyStopped({ stopped }) {
      if (!stopped) return undefined;
      const box = titleOf(stopped.box);
      if (isHidden(stopped.box)) return HIDDEN[stopped.how];
      switch (stopped.how) {
        case "dropped":
          return `Swallowed on the way, by “${box}”, without a word.`;
        case "reset":
          return `“${box}” answered in the place of the one who was called: refused.`;
        case "unreachable":
          return `“${box}” sent word back: nobody may pass here.`;
        default:
          return stopped.how satisfies never;
      }
    },
  };
}

/** The first run of digits and commas in which two lines differ, of each: "10,0,0,7,195,80". */
function differing(before: string, after: string): [string, string] {
  const numbers = /\d+(?:,\d+){5}|\|[^\r\n]*\|/;
  const [was] = numbers.exec(before) ?? [before.trim()];
  const [is] = numbers.exec(after) ?? [after.trim()];
  return [was, is];
}
