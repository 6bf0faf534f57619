/**
 * The client side of FTP (RFC 959): a user-PI with its user-DTP. `createFtpClient(net, hooks)`
 * dials, sends commands, reads replies, and agrees about data connections. It prints nothing:
 * `ftp.ts` gives it a screen.
 */
import { fromBytes, toBytes, utf8Decode, utf8Encode } from "../bytes.ts";
import type { Endpoint } from "../facts.ts";
import type { DialFailure, HostNetwork, Listener, Socket } from "../net/network.ts";
import { isIpv6 } from "../protocol/ipv6.ts";
import { anyPort, extendedPort, passivePort, portCommand } from "./ftp-ports.ts";

/** A reply that is there as a whole. `text` is what stands behind its code in the first line. */
export interface ClientReply {
  readonly code: number;
  readonly text: string;
}

/** What the owner of a client wants to hear. */
export interface ClientHooks {
  /** A connection was dialled, or came in. */
  attached?(conn: number): void;
  /** A command leaves; a password is not in `shown`. */
  sent?(shown: string, line: string, conn: number): void;
  /** One line came from the server. */
  line?(line: string): void;
  /** The server has closed the control connection, or broken it off; nothing more is heard. */
  lost(how: "closed" | "reset"): void;
  /** How a transfer's connection could not be agreed on, or failed. */
  trouble?(why: Trouble): void;
}

/** What can stand in the way of a data connection. */
export type Trouble =
  /** The dial came to nothing. */
  | { readonly kind: "dial"; readonly why: DialFailure }
  /** 227 or 229 could not be read. */
  | { readonly kind: "unreadable" }
  /** 227 names an address that is not the server's: a careful client does not dial it. */
  | { readonly kind: "mismatch" }
  /** No port is free to listen on. */
  | { readonly kind: "bind" };

/** One transfer. */
export interface TransferOrder {
  /** The command, as "RETR readme.txt". */
  readonly command: string;
  readonly passive: boolean;
  /** Where RETR or STOR is to begin. */
  readonly rest?: number;
  /** What is sent; without it, the client receives. */
  readonly send?: Uint8Array;
  /** 150 is there: bytes will move now. */
  begun?(): void;
  /** Bytes have come over `conn`. */
  receive?(bytes: Uint8Array, conn: number): void;
}

/** How a transfer ended: the last reply, if the control connection lived to bring one, and the bytes moved. */
export interface TransferEnd {
  readonly reply: ClientReply | undefined;
  readonly bytes: number;
}

/** A client. One command at a time: what is asked for while another runs is the owner's mistake. */
export interface FtpClient {
  /** The control connection stands. */
  readonly connected: boolean;
  /** A command is under way, and its reply to come. */
  readonly busy: boolean;
  /** Dials; `stands` hears that somebody is there, `done` the greeting, or why nobody answered. */
  open(to: Endpoint, stands: () => void, done: (outcome: ClientReply | DialFailure) => void): void;
  /** Sends a command; `done` hears the reply that ends it. */
  command(line: string, done: (reply: ClientReply) => void): void;
  transfer(order: TransferOrder, done: (end: TransferEnd) => void): void;
  /** Gives up what is under way: closes its data connection and says ABOR; `done` hears the last word on it. */
  abort(done: () => void): void;
  /** Closes everything. */
  close(): void;
}

const PIECE = 16_384;

/** Makes a client. */
export function createFtpClient(net: HostNetwork, hooks: ClientHooks): FtpClient {
  let control: Socket | undefined;
  let rest = "";
  /** The code of a reply whose last line is still to come. */
  let many: { code: string; text: string } | undefined;
  /** Who waits for the next reply. */
  let waiting: ((reply: ClientReply) => void) | undefined;
  let data: Socket | undefined;
  let listener: Listener | undefined;
  let connected = false;

  function heard(bytes: Uint8Array): void {
    const lines = (rest + fromBytes(bytes)).split("\n");
    rest = lines.pop() ?? "";
    for (const octets of lines) {
      if (control === undefined) return;
      takeLine(utf8Decode(octets.replace(/\r$/, "")));
    }
  }

  /** RFC 959 §4.2: "ddd-" opens a reply of many lines, the same code and a space end it. */
  function takeLine(line: string): void {
    hooks.line?.(line);
    const [, code, mark, text = ""] = /^(\d{3})([ -]|$)(.*)$/s.exec(line) ?? [];
    if (many !== undefined) {
      if (code !== many.code || mark === "-") return;
    } else if (code === undefined) return;
    else if (mark === "-") {
      many = { code, text };
      return;
    }
    const reply = { code: Number(code), text: many?.text ?? text };
    many = undefined;
    const hearer = waiting;
    waiting = undefined;
    hearer?.(reply);
  }

  function gone(how: "closed" | "reset"): void {
    drop();
    hooks.lost(how);
  }

  function drop(): void {
    control?.close();
    data?.close();
    listener?.close();
    control = data = listener = undefined;
    connected = false;
    waiting = undefined;
    many = undefined;
    rest = "";
  }

  function say(line: string): void {
    if (control === undefined) return;
    const shown = /^PASS /i.test(line) ? "PASS XXXX" : line;
    hooks.sent?.(shown, line, control.conn);
    control.write(toBytes(`${utf8Encode(line)}\r\n`));
  }

  function command(line: string, done: (reply: ClientReply) => void): void {
    const hear = (reply: ClientReply): void => {
      // A preliminary reply is not the end of a command.
      if (reply.code < 200) waiting = hear;
      else done(reply);
    };
    waiting = hear;
    say(line);
  }

  function transfer(order: TransferOrder, done: (end: TransferEnd) => void): void {
    const stop = (reply?: ClientReply): void => done({ reply, bytes: 0 });
    const go = order.passive ? dialFor : listenFor;
    go(stop, (ready) => {
      const ask = (): void => move(order, ready, done);
      if (order.rest === undefined) ask();
      else {
        command(`REST ${order.rest}`, (reply) => {
          if (reply.code < 400) ask();
          else {
            forget();
            stop(reply);
          }
        });
      }
    });
  }

  function forget(): void {
    data?.close();
    listener?.close();
    data = listener = undefined;
  }

  function dialFor(stop: (reply?: ClientReply) => void, ready: (take: Take) => void): void {
    const six = isIpv6(control?.remote.address ?? "");
    command(six ? "EPSV" : "PASV", (reply) => {
      if (reply.code >= 300) {
        stop(reply);
        return;
      }
      const to = six ? extendedPort(reply.text) : passivePort(reply.text);
      const peer = control?.remote.address ?? "";
      if (to === undefined) {
        hooks.trouble?.({ kind: "unreadable" });
        stop(reply);
      } else if (to.address !== "" && to.address !== peer) {
        hooks.trouble?.({ kind: "mismatch" });
        // The server listens for nothing now, and is told so.
        command("ABOR", stop);
      } else {
        const dialled = net.dial(
          { address: to.address || peer, port: to.port },
          {
            onOpen: () => ready((take) => take(dialled)),
            onFailed(why) {
              data = undefined;
              hooks.trouble?.({ kind: "dial", why });
              stop();
            },
          },
        );
        // What comes before 150 is for the one who reads the list or the file.
        dialled.pause();
        data = dialled;
        hooks.attached?.(dialled.conn);
      }
    });
  }

  function listenFor(stop: (reply?: ClientReply) => void, ready: (take: Take) => void): void {
    const { local } = control!;
    anyPort(net, 16, (opened) => {
      if (opened === undefined) {
        hooks.trouble?.({ kind: "bind" });
        stop();
        return;
      }
      listener = opened;
      command(portCommand(local.address, opened.port), (reply) => {
        if (reply.code >= 300) {
          forget();
          stop(reply);
          return;
        }
        ready((take) => {
          const accept = (): void => {
            const called = opened.take();
            if (called === undefined) return;
            opened.close();
            listener = undefined;
            data = called;
            hooks.attached?.(called.conn);
            take(called);
          };
          opened.onPending = accept;
          accept();
        });
      });
    });
  }

  /** Sends the command itself, and moves the bytes. The last reply and the last byte come in any order. */
  function move(order: TransferOrder, ready: Take, done: (end: TransferEnd) => void): void {
    let bytes = 0;
    let ended = false;
    let last: ClientReply | undefined;
    const finish = (): void => {
      if (last === undefined || !ended) return;
      forget();
      done({ reply: last, bytes });
    };
    const over = (): void => {
      ended = true;
      data?.close();
      data = undefined;
      finish();
    };
    let begun = false;
    const hear = (reply: ClientReply): void => {
      if (reply.code < 200) {
        waiting = hear;
        if (begun) return;
        begun = true;
        order.begun?.();
        ready((socket) => {
          if (order.send === undefined) receive(socket);
          else send(socket, order.send);
        });
        return;
      }
      last = reply;
      // A refusal brings no bytes; and a server that never called will not do so any more.
      if (!begun || reply.code >= 400 || data === undefined) over();
      else finish();
    };
    const receive = (socket: Socket): void => {
      socket.handlers = {
        onData(piece) {
          bytes += piece.length;
          order.receive?.(piece, socket.conn);
        },
        onEnd: over,
        onReset: over,
      };
      socket.resume();
    };
    const send = (socket: Socket, all: Uint8Array): void => {
      const pump = (): void => {
        while (bytes < all.length) {
          const piece = all.subarray(bytes, bytes + PIECE);
          bytes += piece.length;
          if (!socket.write(piece)) return;
        }
        over();
      };
      socket.handlers = { onDrain: pump, onReset: over };
      socket.resume();
      pump();
    };
    waiting = hear;
    say(order.command);
  }

  return {
    get connected() {
      return connected;
    },
    get busy() {
      return waiting !== undefined || data !== undefined || listener !== undefined;
    },
    open(to, stands, done) {
      const dialled = net.dial(to, {
        onOpen() {
          connected = true;
          stands();
          const greet = (reply: ClientReply): void => {
            // 120: "wait"; the greeting itself is still to come.
            if (reply.code < 200) waiting = greet;
            else done(reply);
          };
          waiting = greet;
        },
        onFailed(why) {
          control = undefined;
          done(why);
        },
        onData: heard,
        onEnd: () => gone("closed"),
        onReset: () => gone("reset"),
      });
      control = dialled;
      hooks.attached?.(dialled.conn);
    },
    command,
    transfer,
    abort(done) {
      forget();
      const hear = (reply: ClientReply): void => {
        // 4yz is about the transfer, and the answer to ABOR itself comes behind it.
        if (reply.code < 200 || (reply.code >= 400 && reply.code < 500)) waiting = hear;
        else done();
      };
      waiting = hear;
      say("ABOR");
    },
    close: drop,
  };
}

/** Hands over the data connection as soon as it stands. */
type Take = (take: (socket: Socket) => void) => void;
