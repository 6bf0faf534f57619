/** All programs of the learner's computer, by name. */
import { clear, exit, history } from "./basics.ts";
import { ftp } from "./ftp.ts";
import { conveniences, help, man } from "./help.ts";
import { nc } from "./nc.ts";
import { getent, host, hosts, ip } from "./net-programs.ts";
import { openssl } from "./openssl.ts";
import { ping } from "./ping.ts";
import type { Start } from "./program.ts";
import { cat, cmp, head, wc, xxd } from "./read-files.ts";
import { createSh } from "./sh.ts";
import { ss } from "./ss.ts";
import { telnet } from "./telnet.ts";
import { echo, ls, printf, rm } from "./write-files.ts";

const table: Readonly<Record<string, Start>> = {
  telnet,
  nc,
  ftp,
  host,
  getent,
  ping,
  openssl,
  ss,
  ip,
  hosts,
  ls,
  cat,
  head,
  xxd,
  wc,
  cmp,
  echo,
  printf,
  rm,
  clear,
  history,
  conveniences,
  help,
  man,
  exit,
  logout: exit,
};

/** What can be started, and the shell's own reader of lines. */
export const programs: Readonly<Record<string, Start>> = { ...table, sh: createSh(table) };
