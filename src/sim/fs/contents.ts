/** What is in a file: something that has a size and gives slices. A generated file costs no memory. */
import type { TreeEntry } from "../scenario.ts";
import { concat, toBytes, utf8Encode } from "../bytes.ts";

/** The contents of a file. */
export interface Contents {
  /** In bytes. */
  readonly size: number;
  /** The bytes from `offset`, at most `length` of them. */
  slice(offset: number, length: number): Uint8Array;
}

/** Contents held in memory. */
export function bytesContents(bytes: Uint8Array): Contents {
  return {
    size: bytes.length,
    slice: (offset, length) => bytes.subarray(offset, offset + length),
  };
}

/** Contents that are made when they are asked for: `fill` writes those from `offset` on. */
class Generated implements Contents {
  readonly size: number;
  private readonly fill: ((bytes: Uint8Array, offset: number) => void) | undefined;

  constructor(size: number, fill: Generated["fill"]) {
    this.size = size;
    this.fill = fill;
  }

  slice(offset: number, length: number): Uint8Array {
    const wanted = Math.max(0, Math.min(length, this.size - offset));
    if (this.fill === undefined && wanted <= ZEROS.length) return ZEROS.subarray(0, wanted);
    const bytes = new Uint8Array(wanted);
    this.fill?.(bytes, offset);
    return bytes;
  }
}

/** Nobody writes into a slice, so one block of zeros serves every file that has nothing else. */
const ZEROS = new Uint8Array(262_144);

/** Contents that grow as they are written. A piece that is written is kept as it is, and not copied. */
export class Written implements Contents {
  /** Pieces in order, without gaps: what is written behind the end is only added to them. */
  private pieces: Uint8Array[] = [];
  private length = 0;

  /** What was there before, to be written on; made-up contents are copied once. */
  static from(contents: Contents): Written {
    if (contents instanceof Written) return contents;
    const written = new Written();
    written.write(0, contents.slice(0, contents.size));
    return written;
  }

  get size(): number {
    return this.length;
  }

  slice(offset: number, length: number): Uint8Array {
    return this.whole().subarray(offset, Math.min(offset + length, this.length));
  }

  /**
   * Writes at `offset`; a gap before it is filled with zeros, as Unix does. The bytes are the
   * file's from then on: who wrote them must not change them.
   */
  write(offset: number, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    if (offset > this.length) this.add(new Uint8Array(offset - this.length));
    if (offset === this.length) {
      this.add(bytes);
      return;
    }
    // Into what is there: a copy, since a reader may still hold a slice of the old one.
    const whole = new Uint8Array(Math.max(this.length, offset + bytes.length));
    whole.set(this.whole());
    whole.set(bytes, offset);
    this.pieces = [whole];
    this.length = whole.length;
  }

  private add(piece: Uint8Array): void {
    this.pieces.push(piece);
    this.length += piece.length;
  }

  /** All pieces as one; they are joined when somebody first reads. */
  private whole(): Uint8Array {
    if (this.pieces.length !== 1) this.pieces = [concat(this.pieces)];
    return this.pieces[0]!;
  }
}

/** A line of the "lines" generator, 64 bytes with its LF, and where in it the number stands. */
const LINE = toBytes(
  `${"Line 000000000 of a long file, made up as it is read by you.".padEnd(63, ".")}\n`,
);
const NUMBER = { at: 5, digits: 9 } as const;

const generators = {
  zeros: undefined,
  /** Every 8 bytes are a counter, high byte first: each place of the file can be told from any other. */
  counter(bytes: Uint8Array, offset: number) {
    for (let i = 0; i < bytes.length; i++) {
      const at = offset + i;
      bytes[i] = Math.floor(at / 8 / 256 ** (7 - (at % 8))) & 255;
    }
  },
  /** Numbered lines of text. */
  lines(bytes: Uint8Array, offset: number) {
    const first = Math.floor(offset / LINE.length);
    const line = LINE.slice();
    for (let number = first + 1, at = first * LINE.length - offset; at < bytes.length; number++) {
      for (let i = NUMBER.digits - 1, rest = number; i >= 0; i--, rest = Math.floor(rest / 10)) {
        line[NUMBER.at + i] = 48 + (rest % 10);
      }
      const from = Math.max(0, -at);
      bytes.set(line.subarray(from, Math.min(LINE.length, bytes.length - at)), at + from);
      at += LINE.length;
    }
  },
} as const;

/** The contents that an entry of a scenario describes. */
export function entryContents(entry: TreeEntry): Contents {
  if (entry.generate !== undefined) {
    return new Generated(entry.generate.size, generators[entry.generate.kind]);
  }
  if (entry.base64 !== undefined) return bytesContents(fromBase64(entry.base64));
  return bytesContents(toBytes(utf8Encode(entry.text ?? "")));
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Base64 (RFC 4648 §4) to bytes; what is no digit is passed over. */
export function fromBase64(text: string): Uint8Array {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const char of text) {
    const value = DIGITS.indexOf(char);
    if (value < 0) continue;
    held = ((held << 6) | value) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
    }
  }
  return new Uint8Array(bytes);
}
