/** STAT: how the server stands, or a listing over the control connection. RFC 959 §4.1.3. */
import type { CommandRow } from "./spec.ts";

export const STAT: CommandRow = {
  verb: "STAT",
  syntax: "STAT [<SP> <pathname>]",
  rfc: "959 §4.1.3",
  purpose: "asks how the server stands, or for a listing right here",
  login: true,
};
