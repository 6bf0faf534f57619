/** The engine's network on real sockets: what src/sim/net/network.ts promises, held on loopback. */
import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { createNodeNetwork, type NodeListener, type NodeNetwork } from "../../src/node/network.ts";
import { noTrace } from "../../src/sim/trace/trace.ts";
import { bytes, client, ending, heard, pair, pending, text } from "./pair.ts";

let network: NodeNetwork;

afterEach(() => network.close());

/** A network with a port open on it. */
async function listening(address = "127.0.0.1"): Promise<NodeListener> {
  network = createNodeNetwork({ address, sink: noTrace });
  return network.open(0);
}

describe("a listener", () => {
  it("lets connections wait, with what they say, until they are taken and resumed", async () => {
    const [far, near] = await pair(await listening());
    far.write("hello");
    const first = heard(near, "onData");
    near.resume();
    expect(text((await first) as Uint8Array)).toBe("hello");
    expect(near.remote.port).toBe(far.localPort);
  });

  it("hands out connections in the order of their coming", async () => {
    const listener = await listening();
    const ports: (number | undefined)[] = [];
    for (let i = 0; i < 3; i++) {
      const far = client(listener.port);
      await once(far, "connect");
      ports.push(far.localPort);
    }
    const taken: number[] = [];
    for (let i = 0; i < 3; i++) taken.push((await pending(listener)).remote.port);
    expect(taken).toEqual(ports);
  });

  it("resets what still waits when it closes, and is gone at once", async () => {
    const listener = await listening();
    const waiting = client(listener.port);
    await new Promise<void>((resolve) => {
      listener.onPending = resolve;
    });
    const end = ending(waiting);
    listener.close();
    expect(await end).toBe("ECONNRESET");
    const late = client(listener.port);
    expect(await ending(late)).toBe("ECONNREFUSED");
  });

  it("resets who comes when more wait than its backlog and one", async () => {
    network = createNodeNetwork({ address: "127.0.0.1", sink: noTrace });
    const listener = await new Promise<NodeListener>((resolve) => {
      network.listen(0, (made) => resolve(made as NodeListener), 1);
    });
    for (let i = 0; i < 2; i++) await once(client(listener.port), "connect");
    expect(await ending(client(listener.port))).toBe("ECONNRESET");
    expect([listener.take(), listener.take(), listener.take()].filter(Boolean)).toHaveLength(2);
  });

  it("says of a connection that was reset while it waited that it is reset, at once", async () => {
    const listener = await listening();
    const [far, near] = await pair(listener);
    await once(far, "connect");
    const gone = new Promise<void>((resolve) => {
      near.onGone = resolve;
    });
    far.resetAndDestroy();
    await gone;
    let reset = false;
    near.handlers = { onReset: () => (reset = true) };
    near.resume();
    expect(reset).toBe(true);
  });

  it("keeps one that closed in order while it waited, with what it said", async () => {
    const [far, near] = await pair(await listening());
    far.end("last words");
    const said = heard(near, "onData");
    const end = heard(near, "onEnd");
    near.resume();
    expect(text((await said) as Uint8Array)).toBe("last words");
    await end;
  });

  it("is not given for a port that is taken", async () => {
    const listener = await listening();
    const second = await new Promise((resolve) => {
      network.listen(listener.port, resolve);
    });
    expect(second).toBeUndefined();
    await expect(network.open(listener.port)).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it("shows an IPv4 client of a socket for both families by its IPv4 address", async () => {
    const [far, near] = await pair(await listening("::"));
    expect(near.remote).toEqual({ address: "127.0.0.1", port: far.localPort });
    expect(near.local.address).toBe("127.0.0.1");
  });
});

describe("a connection", () => {
  it("ends its half and still hears the other", async () => {
    const [far, near] = await pair(await listening());
    near.resume();
    near.write(bytes("bye"));
    near.end();
    expect(await ending(far)).toBe("end");
    const said = heard(near, "onData");
    far.write("one more");
    expect(text((await said) as Uint8Array)).toBe("one more");
  });

  it("closes after what was written, and resets what comes later", async () => {
    const [far, near] = await pair(await listening());
    near.resume();
    let got = "";
    far.on("data", (piece) => (got += String(piece)));
    near.write(bytes("221 Goodbye\r\n"));
    near.close();
    await once(far, "end");
    expect(got).toBe("221 Goodbye\r\n");
    const failed = once(far, "error");
    far.write("anybody there?");
    far.write("hello?");
    expect(await failed).toMatchObject([{ syscall: expect.any(String) as string }]);
  });

  it("breaks off", async () => {
    const [far, near] = await pair(await listening());
    near.resume();
    const end = ending(far);
    near.reset();
    expect(await end).toBe("ECONNRESET");
  });

  it("hears of a reset once, and bears every call afterwards", async () => {
    const [far, near] = await pair(await listening());
    await once(far, "connect");
    let resets = 0;
    const reset = new Promise<void>((resolve) => {
      near.handlers = {
        onReset() {
          resets++;
          resolve();
        },
      };
    });
    near.resume();
    far.resetAndDestroy();
    await reset;
    expect(near.write(bytes("x"))).toBe(true);
    near.end();
    near.close();
    near.reset();
    near.pause();
    near.resume();
    await new Promise(setImmediate);
    expect(resets).toBe(1);
  });

  it("asks to wait when the kernel is full, and goes on when there is room", async () => {
    const [far, near] = await pair(await listening());
    near.resume();
    far.pause();
    const piece = new Uint8Array(65_536).fill(7);
    let written = 0;
    let waits = 0;
    const total = 32 * 1024 * 1024;
    const done = new Promise<void>((resolve) => {
      const pump = () => {
        while (written < total) {
          written += piece.length;
          if (!near.write(piece)) {
            waits++;
            return;
          }
        }
        near.end();
        resolve();
      };
      near.handlers = { onDrain: pump };
      pump();
    });
    expect(written).toBeLessThan(total);
    let received = 0;
    far.on("data", (part) => (received += part.length));
    far.resume();
    await Promise.all([done, once(far, "end")]);
    expect(received).toBe(total);
    expect(waits).toBeGreaterThan(total / 262_144 - 2);
  });

  it("joins the small writes of one answer into one packet", async () => {
    const [far, near] = await pair(await listening());
    near.handlers = {
      onData() {
        for (let i = 0; i < 100; i++) near.write(bytes("200 OK\r\n"));
      },
    };
    near.resume();
    far.write("go");
    const [first] = (await once(far, "data")) as [Buffer];
    expect(String(first)).toBe("200 OK\r\n".repeat(100));
  });

  it("stops reading while it is paused, so that the sender stalls", async () => {
    const [far, near] = await pair(await listening());
    near.resume();
    near.pause();
    let got = 0;
    near.handlers = { onData: (piece) => (got += piece.length) };
    const big = Buffer.alloc(16 * 1024 * 1024);
    far.write(big);
    await new Promise(setImmediate);
    expect(got).toBe(0);
    expect(far.writableLength).toBeGreaterThan(0);
    const all = new Promise<void>((resolve) => {
      near.handlers.onData = (piece) => {
        got += piece.length;
        if (got === big.length) resolve();
      };
    });
    near.resume();
    await all;
  });

  it("is given up when what comes is not accepted", async () => {
    const [far, near] = await pair(await listening());
    near.inspect = (piece) => piece.length < 5;
    const reset = heard(near, "onReset");
    near.resume();
    far.write("too long");
    await reset;
    expect(near.dead).toBe(true);
  });
});

describe("dialling", () => {
  it("reaches a listener, and says refused where nobody listens", async () => {
    const listener = await listening();
    const near = network.dial({ address: "127.0.0.1", port: listener.port }, {});
    await heard(near, "onOpen");
    expect(near.local.port).toBe((await pending(listener)).remote.port);
    const { port } = listener;
    listener.close();
    expect(await heard(network.dial({ address: "127.0.0.1", port }, {}), "onFailed")).toBe(
      "refused",
    );
  });

  it("can be called off", async () => {
    const listener = await listening();
    const near = network.dial({ address: "127.0.0.1", port: listener.port }, {});
    let opened = false;
    near.handlers = { onOpen: () => (opened = true) };
    near.close();
    await network.close();
    expect(opened).toBe(false);
  });
});

describe("closing the network", () => {
  it("closes all connections and resolves", async () => {
    const listener = await listening();
    const [far, near] = await pair(listener);
    near.resume();
    const end = ending(far);
    await network.close();
    expect(await end).toBe("end");
  });
});
