/**
 * The dialects, each loaded only where a scenario has a server of that kind: a page downloads no
 * manners that nobody there has. ProFTPD's plain half is with the world already.
 */
import type { FtpSetup, Scenario } from "../../scenario.ts";
import type { Dialect } from "../dialect.ts";

/** Which dialect a server needs: its own, with what its set-up adds to that. */
export type DialectKey = FtpSetup["dialect"] | "proftpd-whole" | "windows";

/** The dialects that are at hand. */
export type Dialects = Readonly<Partial<Record<DialectKey, Dialect>>>;

const loaders: Readonly<Record<DialectKey, () => Promise<Dialect | undefined>>> = {
  proftpd: () => Promise.resolve(undefined),
  "proftpd-whole": async () => (await import("./proftpd-whole.ts")).proftpdWhole,
  "pure-ftpd": async () => (await import("./pure-ftpd.ts")).pureFtpd,
  pyftpdlib: async () => (await import("./pyftpdlib.ts")).pyftpdlib,
  rfc: async () => (await import("./rfc.ts")).rfc,
  vsftpd: async () => (await import("./vsftpd.ts")).vsftpd,
  windows: async () => (await import("./windows.ts")).windows,
};

/** Which dialect a server needs. */
export function dialectKey({ dialect, tls, options }: FtpSetup): DialectKey {
  if (options?.includes("dos-listings") === true) return "windows";
  return dialect === "proftpd" && tls !== undefined ? "proftpd-whole" : dialect;
}

/** Loads what the servers of a scenario need. */
export async function loadDialects({ hosts }: Scenario): Promise<Dialects> {
  const keys = new Set(hosts.flatMap(({ ftp }) => (ftp === undefined ? [] : [dialectKey(ftp)])));
  const loaded: Partial<Record<DialectKey, Dialect>> = {};
  await Promise.all(
    [...keys].map(async (key) => {
      const dialect = await loaders[key]();
      if (dialect !== undefined) loaded[key] = dialect;
    }),
  );
  return loaded;
}
