/** A port that is not FTP's: it says something, and hears what comes. */
import { toBytes, utf8Encode } from "../bytes.ts";
import type { ServiceSetup } from "../scenario.ts";
import type { HostNetwork } from "./network.ts";

/** Starts it. */
export function startService(net: HostNetwork, { port, says = "", closes }: ServiceSetup): void {
  net.listen(port, (listener) => {
    if (listener === undefined) return;
    listener.onPending = () => {
      const socket = listener.take();
      if (socket === undefined) return;
      socket.handlers = { onEnd: () => socket.close() };
      socket.resume();
      socket.write(toBytes(utf8Encode(says)));
      // What the caller sends is read and means nothing, so the close is one in order.
      if (closes === true) socket.end();
    };
  });
}
