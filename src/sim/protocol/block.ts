/**
 * Block mode. RFC 959 §3.4.2: "a series of data blocks preceded by one or more header bytes": a
 * descriptor of 8 bits, then the count of the bytes that follow, in 16 bits.
 */
import { concat } from "../bytes.ts";
import type { Piece, PieceReader } from "./record.ts";

/** The descriptor's bits, which compressed mode has as well. */
export const descriptor = {
  endOfRecord: 128,
  endOfFile: 64,
  suspect: 32,
  marker: 16,
} as const;

const LARGEST = 0xffff;
const HEADER = 3;

/** The descriptor of a piece. */
export function descriptorOf(piece: Piece): number {
  let bits = 0;
  if (piece.endOfRecord === true) bits |= descriptor.endOfRecord;
  if (piece.endOfFile === true) bits |= descriptor.endOfFile;
  if (piece.suspect === true) bits |= descriptor.suspect;
  if (piece.marker === true) bits |= descriptor.marker;
  return bits;
}

/** What a descriptor says of the data behind it. */
export function described(bits: number): Omit<Piece, "bytes"> {
  return {
    ...((bits & descriptor.endOfRecord) !== 0 && { endOfRecord: true }),
    ...((bits & descriptor.endOfFile) !== 0 && { endOfFile: true }),
    ...((bits & descriptor.suspect) !== 0 && { suspect: true }),
    ...((bits & descriptor.marker) !== 0 && { marker: true }),
  };
}

/** A piece as blocks; one that is too long for a block becomes several, of which the last has its marks. */
export function encodeBlocks(piece: Piece): Uint8Array {
  const { bytes } = piece;
  const blocks: Uint8Array[] = [];
  let at = 0;
  for (; bytes.length - at > LARGEST; at += LARGEST) {
    blocks.push(header(0, LARGEST), bytes.subarray(at, at + LARGEST));
  }
  const rest = bytes.subarray(at);
  blocks.push(header(descriptorOf(piece), rest.length), rest);
  return concat(blocks);
}

function header(bits: number, count: number): Uint8Array {
  return new Uint8Array([bits, count >> 8, count & 0xff]);
}

/** A reader of block mode. A block comes out whole, with its marks. */
export function blockReader(): PieceReader {
  let held: Uint8Array = new Uint8Array(0);
  const reader = { broken: false, over: false };
  return Object.assign(reader, {
    take(bytes: Uint8Array): Piece[] {
      const pieces: Piece[] = [];
      held = concat([held, bytes]);
      while (held.length >= HEADER && !reader.over && !reader.broken) {
        const [bits = 0, high = 0, low = 0] = held;
        const end = HEADER + high * 256 + low;
        // Four bits are not defined.
        if ((bits & 0x0f) !== 0) reader.broken = true;
        else if (held.length < end) break;
        else {
          pieces.push({ bytes: held.slice(HEADER, end), ...described(bits) });
          reader.over = (bits & descriptor.endOfFile) !== 0;
          held = held.slice(end);
        }
      }
      return pieces;
    },
  });
}
