/** The table of commands: every verb that is implemented, each in one row. Dialects choose from it. */
import { ABOR } from "./abor.ts";
import { DELE, MKD, RMD, RNFR, RNTO, XMKD, XRMD } from "./change.ts";
import { CDUP, CWD, PWD, XCUP, XCWD, XPWD } from "./folder.ts";
import { HELP, NOOP, SYST } from "./info.ts";
import { LIST, NLST } from "./list.ts";
import { ACCT, PASS, QUIT, REIN, SMNT, USER } from "./login.ts";
import { EPRT, EPSV, PASV, PORT } from "./port.ts";
import { RANG, REST, RETR } from "./retr.ts";
import type { CommandSpec } from "./spec.ts";
import { ALLO, APPE, STOR, STOU } from "./stor.ts";
import { MODE, STRU, TYPE } from "./type.ts";

/** Every command that is implemented. */
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
  RANG,
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
