/** Every dialect by its name, for servers and tests. The page loads what its scenario wants. */
import type { DialectName } from "../../scenario.ts";
import type { Dialect } from "../dialect.ts";
import { proftpd } from "./proftpd.ts";
import { pureFtpd } from "./pure-ftpd.ts";
import { pyftpdlib } from "./pyftpdlib.ts";
import { vsftpd } from "./vsftpd.ts";

/** The dialects. */
export const dialects: Readonly<Partial<Record<DialectName, Dialect>>> = {
  proftpd,
  "pure-ftpd": pureFtpd,
  pyftpdlib,
  vsftpd,
};
