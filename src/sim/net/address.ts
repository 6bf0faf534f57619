/** IPv4 and IPv6 addresses as text (RFC 791, RFC 4291 §2.2). */
import { canonicalIpv6, groupsOf, isIpv4 } from "../protocol/ipv6.ts";

/** Which family an address is of; undefined if it is none. */
export function family(text: string): 4 | 6 | undefined {
  if (isIpv4(text)) return 4;
  return canonicalIpv6(text) === undefined ? undefined : 6;
}

/** Whether `text` is an IPv4 or IPv6 address. */
export function isAddress(text: string): boolean {
  return family(text) !== undefined;
}

/**
 * The one way of writing an address: IPv6 as RFC 5952 §4 and §5 want it. What is no address stays as
 * it is.
 */
export function canonical(text: string): string {
  if (!text.includes(":")) return text;
  const six = canonicalIpv6(text) ?? text;
  const four = mapped(six);
  return four === undefined ? six : `::ffff:${four}`;
}

/** The IPv4 address that an IPv6 one stands for (RFC 4291 §2.5.5.2): Linux dials it over IPv4. */
export function mapped(text: string): string | undefined {
  const groups = text.includes(":") ? groupsOf(text) : undefined;
  if (groups === undefined || groups.slice(0, 6).join() !== "0,0,0,0,0,65535") return undefined;
  return dotted(groups[6]! * 65_536 + groups[7]!);
}

/**
 * IPv4 as C reads it where a name may stand (inet_aton(3)): 127.1 is 127.0.0.1, and so is 2130706433;
 * 0 in front means octal and 0x hexadecimal. Undefined if it is none, and so perhaps a name.
 */
export function aton(text: string): string | undefined {
  const parts = text.split(".");
  if (parts.length > 4) return undefined;
  if (!parts.every((part) => /^(0x[0-9a-f]+|0[0-7]*|[1-9]\d*)$/i.test(part))) return undefined;
  const numbers = parts.map((part) =>
    /^0\d/.test(part) ? Number.parseInt(part, 8) : Number(part),
  );
  // The last number fills all that is left.
  const last = numbers.pop()!;
  if (last >= 256 ** (4 - numbers.length) || numbers.some((number) => number > 255))
    return undefined;
  return dotted(numbers.reduce((sum, number, at) => sum + number * 256 ** (3 - at), last));
}

const dotted = (whole: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(whole / 2 ** shift) % 256).join(".");

/** Whether it means the very machine that uses it (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
export function isLoopback(address: string): boolean {
  return address.startsWith("127.") || address === "::1";
}

/** Whether it means many at once: multicast, or all on a cable (RFC 1122 §3.2.1.3). Nobody can be dialled there. */
export function isForMany(address: string, own: readonly string[]): boolean {
  if (address.includes(":")) return address.startsWith("ff");
  const first = Number(address.split(".")[0]);
  if ((first >= 224 && first < 240) || address === "255.255.255.255") return true;
  return address.endsWith(".255") && own.some((one) => areNeighbours(one, address));
}

/** Whether two addresses are on one cable: every network here is a /24, or a /64 of IPv6, as `ip addr` says. */
export function areNeighbours(one: string, other: string): boolean {
  const network = (address: string) =>
    (groupsOf(address)?.slice(0, 4) ?? address.split(".").slice(0, 3)).join(".");
  return family(one) === family(other) && network(one) === network(other);
}
