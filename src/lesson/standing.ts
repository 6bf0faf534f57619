/** Where a session stands: who talks to whom, what was said there, and what is still to come. */
import { connectionReader, type Connection } from "../explain/connections.ts";
import type { NotationEvent } from "../explain/notation.ts";
import { statusReader } from "../explain/status.ts";
import { fromBytes } from "../sim/bytes.ts";
import type { Fact, Status } from "../sim/facts.ts";

/** The newest conversation with a server in a window. */
export interface Talk {
  /** The index of the step in which it was begun. */
  readonly begun: number;
  /** The folder in which the conversation before it ended. */
  readonly folder: string | undefined;
  /** The lines that were said in it, and those that were granted. */
  readonly spoken: ReadonlySet<string>;
  readonly granted: ReadonlySet<string>;
  /** The verb of a command that is half done: a 350 asked for another one. */
  readonly half: string | undefined;
}

/** Reads facts and events as they come. */
export interface Standing {
  /** Reads on, up to (not including) fact `upTo`. */
  read(facts: readonly Fact[], upTo?: number): void;
  /** Hears an event while the step at index `step` is to be done. True: a conversation has begun with it. */
  hear(event: NotationEvent, step: number): boolean;
  readonly connections: readonly Connection[];
  /** The control connection that stands in a window. */
  control(window: number): Connection | undefined;
  talk(window: number): Talk | undefined;
  status(session: number | undefined): Status | undefined;
  /** Whether a connection is under TLS. */
  covered(conn: number): boolean;
  /** The line by which the program that runs in a window was started. */
  running(window: number): string | undefined;
  /** What the program in a window asks for, as it stands there: "Password:". */
  prompt(window: number): string;
  /** Whether what a window is connected to belongs to a conversation that is over. */
  stale(window: number): boolean;
  /** How many last replies are still to come in a window, or in any. */
  owed(window?: number): number;
  /** The newest dial of a port that was named in `window`, by whatever name of the server. */
  road(port: number, window: number): Connection | undefined;
  /** A server has dialled since the newest conversation began, and that one goes on. */
  readonly calledBack: boolean;
}

/** A line as it counts to a server: its verb in capitals, and one blank between words. */
export function plain(line = ""): string {
  return line
    .trim()
    .replace(/ +/g, " ")
    .replace(/^\S+/, (verb) => verb.toUpperCase());
}

/** A reader at the beginning of a session. */
export function standing(): Standing {
  const connections = connectionReader();
  const statuses = statusReader();
  /** By window: how many last replies are still to come. */
  const owed = new Map<number, number>();
  /** By window: how many connections there were when a port was named last. Ports come again. */
  const since = new Map<number, number>();
  const talks = new Map<
    number,
    { begun: number; folder: string | undefined; half: string | undefined } & Record<
      "spoken" | "granted",
      Set<string>
    >
  >();
  /** By window: what was said last in its conversation. */
  const said = new Map<number, string>();
  /** The control connections on which a conversation has begun. */
  const begun = new Set<number>();
  /** By session: the folder in which it stood last. */
  const folders = new Map<number | undefined, string>();
  const covered = new Set<number>();
  /** Connections of clients that have called, to be served here. */
  const served = new Set<number>();
  const running = new Map<number, string>();
  const prompts = new Map<number, string>();
  let calledBack = false;
  let next = 0;

  function take(fact: Fact): void {
    if (fact.kind === "tls" && fact.on) covered.add(fact.conn);
    else if (fact.kind === "status") folders.set(fact.session, fact.status.folder);
    else if (fact.kind === "abandoned") {
      // Nobody waits for a dial that was given up.
      const { window = 0 } = connections.byConn(fact.conn) ?? {};
      owed.set(window, Math.max(0, (owed.get(window) ?? 0) - 1));
    } else if (fact.kind === "run") running.set(fact.window, fact.line.trim());
    else if (fact.kind === "exit") running.delete(fact.window);
    else if (fact.kind === "print" && fact.who === "prompt") {
      prompts.set(fact.window, fromBytes(fact.bytes));
      // A line that starts nothing brings the prompt back at once.
      if (prompts.get(fact.window) === "$ ") running.delete(fact.window);
    }
  }

  function owes(event: NotationEvent, own: boolean): void {
    const { kind, window = 0, control, code = 0, line, conn = 0 } = event;
    const before = owed.get(window) ?? 0;
    // What others dial is not waited for here, and nobody answers a server's words.
    if (window === 0) return;
    const asks = kind === "dial" || (kind === "line" && control === true && !served.has(conn));
    if (asks) owed.set(window, before + 1);
    else if (kind === "reply" && code >= 200 && line?.[3] !== "-")
      owed.set(window, Math.max(0, before - 1));
    else if (/^(refused|unreachable|closed|reset)$/.test(kind)) owed.delete(window);
    // Only a control connection greets.
    else if (kind === "connected" && !own) owed.delete(window);
  }

  return {
    read(facts, upTo = facts.length) {
      for (; next < upTo; next++) {
        const fact = facts[next];
        if (fact) take(fact);
      }
      connections.read(facts, upTo);
      statuses.read(facts, upTo);
    },
    hear(event, step) {
      const { kind, window = 0, control, code = 0, line, conn = 0, text } = event;
      const own = connections.byConn(conn)?.role === "control";
      // On an odd port only its first words show what was dialled.
      if (kind === "called") served.add(conn);
      const first = kind === "connected" || kind === "reply" || served.has(conn);
      const begins = window > 0 && first && (own || served.has(conn)) && !begun.has(conn);
      if (begins) {
        begun.add(conn);
        const before = connections.list.findLast(
          (one) => one.window === window && one.session && one.conn !== conn,
        );
        const folder = folders.get(before?.session);
        talks.set(window, {
          begun: step,
          folder,
          half: undefined,
          spoken: new Set(),
          granted: new Set(),
        });
        said.delete(window);
        if (own) calledBack = false;
      }
      const talk = talks.get(window);
      if (kind === "line" && control) {
        said.set(window, plain(line));
        talk?.spoken.add(plain(line));
      } else if (kind === "reply" && talk && code > 0) {
        const words = said.get(window) ?? "";
        if (code >= 200 && code < 300) talk.granted.add(words);
        if (code === 350) talk.half = words.split(" ", 1)[0];
        // What completes it uses it up, and so does a refusal of that.
        else if (code >= 200 && /^(?:RNTO|RETR|STOR|APPE|STOU|REIN)\b/.test(words)) {
          talk.half = undefined;
        }
      }
      if (text.startsWith("server: dial ")) calledBack = true;
      else if (kind === "closed" && own) calledBack = false;
      if (code > 226 && code < 230) since.set(window, connections.list.length);
      owes(event, own);
      return begins;
    },
    get connections() {
      return connections.list;
    },
    control: (window) =>
      connections.list.findLast(
        (one) => one.role === "control" && one.state === "open" && one.window === window,
      ),
    talk: (window) => talks.get(window),
    status: (session) => statuses.of(session),
    covered: (conn) => covered.has(conn),
    running: (window) => running.get(window),
    prompt: (window) => prompts.get(window) ?? "",
    stale(window) {
      const newest = connections.list.findLast((one) => one.window === window);
      const lives = connections.list.some(
        ({ role, state, session }) =>
          role === "control" && state === "open" && session === newest?.session,
      );
      return newest?.role === "data" && newest.session !== undefined && !lives;
    },
    owed: (window) =>
      window === undefined
        ? [...owed.values()].reduce((sum, count) => sum + count, 0)
        : (owed.get(window) ?? 0),
    road: (port, window) =>
      connections.list
        .slice(since.get(window) ?? 0)
        .findLast(({ to, role, away }) => role !== "control" && !away && to.port === port),
    get calledBack() {
      return calledBack;
    },
  };
}
