/**
 * An address and a port as FTP writes them: `h1,h2,h3,h4,p1,p2` (RFC 959 §4.1.2) and
 * `|1|132.235.1.2|6275|` (RFC 2428 §2).
 */
import type { Endpoint } from "../facts.ts";

/** 67.208.93.232 port 62843 as `67,208,93,232,245,123`: six bytes in decimal, the port's high byte first. */
export function formatHostPort({ address, port }: Endpoint): string {
  return `${address.replaceAll(".", ",")},${port >> 8},${port & 255}`;
}

/** `h1,h2,h3,h4,p1,p2` and nothing else; undefined if it is not that. Each is 0 to 255. */
export function parseHostPort(text: string): Endpoint | undefined {
  const parts = text.split(",");
  const bytes = parts.map(Number);
  const fits = parts.every((part, i) => /^\d{1,3}$/.test(part) && bytes[i]! <= 255);
  if (parts.length !== 6 || !fits) return undefined;
  return { address: bytes.slice(0, 4).join("."), port: bytes[4]! * 256 + bytes[5]! };
}

/** What stands between the bars of EPRT: protocol, address, port. */
export interface ExtendedAddress {
  readonly protocol: string;
  readonly address: string;
  readonly port: string;
}

/** `<d>protocol<d>address<d>port<d>`, the delimiter being any printable character; undefined if it is not that. */
export function parseExtended(text: string): ExtendedAddress | undefined {
  const mark = text.charAt(0);
  const parts = text.split(mark);
  if (mark === "" || parts.length !== 5 || parts[4] !== "") return undefined;
  return { protocol: parts[1] ?? "", address: parts[2] ?? "", port: parts[3] ?? "" };
}
