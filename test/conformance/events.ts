/** What a player writes down: the recordings' events, one JSON object a line. */
import type { Octets } from "../../src/sim/bytes.ts";

/** The line before a step's events: the step's number and its text. */
export interface StepMark {
  readonly step: number;
  readonly src: string;
}

/** One event. Octets stand in JSON as one character a byte. */
export interface PlayedEvent {
  readonly step: number;
  /** The number of the control line that it belongs to; lines of consecutive `@send` share one. */
  readonly cmd: number;
  /** Seconds since the start. */
  readonly t: number;
  readonly chan: "ctl" | "data" | "note";
  /** ">" was sent by the player, "<" came from the server. */
  readonly dir?: ">" | "<";
  readonly bytes?: Octets;
  readonly code?: string | null;
  readonly partial?: boolean;
  readonly event?: string;
  readonly sess?: string;
  /** Of data: its length, and of more than 64 KiB the hash in place of the bytes. */
  readonly len?: number;
  readonly sha256?: string;
  readonly [detail: string]: unknown;
}

/** A line of a recording after its first. */
export type Entry = StepMark | PlayedEvent;

/** The first line of a recording. */
export interface Meta {
  readonly scenario: string;
  readonly header?: Readonly<Record<string, string>>;
  readonly [detail: string]: unknown;
}

/** A whole recording. */
export interface Recording {
  readonly meta: Meta;
  readonly entries: readonly Entry[];
}

/** Reads a recording's text. */
export function parseRecording(text: string): Recording {
  const [first, ...rest] = text.trimEnd().split("\n");
  const { meta } = JSON.parse(first!) as { meta: Meta };
  return { meta, entries: rest.map((line) => JSON.parse(line) as Entry) };
}

/** Writes a recording as text, as `parseRecording` reads it. */
export function formatRecording({ meta, entries }: Recording): string {
  return [{ meta }, ...entries].map((entry) => `${JSON.stringify(entry)}\n`).join("");
}
