/** The table of commands: every verb that is implemented, each in one row. */
import { CDUP, CWD, PWD, XCUP, XCWD, XPWD } from "./folder.ts";
import { HELP, NOOP, SYST } from "./info.ts";
import { LIST } from "./list.ts";
import { PASS, QUIT, USER } from "./login.ts";
import { PASV } from "./pasv.ts";
import { RETR } from "./retr.ts";
import type { CommandSpec } from "./spec.ts";
import { TYPE } from "./type.ts";

/** Every command that is implemented. */
export const commands: readonly CommandSpec[] = [
  USER,
  PASS,
  QUIT,
  PASV,
  LIST,
  RETR,
  TYPE,
  PWD,
  XPWD,
  CWD,
  XCWD,
  CDUP,
  XCUP,
  SYST,
  NOOP,
  HELP,
];

const byVerb = new Map(commands.map((spec) => [spec.verb, spec]));

/** The row of a verb (in upper case), if it is implemented. */
export function commandSpec(verb: string): CommandSpec | undefined {
  return byVerb.get(verb);
}
