/**
 * The one place that turns text into bytes and back.
 *
 * Inside the simulator a byte string travels as `Octets`: a JavaScript string whose every
 * character is one byte, 0 to 255. It compares, splits and concatenates as cheaply as any
 * string and loses nothing, so a file name that is not valid UTF-8 survives every hop.
 * UTF-8 is read only where a person reads (`utf8Decode`), and written only where a person
 * types (`utf8Encode`).
 */
export type Octets = string;

/** Octets to bytes. A character above 255 is no octet; its low eight bits are taken. */
export function toBytes(octets: Octets): Uint8Array {
  const bytes = new Uint8Array(octets.length);
  for (let i = 0; i < octets.length; i++) bytes[i] = octets.charCodeAt(i);
  return bytes;
}

const SLICE = 8192;

/** Bytes to octets, from `start` to before `end`. */
export function fromBytes(bytes: Uint8Array, start = 0, end = bytes.length): Octets {
  if (start === 0 && end === bytes.length && end <= SLICE) return octetsOf(bytes);
  let octets = "";
  for (let at = start; at < end; at += SLICE) {
    octets += octetsOf(bytes.subarray(at, Math.min(at + SLICE, end)));
  }
  return octets;
}

/** As spreading does it, but that goes byte by byte through an iterator: seven times slower. */
const octetsOf = (bytes: Uint8Array): Octets =>
  String(Reflect.apply(String.fromCharCode, null, bytes));

/** Text as a person types it, to UTF-8 octets. A lone surrogate becomes U+FFFD, as in TextEncoder. */
export function utf8Encode(text: string): Octets {
  if (!/[\u0080-\uffff]/.test(text)) return text;
  let octets = "";
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x80) octets += char;
    else if (code < 0x800) {
      octets += String.fromCharCode(0xc0 | (code >> 6), 0x80 | (code & 63));
    } else if (code >= 0xd800 && code < 0xe000) octets += "\xef\xbf\xbd";
    else if (code < 0x10000) {
      octets += String.fromCharCode(
        0xe0 | (code >> 12),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
    } else {
      octets += String.fromCharCode(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
    }
  }
  return octets;
}

/** Octets as a person reads them: valid UTF-8 is decoded, any other byte becomes U+FFFD. */
export function utf8Decode(octets: Octets): string {
  let text = "";
  for (let i = 0; i < octets.length;) {
    const first = octets.charCodeAt(i);
    if (first < 0x80) {
      text += octets[i++];
      continue;
    }
    const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
    const code = length === 0 ? -1 : sequence(octets, i, length, first);
    if (code < 0) {
      text += "\ufffd";
      i++;
    } else {
      text += String.fromCodePoint(code);
      i += length;
    }
  }
  return text;
}

/** The code point of one UTF-8 sequence, or -1: cut off, overlong, a surrogate or out of range. */
function sequence(octets: Octets, at: number, length: number, first: number): number {
  if (at + length > octets.length || first > 0xf4) return -1;
  let code = first & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) {
    const next = octets.charCodeAt(at + i);
    if ((next & 0xc0) !== 0x80) return -1;
    code = (code << 6) | (next & 63);
  }
  const least = length === 2 ? 0x80 : length === 3 ? 0x800 : 0x10000;
  return code < least || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? -1 : code;
}

/** Joins byte arrays into one. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
