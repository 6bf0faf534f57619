/** A listening port of the virtual network. */
import type { Sink } from "../trace/trace.ts";
import { family } from "./address.ts";
import type { End } from "./connection.ts";
import type { Listener } from "./network.ts";

/** The queue behind a listening port. */
export class PortListener implements Listener {
  readonly port: number;
  readonly backlog: number;
  /** The one family or the one address that it hears; all if undefined. */
  readonly only: 4 | 6 | string | undefined;
  onPending: (() => void) | undefined = undefined;
  /** Connections whose handshake is under way. */
  expected = 0;
  closed = false;
  private readonly queue: End[] = [];
  private readonly sink: Sink;
  private readonly onClose: () => void;

  constructor(
    port: number,
    backlog: number,
    only: 4 | 6 | string | undefined,
    sink: Sink,
    onClose: () => void,
  ) {
    this.port = port;
    this.backlog = backlog;
    this.only = only;
    this.sink = sink;
    this.onClose = onClose;
  }

  /** How many stand in the queue. */
  get waiting(): number {
    return this.queue.length;
  }

  /** Whether a dial to this address is meant for it. */
  hears(address: string): boolean {
    return this.only === undefined || this.only === address || family(address) === this.only;
  }

  /** Linux lets one more wait than the backlog says. */
  hasRoom(): boolean {
    return this.queue.length + this.expected <= this.backlog;
  }

  join(end: End): void {
    this.queue.push(end);
    this.onPending?.();
  }

  take(): End | undefined {
    const end = this.queue.shift();
    if (end !== undefined) this.sink.record({ kind: "accept", conn: end.conn });
    return end;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.onClose();
    for (const end of this.queue) end.reset();
  }
}
