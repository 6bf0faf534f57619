/** The control connection as the player reads it: bytes cut into replies. */
import type { Octets } from "../../src/sim/bytes.ts";
import type { Line } from "./wire.ts";

/** Where a control connection tells what it sees. */
export type Log = (event: {
  readonly dir?: "<";
  readonly bytes?: Octets;
  readonly code?: string | null;
  readonly partial?: boolean;
  readonly event?: string;
  readonly error?: string;
}) => void;

/** One control connection. */
export class Control {
  readonly name: string;
  line: Line | undefined;
  /** Nothing more can be said or heard: the server closed, or we did. */
  eof = false;
  /** The code of the newest reply. */
  lastCode: string | undefined;
  /** A command was sent and no reply has come since. */
  unanswered = false;
  /** How many replies have come. */
  replies = 0;
  private readonly log: Log;
  private buffer: Octets = "";
  private secure = false;

  constructor(name: string, log: Log) {
    this.name = name;
    this.log = log;
  }

  /** Holds bytes that are no whole reply yet. */
  get hasPart(): boolean {
    return this.buffer !== "";
  }

  /** A transfer is under way, or a command unanswered. */
  get pending(): boolean {
    return !this.eof && (this.unanswered || this.lastCode?.startsWith("1") === true);
  }

  /** Takes what has come, without waiting, and writes down every whole reply. */
  take(): void {
    const { line } = this;
    if (this.eof || line === undefined) return;
    this.buffer += line.read();
    for (let reply = cutReply(this.buffer); reply !== undefined; reply = cutReply(this.buffer)) {
      const bytes = this.buffer.slice(0, reply.length);
      this.buffer = this.buffer.slice(reply.length);
      this.lastCode = reply.code;
      this.unanswered = false;
      this.replies++;
      this.log({ dir: "<", bytes, code: reply.code ?? null });
    }
    if (line.secure) this.secure = true;
    else if (this.secure) {
      // The server ended TLS: after CCC, or at the end of the session.
      this.secure = false;
      this.log({ event: "tls-left" });
    }
    if (line.ended === undefined) return;
    this.eof = true;
    this.flushPart();
    const { how, error } = line.ended;
    this.log({ event: how, ...(error === undefined ? {} : { error }) });
  }

  /** Writes down a beginning of a reply to which no end has come. */
  flushPart(): void {
    if (this.buffer === "") return;
    this.log({ dir: "<", bytes: this.buffer, code: null, partial: true });
    this.buffer = "";
  }
}

/**
 * The first whole reply in `text`, if there is one (RFC 959 §4.2): one line that begins `ddd `, or
 * from `ddd-` to the line that begins with the same `ddd ` or is nothing but `ddd`. Telnet
 * commands before it belong to it. A line of another form stands for itself, without a code unless
 * it is three bare digits.
 */
export function cutReply(text: Octets): { length: number; code: string | undefined } | undefined {
  const first = text.indexOf("\n") + 1;
  if (first === 0) return undefined;
  const line = text.slice(0, first);
  const head = /^(?:\xff[\xfb-\xfe][^]|\xff[\xf0-\xfa])*(\d{3})([ -])/.exec(line);
  if (head === null) return { length: first, code: /^(\d{3})\r?\n/.exec(line)?.[1] };
  const [, code, mark] = head;
  if (mark === " ") return { length: first, code };
  for (let at = first; ;) {
    const next = text.indexOf("\n", at) + 1;
    if (next === 0) return undefined;
    const rest = text.slice(at, next);
    if (rest.startsWith(`${code} `) || rest.trim() === code) return { length: next, code };
    at = next;
  }
}
