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

/** The one way of writing an address: IPv6 as RFC 5952 §4 wants it. What is no address stays as it is. */
export function canonical(text: string): string {
  return text.includes(":") ? (canonicalIpv6(text) ?? text) : text;
}

/** Whether it means the very machine that uses it (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
export function isLoopback(address: string): boolean {
  return address.startsWith("127.") || address === "::1";
}

/** Whether two addresses are on one cable: every network here is a /24, or a /64 of IPv6, as `ip addr` says. */
export function areNeighbours(one: string, other: string): boolean {
  const network = (address: string) =>
    (groupsOf(address)?.slice(0, 4) ?? address.split(".").slice(0, 3)).join(".");
  return family(one) === family(other) && network(one) === network(other);
}
