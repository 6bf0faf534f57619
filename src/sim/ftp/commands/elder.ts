/** Verbs that some server knows and hardly anybody uses: a dialect that has one gives it a handler. */
import type { CommandRow } from "./spec.ts";

const row = (verb: string, syntax: string, rfc: string, purpose: string): CommandRow => ({
  verb,
  syntax: syntax === "" ? verb : `${verb} <SP> ${syntax}`,
  rfc,
  purpose,
  login: true,
});

export const LPRT = row(
  "LPRT",
  "<long-host-port>",
  "1639 §4",
  "tells where to dial you, at length",
);
export const LPSV = row("LPSV", "", "1639 §4", "the same as PASV, for long addresses");
export const PRET = row("PRET", "<command>", "of habit", "says which transfer PASV is for");
export const ESTA = row("ESTA", "", "of habit", "asks for the server's address of before");
