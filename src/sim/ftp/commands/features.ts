/** What the two sides can do beyond RFC 959: FEAT and OPTS (RFC 2389), HOST, LANG, CLNT, CSID. */
import type { CommandRow } from "./spec.ts";

const row = (verb: string, syntax: string, rfc: string, purpose: string): CommandRow => ({
  verb,
  syntax: syntax === "" ? verb : `${verb} ${syntax}`,
  rfc,
  purpose,
  login: false,
});

export const FEAT = row("FEAT", "", "2389 §3", "asks what the server can do beyond RFC 959");
export const OPTS = row(
  "OPTS",
  "<SP> <command-name> [<SP> <command-options>]",
  "2389 §4",
  "sets how another command works",
);
export const HOST = row(
  "HOST",
  "<SP> <hostname>",
  "7151 §3",
  "says which of its names you dialled",
);
export const LANG = row("LANG", "[<SP> <lang-tag>]", "2640 §4", "chooses the language of replies");
export const CLNT = row("CLNT", "<SP> <client-info>", "of habit", "says which program you use");
export const CSID = row(
  "CSID",
  "<SP> <client-facts>",
  "draft-peterson-ftp-csid",
  "tells client and server about each other",
);
