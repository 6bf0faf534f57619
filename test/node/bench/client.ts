/** A client that measures: raw sockets, every answer checked, as little between as can be. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** One control connection. */
export class Session {
  readonly socket: Socket;
  private text = "";
  private waiting: ((reply: string) => void) | undefined;
  private lost: ((error: Error) => void) | undefined;
  private readonly replies: string[] = [];

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on("error", () => {});
    socket.on("data", (bytes) => this.hear(bytes));
    socket.on("close", () => this.lost?.(new Error("the connection is gone")));
  }

  /** Dials; resolves after the greeting. */
  static async open(port: number): Promise<Session> {
    const session = new Session(connect({ host: "127.0.0.1", port }));
    await session.expect("220");
    return session;
  }

  /** Dials and logs in. */
  static async logIn(port: number): Promise<Session> {
    const session = await Session.open(port);
    await session.ask("USER ftptest", "331");
    await session.ask("PASS guestpass", "230");
    return session;
  }

  /** Sends a command and checks its answer. */
  ask(line: string, code: string): Promise<string> {
    const answer = this.expect(code);
    this.socket.write(`${line}\r\n`);
    return answer;
  }

  /** The next reply, which must have this code. */
  async expect(code: string): Promise<string> {
    const reply = await new Promise<string>((resolve, reject) => {
      this.lost = reject;
      const ready = this.replies.shift();
      if (ready === undefined) this.waiting = resolve;
      else resolve(ready);
    });
    if (!reply.startsWith(code)) throw new Error(`${code} was expected, but came ${reply}`);
    return reply;
  }

  /** Opens a data connection by PASV. */
  async passive(): Promise<Socket> {
    const reply = await this.ask("PASV", "227");
    const numbers = /(\d+),(\d+)\)/.exec(reply) ?? [];
    const data = connect({
      host: "127.0.0.1",
      port: Number(numbers[1]) * 256 + Number(numbers[2]),
    });
    data.on("error", () => {});
    await once(data, "connect");
    return data;
  }

  /** Downloads and throws away; gives how many bytes came and when the first and the last. */
  async fetch(line: string): Promise<{ bytes: number; first: number; last: number }> {
    const data = await this.passive();
    const begun = performance.now();
    let bytes = 0;
    let first = 0;
    data.on("data", (piece) => {
      if (bytes === 0) first = performance.now() - begun;
      bytes += piece.length;
    });
    const end = once(data, "end");
    this.socket.write(`${line}\r\n`);
    const reply = await this.expect("1");
    await end;
    data.destroy();
    const last = performance.now() - begun;
    // Some servers say 150 and 226 before the data has passed, some send two lines.
    if (!reply.startsWith("2")) await this.expect("226");
    return { bytes, first, last };
  }

  quit(): Promise<string> {
    return this.ask("QUIT", "221");
  }

  close(): void {
    this.socket.destroy();
  }

  private hear(bytes: Uint8Array): void {
    this.text += Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
    for (;;) {
      // The last line of a reply: three digits and a space (RFC 959 §4.2).
      const found = /^(?:.*\r?\n)*?(\d{3} .*)\r\n/.exec(this.text);
      if (found === null) return;
      this.text = this.text.slice(found[0].length);
      const { waiting } = this;
      this.waiting = undefined;
      if (waiting === undefined) this.replies.push(found[1]!);
      else waiting(found[1]!);
    }
  }
}

/** NOOPs one after the other for so long; gives how many a second, and the longest wait in ms. */
export function noops(
  { socket }: Session,
  milliseconds: number,
  going: () => boolean = () => true,
): Promise<{ rate: number; longest: number }> {
  return new Promise((resolve) => {
    const heard = socket.listeners("data") as ((bytes: Buffer) => void)[];
    socket.removeAllListeners("data");
    const command = Buffer.from("NOOP\r\n");
    const begun = performance.now();
    let last = begun;
    let longest = 0;
    let count = 0;
    const turn = (bytes: Buffer) => {
      // A reply in two pieces waits for its end.
      if (bytes.at(-1) !== 10) return;
      if (bytes[0] !== 50) throw new Error(`NOOP was answered with ${bytes.toString()}`);
      const now = performance.now();
      if (now - last > longest) longest = now - last;
      last = now;
      count++;
      if (now - begun < milliseconds && going()) socket.write(command);
      else {
        socket.removeAllListeners("data");
        for (const one of heard) socket.on("data", one);
        resolve({ rate: (count * 1000) / (now - begun), longest });
      }
    };
    socket.on("data", turn);
    socket.write(command);
  });
}

/** So many NOOPs in one write, again and again; gives how many are answered a second. */
export function pipelined(
  { socket }: Session,
  each: number,
  milliseconds: number,
): Promise<number> {
  return new Promise((resolve) => {
    const heard = socket.listeners("data") as ((bytes: Buffer) => void)[];
    socket.removeAllListeners("data");
    const commands = Buffer.from("NOOP\r\n".repeat(each));
    const begun = performance.now();
    let count = 0;
    let rounds = 0;
    socket.on("data", (bytes: Buffer) => {
      for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++;
      if (count < (rounds + 1) * each) return;
      rounds++;
      const passed = performance.now() - begun;
      if (passed < milliseconds) socket.write(commands);
      else {
        socket.removeAllListeners("data");
        for (const one of heard) socket.on("data", one);
        resolve((count * 1000) / passed);
      }
    });
    socket.write(commands);
  });
}
