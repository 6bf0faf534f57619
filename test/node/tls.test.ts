/** TLS on a connection that began in the clear (RFC 4217), and off again. */
import { once } from "node:events";
import type { Socket as NetSocket } from "node:net";
import { Duplex } from "node:stream";
import { connect as tlsConnect, createSecureContext, type TLSSocket } from "node:tls";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { makeCertificate } from "../../src/node/certificate.ts";
import { createNodeNetwork, type NodeListener, type NodeNetwork } from "../../src/node/network.ts";
import type { NodeSocket } from "../../src/node/socket.ts";
import type { TlsOutcome } from "../../src/sim/net/network.ts";
import { noTrace } from "../../src/sim/trace/trace.ts";
import { bytes, heard, pair, text } from "./pair.ts";

let network: NodeNetwork;

afterEach(() => network.close());

describe("TLS", () => {
  let context: ReturnType<typeof createSecureContext>;
  beforeAll(async () => {
    context = createSecureContext(await makeCertificate("127.0.0.1"));
  });

  async function tlsListening(): Promise<NodeListener> {
    network = createNodeNetwork({ address: "127.0.0.1", sink: noTrace, tls: () => ({ context }) });
    return network.open(0);
  }

  /** TLS by the client over a stream between it and the socket, so that it can be taken off again. */
  function secured(raw: NetSocket, options: { session?: Buffer; version: "TLSv1.2" | "TLSv1.3" }) {
    const between = new Duplex({
      read() {},
      write: (piece: Uint8Array, _encoding, done) => raw.write(piece, () => done()),
      final: (done) => done(),
    });
    const feed = (piece: Uint8Array) => between.push(piece);
    raw.on("data", feed);
    const { session, version } = options;
    const tls: TLSSocket = tlsConnect({
      socket: between,
      rejectUnauthorized: false,
      minVersion: version,
      maxVersion: version,
      ...(session && { session }),
    });
    tls.on("error", () => {});
    return { tls, off: () => raw.off("data", feed) };
  }

  /** Resolves when something waits to be read at this end. */
  const waiting = (near: NodeSocket) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (near.unread > 0) resolve();
        else setImmediate(look);
      };
      look();
    });

  const started = (near: NodeSocket) =>
    new Promise<TlsOutcome>((resolve) => {
      near.startTls?.(resolve);
    });

  it.each(["TLSv1.2", "TLSv1.3"] as const)(
    "speaks %s and tells a session taken up again",
    async (version) => {
      const listener = await tlsListening();
      let session: Buffer | undefined;
      for (const resumed of [false, true]) {
        const [far, near] = await pair(listener);
        near.resume();
        const outcome = started(near);
        const { tls } = secured(far, { version, ...(session && { session }) });
        tls.once("session", (given: Buffer) => (session = given));
        expect(await outcome).toEqual({ ok: true, resumed, version });
        near.handlers = { onData: (piece) => near.write(bytes(`${text(piece)} to you`)) };
        tls.write("hello");
        const [answer] = (await once(tls, "data")) as [Buffer];
        expect(String(answer)).toBe("hello to you");
        session ??= tls.getSession();
      }
    },
  );

  it.each(["TLSv1.2", "TLSv1.3"] as const)("goes back to the clear (%s)", async (version) => {
    const listener = await tlsListening();
    const [far, near] = await pair(listener);
    near.resume();
    const outcome = started(near);
    const { tls, off } = secured(far, { version });
    await outcome;
    near.handlers = { onData: (piece) => near.write(bytes(`got ${text(piece)}`)) };
    tls.write("CCC");
    await once(tls, "data");
    const ended = once(tls, "end");
    near.stopTls(() => {});
    // Written before the closing words have left: it must follow them.
    near.write(bytes("220 in the clear"));
    const clear = new Promise<string>((resolve) => {
      far.on("data", (piece) => {
        if (String(piece).includes("clear")) resolve(String(piece).slice(-16));
      });
    });
    await ended;
    tls.end();
    await once(tls, "close");
    expect(await clear).toBe("220 in the clear");
    off();
    far.write("PWD\r\n");
    expect(
      await new Promise((resolve) => {
        far.on("data", (piece) => resolve(String(piece)));
      }),
    ).toBe("got PWD\r\n");
  });

  it("drops what came in the clear before it was asked to start", async () => {
    const [far, near] = await pair(await tlsListening());
    const heardClear: string[] = [];
    near.handlers = { onData: (piece) => heardClear.push(text(piece)) };
    await once(far, "connect");
    far.write("USER mallory\r\n");
    await waiting(near);
    near.resume();
    const outcome = started(near);
    const { tls } = secured(far, { version: "TLSv1.2" });
    expect(await outcome).toMatchObject({ ok: true });
    tls.write("USER ada\r\n");
    near.handlers.onData = (piece) => {
      heardClear.push(text(piece));
      near.write(bytes("331\r\n"));
    };
    await once(tls, "data");
    expect(heardClear).toEqual(["USER ada\r\n"]);
  });

  it("takes up a handshake that began before it was asked to", async () => {
    const [far, near] = await pair(await tlsListening());
    const { tls } = secured(far, { version: "TLSv1.3" });
    await waiting(near);
    near.resume();
    expect(await started(near)).toMatchObject({ ok: true });
    tls.destroy();
  });

  it("tells why there was no handshake", async () => {
    const [far, near] = await pair(await tlsListening());
    near.resume();
    const outcome = started(near);
    far.write("USER ftptest\r\n");
    expect(await outcome).toMatchObject({ ok: false, why: expect.stringMatching(/\w/) as string });
    near.close();
  });

  it("tells of a client that leaves during the handshake", async () => {
    const [far, near] = await pair(await tlsListening());
    near.resume();
    const outcome = started(near);
    far.end();
    expect(await outcome).toMatchObject({ ok: false });
  });

  it("closes at once after the last words, and they arrive", async () => {
    const [far, near] = await pair(await tlsListening());
    near.resume();
    const outcome = started(near);
    const { tls } = secured(far, { version: "TLSv1.2" });
    await outcome;
    near.write(bytes("x".repeat(100_000)));
    near.end();
    near.close();
    let got = 0;
    tls.on("data", (piece: Buffer) => (got += piece.length));
    await once(tls, "end");
    expect(got).toBe(100_000);
  });

  it("hears the end of an encrypted upload, and a big download whole", async () => {
    const [far, near] = await pair(await tlsListening());
    near.resume();
    const outcome = started(near);
    const { tls } = secured(far, { version: "TLSv1.3" });
    await outcome;
    let up = 0;
    near.handlers = { onData: (piece) => (up += piece.length) };
    const end = heard(near, "onEnd");
    tls.end(Buffer.alloc(3_000_000));
    tls.once("finish", () => far.end());
    await end;
    expect(up).toBe(3_000_000);
    let written = 0;
    let down = 0;
    tls.on("data", (piece: Buffer) => (down += piece.length));
    const pump = () => {
      while (written < 8_000_000) {
        written += 80_000;
        if (!near.write(new Uint8Array(80_000))) return;
      }
      near.end();
    };
    near.handlers.onDrain = pump;
    pump();
    await once(tls, "end");
    expect(down).toBe(8_000_000);
  });
});
