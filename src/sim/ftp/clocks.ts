/** The clocks that run against one client. */
import type { HostNetwork, Timer } from "../net/network.ts";
import type { TimerName } from "./effect.ts";

/** The clocks of one control connection. */
export class Clocks {
  private readonly net: HostNetwork;
  private readonly ring: (name: TimerName) => void;
  private readonly timers = new Map<TimerName, Timer>();
  /** When the transfer that runs last moved: its clock is not wound anew for each piece. */
  private movedAt = 0;

  constructor(net: HostNetwork, ring: (name: TimerName) => void) {
    this.net = net;
    this.ring = ring;
  }

  /** Winds a clock, or stops it (null). */
  set(name: TimerName, milliseconds: number | null): void {
    this.timers.get(name)?.cancel();
    if (milliseconds === null) return;
    const { net } = this;
    const wound = net.now();
    const ring = () => {
      const moved = name === "stalled" && this.movedAt > wound ? this.movedAt : wound;
      const left = moved + milliseconds - net.now();
      if (left > 0) this.timers.set(name, net.after(left, ring));
      else this.ring(name);
    };
    this.timers.set(name, net.after(milliseconds, ring));
  }

  /** The transfer has moved. */
  moved(): void {
    this.movedAt = this.net.now();
  }

  /** Stops them all. */
  stop(): void {
    for (const timer of this.timers.values()) timer.cancel();
  }
}
