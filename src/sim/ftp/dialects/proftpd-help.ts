/** What ProFTPD 1.3.8 answers to HELP, as recorded: verbs in its own order, a star on what is not implemented. */

const path = "<sp> pathname";
const data = "<sp> base64-data";
const here = "(returns current working directory)";

/** One row a verb: the verb, with a star if HELP stars it, and its syntax behind the verb. */
const rows: readonly (readonly [string, string])[] = [
  ["CWD", path],
  ["XCWD", path],
  ["CDUP", "(up one directory)"],
  ["XCUP", "(up one directory)"],
  ["SMNT*", "is not implemented"],
  ["QUIT", "(close control connection)"],
  ["PORT", "<sp> h1,h2,h3,h4,p1,p2"],
  ["PASV", "(returns address/port)"],
  ["EPRT", "<sp> |proto|addr|port|"],
  ["EPSV", "(returns port |||port|)"],
  ["ALLO", "<sp> size"],
  ["RNFR", path],
  ["RNTO", path],
  ["DELE", path],
  ["MDTM", path],
  ["RMD", path],
  ["XRMD", path],
  ["MKD", path],
  ["XMKD", path],
  ["PWD", here],
  ["XPWD", here],
  ["SIZE", path],
  ["SYST", "(returns system type)"],
  ["HELP", "[<sp> command]"],
  ["NOOP", "(no operation)"],
  ["FEAT", "(returns feature list)"],
  ["OPTS", "<sp> command [<sp> options]"],
  ["HOST", "<cp> hostname"],
  ["CLNT", "<cp> client-info"],
  ["AUTH*", data],
  ["CCC*", "(clears protection level)"],
  ["CONF*", data],
  ["ENC*", data],
  ["MIC*", data],
  ["PBSZ*", "<sp> protection buffer size"],
  ["PROT*", "<sp> protection code"],
  ["TYPE", "<sp> type-code (A, I, L 7, L 8)"],
  ["STRU", "is not implemented (always F)"],
  ["MODE", "is not implemented (always S)"],
  ["RETR", path],
  ["STOR", path],
  ["STOU", "(store unique filename)"],
  ["APPE", path],
  ["REST", "<sp> byte-count"],
  ["ABOR", "(abort current operation)"],
  ["RANG", "<sp> start-point <sp> end-point"],
  ["USER", "<sp> username"],
  ["PASS", "<sp> password"],
  ["ACCT*", "is not implemented"],
  ["REIN*", "is not implemented"],
  ["LIST", "[<sp> pathname]"],
  ["NLST", "[<sp> (pathname)]"],
  ["STAT", "[<sp> pathname]"],
  ["SITE", "<sp> string"],
  ["MLSD", "[<sp> pathname]"],
  ["MLST", "[<sp> pathname]"],
];

/** Whom to write to: the administrator that ProFTPD makes up. */
export const CONTACT = "root@127.0.0.1";

/** The lines of HELP: eight verbs a line, and whom to write to. */
export function helpLines(): string[] {
  const lines = ["The following commands are recognized (* =>'s unimplemented):"];
  for (let i = 0; i < rows.length; i += 8) {
    lines.push(rows.slice(i, i + 8).reduce((line, [verb]) => line + verb.padEnd(8), ""));
  }
  return [...lines, `Direct comments to ${CONTACT}`];
}

/** HELP SITE has a form of its own. */
export const helpSite: readonly string[] = ["HELP", "CHGRP", "CHMOD"];

/** What stands behind "Syntax: " for a verb, or undefined. */
export function helpSyntax(verb: string): string | undefined {
  const row = rows.find(([name]) => name.replace("*", "") === verb);
  return row === undefined ? undefined : `${verb} ${row[1]}`;
}
