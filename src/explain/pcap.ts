/**
 * What was heard as a capture file (classic libpcap, Ethernet), for Wireshark and tcpdump. Lengths,
 * sequence numbers and checksums are right; what was sent inside TLS is filled with noise, since
 * the simulated world encrypts nothing that could be written here.
 */
import { concat } from "../sim/bytes.ts";
import type { Packet } from "./wiretap.ts";
import { TLS_OVERHEAD } from "./wiretap.ts";

/** Bytes of data in one segment: 1,500 of Ethernet without the headers of IPv4 and TCP (RFC 879). */
const SEGMENT = 1460;
/** The largest TLS record. */
const RECORD = 16_384;
/** Where each end starts to count; a real one begins anywhere. */
const FIRST = 1000;

const FIN = 1;
const SYN = 2;
const RST = 4;
const PSH = 8;
const ACK = 16;

interface Flow {
  /** The next sequence number of each side. */
  dialler: number;
  listener: number;
}

/** The file. `begins` is the world's first moment, in milliseconds since 1970. */
export function pcap(packets: readonly Packet[], begins: number): Uint8Array {
  const flows = new Map<number, Flow>();
  const parts: Uint8Array[] = [fileHeader()];
  let count = 0;
  for (const packet of packets) {
    const { conn, by, flags } = packet;
    let flow = flows.get(conn);
    if (!flow) flows.set(conn, (flow = { dialler: FIRST, listener: FIRST * 7 }));
    const other = by === "dialler" ? "listener" : "dialler";
    const send = (data: Uint8Array, bits: number): void => {
      const acknowledged = (bits & ACK) === 0 ? 0 : flow[other];
      const frame = ethernet(packet, segment(packet, flow[by], acknowledged, bits, data), count++);
      parts.push(record(begins + packet.at, frame), frame);
      // SYN and FIN take a number each, as a byte would.
      flow[by] += data.length + ((bits & (SYN | FIN)) === 0 ? 0 : 1);
    };
    const none = new Uint8Array();
    if (flags === "SYN") {
      // Sent again, it has its first number again.
      flow.dialler = FIRST;
      send(none, SYN);
    } else if (flags === "SYN ACK") {
      send(none, SYN | ACK);
      const back = { ...packet, from: packet.to, to: packet.from };
      const answer = segment(back, flow.dialler, flow.listener, ACK, none);
      const frame = ethernet(back, answer, count++);
      parts.push(record(begins + packet.at, frame), frame);
    } else if (flags === "FIN") send(none, FIN | ACK);
    else if (flags === "RST") send(none, RST | ACK);
    const bytes = packet.secret ? records(packet.bytes.length) : packet.bytes;
    for (let at = 0; at < bytes.length; at += SEGMENT) {
      const last = at + SEGMENT >= bytes.length;
      send(bytes.subarray(at, at + SEGMENT), last ? PSH | ACK : ACK);
    }
  }
  return concat(parts);
}

/** As TLS 1.2 would carry so many bytes: record headers that are true, and noise inside. */
function records(length: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let noise = length + 1;
  for (let sent = 0; sent < length; sent += RECORD) {
    const inside = Math.min(RECORD, length - sent) + TLS_OVERHEAD - 5;
    const one = new Uint8Array(5 + inside);
    one.set([23, 3, 3, inside >> 8, inside & 255]);
    for (let i = 5; i < one.length; i++) {
      noise = (Math.imul(noise, 1_103_515_245) + 12_345) >>> 0;
      one[i] = noise >>> 24;
    }
    parts.push(one);
  }
  return concat(parts);
}

function fileHeader(): Uint8Array {
  const view = new DataView(new ArrayBuffer(24));
  view.setUint32(0, 0xa1b2c3d4);
  view.setUint16(4, 2);
  view.setUint16(6, 4);
  view.setUint32(16, 65_535);
  // LINKTYPE_ETHERNET
  view.setUint32(20, 1);
  return new Uint8Array(view.buffer);
}

function record(moment: number, frame: Uint8Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(16));
  view.setUint32(0, Math.floor(moment / 1000));
  view.setUint32(4, Math.round((moment % 1000) * 1000) % 1_000_000);
  view.setUint32(8, frame.length);
  view.setUint32(12, frame.length);
  return new Uint8Array(view.buffer);
}

function segment(
  { from, to }: Pick<Packet, "from" | "to">,
  sequence: number,
  acknowledged: number,
  bits: number,
  data: Uint8Array,
): Uint8Array {
  const view = new DataView(new ArrayBuffer(20 + data.length));
  view.setUint16(0, from.port);
  view.setUint16(2, to.port);
  view.setUint32(4, sequence);
  view.setUint32(8, acknowledged);
  view.setUint8(12, 5 << 4);
  view.setUint8(13, bits);
  view.setUint16(14, (bits & RST) === 0 ? 64_240 : 0);
  const bytes = new Uint8Array(view.buffer);
  bytes.set(data, 20);
  const [source, target] = [octets(from.address), octets(to.address)];
  const six = source.length === 16;
  // The pseudo header of RFC 9293 §3.1 and RFC 8200 §8.1.
  const pseudo = new DataView(new ArrayBuffer(six ? 8 : 4));
  if (six) {
    pseudo.setUint32(0, bytes.length);
    pseudo.setUint8(7, 6);
  } else {
    pseudo.setUint8(1, 6);
    pseudo.setUint16(2, bytes.length);
  }
  view.setUint16(16, checksum([source, target, new Uint8Array(pseudo.buffer), bytes]));
  return bytes;
}

function ethernet(
  { from, to }: Pick<Packet, "from" | "to">,
  tcp: Uint8Array,
  number: number,
): Uint8Array {
  const [source, target] = [octets(from.address), octets(to.address)];
  const six = source.length === 16;
  const head = new DataView(new ArrayBuffer(six ? 54 : 34));
  const bytes = new Uint8Array(head.buffer);
  // Addresses that nobody has: locally administered, made from the end of the IP address.
  bytes.set([2, 0, ...target.slice(-4)], 0);
  bytes.set([2, 0, ...source.slice(-4)], 6);
  head.setUint16(12, six ? 0x86dd : 0x0800);
  if (six) {
    head.setUint32(14, 6 << 28);
    head.setUint16(18, tcp.length);
    bytes.set([6, 64], 20);
    bytes.set(source, 22);
    bytes.set(target, 38);
  } else {
    head.setUint8(14, 0x45);
    head.setUint16(16, 20 + tcp.length);
    head.setUint16(18, number & 0xffff);
    head.setUint16(20, 0x4000);
    bytes.set([64, 6], 22);
    bytes.set(source, 26);
    bytes.set(target, 30);
    head.setUint16(24, checksum([bytes.subarray(14, 34)]));
  }
  return concat([bytes, tcp]);
}

/** The Internet checksum (RFC 1071) over pieces, each of even length but the last. */
function checksum(pieces: readonly Uint8Array[]): number {
  let sum = 0;
  for (const piece of pieces) {
    for (let i = 0; i < piece.length; i += 2) {
      sum += ((piece[i] ?? 0) << 8) | (piece[i + 1] ?? 0);
    }
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

/** An address as its bytes: 4, or 16. */
function octets(address: string): Uint8Array {
  if (!address.includes(":")) return Uint8Array.from(address.split("."), Number);
  const [head = "", tail] = address.split("::");
  const groups = (text: string): number[] =>
    text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => 0);
  return Uint8Array.from(
    [...left, ...zeros, ...right].flatMap((group) => [group >> 8, group & 255]),
  );
}
