/** How telnet comes to its connection: `resolve`, then `dialEach`, with the words it has for each failure. */
import { isLoopback } from "../net/address.ts";
import type { HostNetwork, Socket, SocketHandlers } from "../net/network.ts";
import { dialError } from "./dial-words.ts";
import { lookupFailure, portOf } from "./ports.ts";

/** Where a name and a service lead. */
export interface Target {
  readonly addresses: readonly string[];
  readonly port: number;
  /** The address to dial from (-b). */
  readonly from?: string | undefined;
}

/** Looks `host` and `service` up; or telnet's words for why nothing can be dialled. */
export function resolve(
  net: HostNetwork,
  host: string,
  service: string,
  wanted: 4 | 6 | undefined,
  bind?: string,
): Target | string {
  const port = portOf(service, host);
  if (typeof port === "string") return port;
  const from = bind === undefined ? undefined : net.lookup(bind, wanted)[0];
  if (bind !== undefined && from === undefined) {
    return `Could not resolve ${bind}: ${unresolved(net, bind, wanted)}`;
  }
  const family = from === undefined ? wanted : from.includes(":") ? 6 : 4;
  const addresses = net.lookup(host, family);
  if (addresses.length > 0) return { addresses, port, from };
  return lookupFailure(host, service, unresolved(net, host, family));
}

/** Why a name has no address: it may have some of the other family, or be one. */
function unresolved(net: HostNetwork, host: string, family: 4 | 6 | undefined): string {
  const others = family === undefined ? [] : net.lookup(host);
  if (others.includes(host)) return "Address family for hostname not supported";
  return others.length > 0 ? "No address associated with hostname" : "Name or service not known";
}

/** What hears how the dialling goes. */
export interface Dialling {
  say(line: string): void;
  /** A socket for one address: only the last of them can come to stand. */
  dialled(socket: Socket): void;
  /** The connection's own handlers, but for `onOpen` and `onFailed`. */
  readonly handlers: Omit<SocketHandlers, "onOpen" | "onFailed">;
  opened(): void;
  failed(): void;
}

/** Dials one address after the other, until one answers. */
export function dialEach(net: HostNetwork, target: Target, dialling: Dialling): void {
  const { addresses, port, from } = target;
  const [address = "", ...others] = addresses;
  dialling.say(`Trying ${address}...`);
  const wrong = from === undefined ? undefined : unusable(net, from, address);
  if (wrong !== undefined) {
    dialling.say(`telnet: ${wrong}`);
    dialling.failed();
    return;
  }
  const socket = net.dial(
    { address, port },
    {
      ...dialling.handlers,
      onOpen: () => dialling.opened(),
      onFailed(why) {
        const [words] = dialError(net, address, why);
        if (others.length > 0) {
          dialling.say(`Connection failed: ${words}`);
          dialEach(net, { ...target, addresses: others }, dialling);
        } else {
          dialling.say(`telnet: Unable to connect to remote host: ${words}`);
          dialling.failed();
        }
      },
    },
  );
  dialling.dialled(socket);
}

/** Why nothing leaves from this address, in the kernel's words. */
function unusable(net: HostNetwork, from: string, to: string): string | undefined {
  const own = isLoopback(from) || /^(?:0\.0\.0\.0|::)$/.test(from) || net.addresses?.includes(from);
  if (own !== true) return "bind: Cannot assign requested address";
  if (!isLoopback(from) || isLoopback(to)) return undefined;
  return "Unable to connect to remote host: Invalid argument";
}
