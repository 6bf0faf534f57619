/** What the package is to those who import it: its options and what they get. */
import type { Fact } from "../sim/facts.ts";
import type { DialectName, FtpSetup, Scenario } from "../sim/scenario.ts";

/** What can be changed about a scenario's server. */
export interface SetupChanges extends Partial<
  Omit<FtpSetup, "dialect" | "tree" | "users" | "port" | "passive">
> {
  readonly passive?: Partial<FtpSetup["passive"]>;
}

/** What a server can be told; every part has a default. */
export interface CreateServerOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** The address to listen on; 127.0.0.1 by default, which only this machine can reach. */
  readonly host?: string;
  /** Whose manners it has; "proftpd" by default. */
  readonly dialect?: DialectName;
  /** A set-up ("reference-main"), a lesson's world ("article"), or a scenario of your own. */
  readonly scenario?: string | Scenario;
  /** Files to begin with, beside the scenario's. */
  readonly files?: FilesGiven;
  /** Names and passwords, in place of the scenario's. Without either: ftptest, guestpass. */
  readonly users?: Readonly<Record<string, string>>;
  /** What goes wrong on purpose. */
  readonly faults?: readonly Fault[];
  /** False keeps no trace, for a server that runs for long or moves much. */
  readonly trace?: boolean;
  /** TLS with a certificate made for the occasion (true), or with your own. */
  readonly tls?: boolean | KeyPair;
  /** Changes to the scenario's server: passive ports, time limits, quota … */
  readonly setup?: SetupChanges;
  /** What nobody may do to this machine, whatever the scenario says. */
  readonly guards?: Partial<Guards>;
}

/** Something that goes wrong on purpose when a command comes. */
export interface Fault {
  /** The verb, as "RETR". */
  readonly on: string;
  /** Only with this argument. */
  readonly argument?: string;
  /** So many times; always, if left out. */
  readonly times?: number;
  /** Is answered instead of what the server would say: code and lines. */
  readonly reply?: readonly [code: number, ...lines: string[]];
  /** Closes the control connection, after `reply` if there is one. */
  readonly hangUp?: true;
  /** What happens to the data connection of this command once so many bytes have passed over it. */
  readonly cut?: { readonly after: number; readonly how: "reset" | "stall" };
}

/** A running server. */
export interface FtpServer {
  readonly host: string;
  readonly port: number;
  /** As "ftp://127.0.0.1:2121". */
  readonly url: string;
  readonly files: Files;
  /** All that happened so far; empty if no trace is kept. */
  readonly trace: readonly Fact[];
  /** The certificate it shows, PEM, if it speaks TLS. */
  readonly certificate?: string;
  /** Listens no more, hangs up on everybody, and resolves when all is closed. */
  close(): Promise<void>;
}

/** Files to begin with: paths, and text (stored as UTF-8) or bytes; a path that ends in "/" is a directory. */
export type FilesGiven = Readonly<Record<string, string | Uint8Array>>;

/** A look into the server's files as they are now. */
export interface Files {
  /** The paths of all files, in order. */
  list(): string[];
  has(path: string): boolean;
  /** @throws Error if there is no such file. */
  bytes(path: string): Uint8Array;
  /** The file read as UTF-8. @throws Error if there is no such file. */
  text(path: string): string;
}

/** Bounds for control connections. */
export interface Guards {
  /** How many at once. */
  readonly connections: number;
  /** How many at once from one address. */
  readonly perAddress: number;
  /** The longest line before its LF, in bytes. */
  readonly line: number;
}

/** A certificate and its key, both PEM. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** Something asked for that is not to be had; the message says what to do. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
