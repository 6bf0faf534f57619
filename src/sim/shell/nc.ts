/**
 * nc, with the words and manners of netcat-openbsd 1.219: `nc HOST PORT` and `nc -l PORT`. Bytes
 * pass untouched both ways, which telnet does not promise.
 *
 * Without -N the end of its input is not told to the other side, as in the real one. Where the other
 * side has closed first, a dialled nc still sends: who closed its half alone (-N) reads it, and who
 * closed for good answers the next line with a reset, by which nc notices.
 */
import { toBytes, utf8Encode } from "../bytes.ts";
import type { Listener, Socket, Timer } from "../net/network.ts";
import { dialError } from "./dial-words.ts";
import { createEditor } from "./editor.ts";
import { relay, warn } from "./files.ts";
import { finished } from "./flags.ts";
import { addressesOf, bindTo, nameOf } from "./nc-names.ts";
import { ncOptions, serviceName, type NcOptions } from "./nc-options.ts";
import type { Start, Typed } from "./program.ts";

/** Ports below are the superuser's (ip(7), ip_unprivileged_port_start), and the learner is none. */
const PRIVILEGED = 1024;

/** What is handed to the socket at once. */
const PIECE = 16_384;

/** Starts nc. */
export const nc: Start = (words, context) => {
  const { window, screen, net, input } = context;
  const asked = ncOptions(words);
  if ("says" in asked) {
    for (const line of asked.says) warn(context, line);
    context.exit(asked.status);
    return finished("nc");
  }
  const options: NcOptions = asked;
  const { verbose, numeric, wait } = options;
  let over = false;
  let socket: Socket | undefined;
  let listener: Listener | undefined;
  let connected = false;
  /** The other side has said that it sends no more. */
  let ended = false;
  let silence: Timer | undefined;
  /** What waits to be sent, and how much of its first piece is gone already. */
  let queue: Uint8Array[] = [];
  /** Lines that were typed before anybody was there to hear them. */
  const early: string[] = [];
  let sentOf = 0;
  let blocked = false;
  let inputOver = false;

  const tell = (text: string): void => {
    if (verbose) {
      editor.hide();
      warn(context, text);
      editor.show();
    }
  };

  const editor = createEditor(context.terminal ?? screen, {
    line(text) {
      if (input !== undefined || inputOver || options.deaf) return;
      if (!connected) early.push(text);
      else if (socket !== undefined && !ended) told(socket, text);
      give(toBytes(`${utf8Encode(text)}${options.crlf ? "\r\n" : "\n"}`));
    },
    interrupt() {
      (context.terminal ?? screen).echo("\r\n");
      leave(130);
    },
    endOfFile: endInput,
  });

  function told({ conn }: Socket, line: string): void {
    context.record({ kind: "line", window, conn, line });
  }

  function give(bytes: Uint8Array): void {
    queue.push(bytes);
    pump();
  }

  function endInput(): void {
    if (inputOver) return;
    inputOver = true;
    if (ended) leave(0);
    else pump();
  }

  /** Sends as much as the socket takes, and at the end says so if it was asked to. */
  function pump(): void {
    if (socket === undefined || !connected) return;
    watch();
    for (let first = queue[0]; first !== undefined && !blocked; first = queue[0]) {
      const piece = first.subarray(sentOf, sentOf + PIECE);
      sentOf += piece.length;
      if (sentOf >= first.length) {
        queue.shift();
        sentOf = 0;
      }
      blocked = !socket.write(piece);
    }
    if (!inputOver || queue.length > 0 || blocked) return;
    if (options.shut || options.quit !== undefined) socket.end();
    if (options.quit !== undefined) net.after(options.quit * 1000, () => leave(0));
  }

  /** -w: so long nothing may happen. */
  function watch(): void {
    silence?.cancel();
    if (wait !== undefined && wait > 0 && connected)
      silence = net.after(wait * 1000, () => leave(0));
  }

  function leave(status: number): void {
    if (over) return;
    hangUp();
    context.exit(status);
  }

  function hangUp(): void {
    over = true;
    silence?.cancel();
    socket?.close();
    listener?.close();
  }

  /** What both kinds of connection hear once they stand. */
  function hold(held: Socket, onEnd: () => void): void {
    held.handlers = {
      onData(bytes) {
        watch();
        editor.hide();
        relay(context, bytes, held.conn);
        editor.show();
      },
      onEnd,
      onReset: () => (options.listen ? onEnd() : leave(0)),
      onDrain() {
        blocked = false;
        pump();
      },
    };
    connected = true;
    held.resume();
    for (const line of early.splice(0)) told(held, line);
    pump();
  }

  function dialNext(targets: readonly { address: string; port: number }[], worked: boolean): void {
    const [target, ...rest] = targets;
    if (target === undefined) {
      leave(worked ? 0 : 1);
      return;
    }
    const { address, port } = target;
    const shown = address === options.host || numeric ? address : `${options.host} (${address})`;
    if (options.from !== undefined && options.from < PRIVILEGED) {
      warn(context, "nc: bind failed: Permission denied");
      leave(1);
      return;
    }
    if (options.from !== undefined && taken(options.from)) {
      warn(context, "nc: bind failed: Address already in use");
      leave(1);
      return;
    }
    let patience: Timer | undefined;
    const failed = (why: string): void => {
      patience?.cancel();
      tell(`nc: connect to ${shown} port ${port} (tcp) ${why}`);
      socket = undefined;
      dialNext(rest, worked);
    };
    const dialled = net.dial(
      target,
      {
        onOpen() {
          patience?.cancel();
          tell(
            `Connection to ${shown} ${port} port [tcp/${numeric ? "*" : serviceName(port)}] succeeded!`,
          );
          if (options.scan) {
            dialled.close();
            socket = undefined;
            // Other addresses of the same name are not tried for a port that answered.
            dialNext(
              rest.filter((other) => other.port !== port),
              true,
            );
          } else {
            hold(dialled, () => {
              ended = true;
              if (inputOver || options.deaf) leave(0);
            });
          }
        },
        onFailed: (why) => failed(`failed: ${dialError(net, address, why)[0]}`),
      },
      options.from,
    );
    socket = dialled;
    context.record({ kind: "attach", window, conn: dialled.conn });
    if (wait !== undefined && wait > 0) {
      patience = net.after(wait * 1000, () => {
        dialled.close();
        failed("timed out: Operation now in progress");
      });
    }
  }

  function taken(port: number): boolean {
    return net.sockets?.().some(({ local }) => local.port === port) ?? false;
  }

  /** Listens, and takes one call; with -k the next one after it. */
  function answer(port: number): void {
    if (port > 0 && port < PRIVILEGED) {
      warn(context, "nc: Permission denied");
      leave(1);
      return;
    }
    const place = bindTo(net, options);
    if (typeof place === "string") {
      warn(context, `nc: ${place}`);
      leave(1);
      return;
    }
    const opened = (made: Listener | undefined): void => {
      if (over) {
        made?.close();
        return;
      }
      if (made === undefined) {
        warn(context, "nc: Address already in use");
        leave(1);
        return;
      }
      listener = made;
      tell(`Listening on ${place.shown} ${made.port}`);
      made.onPending = take;
    };
    // listen(2) with 1.
    net.listen(port, opened, 1, place.only);
  }

  function take(): void {
    const called = connected ? undefined : listener?.take();
    if (called === undefined) return;
    socket = called;
    context.record({ kind: "attach", window, conn: called.conn });
    const { address, port } = called.remote;
    tell(`Connection received on ${nameOf(address, numeric)} ${port}`);
    // Without -k the port stays taken all the same: a second caller waits in the queue, and in vain.
    hold(called, () => {
      called.close();
      if (!options.keep) {
        leave(0);
        return;
      }
      connected = false;
      blocked = false;
      silence?.cancel();
      take();
    });
  }

  begin();
  return {
    name: "nc",
    typed(typed) {
      // What is left behind a line that ended nc is lost with it.
      for (let rest: Typed | undefined = typed; rest !== undefined; rest = editor.typed(rest)) {
        if (over) return;
      }
    },
    hangUp,
  };

  function begin(): void {
    const { host, ports } = options;
    if (input !== undefined) {
      if (input.length > 0) queue.push(input);
      inputOver = true;
    }
    if (options.listen) {
      answer(ports[0]!);
      return;
    }
    const addresses = addressesOf(net, options);
    if (typeof addresses === "string") {
      warn(context, `nc: getaddrinfo for host "${host}" port ${ports[0]}: ${addresses}`);
      leave(1);
      return;
    }
    dialNext(
      ports.flatMap((port) => addresses.map((address) => ({ address, port }))),
      false,
    );
  }
};
