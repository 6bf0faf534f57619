/** One row of the table of commands. */
import type { Turn } from "../state.ts";

/** What the server knows of a verb, for dispatch, HELP, the notes on screen and the docs. */
export interface CommandSpec {
  readonly verb: string;
  /** As RFC 959 §5.3.1 writes it. */
  readonly syntax: string;
  readonly rfc: string;
  /** What it is for, in a few words. */
  readonly purpose: string;
  /** It is refused before the login. */
  readonly login: boolean;
  /** It needs the data connection, or agrees about it: refused while a transfer runs. */
  readonly transfers?: boolean;
  readonly run: (turn: Turn) => void;
}

/** A table of these rows. */
export function tableOf(rows: readonly CommandSpec[]): Map<string, CommandSpec> {
  return new Map(rows.map((row) => [row.verb, row]));
}

/** A row without its handler: where each server decides for itself, the table says what it is. */
export type CommandRow = Omit<CommandSpec, "run">;

/** A row with a handler: what a dialect does in its own way. */
export function handledBy(row: CommandRow, run: (turn: Turn) => void): CommandSpec {
  return { ...row, run };
}
