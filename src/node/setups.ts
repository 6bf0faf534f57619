/**
 * The set-ups in which the real servers were recorded (test/reference/conf), as scenarios of ours:
 * `reference-main` and the others, each with the values that the dialect's own server had.
 */
import type { DialectName, FtpSetup, Scenario } from "../sim/scenario.ts";
import { MESSAGES, referenceTree, type TreeKind } from "./reference-tree.ts";

/** The names of all set-ups. */
export const SETUP_NAMES = [
  "main",
  "seed",
  "limits",
  "dataout",
  "login",
  "tls",
  "tlsreq",
  "anon",
  "msgs",
  "readonly",
  "stock",
  "nomasq",
  "nosendfile",
  "asyncabor",
] as const;

/** The name of a set-up. */
export type SetupName = (typeof SETUP_NAMES)[number];

/** All set-ups, with what each is about. */
export const SETUPS: Readonly<Record<SetupName, string>> = {
  main: "one account, ftptest with the password guestpass, and some files",
  seed: "only the nine hidden files of the walk-through",
  limits: "short idle time, two clients at most",
  dataout: "short waits for the data connection",
  login: "a short time to log in",
  tls: "TLS offered",
  tlsreq: "TLS required",
  anon: "anonymous login too",
  msgs: "messages at the door, at login, in folders and at the end",
  readonly: "nothing may be written",
  stock: "with every module of Debian's configuration",
  nomasq: "announces its true address",
  nosendfile: "without sendfile, so that ABOR is heard during a download",
  asyncabor: "hears ABOR during a transfer",
};

/** The dialects that can be served. */
export const DIALECTS = ["proftpd", "vsftpd", "pure-ftpd", "pyftpdlib", "rfc"] as const;

/** Set-ups that change what only one server has. */
const ONLY: Partial<Record<SetupName, DialectName>> = {
  stock: "proftpd",
  nomasq: "proftpd",
  nosendfile: "proftpd",
  asyncabor: "vsftpd",
};

/** The address that the recorded servers announced in 227. */
const ANNOUNCED = "67.208.93.232";
const CONNECT =
  "Welcome to the practice server.\n\n211 is a number at the start of a line.\nHave fun.\n";
const QUIT = "Bye.\nCome again.\n";

/** What one server's set-ups have in common, and where each differs. */
interface House {
  readonly serverName?: string;
  readonly home?: string;
  readonly ports: readonly [number, number];
  readonly timeouts: NonNullable<FtpSetup["timeouts"]>;
  readonly limits?: FtpSetup["limits"];
  readonly anonymous: NonNullable<FtpSetup["anonymous"]>;
  readonly messages: NonNullable<FtpSetup["messages"]>;
  readonly differences: Partial<Record<SetupName, Partial<FtpSetup>>>;
}

const ROOT = { owner: "root", group: "root" } as const;
const MAKE_READ_ONLY: Partial<FtpSetup> = { readOnly: true };

const HOUSES: Record<DialectName, House> = {
  proftpd: {
    serverName: "EV",
    home: "/tmp/ref/trees/proftpd",
    ports: [21_000, 21_150],
    // TimeoutLogin is the default; the others are Debian's.
    timeouts: { login: 300, idle: 1200, noTransfer: 600, stalled: 600 },
    anonymous: { names: ["anonymous", "ftp"], uploads: "/incoming" },
    messages: { connect: CONNECT, login: MESSAGES.login, quit: QUIT },
    differences: {
      // Where a set-up names a time, ProFTPD's defaults stand for the others.
      limits: { timeouts: { idle: 4, noTransfer: 300, stalled: 3600 }, limits: { clients: 2 } },
      dataout: { timeouts: { idle: 600, noTransfer: 3, stalled: 8 } },
      login: { timeouts: { login: 4, idle: 600, noTransfer: 300, stalled: 3600 } },
      readonly: MAKE_READ_ONLY,
      stock: { options: ["stock"] },
      nosendfile: { options: ["nosendfile"] },
    },
  },
  vsftpd: {
    ports: [21_200, 21_350],
    // idle_session_timeout, accept_timeout and data_connection_timeout as they come.
    timeouts: { idle: 300, accept: 60, stalled: 300 },
    anonymous: { names: ["anonymous", "ftp"] },
    messages: { connect: CONNECT },
    differences: {
      limits: { timeouts: { idle: 4 }, limits: { clients: 2 } },
      dataout: { timeouts: { accept: 3, stalled: 3 } },
      // It has no time of its own for the login.
      login: { timeouts: { idle: 4 } },
      readonly: MAKE_READ_ONLY,
      asyncabor: { options: ["asyncabor"] },
    },
  },
  "pure-ftpd": {
    ports: [21_400, 21_550],
    timeouts: { idle: 900, accept: 900, stalled: 900 },
    limits: { clients: 50 },
    anonymous: { names: ["anonymous", "ftp"] },
    messages: { connect: CONNECT, login: MESSAGES.banner },
    differences: {
      // Its times are whole minutes.
      limits: { timeouts: { idle: 60, accept: 60, stalled: 60 }, limits: { clients: 2 } },
      dataout: { timeouts: { idle: 60, accept: 60, stalled: 60 } },
      login: { timeouts: { idle: 60, accept: 60, stalled: 60 } },
      // It cannot forbid one user to write, so the file system did.
      readonly: { tree: referenceTree("full").map((entry) => ({ ...entry, ...ROOT })) },
    },
  },
  pyftpdlib: {
    ports: [21_600, 21_749],
    timeouts: { idle: 300, accept: 30, stalled: 300 },
    anonymous: { names: ["anonymous"], uploads: "/incoming" },
    messages: { connect: CONNECT, login: MESSAGES.login, quit: "Bye, ftptest.\nCome again.\n" },
    differences: {
      // max_cons 3 counts the listening socket.
      limits: { timeouts: { idle: 4 }, limits: { clients: 2 } },
      dataout: { timeouts: { accept: 3, stalled: 3 } },
      login: { timeouts: { idle: 4 } },
      readonly: MAKE_READ_ONLY,
    },
  },
  rfc: {
    ports: [21_800, 21_950],
    timeouts: { login: 300, idle: 300, accept: 60, stalled: 300 },
    anonymous: { names: ["anonymous"], uploads: "/incoming" },
    messages: { connect: CONNECT, login: MESSAGES.login, quit: QUIT },
    differences: {
      limits: { timeouts: { idle: 4 }, limits: { clients: 2 } },
      dataout: { timeouts: { accept: 3, stalled: 3 } },
      login: { timeouts: { login: 4 } },
      readonly: MAKE_READ_ONLY,
    },
  },
};

const TREES: Partial<Record<SetupName, TreeKind>> = {
  seed: "seed",
  msgs: "messages",
  anon: "anonymous",
};

/** Where the server of a set-up stands in a simulated world, and who dials it. */
export const REFERENCE_SERVER = { address: ANNOUNCED, port: 21 } as const;

/** The set-up as a scenario, or undefined if that server was not recorded in it. */
export function referenceScenario(dialect: DialectName, name: SetupName): Scenario | undefined {
  if ((ONLY[name] ?? dialect) !== dialect) return undefined;
  const { serverName, home, ports, timeouts, limits, anonymous, messages, differences } =
    HOUSES[dialect];
  const ftp: FtpSetup = {
    port: REFERENCE_SERVER.port,
    dialect,
    ...(serverName !== undefined && { serverName }),
    ...(home !== undefined && { home }),
    passive: { ports, ...(name !== "nomasq" && { announce: ANNOUNCED }) },
    users: [{ name: "ftptest", password: "guestpass" }],
    ...(limits !== undefined && { limits }),
    owner: "ftptest",
    group: "ftptest",
    ...(name === "anon" && { anonymous }),
    ...(name === "msgs" && { messages }),
    ...(name === "tls" && { tls: "offered" }),
    ...(name === "tlsreq" && { tls: "required" }),
    ...differences[name],
    timeouts: { ...timeouts, ...differences[name]?.timeouts },
    tree: differences[name]?.tree ?? referenceTree(TREES[name] ?? "full"),
  };
  return {
    name: `reference-${name}`,
    title: `The recorded ${dialect}: ${SETUPS[name]}`,
    begins: "2026-11-22T08:00:00Z",
    seed: 1,
    learner: { name: "player", address: "198.51.100.7" },
    // As near to the loopback of the recordings as the network allows.
    latency: 0,
    bandwidth: 1e9,
    hosts: [{ names: ["ftp.test"], addresses: [REFERENCE_SERVER.address], ftp }],
  };
}

/** The dialect that alone has a set-up. */
export function onlyDialect(name: SetupName): DialectName | undefined {
  return ONLY[name];
}

/** "reference-main" → "main"; undefined if it names no set-up. */
export function setupNamed(scenario: string): SetupName | undefined {
  return SETUP_NAMES.find((name) => scenario === `reference-${name}`);
}
