/** The table of commands: every verb that a server of ours may have, each in one row. Dialects choose from it. */
import { ABOR } from "./abor.ts";
import { DELE, MKD, RMD, RNFR, RNTO, XMKD, XRMD } from "./change.ts";
import { ESTA, LPRT, LPSV, PRET } from "./elder.ts";
import { MDTM, MFCT, MFF, MFMT, MLSD, MLST, SIZE } from "./facts.ts";
import { CLNT, CSID, FEAT, HOST, LANG, OPTS } from "./features.ts";
import { CDUP, CWD, PWD, XCUP, XCWD, XPWD } from "./folder.ts";
import { HELP, NOOP, SYST } from "./info.ts";
import { LIST, NLST } from "./list.ts";
import { ACCT, PASS, QUIT, REIN, SMNT, USER } from "./login.ts";
import { EPRT, EPSV, PASV, PORT } from "./port.ts";
import { RANG, REST, RETR } from "./retr.ts";
import { ADAT, AUTH, CCC, CONF, ENC, MIC, PBSZ, PROT } from "./secure.ts";
import { SITE } from "./site.ts";
import type { CommandRow, CommandSpec } from "./spec.ts";
import { STAT } from "./stat.ts";
import { ALLO, APPE, STOR, STOU } from "./stor.ts";
import { MODE, STRU, TYPE } from "./type.ts";

/** Every command with a handler that decides as ProFTPD does; a dialect's words answer for it. */
export const commands: readonly CommandSpec[] = [
  USER,
  PASS,
  ACCT,
  REIN,
  SMNT,
  QUIT,
  PASV,
  EPSV,
  PORT,
  EPRT,
  LIST,
  NLST,
  RETR,
  REST,
  STOR,
  APPE,
  STOU,
  ALLO,
  ABOR,
  TYPE,
  STRU,
  MODE,
  PWD,
  XPWD,
  CWD,
  XCWD,
  CDUP,
  XCUP,
  MKD,
  XMKD,
  RMD,
  XRMD,
  DELE,
  RNFR,
  RNTO,
  SYST,
  NOOP,
  HELP,
];

/** Every command: those above, and those that each dialect answers in its own way. */
export const rows: readonly CommandRow[] = [
  ...commands,
  RANG,
  SIZE,
  MDTM,
  MLST,
  MLSD,
  MFMT,
  MFF,
  MFCT,
  FEAT,
  OPTS,
  HOST,
  LANG,
  CLNT,
  CSID,
  STAT,
  SITE,
  AUTH,
  PBSZ,
  PROT,
  CCC,
  ADAT,
  MIC,
  CONF,
  ENC,
  LPRT,
  LPSV,
  PRET,
  ESTA,
];
