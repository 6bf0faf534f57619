/** Bytes for the data connection, made only as fast as they are wanted. */
import { type Octets, toBytes } from "../bytes.ts";
import type { Contents } from "../fs/contents.ts";
import type { Stream } from "./effect.ts";

/** A listing: each entry becomes a line when its turn comes. A line of its own ends in CR LF. */
export function linesStream<T>(entries: Iterable<T>, line: (entry: T) => Octets): Stream {
  const iterator = entries[Symbol.iterator]();
  return {
    next(most) {
      const lines: Octets[] = [];
      for (let length = 0; length < most;) {
        const next = iterator.next();
        if (next.done === true) break;
        const text = line(next.value);
        lines.push(text);
        length += text.length + 2;
      }
      if (lines.length === 0) return undefined;
      lines.push("");
      return toBytes(lines.join("\r\n"));
    },
  };
}

/**
 * A file from `offset` to before `end`; `ascii` writes each LF that has no CR before it as CR LF
 * (RFC 959 §3.1.1.1), and counts in `added` how many CRs that were.
 */
export function contentsStream(
  contents: Contents,
  offset: number,
  ascii: boolean,
  end = contents.size,
): Stream {
  let at = offset;
  let before = 0;
  return {
    added: 0,
    next(most) {
      if (at >= end) return undefined;
      const piece = contents.slice(at, Math.min(most, end - at));
      if (piece.length === 0) return undefined; // it has shrunk meanwhile
      at += piece.length;
      if (!ascii) return piece;
      const text = withCarriageReturns(piece, before);
      before = piece.at(-1) ?? 0;
      this.added = (this.added ?? 0) + text.length - piece.length;
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

/**
 * Takes the CR out of each CR LF, also where the two come in different pieces. Without a piece, at the
 * end, it gives the CR that no LF has followed.
 */
export function withoutCarriageReturns(): (piece?: Uint8Array) => Uint8Array {
  let held = false;
  return (piece) => {
    if (piece === undefined) return new Uint8Array(held ? [CR] : []);
    const out = new Uint8Array(piece.length + 1);
    let length = 0;
    for (const byte of piece) {
      if (held && byte !== LF) out[length++] = CR;
      held = byte === CR;
      if (!held) out[length++] = byte;
    }
    return out.subarray(0, length);
  };
}
