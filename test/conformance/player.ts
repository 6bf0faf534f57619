/**
 * Plays a script at a server, over any wire, and writes down every byte of both connections with
 * the number of the command that it belongs to.
 *
 * When the player waits, and for how long, decides which command a reply is counted to, so these
 * rules are part of the recordings' format: after a command, one reply (at most 12 s), then 40 ms
 * for what follows closely; before the next command, whatever has come belongs to the one before.
 * `@wait` waits for the final reply of a transfer; with nothing under way, 150 ms.
 */
import type { Octets } from "../../src/sim/bytes.ts";
import { Control } from "./control.ts";
import { DataConnections, type Stage } from "./data.ts";
import type { Entry, Recording } from "./events.ts";
import { type Script, substitute, unescape } from "./scenario.ts";
import type { Wire } from "./wire.ts";

/** Where and as whom to play. */
export interface PlayOptions {
  readonly address: string;
  readonly port: number;
  readonly user?: string;
  readonly password?: string;
}

/** Plays a script to its end. */
export async function play(script: Script, wire: Wire, options: PlayOptions): Promise<Recording> {
  const player = new Player(wire, options);
  await player.run(script.steps);
  return {
    meta: { scenario: script.name, header: script.header, steps: script.steps.length },
    entries: player.entries,
  };
}

class Player implements Stage {
  readonly entries: Entry[] = [];
  readonly wire: Wire;
  readonly address: string;
  readonly values: Record<string, string>;
  control!: Control;
  private readonly port: number;
  private readonly began: number;
  private readonly sessions = new Map<string, Control>();
  private readonly data: DataConnections;
  private step = 0;
  private cmd = 0;
  private timeout = 12;
  /** The last line was sent with `@send`: the next such line joins it. */
  private batch = false;

  constructor(wire: Wire, options: PlayOptions) {
    this.wire = wire;
    this.port = options.port;
    this.address = options.address;
    this.data = new DataConnections(this);
    this.began = wire.now();
    const { user = "ftptest", password = "guestpass", address, port } = options;
    this.values = { user, pass: password, host: address, port: String(port) };
  }

  async run(steps: readonly string[]): Promise<void> {
    await this.openSession("A");
    for (const [index, src] of steps.entries()) {
      this.step = index + 1;
      this.entries.push({
        step: this.step,
        src: src.length < 300 ? src : `${src.slice(0, 300)}...`,
      });
      await this.play(src);
    }
    this.step++;
    for (const control of this.sessions.values()) {
      this.control = control;
      if (!control.eof) await this.poll(0.1, () => control.eof);
      if (!control.eof) control.flushPart();
      this.log("note", { event: "end", control: control.eof ? "closed by server" : "still open" });
      this.data.drop();
      control.eof = true;
      control.line?.close();
    }
  }

  private async play(src: string): Promise<void> {
    if (!src.startsWith("@")) return this.command(src, "\r\n");
    const [, word = "", arg = ""] = /^@(\S+) ?(.*)$/s.exec(src) ?? [];
    switch (word) {
      case "open-data":
        return this.openData(arg.trim());
      case "listen":
        return this.data.listen();
      case "connect-data":
        return this.data.connect();
      case "read-data":
        return this.data.read(arg.trim());
      case "send-data":
        return this.data.send(unescape(substitute(arg, this.values)));
      case "close-data":
        return this.data.close();
      case "reset-data":
        return this.data.reset();
      case "wait":
        return this.waitStep(arg.trim());
      case "send":
        return this.command(arg, "\r\n", false);
      case "raw":
        return this.command(arg, "");
      case "raw-nowait":
      case "oob":
        // Urgent data (RFC 959 §4.1.3, ABOR) goes as common data: Node knows no other.
        await this.transmit(unescape(substitute(arg, this.values)));
        return undefined;
      case "sleep":
        return this.sleep(Number(arg));
      case "repeat": {
        const [times = "", line = ""] = arg.split(/ (.*)/s);
        for (let i = 0; i < Number(times); i++) await this.command(line, "\r\n");
        return undefined;
      }
      case "session":
        return this.session(arg.trim());
      case "starttls":
        return this.startTls();
      case "stoptls":
        return this.stopTls();
      case "data-tls":
        this.data.tls = arg.startsWith("on");
        this.data.reuse = !arg.includes("noreuse");
        return undefined;
      case "close-control":
        this.control.line?.close();
        this.control.eof = true;
        return this.log("ctl", { event: "closed-by-us" });
      case "timeout":
        this.timeout = Number(arg);
        return undefined;
      case "rcvbuf":
        // Neither wire can choose the size of its window; both read no more than they must.
        return undefined;
      default:
        throw new Error(`unknown directive @${word}`);
    }
  }

  // ---- time

  /** Reads all control connections for `seconds`, or until `done`. */
  async poll(seconds: number, done?: () => boolean): Promise<boolean> {
    const end = this.wire.now() + seconds * 1000;
    for (;;) {
      for (const control of this.sessions.values()) control.take();
      await this.data.pump();
      if (done?.() === true) return true;
      const left = end - this.wire.now();
      if (left <= 0) return false;
      if (done !== undefined && this.nothingOpen()) return false;
      await this.wire.wait(Math.min(left, 200));
    }
  }

  /** No connection is left from which anything could come. */
  private nothingOpen(): boolean {
    return !this.data.expects && [...this.sessions.values()].every(({ eof }) => eof);
  }

  private async sleep(seconds: number): Promise<void> {
    const end = this.wire.now() + seconds * 1000;
    while (this.wire.now() < end) await this.wire.wait(end - this.wire.now());
  }

  private async waitStep(seconds: string): Promise<void> {
    const { control } = this;
    if (seconds !== "") {
      await this.poll(Number(seconds), () => control.eof);
      if (!control.eof) control.flushPart();
    } else if (control.pending) {
      if (await this.poll(this.timeout, () => !control.pending)) await this.poll(0.04);
      else this.gaveUp();
    } else if (!control.eof) await this.poll(0.15, () => control.eof);
  }

  private async openData(how: string): Promise<void> {
    this.data.drop();
    if (how === "pasv" || how === "epsv") {
      await this.command(how.toUpperCase(), "\r\n");
      return this.data.connect();
    }
    await this.data.listen();
    const port = "PORT ${LHC},${P1},${P2}";
    return this.command(how === "port" ? port : "EPRT |1|${LH}|${LP}|", "\r\n");
  }

  private gaveUp(): void {
    this.control.flushPart();
    this.log("ctl", { event: "timeout", after: this.timeout });
  }

  // ---- control connection

  private async session(name: string): Promise<void> {
    const known = this.sessions.get(name);
    if (known === undefined) {
      this.cmd++;
      await this.openSession(name);
    } else this.control = known;
  }

  private async openSession(name: string): Promise<void> {
    const control = new Control(name, (event) => this.log("ctl", event, name));
    this.control = control;
    const line = await this.wire.dial(this.address, this.port);
    if (typeof line === "string") {
      control.eof = true;
      this.log("ctl", { event: "connect-failed", error: line });
    } else {
      control.line = line;
      this.log("ctl", { event: "connect", local: line.localPort });
    }
    this.sessions.set(name, control);
    this.log("note", { event: "session", name });
    if (!control.eof) await this.reply();
  }

  private async command(text: string, ending: string, read = true): Promise<void> {
    if (read || !this.batch) {
      this.control.take();
      this.cmd++;
    }
    this.batch = !read;
    this.control.unanswered = true;
    if ((await this.transmit(unescape(substitute(text, this.values)) + ending)) && read)
      await this.reply();
  }

  private async transmit(octets: Octets): Promise<boolean> {
    const { control } = this;
    control.take();
    const shown =
      octets.length < 8000 ? octets : `${octets.slice(0, 200)}...(${octets.length} bytes)`;
    this.log("ctl", { dir: ">", bytes: shown });
    if (control.eof || control.line === undefined) {
      this.log("ctl", { event: "not-sent" });
      return false;
    }
    const error = await control.line.send(octets);
    if (error !== undefined) this.log("ctl", { event: "send-failed", error });
    return error === undefined;
  }

  private async reply(): Promise<void> {
    const { control } = this;
    const before = control.replies;
    if (await this.poll(this.timeout, () => control.eof || control.replies > before))
      await this.poll(0.04);
    else this.gaveUp();
  }

  private async startTls(): Promise<void> {
    const { control } = this;
    if (control.eof || control.lastCode?.startsWith("2") !== true || control.line === undefined)
      return this.log("ctl", { event: "tls-skipped" });
    const result = await control.line.startTls();
    if ("version" in result) return this.log("ctl", { event: "tls", version: result.version });
    control.eof = true;
    return this.log("ctl", { event: "tls-failed", error: result.error });
  }

  private async stopTls(): Promise<void> {
    const { control } = this;
    // The server may end TLS by itself.
    await this.poll(0.3, () => control.line?.secure !== true);
    if (control.line?.secure !== true) return this.log("ctl", { event: "tls-already-left" });
    if (control.lastCode?.startsWith("2") !== true) return this.log("ctl", { event: "tls-kept" });
    const error = await control.line.stopTls();
    if (error !== undefined) this.log("ctl", { event: "tls-unwrap-failed", error });
    else control.take();
  }

  // ---- writing down

  log(chan: "ctl" | "data" | "note", detail: object, sess = this.control.name): void {
    const t = Math.round(this.wire.now() - this.began) / 1000;
    const whose = sess === "A" ? {} : { sess };
    this.entries.push({ step: this.step, cmd: this.cmd, t, chan, ...detail, ...whose });
  }
}
