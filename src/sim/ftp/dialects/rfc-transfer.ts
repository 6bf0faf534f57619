/**
 * What goes over the data connection: the representation of RFC 959 §3.1 (TYPE and STRU) in the
 * modes of §3.4. A file here is bytes, and a line of it, ended by LF, is a record.
 */
import { concat, type Octets, toBytes } from "../../bytes.ts";
import type { Contents } from "../../fs/contents.ts";
import { blockReader, encodeBlocks } from "../../protocol/block.ts";
import { compressedReader, encodeCompressed, filler } from "../../protocol/compressed.ts";
import { fromEbcdic, toEbcdic } from "../../protocol/ebcdic.ts";
import { encodePage, PAGE, pageReader, pageType } from "../../protocol/page.ts";
import { encodeRecord, type Piece, type PieceReader, recordReader } from "../../protocol/record.ts";
import type { Stream } from "../effect.ts";
import type { Session } from "../state.ts";
import { withoutCarriageReturns } from "../stream.ts";

/** How the two sides agreed to transfer. */
export type Manner = Pick<Session, "type" | "structure" | "mode">;

const PIECE = 16_384;
const CR = 13;
const LF = 10;
const NOTHING = new Uint8Array(0);

/** A file's bytes from `offset`, a piece at a time. */
export function* bytesFrom(contents: Contents, offset: number): Generator<Uint8Array> {
  for (let at = offset; at < contents.size;) {
    const piece = contents.slice(at, Math.min(PIECE, contents.size - at));
    if (piece.length === 0) return; // it has shrunk meanwhile
    at += piece.length;
    yield piece;
  }
}

/** A listing's lines as a file has them. */
export function* bytesOfLines(lines: Iterable<Octets>): Generator<Uint8Array> {
  for (const line of lines) yield toBytes(`${line}\n`);
}

/** The bytes of a download. */
export function downStream(source: Iterable<Uint8Array>, manner: Manner): Stream {
  const pieces = piecesOf(source, manner)[Symbol.iterator]();
  return {
    next() {
      for (let next = pieces.next(); next.done !== true; next = pieces.next()) {
        const bytes = encode(next.value, manner);
        if (bytes.length > 0) return bytes;
      }
      return undefined;
    },
  };
}

function encode(piece: Piece, { type, structure, mode }: Manner): Uint8Array {
  if (mode === "B") return encodeBlocks(piece);
  if (mode === "C") return encodeCompressed(piece, filler[type]);
  return structure === "R" ? encodeRecord(piece) : piece.bytes;
}

/** The file in its type and structure; in stream mode the last piece is the closing of the connection. */
function* piecesOf(source: Iterable<Uint8Array>, manner: Manner): Generator<Piece> {
  const { type, structure } = manner;
  const own = (bytes: Uint8Array) => (type === "E" ? toEbcdic(bytes) : bytes);
  if (structure === "P") {
    for (const page of pagesOf(source))
      yield { bytes: encodePage({ ...page, data: own(page.data) }) };
  } else if (structure === "R") {
    for (const { bytes, endOfRecord = false } of recordsOf(source))
      yield { bytes: own(bytes), endOfRecord };
  } else if (type === "A") {
    let before = 0;
    for (const bytes of source) {
      yield { bytes: withLineEnds(bytes, before) };
      before = bytes.at(-1) ?? before;
    }
  } else for (const bytes of source) yield { bytes: own(bytes) };
  yield { bytes: NOTHING, endOfFile: true };
}

/** LF as CR LF, unless it is that already. */
function withLineEnds(bytes: Uint8Array, before: number): Uint8Array {
  const out: number[] = [];
  let last = before;
  for (const byte of bytes) {
    if (byte === LF && last !== CR) out.push(CR);
    out.push(byte);
    last = byte;
  }
  return new Uint8Array(out);
}

/** Lines without their ends; one that is cut goes on in the next piece. */
function* recordsOf(source: Iterable<Uint8Array>): Generator<Piece> {
  for (const bytes of source) {
    let start = 0;
    for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, start)) {
      yield { bytes: bytes.subarray(start, end), endOfRecord: true };
      start = end + 1;
    }
    if (start < bytes.length) yield { bytes: bytes.subarray(start) };
  }
}

function* pagesOf(source: Iterable<Uint8Array>) {
  let held: Uint8Array = NOTHING;
  let index = 0;
  for (const bytes of source) {
    held = concat([held, bytes]);
    for (; held.length >= PAGE; held = held.subarray(PAGE)) {
      yield { index: index++, data: held.subarray(0, PAGE), type: pageType.simple };
    }
  }
  if (held.length > 0) yield { index: index++, data: held, type: pageType.simple };
  yield { index, data: NOTHING, type: pageType.last };
}

/** What an upload has come to with these bytes. */
export type Taken = "more" | "whole" | "nonsense" | "unknown page";

/** Takes the bytes of an upload. */
export interface Upload {
  take(bytes: Uint8Array): Taken;
  /** The client has closed the connection: whether that is the end of the file. */
  closed(): boolean;
}

/** Reads an upload; `write` gets bytes of the file with their place from its start, `mark` restart markers. */
export function upload(
  manner: Manner,
  write: (place: number, bytes: Uint8Array) => void,
  mark: (marker: Uint8Array, place: number) => void,
): Upload {
  const { type, structure, mode } = manner;
  const reader = readerOf(manner);
  const pages = structure === "P" ? pageReader() : undefined;
  const lines = type === "A" && structure === "F" ? withoutCarriageReturns() : undefined;
  let place = 0;
  const put = (bytes: Uint8Array) => {
    const own = type === "E" ? fromEbcdic(bytes) : (lines?.(bytes) ?? bytes);
    write(place, own);
    place += own.length;
  };
  const takePage = (bytes: Uint8Array) => {
    for (const page of pages?.take(bytes) ?? []) {
      if (page.type === pageType.descriptor) continue;
      if (page.type !== pageType.last) place = page.index * PAGE;
      put(page.data);
    }
  };
  const marked = mode !== "S" || structure === "R";
  return {
    take(bytes) {
      for (const piece of reader.take(bytes)) {
        if (piece.marker === true) mark(piece.bytes, place);
        else if (pages !== undefined) takePage(piece.bytes);
        else put(piece.bytes);
        if (piece.endOfRecord === true && structure === "R") {
          write(place, new Uint8Array([LF]));
          place++;
        }
      }
      if (reader.broken) return "nonsense";
      if (pages?.broken === true) return "unknown page";
      return (marked ? reader.over : pages?.over === true) ? "whole" : "more";
    },
    closed: () => (marked ? reader.over : pages === undefined || pages.over),
  };
}

function readerOf({ type, structure, mode }: Manner): PieceReader {
  if (mode === "B") return blockReader();
  if (mode === "C") return compressedReader(filler[type]);
  if (structure === "R") return recordReader();
  // The end of the connection is the end of the file.
  return { broken: false, over: false, take: (bytes) => [{ bytes }] };
}
