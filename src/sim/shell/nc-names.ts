/** What nc makes of names and addresses: where it listens, and how it calls whom it talks to. */
import { isLoopback } from "../net/address.ts";
import type { HostNetwork } from "../net/network.ts";
import type { NcOptions } from "./nc-options.ts";
import { whyUnknown } from "./ports.ts";

type Asked = Pick<NcOptions, "host" | "family" | "numeric">;

/** An address and no name. */
const LITERAL = /^[\d.]+$|:/;

/** What nc says of a name that it cannot dial, or the addresses behind it. */
export function addressesOf(
  net: HostNetwork,
  { host, family, numeric }: Asked,
): readonly string[] | string {
  const literal = LITERAL.test(host);
  if (literal && family !== undefined && (family === 6) !== host.includes(":"))
    return "Address family for hostname not supported";
  const found = numeric && !literal ? [] : net.lookup(host, family);
  return found.length > 0 ? found : whyUnknown(net, host, family);
}

/** Where nc listens: for whom (as `HostNetwork.listen` takes it), and what -v calls it; or why not. */
export function bindTo(
  net: HostNetwork,
  asked: Asked,
): { readonly only: 4 | 6 | string | undefined; readonly shown: string } | string {
  const found = asked.host === "" ? [] : addressesOf(net, asked);
  if (typeof found === "string") return `getaddrinfo: ${found}`;
  const [address] = found;
  // Without -6 it is IPv4 alone; with it both, for Linux lets [::] hear IPv4 too.
  if (address === undefined || address === "0.0.0.0" || address === "::") {
    const six = (address === undefined && asked.family === 6) || address === "::";
    return six ? { only: undefined, shown: "::" } : { only: 4, shown: "0.0.0.0" };
  }
  const own = isLoopback(address) || net.addresses?.includes(address) === true;
  if (!own) return "Cannot assign requested address";
  return { only: address, shown: nameOf(address, asked.numeric) };
}

/** It asks for the names of addresses, and knows but one. */
export function nameOf(address: string, numeric: boolean): string {
  return !numeric && /^(127\.0\.0\.1|::1)$/.test(address) ? "localhost" : address;
}
