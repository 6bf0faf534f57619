/**
 * What can come of a command, apart from words: a handler answers with an outcome, the dialect
 * turns it into a reply.
 */
import type { Octets } from "../bytes.ts";
import type { Endpoint } from "../facts.ts";

/** Every outcome with what its words may need. */
export interface Outcomes {
  greeting: { server: string; address: string };
  goodbye: {};
  "empty-line": {};
  "unknown-verb": { verb: Octets };
  "not-yet": { verb: Octets };
  "not-implemented": { verb: Octets };
  /** The argument is missing, or there is one too many. */
  "bad-arguments": { verb: Octets; argument: Octets | null };
  "login-first": {};
  "user-missing": {};
  "password-wanted": { user: Octets };
  "logged-in": { user: Octets };
  "login-failed": {};
  "user-first": {};
  "already-in": {};
  "other-user": {};
  "current-folder": { path: Octets };
  "folder-changed": { verb: Octets };
  "no-path": { path: Octets; why: string };
  "not-a-file": { path: Octets };
  system: {};
  nothing: {};
  /** NOOP while a transfer runs. */
  "nothing-busy": {};
  help: {};
  "help-verb": { verb: Octets; syntax: string };
  "help-unknown": { verb: Octets };
  "type-set": { type: string };
  "type-refused": { type: Octets };
  passive: { at: Endpoint };
  "no-port": {};
  "list-begins": { ascii: boolean };
  "file-begins": { name: Octets; ascii: boolean; bytes: number };
  "transfer-done": {};
  "transfer-broken": {};
  "no-data": { why: string };
  /** A command that needs the data connection came while it is in use. */
  busy: { verb: Octets };
  "list-missing": { path: Octets; why: string };
  "timed-out": { timer: "login" | "idle" | "noTransfer" | "stalled"; seconds: number };
}

/** The name of an outcome. */
export type Outcome = keyof Outcomes;
