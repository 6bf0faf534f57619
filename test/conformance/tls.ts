/**
 * TLS over a connection that began in the clear and may go back to it (RFC 4217 §4, CCC). TLS gets
 * a stream of its own between itself and the socket, because node:tls never gives a socket back.
 */
import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { connect } from "node:tls";
import type { Handshake } from "./wire.ts";

/** TLS that is on, or being shaken hands on. */
export interface Secured {
  /** Where clear text goes in. */
  readonly stream: Duplex;
  /** Bytes that came from the other end. */
  feed(bytes: Uint8Array): void;
  /** The other end closed its connection. */
  cut(): void;
  /** The session, for a data connection that takes it up again. */
  session(): Buffer | undefined;
  /** Says close_notify and waits for the other end's, a second at most. */
  leave(): Promise<void>;
}

/** What the line wants to hear. */
export interface SecuredHandlers {
  /** TLS takes the connection's bytes from now on. */
  begun(secured: Secured): void;
  data(bytes: Uint8Array): void;
  /** The other end said close_notify: what follows is in the clear. */
  left(): void;
  error(words: string): void;
}

/** Shakes hands as the client. TLS 1.2, whose sessions are known as soon as the handshake is over. */
export function secure(
  socket: Socket,
  patience: number,
  session: Buffer | undefined,
  handlers: SecuredHandlers,
): Promise<Handshake> {
  const between = new Duplex({
    read() {},
    write(bytes: Uint8Array, _encoding, done) {
      socket.write(bytes, done);
    },
    final: (done) => done(),
  });
  return new Promise((resolve) => {
    const stream = connect({
      socket: between,
      rejectUnauthorized: false,
      maxVersion: "TLSv1.2",
      ...(session === undefined ? {} : { session }),
    });
    let standing = false;
    const timer = setTimeout(() => stream.destroy(new Error("timed out")), patience);
    handlers.begun({
      stream,
      feed: (bytes) => between.push(bytes),
      cut: () => between.push(null),
      session: () => stream.getSession(),
      leave: () =>
        new Promise((done) => {
          const late = setTimeout(done, 1000);
          stream.once("close", () => {
            clearTimeout(late);
            done();
          });
          stream.end();
        }),
    });
    stream.on("data", (bytes: Uint8Array) => handlers.data(bytes));
    stream.on("end", () => handlers.left());
    stream.on("error", (error: Error & { reason?: string }) => {
      clearTimeout(timer);
      if (standing) handlers.error(error.reason ?? error.message);
      else resolve({ error: error.reason ?? error.message });
    });
    stream.once("secureConnect", () => {
      clearTimeout(timer);
      standing = true;
      resolve({ version: stream.getProtocol() ?? "", reused: stream.isSessionReused() });
    });
  });
}
