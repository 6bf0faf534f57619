/**
 * Compressed mode. RFC 959 §3.4.3: strings of three kinds, `0nnnnnnn` and n bytes of data;
 * `10nnnnnn` and one byte that stands there n times; `11nnnnnn`, n times the filler. A zero byte
 * escapes: the byte behind it is a descriptor as in block mode, for the string that follows.
 */
import { described, descriptor, descriptorOf } from "./block.ts";
import type { Piece, PieceReader } from "./record.ts";

const MOST_DATA = 127;
const MOST_COPIES = 63;
const COPIES = 0x80;
const FILLERS = 0xc0;
/** A run as short as this is not worth a string of its own: it costs two bytes and cuts the data in two. */
const WORTHWHILE = 4;

/** The filler: a blank in text, zero elsewhere; in EBCDIC its own blank. */
export const filler = { A: 0x20, E: 0x40, I: 0, L: 0 } as const;

/** The bytes of a piece in compressed mode. Its marks stand before its last string. */
export function encodeCompressed(piece: Piece, fill: number): Uint8Array {
  const { bytes, marker } = piece;
  const strings = marker === true ? [[bytes.length, ...bytes]] : stringsOf(bytes, fill);
  const bits = descriptorOf(piece);
  if (bits > 0) {
    // A string of no fillers: something must follow the descriptor.
    if (strings.length === 0) strings.push([FILLERS]);
    strings.splice(strings.length - 1, 0, [0, bits]);
  }
  return new Uint8Array(strings.flat());
}

function stringsOf(bytes: Uint8Array, fill: number): number[][] {
  const strings: number[][] = [];
  let data: number[] = [];
  const flush = () => {
    if (data.length > 0) strings.push([data.length, ...data]);
    data = [];
  };
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at]!;
    let end = at + 1;
    while (end < bytes.length && end - at < MOST_COPIES && bytes[end] === byte) end++;
    const run = end - at;
    if (run >= WORTHWHILE) {
      flush();
      strings.push(byte === fill ? [FILLERS | run] : [COPIES | run, byte]);
      at = end;
      continue;
    }
    data.push(byte);
    if (data.length === MOST_DATA) flush();
    at++;
  }
  flush();
  return strings;
}

/** A reader of compressed mode; a string comes out once it is whole. */
export function compressedReader(fill: number): PieceReader {
  let held: number[] = [];
  let bits = 0;
  const reader = { broken: false, over: false };
  /** Reads one string or descriptor off `held` at `at`; where the next begins, or -1 if it is not whole. */
  const next = (at: number, pieces: Piece[]): number => {
    const [head = 0, second = 0] = [held[at], held[at + 1]];
    const count = head < COPIES ? head : head & MOST_COPIES;
    const end = at + (head === 0 ? 2 : head < COPIES ? 1 + count : head < FILLERS ? 2 : 1);
    if (end > held.length) return -1;
    if (head === 0) {
      bits = second;
      reader.broken = (bits & 0x0f) !== 0 || bits === 0;
      return end;
    }
    const bytes =
      head < COPIES
        ? new Uint8Array(held.slice(at + 1, end))
        : new Uint8Array(count).fill(head < FILLERS ? second : fill);
    pieces.push({ bytes, ...described(bits) });
    reader.over = (bits & descriptor.endOfFile) !== 0;
    bits = 0;
    return end;
  };
  return Object.assign(reader, {
    take(bytes: Uint8Array): Piece[] {
      const pieces: Piece[] = [];
      for (const byte of bytes) held.push(byte);
      let at = 0;
      while (at < held.length && !reader.over && !reader.broken) {
        const end = next(at, pieces);
        if (end < 0) break;
        at = end;
      }
      held = held.slice(at);
      return pieces;
    },
  });
}
