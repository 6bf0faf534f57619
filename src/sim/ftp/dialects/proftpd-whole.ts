/** ProFTPD with mod_tls and, in the set-up "stock", all that Debian's configuration loads. */
import { proftpdWith } from "./proftpd.ts";
import { secure, wantsTls } from "./proftpd-secure.ts";
import { stockSite } from "./proftpd-stock.ts";

/** ProFTPD with its modules; which of them speak is the set-up's. */
export const proftpdWhole = proftpdWith({ rows: secure, refuses: wantsTls, site: stockSite });
