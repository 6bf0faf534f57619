/** The kernel's words for a dial that came to nothing, as every program prints them: `dialError(…)`. */
import { isForMany } from "../net/address.ts";
import type { DialFailure, HostNetwork } from "../net/network.ts";

/** Words and number (errno.h) of each. */
export const DIAL_ERRORS: Readonly<Record<DialFailure, readonly [words: string, errno: number]>> = {
  refused: ["Connection refused", 111],
  timeout: ["Connection timed out", 110],
  "no-route": ["No route to host", 113],
  "port-taken": ["Cannot assign requested address", 99],
};

/** Why `address` could not be dialled. */
export function dialError(
  net: HostNetwork,
  address: string,
  why: DialFailure,
): readonly [words: string, errno: number] {
  const own = net.addresses ?? [];
  // A host without IPv6 knows it before a packet leaves, and so it is where nobody can be dialled.
  const homeless = address.includes(":") && own.every((one) => !one.includes(":"));
  const nowhere = why === "no-route" && (homeless || isForMany(address, own));
  return nowhere ? ["Network is unreachable", 101] : DIAL_ERRORS[why];
}
