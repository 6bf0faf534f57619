/**
 * A file with records on its way in stream mode. RFC 959 §3.4.1: "EOR and EOF will each be indicated
 * by a two-byte control code. The first byte … will be all ones, the escape character. The second
 * byte will have the low order bit on … for EOR and the second low order bit on for EOF"; "If a byte
 * of all ones was intended to be sent as data, it should be repeated in the second byte".
 */
import { concat } from "../bytes.ts";

/** A stretch of a file, and whether a record or the file ends behind it. Every transfer mode carries these. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly endOfRecord?: boolean;
  readonly endOfFile?: boolean;
  /** It is no data but a restart marker (§3.5). */
  readonly marker?: boolean;
  /** The sender suspects errors in it (§3.4.2). */
  readonly suspect?: boolean;
}

/** Reads pieces out of bytes that come cut anywhere. */
export interface PieceReader {
  /** The pieces that these bytes bring; data comes at once, also where its stretch goes on. */
  take(bytes: Uint8Array): Piece[];
  /** What came is against the rules, and nothing more is read. */
  readonly broken: boolean;
  /** The end of the file has come; what comes behind it is not looked at. */
  readonly over: boolean;
}

const ESCAPE = 0xff;
const EOR = 1;
const EOF = 2;

/** The bytes of a piece in stream mode with records. */
export function encodeRecord({ bytes, endOfRecord, endOfFile }: Piece): Uint8Array {
  const out: number[] = [];
  for (const byte of bytes) {
    out.push(byte);
    if (byte === ESCAPE) out.push(ESCAPE);
  }
  const code = (endOfRecord === true ? EOR : 0) + (endOfFile === true ? EOF : 0);
  if (code > 0) out.push(ESCAPE, code);
  return new Uint8Array(out);
}

/** A reader of stream mode with records. */
export function recordReader(): PieceReader {
  let escaped = false;
  const reader = { broken: false, over: false };
  return Object.assign(reader, {
    take(bytes: Uint8Array): Piece[] {
      const pieces: Piece[] = [];
      let data: number[] = [];
      for (const byte of bytes) {
        if (reader.over || reader.broken) break;
        if (!escaped) {
          if (byte === ESCAPE) escaped = true;
          else data.push(byte);
          continue;
        }
        escaped = false;
        if (byte === ESCAPE) data.push(ESCAPE);
        else if (byte < EOR || byte > EOR + EOF) reader.broken = true;
        else {
          reader.over = byte >= EOF;
          const endOfRecord = byte !== EOF;
          pieces.push({ bytes: new Uint8Array(data), endOfRecord, endOfFile: reader.over });
          data = [];
        }
      }
      if (data.length > 0) pieces.push({ bytes: new Uint8Array(data) });
      return pieces;
    },
  });
}

/** All bytes of some pieces. */
export function bytesOf(pieces: readonly Piece[]): Uint8Array {
  return concat(pieces.map(({ bytes }) => bytes));
}
