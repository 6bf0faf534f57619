/** A shell on a small network of its own, with a port that listens, and what a terminal shows. */
import headless from "@xterm/headless";
import { fromBytes, toBytes, utf8Decode, type Octets } from "../../src/sim/bytes.ts";
import type { Fact, ShellFact, Speaker } from "../../src/sim/facts.ts";
import { createChance } from "../../src/sim/net/chance.ts";
import { createClock } from "../../src/sim/net/clock.ts";
import type { Socket } from "../../src/sim/net/network.ts";
import { createNetwork } from "../../src/sim/net/virtual.ts";
import type { Computer } from "../../src/sim/shell/program.ts";
import { programs } from "../../src/sim/shell/programs.ts";
import { createShell } from "../../src/sim/shell/shell.ts";
import { fullTrace } from "../../src/sim/trace/trace.ts";

/** The host that answers; port 21 listens there. */
export const HOST = "ftptest.exavault.com";
export const ADDRESS = "67.208.93.232";

/** Keys by the names the tests call them. */
export const KEY = {
  enter: "\r",
  backspace: "\x7f",
  del: "\x1b[3~",
  left: "\x1b[D",
  right: "\x1b[C",
  up: "\x1b[A",
  down: "\x1b[B",
  home: "\x1b[H",
  end: "\x1b[F",
  escape: "\x1d",
} as const;

/** Makes the bench. */
export function createBench() {
  const clock = createClock();
  const trace = fullTrace(() => clock.now);
  const network = createNetwork({
    clock,
    sink: trace,
    begins: 0,
    latency: 10,
    bandwidth: 1_000_000,
    random: createChance(21),
  });
  const net = network.addHost(["here"], ["198.51.100.7"]);
  const far = network.addHost([HOST], [ADDRESS]);
  const computer: Computer = {
    name: "here",
    net,
    hosts: [HOST, "mirror.example"].map((name) => ({ name, title: "" })),
    files: new Map(),
    conveniences: true,
  };
  const shell = createShell({ window: 1, sink: trace, computer, programs });

  let received: Octets[] = [];
  let socket: Socket | undefined;
  const listen = (port: number): void =>
    far.listen(port, (listener) => {
      listener!.onPending = () => {
        socket = listener!.take()!;
        received = [];
        socket.handlers = { onData: (bytes) => received.push(fromBytes(bytes)) };
        socket.resume();
      };
    });
  listen(21);

  return {
    shell,
    computer,
    facts: trace.facts,
    /** Listens on another port of the host too. */
    listen,
    /** Types each character, and each named key, as a press of its own. */
    keys(...presses: string[]): void {
      for (const press of presses) {
        const keys = press.startsWith("\x1b") ? [press] : Array.from(press);
        for (const text of keys) shell.typed({ kind: "key", text });
      }
    },
    paste: (text: string): void => shell.typed({ kind: "paste", text }),
    /** Lets packets travel. */
    settle: (milliseconds = 1000): void => clock.advance(clock.now + milliseconds),
    /** What the far end has heard on its newest connection, a write at a time. */
    get received(): readonly Octets[] {
      return received;
    },
    /** The far end of the newest connection. */
    get server(): Socket {
      return socket!;
    },
    /** Sends from the far end and lets it arrive. */
    serve(octets: Octets): void {
      socket!.write(toBytes(octets));
      clock.advance(clock.now + 1000);
    },
    /** The facts of one kind. */
    of: <K extends Fact["kind"]>(kind: K) => ofKind(trace.facts, kind),
    /** All that `who` has written. */
    said: (who: Speaker): string => textOf(ofKind(trace.facts, "print"), who),
    /** The rows that a terminal shows, without the empty ones at the end. */
    screen: (columns = 80): Promise<string[]> => rows(ofKind(trace.facts, "print"), columns),
  };
}

function ofKind<K extends Fact["kind"]>(facts: readonly Fact[], kind: K) {
  return facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
}

type Print = Extract<ShellFact, { kind: "print" }>;

/** What `who` wrote, as text. */
export function textOf(prints: readonly Print[], who: Speaker): string {
  const parts = prints.filter((print) => print.who === who).map((print) => fromBytes(print.bytes));
  return utf8Decode(parts.join(""));
}

/**
 * What xterm makes of prints: its lines, wrapped ones joined, and `█` where the cursor stands.
 * The window is tall enough that nothing a test types scrolls.
 */
export async function rows(prints: readonly Print[], columns: number): Promise<string[]> {
  const terminal = new headless.Terminal({ cols: columns, rows: 250, allowProposedApi: true });
  for (const { bytes } of prints) terminal.write(bytes);
  await new Promise<void>((resolve) => {
    terminal.write("█", resolve);
  });
  const { active } = terminal.buffer;
  const lines: string[] = [];
  for (let y = 0; y < active.length; y++) {
    const line = active.getLine(y)!;
    const text = line.translateToString(
      y + 1 >= active.length || !active.getLine(y + 1)!.isWrapped,
    );
    if (line.isWrapped) lines.push(`${lines.pop()}${text}`);
    else lines.push(text);
  }
  while (lines.at(-1) === "") lines.pop();
  return lines;
}
