/** What Tab completes in telnet: `completeFrom(pool, before)`. */
import { commonStart } from "./common-start.ts";

/** Words that are typed to an FTP server. */
export const VERBS: readonly string[] = (
  "USER PASS ACCT CWD CDUP SMNT QUIT REIN PORT PASV EPRT EPSV TYPE STRU MODE RETR STOR STOU APPE ALLO " +
  "REST RNFR RNTO ABOR DELE RMD MKD PWD LIST NLST MLST MLSD SITE SYST STAT HELP NOOP FEAT OPTS SIZE MDTM " +
  "AUTH PBSZ PROT HOST"
).split(" ");

/** What to insert behind `before`, the beginning of a line's first word, in the case it is typed in. */
export function completeFrom(pool: readonly string[], before: string): string {
  const upper = before.toUpperCase();
  const fitting = pool.filter((word) => word.toUpperCase().startsWith(upper));
  if (before === "" || fitting.length === 0) return "";
  const rest = commonStart(fitting).slice(before.length) + (fitting.length === 1 ? " " : "");
  return before === upper ? rest.toUpperCase() : rest.toLowerCase();
}
