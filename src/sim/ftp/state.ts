/** The state of one control connection, and what a handler has in its hands while it answers. */
import type { Octets } from "../bytes.ts";
import type { Endpoint, FtpFact, Status } from "../facts.ts";
import type { Person, Tree } from "../fs/tree.ts";
import type { Command } from "../protocol/command.ts";
import type { FtpSetup } from "../scenario.ts";
import type { Dialect, Framer } from "./dialect.ts";
import type { Effect, Stream, TimerName } from "./effect.ts";
import type { Outcome, Outcomes } from "./outcomes.ts";

/** Whether the client has said who it is. */
export type Login =
  | { readonly stage: "start" }
  /** USER was given; `key` is the name to look up, `shown` how replies call it. */
  | { readonly stage: "needs-password"; readonly key: Octets; readonly shown: Octets }
  | { readonly stage: "in"; readonly user: Octets };

/** A command line with its number in the session; replies on the server's own account have number 0. */
export interface Asked {
  readonly number: number;
  readonly command: Command;
}

/** A transfer, from the command that asked for it to its last reply. */
export interface Transfer {
  readonly asked: Asked;
  readonly name: Octets;
  /** The server looks at the control connection while it sends. */
  readonly polled: boolean;
  readonly stream: () => Stream;
  /** What is said once the data connection stands. */
  readonly begin: (turn: Turn) => void;
  /** What is said once all was sent and the data connection is closed. */
  readonly done: (turn: Turn) => void;
  stage: "connecting" | "sending" | "closing";
  /** Bytes handed to the data connection. */
  bytes: number;
}

/** The state of one control connection. */
export interface Session {
  login: Login;
  /** The name that the session's first USER gave. */
  firstUser: Octets | null;
  /** Wrong passwords so far. */
  failures: number;
  folder: Octets;
  type: Status["type"];
  /** The port that PASV opened and no transfer has used, or 0. */
  passivePort: number;
  /** PASV waits for its port. */
  opening: Asked | null;
  transfer: Transfer | null;
  readonly framer: Framer;
  /** Lines that came while the server was busy. */
  readonly lines: Octets[];
  /** Command lines read so far. */
  count: number;
  ended: boolean;
  status: Status;
}

/** What surrounds a session. */
export interface Env {
  readonly id: number;
  readonly setup: FtpSetup;
  readonly dialect: Dialect;
  readonly tree: Tree;
  /** The address that the server announces as its own. */
  readonly address: string;
  /** The client's end of the control connection. */
  readonly client: Endpoint;
  readonly record: (fact: FtpFact) => void;
}

/** A session whose client has just been accepted. */
export function createSession(dialect: Dialect): Session {
  return {
    login: { stage: "start" },
    firstUser: null,
    failures: 0,
    folder: "/",
    // RFC 959 §5.1: the type is ASCII until TYPE says otherwise.
    type: "A",
    passivePort: 0,
    opening: null,
    transfer: null,
    framer: dialect.framer(),
    lines: [],
    count: 0,
    ended: false,
    status: { user: null, pending: null, folder: "/", type: "A", data: "none", port: 0 },
  };
}

/** One answer being given: to a command, or on the server's own account. */
export class Turn {
  readonly session: Session;
  readonly env: Env;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly asked: Asked;
  readonly effects: Effect[];

  constructor(session: Session, env: Env, now: number, effects: Effect[], asked: Asked) {
    this.session = session;
    this.env = env;
    this.now = now;
    this.effects = effects;
    this.asked = asked;
  }

  get argument(): Octets | null {
    return this.asked.command.argument;
  }

  /** Who the client is to the file tree. */
  get person(): Person {
    const { login } = this.session;
    return { user: login.stage === "in" ? login.user : "", group: this.env.setup.group ?? "" };
  }

  /** Replies with an outcome. */
  say<K extends Outcome>(outcome: K, what: Outcomes[K]): void {
    const { id, dialect, setup, record } = this.env;
    const reply = dialect.say(outcome, what, setup);
    this.effects.push({ kind: "reply", reply });
    const { code, lines } = reply;
    record({ kind: "reply", session: id, command: this.asked.number, code, lines });
  }

  /** Refuses the command for an argument that is missing or one too many. */
  badArguments(): void {
    const { verb, argument } = this.asked.command;
    this.say("bad-arguments", { verb, argument });
  }

  /** Starts the clock `name` anew if the set-up has it; `on` false stops it. */
  timer(name: TimerName, on: boolean): void {
    const seconds = this.env.setup.timeouts?.[name];
    if (seconds === undefined) return;
    this.effects.push({ kind: "timer", name, milliseconds: on ? seconds * 1000 : null });
  }

  /** Forgets what was agreed about a data connection; what was dialled to it is reset. */
  drop(): void {
    this.session.passivePort = 0;
    this.effects.push({ kind: "drop" });
  }

  /** Closes the control connection after what was said. */
  hangUp(): void {
    this.session.ended = true;
    this.effects.push({ kind: "drop" }, { kind: "hang-up" });
    this.env.record({ kind: "session-end", session: this.env.id });
  }

  /**
   * Begins a transfer: gets the data connection, by the port that PASV opened, or by dialling the
   * client's default data port, which is its end of the control connection (RFC 959 §3.2).
   */
  transfer(plan: Omit<Transfer, "asked" | "stage" | "bytes">): void {
    const { session, env } = this;
    session.transfer = { ...plan, asked: this.asked, stage: "connecting", bytes: 0 };
    this.effects.push({ kind: "connect", to: session.passivePort > 0 ? null : env.client });
    if (session.passivePort > 0) this.timer("noTransfer", true);
  }
}
