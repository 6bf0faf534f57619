/** Two ends of a real connection: the engine's, and a client that the test plays. */
import { connect, type Socket as NetSocket } from "node:net";
import { afterEach } from "vitest";
import type { NodeListener } from "../../src/node/network.ts";
import type { NodeSocket } from "../../src/node/socket.ts";
import type { SocketHandlers } from "../../src/sim/net/network.ts";

/** Bytes as text. */
export const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
/** Text as bytes. */
export const bytes = (words: string) => Buffer.from(words, "latin1");

const clients: NetSocket[] = [];

/** A client of our own; it is gone after the test. */
export function client(port: number, address = "127.0.0.1"): NetSocket {
  const socket = connect({ host: address, port, allowHalfOpen: true });
  socket.on("error", () => {});
  clients.push(socket);
  return socket;
}

/** A client, and the server's end of its connection, not yet resumed. */
export async function pair(listener: NodeListener): Promise<[NetSocket, NodeSocket]> {
  const far = client(listener.port);
  return [far, await pending(listener)];
}

/** The connection that waits longest at a listener, as soon as there is one. */
export function pending(listener: NodeListener): Promise<NodeSocket> {
  return new Promise((resolve) => {
    const look = () => {
      const socket = listener.take();
      if (socket === undefined) return;
      listener.onPending = undefined;
      resolve(socket);
    };
    listener.onPending = look;
    look();
  });
}

/** Resolves when the handler is called, with its argument. */
export function heard(
  socket: { handlers: SocketHandlers },
  name: keyof SocketHandlers,
): Promise<unknown> {
  return new Promise((resolve) => {
    socket.handlers[name] = ((value: unknown) => resolve(value)) as never;
  });
}

/** How a client's connection ends: "end" or the error's code. */
export function ending(socket: NetSocket): Promise<string> {
  return new Promise((resolve) => {
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? ""));
    socket.once("end", () => resolve("end"));
    socket.resume();
  });
}

afterEach(() => {
  for (const one of clients.splice(0)) one.destroy();
});
