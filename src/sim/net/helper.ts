/**
 * The helper of a NAT or firewall that follows FTP (an ALG, RFC 2663 §2.9), with the habits of Linux's
 * nf_conntrack_ftp and nf_nat_ftp: it looks at the beginning of a segment that begins a line, finds
 * PORT, EPRT, 227 or 229 there, believes only the speaker's own address, and lets one data
 * connection through for it. Where the address changes on the way, it changes in the text too.
 *
 * In one thing it is as plainer boxes are: what begins so and cannot be read passes as it is. Linux
 * drops that segment, each time it is sent again too, and the control connection hangs for good.
 */
import { fromBytes, type Octets, toBytes } from "../bytes.ts";
import type { Endpoint } from "../facts.ts";
import type { BoxSetup } from "../scenario.ts";
import { canonical } from "./address.ts";
import type { Box, Entry, Way } from "./box.ts";
import type { Packet } from "./packet.ts";

/** Six numbers (RFC 959 §5.3.2), with whatever stands before and behind them. */
const NUMBERS = String.raw`(\d{1,3},\d{1,3},\d{1,3},\d{1,3}),(\d{1,3}),(\d{1,3})`;
const PORT = new RegExp(String.raw`^(PORT )${NUMBERS}(?=\r|\n)`, "i");
/** RFC 1123 §4.1.2.6: the wording of 227 is free, so the first digit behind the code counts. */
const PASV = new RegExp(String.raw`^(227 [^\d\r\n]*)${NUMBERS}(?=[^\d,])`);
/** RFC 2428 §2: EPRT |1|132.235.1.2|6275|. */
const EPRT = /^(EPRT )(.)([12])\2([^\r\n]+?)\2(\d{1,5})\2(?=\r|\n)/i;
/** RFC 2428 §3: 229 … (|||6446|). */
const EPSV = /^(229 [^(\r\n]*\()(.)\2\2(\d{1,5})\2(?=\))/;

/** What was read: where the speaker will listen, and how to write another place instead. */
interface Agreed {
  /** undefined: the speaker's own. */
  readonly address: string | undefined;
  readonly port: number;
  readonly length: number;
  write(place: Endpoint): Octets;
}

/** Follows one control connection. */
export class Helper {
  private readonly box: Box;
  private readonly setup: NonNullable<BoxSetup["helper"]>;
  /** Whether the next segment of each end begins a line. */
  private readonly fresh = { dialler: true, listener: true };
  /** The beginning of a line that is held back until the rest is there; only where it `splits`. */
  private readonly held = { dialler: "", listener: "" };

  constructor(box: Box, setup: NonNullable<BoxSetup["helper"]>) {
    this.box = box;
    this.setup = setup;
  }

  /** Reads a packet that goes on as `after`, and changes what it says if the address changes. */
  read(packet: Packet, entry: Entry, way: Way, after: { from: Endpoint; to: Endpoint }): void {
    const { by, what, secure } = packet;
    // Behind AUTH TLS there is nothing to be read (RFC 4217 §12.3 has CCC for this).
    if (what !== "data" || secure) return;
    let text = fromBytes(packet.bytes);
    const fresh = this.fresh[by];
    this.fresh[by] = text.endsWith("\n");
    if (this.setup.splits === true) {
      const before = this.held[by];
      if (before !== "" || (fresh && isBeginning(text, by))) {
        text = before + text;
        this.held[by] = text.includes("\n") ? "" : text;
        packet.bytes = toBytes(this.held[by] === "" ? text : "");
        if (this.held[by] !== "") return;
      } else if (!fresh) return;
    } else if (!fresh) return;
    const agreed = this.agreed(text, by);
    if (agreed === undefined || agreed.port === 0 || agreed.port > 65_535) return;
    const { address = packet.from.address, port } = agreed;
    // Somebody else's address: FXP, or a server that announces what it should not. Linux lets it be.
    if (canonical(address) !== packet.from.address) return;
    this.open(packet, entry, way, after, port);
    if (way === "in" || after.from.address === packet.from.address) return;
    const place = { address: after.from.address, port: this.announced ?? port };
    const written = agreed.write(place) + text.slice(agreed.length);
    if (written !== text) packet.bytes = toBytes(written);
  }

  /** The port outside, if the latest expectation is for another one than was named. */
  private announced: number | undefined;

  /** Opens the way for the data connection to `port` of the speaker. */
  private open(
    packet: Packet,
    master: Entry,
    way: Way,
    after: { from: Endpoint; to: Endpoint },
    port: number,
  ): void {
    const listens = { address: packet.from.address, port };
    if (way === "in") {
      // The speaker is outside: somebody inside will dial it.
      this.box.expect({ master, way: "out", to: listens, from: after.to.address, goal: listens });
      return;
    }
    const { address } = after.from;
    const free =
      address === listens.address ? port : this.box.freeFor(address, port, after.to, master);
    this.announced = free;
    const to = { address, port: free };
    this.box.expect({ master, way: "in", to, from: after.to.address, goal: listens });
  }

  private agreed(text: Octets, by: Packet["by"]): Agreed | undefined {
    const [plain, extended] = by === "dialler" ? [PORT, EPRT] : [PASV, EPSV];
    return (
      numbers(plain.exec(text)) ??
      (this.setup.extended === true ? bars(extended.exec(text), by) : undefined)
    );
  }
}

/** PORT and 227. */
function numbers(found: RegExpExecArray | null): Agreed | undefined {
  if (found === null) return undefined;
  const [whole, before = "", host = "", high, low] = found;
  const parts = [...host.split(","), high, low].map(Number);
  if (parts.some((part) => part > 255)) return undefined;
  return {
    address: parts.slice(0, 4).join("."),
    port: Number(high) * 256 + Number(low),
    length: whole.length,
    write: ({ address, port }) =>
      `${before}${address.replaceAll(".", ",")},${port >> 8},${port & 255}`,
  };
}

/** EPRT and 229. */
function bars(found: RegExpExecArray | null, by: Packet["by"]): Agreed | undefined {
  if (found === null) return undefined;
  const [whole, before = ""] = found;
  // Whatever the speaker drew, bars are written.
  if (by === "listener") {
    const write = ({ port }: Endpoint) => `${before}|||${port}|`;
    return { address: undefined, port: Number(found[3]), length: whole.length, write };
  }
  const [, , , protocol, address = ""] = found;
  const write = (place: Endpoint) => `${before}|${protocol}|${place.address}|${place.port}|`;
  return { address, port: Number(found[5]), length: whole.length, write };
}

/** Whether this may be the beginning of one of the four, and no whole line. */
function isBeginning(text: Octets, by: Packet["by"]): boolean {
  if (text.includes("\n")) return false;
  const start = text.slice(0, 5).toUpperCase();
  const words = by === "dialler" ? ["PORT ", "EPRT "] : ["227 ", "229 "];
  return words.some((word) => start.startsWith(word) || word.startsWith(start));
}
