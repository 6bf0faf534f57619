/** Records, blocks, compressed strings, pages and EBCDIC: bytes by hand from RFC 959 §3, and round trips. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromBytes, toBytes } from "../../src/sim/bytes.ts";
import { blockReader, encodeBlocks } from "../../src/sim/protocol/block.ts";
import { compressedReader, encodeCompressed } from "../../src/sim/protocol/compressed.ts";
import { fromEbcdic, toEbcdic } from "../../src/sim/protocol/ebcdic.ts";
import { encodePage, type Page, pageReader } from "../../src/sim/protocol/page.ts";
import {
  encodeRecord,
  type Piece,
  type PieceReader,
  recordReader,
} from "../../src/sim/protocol/record.ts";

/** Pieces as they are compared: data that goes on is one stretch, marks stand behind it. */
function joined(pieces: readonly Piece[]): string[] {
  const parts: string[] = [];
  let data = "";
  for (const { bytes, endOfRecord, endOfFile, marker, suspect } of pieces) {
    const marks = [
      marker && "marker",
      suspect && "suspect",
      endOfRecord && "EOR",
      endOfFile && "EOF",
    ];
    const said = marks.filter((mark) => mark !== undefined && mark !== false);
    data += fromBytes(bytes);
    if (said.length === 0) continue;
    parts.push(`${data} ${said.join(" ")}`);
    data = "";
  }
  return data === "" ? parts : [...parts, data];
}

/** What a reader makes of these bytes whole, one by one, and with bytes behind the end of the file. */
function readings(reader: () => PieceReader, bytes: Uint8Array, ends: boolean): string[][] {
  const whole = reader();
  const bitwise = reader();
  const ways = [
    joined(whole.take(bytes)),
    joined(Array.from(bytes).flatMap((byte) => bitwise.take(new Uint8Array([byte])))),
  ];
  expect([whole.broken, bitwise.broken]).toEqual([false, false]);
  expect([whole.over, bitwise.over]).toEqual([ends, ends]);
  if (ends) ways.push(joined(reader().take(toBytes(`${fromBytes(bytes)}\x05trailing`))));
  return ways;
}

const text = (octets: string, marks: Omit<Piece, "bytes"> = {}): Piece => ({
  bytes: toBytes(octets),
  ...marks,
});

interface Mode {
  readonly encode: (piece: Piece) => Uint8Array;
  readonly reader: () => PieceReader;
}

const MODES: Readonly<Record<string, Mode>> = {
  "stream with records": { encode: encodeRecord, reader: recordReader },
  block: { encode: encodeBlocks, reader: blockReader },
  compressed: {
    encode: (piece) => encodeCompressed(piece, 0x20),
    reader: () => compressedReader(0x20),
  },
};

describe.each<{ mode: string; piece: Piece; bytes: string }>([
  { mode: "stream with records", piece: text("ab"), bytes: "ab" },
  { mode: "stream with records", piece: text("a\xffb"), bytes: "a\xff\xffb" },
  { mode: "stream with records", piece: text("a", { endOfRecord: true }), bytes: "a\xff\x01" },
  { mode: "stream with records", piece: text("", { endOfFile: true }), bytes: "\xff\x02" },
  {
    mode: "stream with records",
    piece: text("\xff", { endOfRecord: true, endOfFile: true }),
    bytes: "\xff\xff\xff\x03",
  },
  { mode: "block", piece: text("abc"), bytes: "\x00\x00\x03abc" },
  { mode: "block", piece: text("a", { endOfRecord: true }), bytes: "\x80\x00\x01a" },
  { mode: "block", piece: text("", { endOfFile: true }), bytes: "\x40\x00\x00" },
  {
    mode: "block",
    piece: text("a", { endOfRecord: true, endOfFile: true }),
    bytes: "\xc0\x00\x01a",
  },
  // The marker of six printing characters in the RFC's example, behind descriptor 16.
  { mode: "block", piece: text("123456", { marker: true }), bytes: "\x10\x00\x06123456" },
  { mode: "block", piece: text("x", { suspect: true }), bytes: "\x20\x00\x01x" },
  { mode: "compressed", piece: text("abc"), bytes: "\x03abc" },
  { mode: "compressed", piece: text("-----"), bytes: "\x85-" },
  { mode: "compressed", piece: text("     "), bytes: "\xc5" },
  { mode: "compressed", piece: text("a     b"), bytes: "\x01a\xc5\x01b" },
  { mode: "compressed", piece: text("123", { marker: true }), bytes: "\x00\x10\x03123" },
  { mode: "compressed", piece: text("a", { endOfRecord: true }), bytes: "\x00\x80\x01a" },
  { mode: "compressed", piece: text("ab----", { endOfFile: true }), bytes: "\x02ab\x00\x40\x84-" },
  { mode: "compressed", piece: text("", { endOfFile: true }), bytes: "\x00\x40\xc0" },
])("$mode: $piece", ({ mode, piece, bytes }) => {
  const { encode, reader } = MODES[mode]!;
  test("is written so", () => expect(fromBytes(encode(piece))).toBe(bytes));
  test("is read whole, byte by byte and with bytes trailing", () => {
    const ends = piece.endOfFile === true;
    for (const way of readings(reader, toBytes(bytes), ends)) expect(way).toEqual(joined([piece]));
  });
});

describe.each(Object.entries(MODES))("%s", (mode, { encode, reader }) => {
  const marks = fc.record({ endOfRecord: fc.boolean() });
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    // Runs, so that there is something to compress.
    fc
      .array(fc.tuple(fc.constantFrom(0, 0x20, 0xff, 65), fc.integer({ min: 1, max: 150 })), {
        maxLength: 4,
      })
      .map(
        (runs) =>
          new Uint8Array(
            runs.flatMap(([byte, times]) => Array.from({ length: times }, () => byte)),
          ),
      ),
  );
  const pieces = fc
    .array(fc.tuple(bytes, marks), { maxLength: 5 })
    .map((all) => all.map(([data, mark]): Piece => ({ bytes: data, ...mark })));

  test("comes back as it went, however it is cut", () => {
    fc.assert(
      fc.property(pieces, fc.array(fc.nat(400), { maxLength: 6 }), (sent, cuts) => {
        const whole = [...sent, text("", { endOfFile: true })];
        const wire = whole.flatMap((piece) => Array.from(encode(piece)));
        const places = [0, ...cuts.map((cut) => Math.min(cut, wire.length)), wire.length];
        const sorted = places.toSorted((a, b) => a - b);
        const taker = reader();
        const read = sorted.flatMap((from, i) =>
          taker.take(new Uint8Array(wire.slice(from, sorted[i + 1] ?? wire.length))),
        );
        expect(joined(read)).toEqual(joined(whole));
        expect(taker.over).toBe(true);
      }),
    );
  });

  test("never fails over nonsense", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 4 }), (parts) => {
        const taker = reader();
        for (const part of parts) taker.take(part);
        // What is broken or over takes nothing more.
        if (taker.broken || taker.over) expect(taker.take(toBytes("more"))).toEqual([]);
      }),
    );
  });

  const wrong = {
    "stream with records": "\xff\x04",
    block: "\x01\x00\x00",
    compressed: "\x00\x00",
  };
  test("says so if it is against the rules", () => {
    const taker = reader();
    taker.take(toBytes(wrong[mode as keyof typeof wrong]));
    expect(taker.broken).toBe(true);
  });
});

test("a piece too long for one block becomes several, the last with the marks", () => {
  const bytes = new Uint8Array(70_000).fill(65);
  const wire = encodeBlocks({ bytes, endOfRecord: true });
  expect(fromBytes(wire, 0, 3)).toBe("\x00\xff\xff");
  expect(fromBytes(wire, 3 + 65_535, 6 + 65_535)).toBe("\x80\x11\x71");
  const read = blockReader().take(wire);
  expect(read.map((piece) => piece.bytes.length)).toEqual([65_535, 4465]);
});

test("runs longer than 63 and data longer than 127 become several strings", () => {
  const run = encodeCompressed({ bytes: new Uint8Array(70).fill(65) }, 0);
  expect(fromBytes(run)).toBe("\xbfA\x87A");
  const data = Uint8Array.from({ length: 130 }, (_, i) => i);
  expect(encodeCompressed({ bytes: data }, 0x20)[0]).toBe(127);
  expect(encodeCompressed({ bytes: data }, 0x20)[128]).toBe(3);
});

describe("pages", () => {
  const pages: Page[] = [
    { index: 0, data: toBytes("abc"), type: 1 },
    { index: 7, data: toBytes(""), type: 1 },
    { index: 255, data: toBytes("y"), type: 2 },
    { index: 256, data: toBytes("z"), type: 1 },
    { index: 257, data: toBytes(""), type: 0 },
  ];
  const wire = pages.map((page) => fromBytes(encodePage(page))).join("");

  test("have a header of four bytes", () => {
    expect(wire.slice(0, 7)).toBe("\x04\x00\x03\x01abc");
    expect(wire.endsWith("\x04\x01\x00\x00")).toBe(true);
  });

  test("are read whole, byte by byte and with bytes trailing", () => {
    const one = pageReader();
    expect(one.take(toBytes(wire))).toEqual(pages);
    expect(one.over).toBe(true);
    const other = pageReader();
    expect(Array.from(toBytes(wire)).flatMap((byte) => other.take(new Uint8Array([byte])))).toEqual(
      pages,
    );
    expect(pageReader().take(toBytes(`${wire}\x04\x09\x01\x01x`))).toEqual(pages);
  });

  test("may have a longer header, as an access controlled one", () => {
    const [page] = pageReader().take(toBytes("\x05\x02\x01\x03\x99q"));
    expect(page).toEqual({ index: 2, data: toBytes("q"), type: 3 });
  });

  test.each(["\x03\x00\x00\x01", "\x04\x00\x00\x04"])("%j is none", (bytes) => {
    const reader = pageReader();
    expect(reader.take(toBytes(bytes))).toEqual([]);
    expect(reader.broken).toBe(true);
  });
});

describe("EBCDIC", () => {
  test("writes text as code page 037 has it, and ends a line by NL", () => {
    expect(fromBytes(toEbcdic(toBytes("Hello 09\n")))).toBe("\xc8\x85\x93\x93\x96\x40\xf0\xf9\x15");
  });

  test("comes back, every byte of it", () => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    expect(fromEbcdic(toEbcdic(all))).toEqual(all);
    expect(toEbcdic(fromEbcdic(all))).toEqual(all);
  });
});
