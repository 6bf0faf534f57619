/** Faults on purpose: what a test of a client wants to go wrong, at the command it names. */
import { utf8Encode } from "../sim/bytes.ts";
import type { NewFact } from "../sim/facts.ts";
import type { Dialect } from "../sim/ftp/dialect.ts";
import type { Turn } from "../sim/ftp/state.ts";
import type { Sink } from "../sim/trace/trace.ts";
import type { Fault } from "./api.ts";
import { Cut } from "./cut.ts";
import type { NodeNetwork } from "./network.ts";

/** The dialect with the faults in it; `cutter` makes data connections fail. */
export function faultyDialect(
  dialect: Dialect,
  faults: readonly Fault[],
  cutter: DataCutter,
): Dialect {
  const left = faults.map(({ times = Infinity }) => times);
  const strikes = ({ verb, argument }: Turn) =>
    faults.findIndex(
      (fault, i) =>
        left[i]! > 0 &&
        fault.on.toUpperCase() === verb &&
        (fault.argument === undefined || utf8Encode(fault.argument) === argument),
    );
  return {
    ...dialect,
    guard(turn, spec) {
      const at = strikes(turn);
      const fault = faults[at];
      if (fault === undefined) return dialect.guard(turn, spec);
      left[at]!--;
      if (fault.cut !== undefined) {
        cutter.arm(turn.env.id, new Cut(fault.cut.after, fault.cut.how));
      }
      if (fault.reply !== undefined) {
        const [code, ...lines] = fault.reply;
        turn.reply(code, ...lines.map(utf8Encode));
      }
      if (fault.hangUp === true) turn.hangUp();
      const answered = fault.reply !== undefined || fault.hangUp === true;
      return answered || dialect.guard(turn, spec);
    },
  };
}

/** Hears in the trace which connection is a session's data connection, and cuts it if it is to be. */
export class DataCutter implements Sink {
  readonly wants = true;
  network: NodeNetwork | undefined;
  private readonly sink: Sink;
  private readonly armed = new Map<number, Cut>();

  constructor(sink: Sink) {
    this.sink = sink;
  }

  arm(session: number, cut: Cut): void {
    this.armed.set(session, cut);
  }

  record(fact: NewFact): void {
    this.sink.record(fact);
    if (fact.kind !== "data") return;
    const cut = this.armed.get(fact.session);
    this.armed.delete(fact.session);
    if (cut !== undefined) this.network?.cut(fact.conn, cut);
  }
}
