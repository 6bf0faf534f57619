/** Bytes for the data connection, made only as fast as they are wanted. */
import { type Octets, toBytes } from "../bytes.ts";
import type { Contents } from "../fs/contents.ts";
import type { Stream } from "./effect.ts";

/** A listing: each entry becomes a line when its turn comes. */
export function linesStream<T>(entries: readonly T[], line: (entry: T) => Octets): Stream {
  let at = 0;
  return {
    next(most) {
      if (at >= entries.length) return undefined;
      let octets = "";
      while (at < entries.length && octets.length < most) octets += `${line(entries[at++]!)}\r\n`;
      return toBytes(octets);
    },
  };
}

/** A file from `offset` on; `ascii` writes each LF that has no CR before it as CR LF (RFC 959 §3.1.1.1). */
export function contentsStream(contents: Contents, offset: number, ascii: boolean): Stream {
  let at = offset;
  let before = 0;
  return {
    next(most) {
      if (at >= contents.size) return undefined;
      const piece = contents.slice(at, most);
      at += piece.length;
      if (!ascii) return piece;
      const text = withCarriageReturns(piece, before);
      before = piece.at(-1) ?? 0;
      return text;
    },
  };
}

const CR = 13;
const LF = 10;

function withCarriageReturns(piece: Uint8Array, before: number): Uint8Array {
  const out = new Uint8Array(piece.length * 2);
  let length = 0;
  let last = before;
  for (const byte of piece) {
    if (byte === LF && last !== CR) out[length++] = CR;
    out[length++] = byte;
    last = byte;
  }
  return out.subarray(0, length);
}
