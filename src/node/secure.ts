/**
 * TLS on a connection that began in the clear and may go back to it (RFC 4217 §4 and §12.3). It
 * gets a stream of its own between itself and the connection, since node:tls never gives a
 * connection back.
 */
import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { type SecureContext, TLSSocket } from "node:tls";
import type { TlsOutcome } from "../sim/net/network.ts";

/** What the server shows in the handshake. One context for all connections: so sessions can be taken up again. */
export interface TlsOptions {
  readonly context: SecureContext;
}

/** What the holder wants to hear. */
export interface SecureHandlers {
  done(outcome: TlsOutcome): void;
  data(bytes: Uint8Array): void;
  end(): void;
  drain(): void;
  error(): void;
}

/** TLS that is on, or being shaken hands on. */
export interface Secured {
  /** Where clear text goes in. */
  readonly stream: Duplex;
  /** Bytes that came from the other end. */
  feed(bytes: Uint8Array): void;
  /** The other end closed its connection. */
  cut(): void;
  /** Says close_notify; `done` when it has been handed on. */
  leave(done: () => void): void;
  /** The same, but the connection goes on in the clear: what is no TLS record is `data` then. */
  unwrap(done: () => void): void;
}

/** TLS's kinds of record: change_cipher_spec to heartbeat (RFC 8446 §5.1, RFC 6520). No FTP verb begins so. */
const isRecord = (first: number | undefined) => first !== undefined && first >= 20 && first <= 24;
const HEADER = 5;

/** Shakes hands as the server. */
export function secure(raw: Socket, options: TlsOptions, handlers: SecureHandlers): Secured {
  let standing = false;
  let over = false;
  let clear = false;
  const records = recordCounter();
  const between = new Duplex({
    read() {
      raw.resume();
    },
    write(bytes: Uint8Array, _encoding, done) {
      if (raw.destroyed) done();
      else raw.write(bytes, () => done());
    },
    final: (done) => done(),
  });
  const stream = new TLSSocket(between, { isServer: true, secureContext: options.context });
  const fail = (why: string) => {
    if (over) return;
    over = true;
    if (standing) handlers.error();
    else handlers.done({ ok: false, why });
  };
  stream.on("secure", () => {
    standing = true;
    const version = stream.getProtocol() ?? "";
    handlers.done({ ok: true, resumed: stream.isSessionReused(), version });
  });
  stream.on("data", (bytes: Uint8Array) => handlers.data(bytes));
  stream.on("end", () => {
    if (!clear) handlers.end();
  });
  stream.on("drain", () => handlers.drain());
  // Before the handshake is over node tells of errors here and nowhere else.
  stream.on("_tlsError", (error: Error & { reason?: string }) =>
    fail(error.reason ?? error.message),
  );
  stream.on("error", (error: Error & { reason?: string }) => fail(error.reason ?? error.message));
  stream.on("close", () => {
    if (!standing) fail("the connection closed");
  });
  between.on("error", () => {});

  const leave = (done: () => void) => {
    if (!standing || between.destroyed || between.writableFinished) done();
    else {
      between.once("close", done);
      between.once("finish", () => {
        between.off("close", done);
        done();
      });
      stream.end();
    }
  };
  return {
    stream,
    feed(bytes) {
      // While we are leaving, a record that began before the other end knew is still TLS's.
      const length = clear ? records.tlsPart(bytes) : records.pass(bytes);
      if (length > 0 && !between.destroyed && !between.push(bytes.subarray(0, length))) raw.pause();
      if (length < bytes.length) handlers.data(bytes.subarray(length));
    },
    cut() {
      if (!between.destroyed) between.push(null);
      if (!standing) fail("the connection closed");
    },
    leave,
    unwrap(done) {
      clear = true;
      leave(done);
    },
  };
}

/** Follows the borders of TLS records through a stream cut anywhere. */
function recordCounter() {
  /** Bytes of the present record that are still to come; of its header, if `header` has some. */
  let left = 0;
  let header: number[] = [];
  const walk = (bytes: Uint8Array, stop: boolean): number => {
    let at = 0;
    while (at < bytes.length) {
      if (left > 0) {
        const step = Math.min(left, bytes.length - at);
        left -= step;
        at += step;
        continue;
      }
      if (stop && header.length === 0 && !isRecord(bytes[at])) return at;
      header.push(bytes[at++]!);
      if (header.length === HEADER) {
        left = header[3]! * 256 + header[4]!;
        header = [];
      }
    }
    return at;
  };
  return {
    pass: (bytes: Uint8Array) => walk(bytes, false),
    tlsPart: (bytes: Uint8Array) => walk(bytes, true),
  };
}
