/** Every dialect by its name, for servers and tests. The page loads what its scenario wants. */
import type { DialectName } from "../../scenario.ts";
import type { Dialect } from "../dialect.ts";
import { proftpdWhole } from "./proftpd-whole.ts";
import { pureFtpd } from "./pure-ftpd.ts";
import { pyftpdlib } from "./pyftpdlib.ts";
import { rfc } from "./rfc.ts";
import { vsftpd } from "./vsftpd.ts";

/** The dialects. */
export const dialects: Readonly<Partial<Record<DialectName, Dialect>>> = {
  proftpd: proftpdWhole,
  "pure-ftpd": pureFtpd,
  pyftpdlib,
  rfc,
  vsftpd,
};
