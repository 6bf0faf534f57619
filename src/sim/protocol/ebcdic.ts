/**
 * EBCDIC and what this project keeps text in, one byte for one byte and back again: code page 037
 * against Latin-1. RFC 959 §3.1.1.2 ends a line by NL (0x15), so that is our LF, and NEL, which is
 * none of ours, takes the place of EBCDIC's LF (0x25).
 */

const TABLE =
  "000102039c09867f978d8e0b0c0d0e0f101112139d0a08871819928f1c1d1e1f" +
  "808182838485171b88898a8b8c050607909116939495960498999a9b14159e1a" +
  "20a0e2e4e0e1e3e5e7f1a22e3c282b7c26e9eaebe8edeeefecdf21242a293bac" +
  "2d2fc2c4c0c1c3c5c7d1a62c255f3e3ff8c9cacbc8cdcecfcc603a2340273d22" +
  "d8616263646566676869abbbf0fdfeb1b06a6b6c6d6e6f707172aabae6b8c6a4" +
  "b57e737475767778797aa1bfd0dddeae5ea3a5b7a9a7b6bcbdbe5b5dafa8b4d7" +
  "7b414243444546474849adf4f6f2f3f57d4a4b4c4d4e4f505152b9fbfcf9faff" +
  "5cf7535455565758595ab2d4d6d2d3d530313233343536373839b3dbdcd9da9f";

const fromTable = Uint8Array.from({ length: 256 }, (_, i) =>
  Number.parseInt(TABLE.slice(2 * i, 2 * i + 2), 16),
);
const toTable = new Uint8Array(256);
for (const [ebcdic, ours] of fromTable.entries()) toTable[ours] = ebcdic;

/** Our text to EBCDIC. */
export function toEbcdic(text: Uint8Array): Uint8Array {
  return text.map((byte) => toTable[byte]!);
}

/** EBCDIC to our text. */
export function fromEbcdic(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => fromTable[byte]!);
}
