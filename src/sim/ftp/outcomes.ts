/**
 * What can come of a command, apart from words: a handler answers with an outcome, the dialect
 * turns it into replies.
 */
import type { Octets } from "../bytes.ts";
import type { Endpoint } from "../facts.ts";

/** Every outcome with what its words may need. A dialect that never comes to one may say anything for it. */
export interface Outcomes {
  greeting: {};
  "too-many": { limit: number };
  goodbye: {};
  "timed-out": { timer: "login" | "idle" | "noTransfer" | "stalled" | "accept"; seconds: number };
  "empty-line": {};
  "unknown-verb": { verb: Octets };
  /** The real server knows this verb, ours does not yet. */
  "not-yet": { verb: Octets };
  "not-implemented": { verb: Octets };
  /** The argument is missing, or there is one too many. */
  "bad-arguments": { verb: Octets; argument: Octets | null };
  "bad-sequence": { verb: Octets };
  /** A command that needs the data connection came while it is in use. */
  busy: { verb: Octets };

  "login-first": {};
  "user-missing": {};
  "password-wanted": { user: Octets };
  "email-wanted": { user: Octets };
  "logged-in": { user: Octets };
  "anonymous-in": {};
  "login-failed": {};
  "user-first": {};
  "already-in": {};
  "other-user": {};
  "started-over": {};

  "current-folder": { path: Octets };
  "folder-changed": { verb: Octets; path: Octets };
  "folder-made": { path: Octets; name: Octets };
  "folder-removed": { verb: Octets };
  "file-removed": { path: Octets };
  "rename-begun": {};
  renamed: {};
  /** `why` is Unix's word for it. */
  "no-path": { path: Octets; why: string };
  "not-a-file": { path: Octets };
  /** The set-up allows nobody to write. `folder`: it was about a folder. */
  "no-right": { path: Octets; folder: boolean };

  system: {};
  nothing: {};
  /** NOOP while a transfer runs. */
  "nothing-busy": {};
  help: {};
  "help-verb": { verb: Octets };
  "type-set": { type: string };
  "type-refused": { type: Octets };
  "structure-set": { structure: Octets };
  "structure-refused": { structure: Octets; known: boolean };
  "mode-set": { mode: Octets };
  "mode-refused": { mode: Octets; known: boolean };

  passive: { at: Endpoint };
  "extended-passive": { at: Endpoint };
  "only-epsv-set": {};
  "only-epsv": { verb: Octets };
  "bad-protocol": {};
  "bad-epsv": {};
  "no-port": {};
  "port-agreed": { verb: Octets };
  /** PORT or EPRT is no address. */
  "bad-address": { verb: Octets };
  /** It is one that the server does not dial. */
  "address-refused": { verb: Octets; to: Endpoint };

  "list-begins": { ascii: boolean; verb: Octets };
  "list-missing": { path: Octets; why: string; verb: Octets };
  "no-files": { path: Octets };
  /** `bytes` will be sent of `size`. */
  "file-begins": { name: Octets; ascii: boolean; bytes: number; size: number };
  /** `file` is the last name of the path; `bytes` are those that RANG announced, or 0. */
  "store-begins": { name: Octets; ascii: boolean; verb: Octets; file: Octets; bytes?: number };
  "transfer-done": {};
  /** `range`: other bytes came than RANG had announced. */
  "transfer-broken": { range?: boolean };
  /** ABOR cut the transfer short; `abort-done` follows. */
  "transfer-aborted": {};
  "abort-done": {};
  "no-data": { why: string };
  "no-space": { path: Octets };
  "no-unique-name": {};
  "no-allocation": {};
  "bad-size": { size: Octets };
  "restart-set": { value: Octets };
  "bad-restart": { value: Octets };
  "restart-in-text": {};
  "range-set": { from: Octets; to: Octets };
  /** `end`: before which byte RANG asked to end. */
  "beyond-end": { path: Octets; restart: number; size: number; end?: number };
}

/** The name of an outcome. */
export type Outcome = keyof Outcomes;
