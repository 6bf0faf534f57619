/**
 * What the server knows of a file: SIZE, MDTM, MLST and MLSD (RFC 3659), MFMT and MFF (draft
 * somers-ftp-mfxx). Each server refuses in its own order, so only the rows and what all share stand here.
 */
import type { Octets } from "../../bytes.ts";
import type { CommandRow } from "./spec.ts";

/** Milliseconds since 1970 as RFC 3659 §2.3 writes a time, in UTC: `20200613092000`. */
export function timeText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replace(/\D/g, "");
}

/** `YYYYMMDDHHMMSS` to milliseconds since 1970; undefined if no such moment is in the calendar. */
export function parseTime(text: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
  if (parts === null) return undefined;
  const [year = 0, month = 0, ...rest] = parts.slice(1).map(Number);
  const time = Date.UTC(year, month - 1, ...rest);
  return timeText(time) === text ? time : undefined;
}

/** A line of MLST or MLSD: `name=value;` for each fact, a blank, the name of the file (RFC 3659 §7.2). */
export function factsLine(
  facts: readonly (readonly [name: string, value: string | number])[],
  name: Octets,
): Octets {
  return `${facts.map(([fact, value]) => `${fact}=${value};`).join("")} ${name}`;
}

const row = (verb: string, syntax: string, rfc: string, purpose: string): CommandRow => ({
  verb,
  syntax: `${verb} ${syntax}`,
  rfc,
  purpose,
  login: true,
});

const PATH = "<SP> <pathname>";
const MFXX = "draft-somers-ftp-mfxx";

export const SIZE = row("SIZE", PATH, "3659 §4", "asks how many bytes a file has");
export const MDTM = row("MDTM", PATH, "3659 §3", "asks when a file was last changed");
export const MLST = row("MLST", "[<SP> <pathname>]", "3659 §7", "asks for the facts of one file");
export const MLSD: CommandRow = {
  ...row("MLSD", "[<SP> <pathname>]", "3659 §7", "asks for a listing made for programs"),
  transfers: true,
};
export const MFMT = row(
  "MFMT",
  `<SP> <time-val> ${PATH}`,
  MFXX,
  "sets when a file was last changed",
);
export const MFF = row("MFF", `<SP> <mff-facts> ${PATH}`, MFXX, "sets facts of a file");
export const MFCT = row("MFCT", `<SP> <time-val> ${PATH}`, MFXX, "sets when a file was made");
