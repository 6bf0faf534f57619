/** Writes rungs one after the other and keeps the bands that run past them. */
import type { Connection } from "./connections.ts";
import type { Band, Rung, Telling, Wire } from "./rung.ts";

/** What a rung does besides telling. `ends` is the key of a band that ends with it. */
export interface More {
  readonly wire?: Wire;
  readonly begins?: Band;
  readonly ends?: string;
  readonly note?: string | undefined;
  readonly whose?: string | undefined;
  readonly secret?: boolean;
  readonly far?: Rung["far"] | undefined;
}

/** The writing end of a ladder. */
export interface RungWriter {
  readonly rungs: readonly Rung[];
  /** The bands that stand now. */
  readonly bands: readonly Band[];
  /** The moment, and the fact, of the rungs that follow. */
  moment(at: number, fact: number): void;
  readonly push: (
    connection: Connection | undefined,
    way: Rung["way"],
    tells: Telling,
    more?: More,
  ) => void;
  /** Changes the newest rung: the same stream goes on. */
  grow(tells: Telling): void;
  /** A band for something new, in lane `wish` or the outermost free one. Lane 0 is for control. */
  band(key: string, wire: Wire, dashed: boolean, wish?: number): Band;
  /** This band ends by itself: it is drawn up to the next rung, whatever that tells. */
  fade(key: string): void;
  /** The key of a band that fades. */
  readonly fading: readonly string[];
}

/** The key of a connection's band. */
export function bandKey(connection: Connection | undefined): string {
  return `conn ${connection?.conn ?? 0}`;
}

/** The key of a listened port's band; `yours` where a program of the learner listens. */
export function portKey(port: number, yours = false): string {
  return yours ? `your port ${port}` : `port ${port}`;
}

/** An empty ladder. */
export function rungWriter(): RungWriter {
  const rungs: Rung[] = [];
  /** Where each band is or was: what still comes for it is drawn there. */
  const lanes = new Map<string, number>();
  let bands: Band[] = [];
  let fading: string[] = [];
  let now = 0;
  let index = 0;
  const standing = () => bands.filter((band) => !fading.includes(band.key));

  return {
    rungs,
    get bands() {
      return standing();
    },
    get fading() {
      return fading;
    },
    moment(at, fact) {
      now = at;
      index = fact;
    },
    push(connection, way, tells, more = {}) {
      // At a port of its own choice a server is known only when it speaks.
      const talks = bandKey(connection);
      if (connection?.role === "control") {
        bands = bands.map((band) =>
          band.key === talks && band.wire === "other" ? { ...band, wire: "control" } : band,
        );
      }
      const over = (band: Band) => band.key === more.ends || fading.includes(band.key);
      const row = bands.map((band): Band => (over(band) ? { ...band, state: "ends" } : band));
      bands = bands.filter((band) => !over(band));
      fading = [];
      if (more.begins) {
        row.push({ ...more.begins, state: "begins" });
        bands.push(more.begins);
      }
      if (more.begins) lanes.set(more.begins.key, more.begins.lane);
      rungs.push({
        id: rungs.length,
        at: now,
        fact: index,
        wire: more.wire ?? connection?.role ?? "other",
        way,
        conn: connection?.conn ?? 0,
        window: connection?.window ?? 0,
        lane: lanes.get(bandKey(connection)) ?? more.begins?.lane ?? 0,
        bands: row,
        version: 0,
        tells,
        note: more.note,
        ...(more.whose === undefined ? {} : { whose: more.whose }),
        ...(more.secret === true && { secret: true }),
        ...(more.far === undefined ? {} : { far: more.far }),
      });
    },
    grow(tells) {
      const last = rungs.at(-1);
      if (last) rungs[last.id] = { ...last, version: last.version + 1, tells };
    },
    band(key, wire, dashed, wish) {
      const taken = standing();
      let free = wire === "control" ? 0 : 1;
      while (taken.some((band) => band.lane === free)) free++;
      return { key, wire, lane: wish ?? free, dashed, state: "through" };
    },
    fade(key) {
      if (bands.some((band) => band.key === key)) fading.push(key);
    },
  };
}
