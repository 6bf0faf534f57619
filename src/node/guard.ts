/**
 * What protects the machine that a server runs on, beside what the server itself would do: a real
 * server is guarded by its administrator, and some that are shown here had no bounds at all.
 */
import { toBytes } from "../sim/bytes.ts";
import type { HostNetwork, Listener } from "../sim/net/network.ts";
import type { Guards } from "./api.ts";
import type { NodeListener, NodeNetwork } from "./network.ts";
import type { NodeSocket } from "./socket.ts";

/** Wide enough for any honest use. */
export const DEFAULT_GUARDS: Guards = { connections: 4096, perAddress: 2048, line: 65_536 };

/** RFC 959 §5.4: the service closes the control connection. */
const TOO_MANY = toBytes("421 Too many connections.\r\n");

/** The network, whose first listener is `control`, already open and guarded. */
export function guarded(
  network: NodeNetwork,
  control: NodeListener,
  given: Partial<Guards> = {},
): HostNetwork {
  const guards = { ...DEFAULT_GUARDS, ...given };
  let handed = false;
  return {
    ...network,
    listen(port, done, backlog) {
      if (handed) network.listen(port, done, backlog);
      else {
        handed = true;
        done(guardedListener(control, guards));
      }
    },
  };
}

/** Whether a line is still short enough: nobody types one that never ends. */
function lineBound(longest: number): (bytes: Uint8Array) => boolean {
  let length = 0;
  return (bytes) => {
    const end = bytes.lastIndexOf(10);
    length = end < 0 ? length + bytes.length : bytes.length - end - 1;
    return length <= longest;
  };
}

function guardedListener(control: NodeListener, guards: Guards): Listener {
  const there = new Map<string, number>();
  let all = 0;
  const count = (address: string, by: 1 | -1) => {
    all += by;
    const now = (there.get(address) ?? 0) + by;
    if (now === 0) there.delete(address);
    else there.set(address, now);
  };
  const admit = (socket: NodeSocket): boolean => {
    const { address } = socket.remote;
    if (all >= guards.connections || (there.get(address) ?? 0) >= guards.perAddress) {
      socket.write(TOO_MANY);
      socket.close();
      return false;
    }
    count(address, 1);
    socket.onGone = () => count(address, -1);
    socket.inspect = lineBound(guards.line);
    return true;
  };
  return {
    port: control.port,
    get onPending() {
      return control.onPending;
    },
    set onPending(run) {
      control.onPending = run;
    },
    take() {
      for (;;) {
        const socket = control.take();
        if (socket === undefined || admit(socket)) return socket;
      }
    },
    close: () => control.close(),
  };
}
