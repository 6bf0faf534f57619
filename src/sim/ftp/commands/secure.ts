/** Encryption: AUTH, PBSZ, PROT and CCC (RFC 2228, RFC 4217), and what RFC 2228 has for other schemes. */
import type { CommandRow } from "./spec.ts";

const row = (verb: string, syntax: string, purpose: string, rfc = "2228 §3"): CommandRow => ({
  verb,
  syntax: syntax === "" ? verb : `${verb} <SP> ${syntax}`,
  rfc,
  purpose,
  login: false,
});

export const AUTH = row("AUTH", "<mechanism-name>", "begins encryption", "2228 §3, 4217 §4");
export const PBSZ = row("PBSZ", "<decimal-integer>", "agrees on a buffer size, 0 for TLS");
export const PROT = row("PROT", "<prot-code>", "says whether data is encrypted (P) or not (C)");
export const CCC = row("CCC", "", "ends the encryption of commands and replies");
const DATA = "<base64data>";
export const ADAT = row("ADAT", DATA, "carries what an AUTH scheme other than TLS has to say");
export const MIC = row("MIC", DATA, "carries a signed command");
export const CONF = row("CONF", DATA, "carries an encrypted command");
export const ENC = row("ENC", DATA, "carries a signed and encrypted command");
