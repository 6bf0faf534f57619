/** How telnet comes to its connection: `resolve`, then `dialEach`, with the words it has for each failure. */
import type { HostNetwork, Socket, SocketHandlers } from "../net/network.ts";
import { dialError } from "./dial-words.ts";
import { lookupFailure, portOf } from "./ports.ts";

/** Where a name and a service lead. */
export interface Target {
  readonly addresses: readonly string[];
  readonly port: number;
}

/** Looks `host` and `service` up; or telnet's words for why nothing can be dialled. */
export function resolve(
  net: HostNetwork,
  host: string,
  service: string,
  family: 4 | 6 | undefined,
): Target | string {
  const port = portOf(service, host);
  if (typeof port === "string") return port;
  const addresses = net.lookup(host, family);
  if (addresses.length > 0) return { addresses, port };
  // It may have addresses of the other family, or be one.
  const others = family === undefined ? [] : net.lookup(host);
  const why = others.includes(host)
    ? "Address family for hostname not supported"
    : others.length > 0
      ? "No address associated with hostname"
      : "Name or service not known";
  return lookupFailure(host, service, why);
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
export function dialEach(net: HostNetwork, { addresses, port }: Target, dialling: Dialling): void {
  const [address = "", ...others] = addresses;
  dialling.say(`Trying ${address}...`);
  const socket = net.dial(
    { address, port },
    {
      ...dialling.handlers,
      onOpen: () => dialling.opened(),
      onFailed(why) {
        const [words] = dialError(net, address, why);
        if (others.length > 0) {
          dialling.say(`Connection failed: ${words}`);
          dialEach(net, { addresses: others, port }, dialling);
        } else {
          dialling.say(`telnet: Unable to connect to remote host: ${words}`);
          dialling.failed();
        }
      },
    },
  );
  dialling.dialled(socket);
}
