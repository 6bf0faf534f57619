/** The state of one control connection, and what a handler has in its hands while it answers. */
import type { Octets } from "../bytes.ts";
import type { Endpoint, FtpFact, Status } from "../facts.ts";
import type { Node, Person, Tree } from "../fs/tree.ts";
import type { Command } from "../protocol/command.ts";
import type { Reply } from "../protocol/reply.ts";
import type { FtpSetup, ServerFault } from "../scenario.ts";
import type { Dialect, Framer } from "./dialect.ts";
import type { Effect, Stream, TimerName } from "./effect.ts";
import { isSwallowed } from "./faults.ts";
import type { Outcome, Outcomes } from "./outcomes.ts";

/** Whether the client has said who it is. */
export type Login =
  | { readonly stage: "start" }
  /** USER was given; `key` is the name to look up, `shown` how replies call it. */
  | { readonly stage: "needs-password"; readonly key: Octets; readonly shown: Octets }
  | { readonly stage: "in"; readonly user: Octets; readonly anonymous: boolean };

/** A command line with its number in the session; replies on the server's own account have number 0. */
export interface Asked {
  readonly number: number;
  readonly line: Octets;
  readonly command: Command;
}

/** What a handler plans when it begins a transfer. */
export interface Plan {
  readonly name: Octets;
  /** The server looks at the control connection once for each piece that it moves. */
  readonly polled: boolean;
  /** What is said once the data connection stands. */
  readonly begin: (turn: Turn) => void;
  /** What is said once all was moved and the data connection is closed. */
  readonly done: (turn: Turn) => void;
  /** What is said if the client broke off; left out: the outcome `transfer-broken`. */
  readonly broken?: (turn: Turn) => void;
  /** What is sent; left out if the transfer receives. */
  readonly stream?: () => Stream;
  /**
   * What takes the bytes of a transfer that receives; false refuses them (no space), a function cuts
   * the transfer short and is what is said instead of its end.
   */
  readonly sink?: (bytes: Uint8Array) => boolean | ((turn: Turn) => void);
}

/** A transfer, from the command that asked for it to its last reply. */
export interface Transfer extends Plan {
  readonly asked: Asked;
  stage: "connecting" | "securing" | "moving" | "closing";
  /** What is said in the place of `done` once the data connection is closed: it was cut short. */
  instead: ((turn: Turn) => void) | null;
  /** Bytes moved over the data connection. */
  bytes: number;
  /** What `stream` has given. */
  source?: Stream;
  /** The other end of the data connection, and whether the client dialled it. */
  peer?: Endpoint;
  passive?: boolean;
}

/** The state of one control connection. */
export interface Session {
  login: Login;
  /** The name that USER gave, until a PASS fails. */
  named: Octets | null;
  /** Wrong passwords so far. */
  failures: number;
  folder: Octets;
  type: Status["type"];
  structure: "F" | "R" | "P";
  mode: "S" | "B" | "C";
  /** The port that PASV or EPSV opened and no transfer has used, or 0. */
  passivePort: number;
  /** Where PORT or EPRT told us to dial. */
  active: Endpoint | null;
  /** EPSV ALL was said. */
  onlyEpsv: boolean;
  /** Where the next transfer begins (REST), and before which byte it ends (RANG), or null. */
  restart: number;
  rangeEnd: number | null;
  /** What RNFR named. */
  renaming: { readonly path: Octets; readonly node: Node } | null;
  /** The facts that MLST shows, or null for the dialect's own. */
  mlstFacts: readonly string[] | null;
  tls: "off" | "handshake" | "on";
  /** PROT: whether data connections are to be encrypted. */
  protection: "C" | "P";
  /** Bytes over data connections so far. */
  received: number;
  sent: number;
  /** The same as the files have them: text without the CRs that its lines get on the way. */
  moved: number;
  /** PASV or EPSV waits for its port. */
  opening: Asked | null;
  transfer: Transfer | null;
  /** Replies wait for the timer `delay`. */
  delayed: ((now: number, effects: Effect[]) => void) | null;
  framer: Framer;
  /** Lines that came while the server was busy. */
  readonly lines: Octets[];
  /** The client has closed its half: the session ends when its lines are worked off. */
  closing: boolean;
  /** Command lines read so far. */
  count: number;
  ended: boolean;
  status: Status;
  /** What a dialect alone remembers. */
  readonly notes: Map<string, string>;
}

/** What surrounds a session. */
export interface Env {
  readonly id: number;
  readonly setup: FtpSetup;
  readonly dialect: Dialect;
  readonly tree: Tree;
  /** The server's address on this connection. */
  readonly address: string;
  /** Its port. */
  readonly port: number;
  /** Whether the server's computer has an IPv6 address. */
  readonly six: boolean;
  /** The client's end of the control connection. */
  readonly client: Endpoint;
  /** Lets a clock of this session run out at once: for servers in which one client wakes the others'. */
  readonly expire: (name: TimerName) => void;
  readonly record: (fact: FtpFact) => void;
  readonly random: (below: number) => number;
  /** What all sessions of the server share. */
  readonly house: House;
  /** What is ordered to go wrong at present. */
  readonly faults?: () => readonly ServerFault[];
}

/** The server's own state: who is there. */
export interface House {
  /** Control connections that stand. */
  connections: number;
  /** Sessions that are logged in. */
  users: number;
  /** Bytes that uploads hold. */
  uploaded: number;
  /** Control connections from each address. */
  readonly callers: Map<string, number>;
}

/** Whether one more from the client's address is one too many: the set-up's bound, or undefined. */
export function crowded({ setup, house, client }: Env): number | undefined {
  const most = setup.limits?.perAddress ?? Infinity;
  return (house.callers.get(client.address) ?? 0) > most ? most : undefined;
}

/** A session whose client has just been accepted. */
export function createSession(dialect: Dialect): Session {
  return {
    login: { stage: "start" },
    named: null,
    failures: 0,
    folder: "/",
    // RFC 959 §5.1: ASCII, file structure, stream mode until the client says otherwise.
    type: "A",
    structure: "F",
    mode: "S",
    passivePort: 0,
    active: null,
    onlyEpsv: false,
    restart: 0,
    rangeEnd: null,
    renaming: null,
    mlstFacts: null,
    tls: "off",
    protection: "C",
    received: 0,
    sent: 0,
    moved: 0,
    opening: null,
    transfer: null,
    delayed: null,
    framer: dialect.framer(),
    lines: [],
    closing: false,
    count: 0,
    ended: false,
    status: { user: null, pending: null, folder: "/", type: "A", data: "none", port: 0 },
    notes: new Map(),
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

  get verb(): Octets {
    return this.asked.command.verb;
  }

  get argument(): Octets | null {
    return this.asked.command.argument;
  }

  /** The argument as the path that is looked for. */
  get path(): Octets {
    const { path, argument } = this.asked.command;
    return path ?? argument ?? "";
  }

  /** The argument's words. */
  get words(): readonly Octets[] {
    const { words, argument } = this.asked.command;
    return words ?? argument?.match(/[^ \t]+/g) ?? [];
  }

  /** Who the client is to the file tree. */
  get person(): Person {
    const { login } = this.session;
    const { group = "" } = this.env.setup;
    if (login.stage !== "in") return { user: "", group: "" };
    return login.anonymous ? { user: "ftp", group: "nogroup" } : { user: login.user, group };
  }

  /** Replies with an outcome: mostly once, at times not at all or several times. */
  say<K extends Outcome>(outcome: K, what: Outcomes[K]): void {
    for (const reply of this.env.dialect.say(outcome, what, this)) this.send(reply);
  }

  /** Sends a reply. */
  send(reply: Reply): void {
    const { code, lines } = reply;
    if (isSwallowed(this.env, this.verb, code)) return;
    this.effects.push({ kind: "reply", reply });
    this.env.record({
      kind: "reply",
      session: this.env.id,
      command: this.asked.number,
      code,
      lines,
    });
  }

  /** Replies in words that one dialect alone has. */
  reply(code: number, ...lines: readonly Octets[]): void {
    this.send({ code, lines });
  }

  /** Refuses the command for an argument that is missing or one too many. */
  badArguments(): void {
    const { verb, argument } = this.asked.command;
    this.say("bad-arguments", { verb, argument });
  }

  /** Starts the clock `name` anew if the set-up has it; `on` false stops it. */
  timer(name: Exclude<TimerName, "delay">, on: boolean): void {
    // A client may have set a time of its own (SITE IDLE).
    const own = this.session.notes.get(name);
    const seconds = own === undefined ? this.env.setup.timeouts?.[name] : Number(own);
    if (seconds === undefined) return;
    this.effects.push({ kind: "timer", name, milliseconds: on ? seconds * 1000 : null });
  }

  /** Answers later: `run` is called after so many milliseconds, and nothing is read until then. */
  later(milliseconds: number, run: (turn: Turn) => void): void {
    const { session, env, asked } = this;
    session.delayed = (now, effects) => run(new Turn(session, env, now, effects, asked));
    this.effects.push({ kind: "timer", name: "delay", milliseconds });
  }

  /** Forgets what was agreed about a data connection; what was dialled to it is reset. */
  drop(): void {
    this.session.passivePort = 0;
    this.session.active = null;
    this.effects.push({ kind: "drop" });
  }

  /** Closes the control connection after what was said. */
  hangUp(): void {
    if (this.session.ended) return;
    this.session.ended = true;
    this.effects.push({ kind: "drop" }, { kind: "hang-up" });
    this.env.record({ kind: "session-end", session: this.env.id });
  }

  /**
   * Begins a transfer: gets the data connection, by the port that PASV opened, by dialling where
   * PORT said, or by dialling the client's default data port, which is its end of the control
   * connection (RFC 959 §3.2).
   */
  transfer(plan: Plan): void {
    const { session, env } = this;
    if (env.dialect.declines?.(this) === true) return;
    session.transfer = { ...plan, asked: this.asked, stage: "connecting", instead: null, bytes: 0 };
    const active = session.active ?? env.dialect.dials?.(this) ?? env.client;
    const to = session.passivePort > 0 ? null : active;
    if (to === null) this.timer("noTransfer", true);
    this.effects.push({ kind: "connect", to });
  }

  /** Cuts the transfer short: the data connection is closed, and `instead` is said in the place of its end. */
  abort(instead: (turn: Turn) => void): void {
    const { transfer } = this.session;
    if (transfer === null) return;
    transfer.instead = instead;
    if (transfer.stage === "moving") {
      transfer.stage = "closing";
      this.effects.push({ kind: "finish" });
    } else if (transfer.stage !== "closing") {
      this.session.transfer = null;
      this.drop();
      instead(this);
    }
  }
}
