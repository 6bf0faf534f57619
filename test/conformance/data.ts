/** The data connections of a player, one for each control connection. */
import { createHash } from "node:crypto";
import type { Octets } from "../../src/sim/bytes.ts";
import type { Control } from "./control.ts";
import type { Entry } from "./events.ts";
import { bytesOf, type Door, type Line, type Wire } from "./wire.ts";

/** What the player lends to its data connections. */
export interface Stage {
  readonly wire: Wire;
  /** The server's address. */
  readonly address: string;
  /** The control connection that speaks now. */
  readonly control: Control;
  readonly entries: readonly Entry[];
  /** What `${NAME}` in a script stands for. */
  readonly values: Record<string, string>;
  /** Reads all connections for `seconds`, or until `done`. */
  poll(seconds: number, done?: () => boolean): Promise<boolean>;
  log(chan: "data", detail: object): void;
}

/** More bytes than this are recorded by their hash. */
const BIG = 65_536;

/** A data connection, wanted or there. */
interface Data {
  line?: Line;
  door?: Door;
  /** How it ended, once all was read. */
  ended?: string;
}

/** What the directives of a script do with data connections. */
export class DataConnections {
  /** Later data connections are wrapped in TLS, with the control connection's session or a new one. */
  tls = false;
  reuse = true;
  private readonly stage: Stage;
  private readonly all = new Map<string, Data>();
  /** What `@read-data` has read so far, while it reads. */
  private reading: { octets: Octets; limit: number } | undefined;

  constructor(stage: Stage) {
    this.stage = stage;
  }

  /** A call or bytes may still come. */
  get expects(): boolean {
    const data = this.current;
    if (data?.door !== undefined) return true;
    return data?.line !== undefined && data.ended === undefined && this.reading !== undefined;
  }

  private get current(): Data | undefined {
    return this.all.get(this.stage.control.name);
  }

  /** Opens a port for the server's call, and puts it into the values for PORT and EPRT. */
  async listen(): Promise<void> {
    this.drop();
    const address = this.stage.control.line?.localAddress ?? "127.0.0.1";
    const door = await this.stage.wire.listen(address);
    this.all.set(this.stage.control.name, { door });
    Object.assign(this.stage.values, {
      LP: String(door.port),
      P1: String(door.port >> 8),
      P2: String(door.port & 255),
      LH: address,
      LHC: address.replaceAll(".", ","),
    });
    this.stage.log("data", { event: "listen", local: door.port });
  }

  /**
   * Dials the port of the newest 227 or 229, at the address of the control connection: the
   * servers of the recordings announce another.
   */
  async connect(): Promise<void> {
    const before = this.current;
    const data: Data = {};
    this.all.set(this.stage.control.name, data);
    const port = this.announcedPort();
    if (port === undefined) this.stage.log("data", { event: "open-failed", error: "no address" });
    else await this.dial(port, data);
    // The one before is let go only now, so that two can wait at one port.
    before?.line?.close();
    before?.door?.close();
  }

  private async dial(port: number, data: Data): Promise<void> {
    const { wire, address } = this.stage;
    const remote = `${address}:${port}`;
    const line = await wire.dial(address, port);
    if (typeof line === "string")
      return this.stage.log("data", { event: "open-failed", remote, error: line });
    line.rest();
    data.line = line;
    return this.stage.log("data", { event: "connect", remote, local: line.localPort });
  }

  private announcedPort(): number | undefined {
    const newest = this.stage.entries.findLast(
      (entry) =>
        "chan" in entry &&
        entry.chan === "ctl" &&
        entry.dir === "<" &&
        (entry.code === "227" || entry.code === "229") &&
        (entry.sess ?? "A") === this.stage.control.name,
    );
    const text = newest !== undefined && "bytes" in newest ? (newest.bytes ?? "") : "";
    const numbers = /\d{1,3}(?:,\d{1,3}){3},(\d{1,3}),(\d{1,3})/.exec(text);
    if (text.startsWith("227") && numbers !== null)
      return Number(numbers[1]) * 256 + Number(numbers[2]);
    const extended = /\((.)\1\1(\d+)\1\)/.exec(text);
    return text.startsWith("229") && extended !== null ? Number(extended[2]) : undefined;
  }

  /** Takes the server's call, and reads while `@read-data` reads. */
  async pump(): Promise<void> {
    const data = this.current;
    if (data === undefined) return;
    const caller = data.door?.accept();
    if (caller !== undefined) {
      data.door!.close();
      delete data.door;
      caller.rest();
      data.line = caller;
      this.stage.log("data", { event: "accept", remote: caller.remote });
      if (this.reading !== undefined) await this.secureData(data);
    }
    if (this.reading === undefined || data.line === undefined || data.ended !== undefined) return;
    const { octets, limit } = this.reading;
    if (octets.length < limit) this.reading.octets += data.line.read(limit - octets.length);
    if (data.line.ended !== undefined) {
      const { how, error } = data.line.ended;
      data.ended = error === undefined || how !== "tls-error" ? how : `${how} ${error}`;
    }
  }

  /** Reads to the end or `count` bytes: 8 s during a transfer, 2 s after a good one, else 0.4 s. */
  async read(count: string): Promise<void> {
    const { control } = this.stage;
    const data = this.current;
    if (data === undefined || (data.line === undefined && data.door === undefined))
      return this.stage.log("data", { event: "none" });
    const limit = count === "" ? Infinity : Number(count);
    const reading = (this.reading = { octets: "", limit });
    await this.secureData(data);
    const done = () =>
      data.ended !== undefined ||
      reading.octets.length >= limit ||
      (control.eof && data.line === undefined);
    const finished = control.lastCode === "226" || control.lastCode === "250";
    const complete = await this.stage.poll(control.pending ? 8 : finished ? 2 : 0.4, done);
    data.line?.rest();
    this.reading = undefined;
    this.logData("<", reading.octets);
    if (data.ended !== undefined) {
      this.stage.log("data", { event: data.ended });
      this.drop();
    } else if (!complete)
      this.stage.log("data", { event: data.line === undefined ? "never-opened" : "timeout" });
  }

  /** Sends on the data connection; waits 5 s for the server's call. */
  async send(octets: Octets): Promise<void> {
    const data = this.current;
    await this.awaitCaller(data);
    if (data?.line === undefined) return this.stage.log("data", { event: "none" });
    await this.secureData(data);
    this.logData(">", octets);
    const error = await data.line.send(octets);
    if (error !== undefined) this.stage.log("data", { event: "send-failed", error });
  }

  /** Closes our side of the data connection, or the port. */
  async close(): Promise<void> {
    const data = this.current;
    if (this.stage.control.pending) await this.awaitCaller(data);
    if (data?.line !== undefined) {
      await this.secureData(data);
      if (data.line.secure) await data.line.stopTls();
      data.line.close();
      this.stage.log("data", { event: "closed-by-us" });
    } else if (data?.door !== undefined) {
      data.door.close();
      this.stage.log("data", { event: "closed-listener" });
    } else this.stage.log("data", { event: "none" });
    this.all.delete(this.stage.control.name);
  }

  /** Drops the data connection with RST. */
  reset(): void {
    const line = this.current?.line;
    line?.reset();
    this.stage.log("data", { event: line === undefined ? "none" : "reset-by-us" });
    this.all.delete(this.stage.control.name);
  }

  private async awaitCaller(data: Data | undefined): Promise<void> {
    if (data?.door === undefined) return;
    await this.stage.poll(5, () => data.line !== undefined || this.stage.control.eof);
  }

  /** The server begins TLS on the data connection only once a transfer is under way. */
  private async secureData(data: Data): Promise<void> {
    const { line } = data;
    if (!this.tls || line === undefined || line.secure || !this.stage.control.pending) return;
    const { control } = this.stage;
    const like = this.reuse && control.line?.secure === true ? control.line : undefined;
    const result = await line.startTls(like);
    if ("version" in result) return this.stage.log("data", { event: "tls", ...result });
    data.ended = "tls-failed";
    return this.stage.log("data", { event: "tls-failed", error: result.error });
  }

  /** Closes what there is, without a word. */
  drop(): void {
    const data = this.current;
    data?.line?.close();
    data?.door?.close();
    this.all.delete(this.stage.control.name);
  }

  private logData(dir: ">" | "<", octets: Octets): void {
    const len = octets.length;
    if (len <= BIG) return this.stage.log("data", { dir, len, bytes: octets });
    const sha256 = createHash("sha256").update(bytesOf(octets)).digest("hex");
    return this.stage.log("data", {
      dir,
      len,
      sha256,
      head: octets.slice(0, 256),
      truncated: true,
    });
  }
}
