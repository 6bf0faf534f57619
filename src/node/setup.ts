/** From what createServer is asked for to one server's set-up. */
import type { DialectName, FtpSetup, UserSetup } from "../sim/scenario.ts";
import type { CreateServerOptions, FilesGiven } from "./api.ts";
import { entriesOf } from "./files.ts";
import { findScenario, serverOf } from "./scenarios.ts";

/** What was asked for. */
export interface Asked {
  readonly setup: FtpSetup;
  /** TLS was asked for; the scenario has none of its own. */
  readonly addsTls: boolean;
}

/** The scenario's server with the changes that were asked for. */
export async function setupOf(options: CreateServerOptions): Promise<Asked> {
  const { dialect, scenario, files, users, tls, setup = {} } = options;
  const base =
    scenario === undefined
      ? emptyServer(dialect ?? "proftpd", users)
      : serverOf(typeof scenario === "string" ? await findScenario(scenario, dialect) : scenario);
  const changed: FtpSetup = {
    ...base,
    ...setup,
    passive: { ...base.passive, ...setup.passive },
    timeouts: { ...base.timeouts, ...setup.timeouts },
    limits: { ...base.limits, ...setup.limits },
    ...(dialect !== undefined && { dialect }),
    ...(users !== undefined && { users: usersOf(users) }),
    tree: withFiles(base, files ?? {}),
  };
  const addsTls = tls !== undefined && tls !== false && changed.tls === undefined;
  return { setup: addsTls ? { ...changed, tls: "offered" } : changed, addsTls };
}

/** A server with nothing in it, where everybody who has an account may do everything. */
function emptyServer(dialect: DialectName, users: CreateServerOptions["users"]): FtpSetup {
  const accounts = usersOf(users ?? { ftptest: "guestpass" });
  return {
    dialect,
    serverName: "Port 21",
    // The range for ports that nobody owns (RFC 6335 §6).
    passive: { ports: [49_152, 65_535] },
    users: accounts,
    owner: accounts[0]?.name ?? "ftp",
    group: "ftp",
    tree: [{ path: "/", type: "dir", mode: "0775", mtime: Math.floor(Date.now() / 1000) }],
  };
}

function usersOf(users: Readonly<Record<string, string>>): UserSetup[] {
  return Object.entries(users).map(([name, password]) => ({ name, password }));
}

function withFiles({ tree }: FtpSetup, files: FilesGiven): FtpSetup["tree"] {
  const added = entriesOf(files, Math.floor(Date.now() / 1000));
  // A directory that is there already keeps its rights; a file given anew replaces the old one.
  const kept = new Set(tree.filter(({ type }) => type === "dir").map(({ path }) => path));
  const fresh = added.filter(({ path, type }) => type !== "dir" || !kept.has(path));
  const replaced = new Set(fresh.map(({ path }) => path));
  return [...tree.filter(({ path }) => !replaced.has(path)), ...fresh];
}
