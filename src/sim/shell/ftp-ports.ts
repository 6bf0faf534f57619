/** How a client agrees about a data connection: the port it listens on, and what PORT, 227 and 229 say. */
import type { Endpoint } from "../facts.ts";
import type { HostNetwork, Listener } from "../net/network.ts";
import { formatHostPort, parseHostPort } from "../protocol/host-port.ts";
import { isIpv6 } from "../protocol/ipv6.ts";

/** Listens on any free port, as bind(2) with port 0 does. */
export function anyPort(
  net: HostNetwork,
  tries: number,
  done: (listener: Listener | undefined) => void,
): void {
  // Linux gives odd ones of its range to listeners first.
  const port = 32_769 + 2 * net.random(14_116);
  net.listen(port, (listener) => {
    if (listener !== undefined || tries === 0) done(listener);
    else anyPort(net, tries - 1, done);
  });
}

/** RFC 959 §4.1.2 (PORT) and RFC 2428 §2 (EPRT). */
export function portCommand(address: string, port: number): string {
  return isIpv6(address)
    ? `EPRT |2|${address}|${port}|`
    : `PORT ${formatHostPort({ address, port })}`;
}

/** The six numbers of 227, wherever they stand in its text: RFC 1123 §4.1.2.6 says to look for a digit. */
export function passivePort(text: string): Endpoint | undefined {
  return parseHostPort(/\d+(?:,\d+){5}/.exec(text)?.[0] ?? "");
}

/** The port of 229 (RFC 2428 §3); the address is the server's. */
export function extendedPort(text: string): Endpoint | undefined {
  const port = Number(/\((.)\1\1(\d+)\1\)/.exec(text)?.[2]);
  return port > 0 && port < 65_536 ? { address: "", port } : undefined;
}
