import fc from "fast-check";
import { expect, test } from "vitest";
import { concat, fromBytes, toBytes, utf8Decode, utf8Encode } from "../src/sim/bytes.ts";

test("bytes survive the way through octets", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(toBytes(fromBytes(bytes))).toEqual(bytes);
    }),
  );
  const large = new Uint8Array(100_000).map((_, i) => i);
  expect(toBytes(fromBytes(large))).toEqual(large);
});

test("UTF-8 is written as TextEncoder writes it, and read as TextDecoder reads it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(toBytes(utf8Encode(text))).toEqual(new TextEncoder().encode(text));
      expect(utf8Decode(utf8Encode(text))).toBe(text);
    }),
  );
  expect(utf8Encode("\ud800")).toBe("\xef\xbf\xbd");
});

test.each(["\xff", "\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf5\x80\x80\x80", "a\x80b", "\xe2\x82"])(
  "octets that are no UTF-8 become U+FFFD: %j",
  (octets) => {
    const text = utf8Decode(octets);
    expect(text).toContain("\ufffd");
    expect(text.replaceAll("\ufffd", "")).toBe(octets.replaceAll(/[\x80-\xff]/g, ""));
  },
);

test("concat joins", () => {
  expect(concat([toBytes("ab"), toBytes(""), toBytes("c")])).toEqual(toBytes("abc"));
});
