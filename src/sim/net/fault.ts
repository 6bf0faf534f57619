/** Faults of the wire that can be ordered of one host: what they do to a packet at its door. */
import type { FaultSetup, ServerFault } from "../scenario.ts";
import type { Sink } from "../trace/trace.ts";
import { dialOf, type Packet, type Stop } from "./packet.ts";

/** A fault that the network brings about. */
export type WireFault = Exclude<FaultSetup, ServerFault>;

const OF_THE_WIRE: ReadonlySet<string> = new Set<WireFault["kind"]>([
  "refuse",
  "drop",
  "unreachable",
  "delay",
  "reset",
  "stall",
  "slow-reader",
]);

/** Whether the network brings it about, and not the server. */
export function isOfTheWire(fault: FaultSetup): fault is WireFault {
  return OF_THE_WIRE.has(fault.kind);
}

/** Whether a fault means this packet; `control` is the port of the host's FTP server. */
export function means(fault: WireFault, packet: Packet, control: number): boolean {
  if (packet.what === "ping" || fault.kind === "slow-reader") return false;
  const where = "where" in fault ? (fault.where ?? "data") : "data";
  return (dialOf(packet).to.port === control) === (where === "control");
}

/** What the fault does to a packet that it means. */
export function strike(fault: WireFault, packet: Packet, sink: Sink): Stop | undefined {
  const { conn, by, what, bytes, offset } = packet;
  const { id: box } = fault;
  const dropped = (): Stop => {
    if (what === "ping") return { how: "silence" };
    sink.record({ kind: "dropped", conn, box, by, what, length: bytes.length, why: "fault" });
    return { how: "silence" };
  };
  const rejected = (how: "reset" | "unreachable"): Stop => {
    sink.record({ kind: "rejected", conn, box, how });
    return { how };
  };
  switch (fault.kind) {
    // These three are a firewall's, so a connection that stands goes on.
    case "refuse":
    case "unreachable":
      if (what !== "syn" || by !== "dialler") return undefined;
      return rejected(fault.kind === "refuse" ? "reset" : "unreachable");
    case "drop":
      return what === "syn" && by === "dialler" ? dropped() : undefined;
    case "reset":
      if (what !== "data" || offset < fault.after) return undefined;
      rejected("reset");
      return { how: "cut" };
    case "stall":
      return (what === "data" || what === "fin") && offset >= fault.after ? dropped() : undefined;
    case "delay":
    case "slow-reader":
      return undefined;
  }
}
