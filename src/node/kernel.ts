/** The kernel's words in ours. */
import type { DialFailure } from "../sim/net/network.ts";

/** Why a dial came to nothing, by the kernel's word for it. */
export const FAILURES: Readonly<Record<string, DialFailure>> = {
  ECONNREFUSED: "refused",
  ETIMEDOUT: "timeout",
  EHOSTUNREACH: "no-route",
  ENETUNREACH: "no-route",
  EADDRNOTAVAIL: "port-taken",
};

/** An IPv4 address that a socket for both families shows as IPv6 (RFC 4291 §2.5.5.2), as itself. */
export function plainAddress(address: string | undefined): string {
  return (address ?? "").replace(/^::ffff:(?=\d+\.)/i, "");
}
