/** The rungs of what streams: bytes of data, and bytes that are lost. One rung grows while they come. */
import { fromBytes } from "../sim/bytes.ts";
import type { Connection } from "./connections.ts";
import type { RungWriter } from "./rung-writer.ts";
import type { Rung, Telling } from "./rung.ts";

/** How much of a stream is kept to be looked at, and how much is searched for line ends. */
const HEAD = 600;
const COUNTED = 1 << 16;

/** Writes such rungs; a new one is put in place with `push`. */
export function flowWriter(writer: RungWriter, push: RungWriter["push"]) {
  /** Adds to the newest rung if the same stream goes on there, else writes a new one. */
  const flow = (
    connection: Connection,
    way: Rung["way"],
    bytes: Uint8Array,
    waits = false,
  ): void => {
    const last = writer.rungs.at(-1);
    const same = last?.conn === connection.conn && last.way === way;
    const known = same && last.tells.kind === "bytes" ? last.tells : undefined;
    const old = known && (known.waits ?? false) === waits ? known : undefined;
    const head = old?.head ?? "";
    const length = (old?.length ?? 0) + bytes.length;
    const tells: Telling = {
      kind: "bytes",
      length,
      lines: length > COUNTED ? -1 : addLines(old?.lines ?? 0, bytes),
      head: head + fromBytes(bytes, 0, Math.min(bytes.length, HEAD - head.length)),
      ...(waits && { waits }),
    };
    if (old) writer.grow(tells);
    else push(connection, way, tells);
  };

  const lose = (connection: Connection, way: Rung["way"], length: number): void => {
    const last = writer.rungs.at(-1);
    if (last?.tells.kind === "lost" && last.conn === connection.conn && last.way === way) {
      writer.grow({ kind: "lost", length: last.tells.length + length });
    } else push(connection, way, { kind: "lost", length });
  };

  return { flow, lose };
}

/** Counts on, or gives up (-1) where the bytes are no text. */
function addLines(lines: number, bytes: Uint8Array): number {
  if (lines < 0 || bytes.includes(0)) return -1;
  let count = lines;
  for (const byte of bytes) if (byte === 10) count++;
  return count;
}
