/** What is ordered to go wrong at a server, in each dialect's words, and that it goes right again. */
import { expect, test } from "vitest";
import type { DialectName, FaultSetup, FtpSetup } from "../../src/sim/scenario.ts";
import { play, type Play, scenario } from "../play.ts";

const HOST = "files.example.net";
type Kind = "full-disk" | "locked" | "busy" | "no-226" | "split-227";

/** A session with a server of these manners and this fault, which is off at first. */
function withFault(dialect: DialectName | "windows", kind: Kind | "wrong-address"): Play {
  const article = scenario("article");
  const [, host] = article.hosts;
  const of = dialect === "windows" ? { dialect: "rfc", options: ["dos-listings"] } : { dialect };
  const ftp = { ...host!.ftp, ...of } as FtpSetup;
  const of226 = { id: kind, title: kind, host: HOST };
  const fault = (
    kind === "wrong-address" ? { ...of226, kind, address: "0.0.0.0" } : { ...of226, kind }
  ) satisfies FaultSetup;
  return play({ ...article, hosts: [{ ...host!, ftp }], faults: [fault] });
}

function login(session: Play): void {
  session.type(1, `telnet ${HOST} 21`);
  session.type(1, "USER ftptest");
  session.type(1, "PASS guestpass");
  session.shown(1);
}

/** Agrees on a port and asks for a transfer over it, window 2 being the data connection. */
function transfer(session: Play, command: string): void {
  session.type(1, "PASV");
  const port = session.facts("passive").at(-1)!.port;
  session.type(2, `telnet ${HOST} ${port}`);
  session.shown(1);
  session.shown(2);
  session.type(1, command);
}

/** Sends this much text over the data connection in one go, and closes it. */
function upload(session: Play, text: string): void {
  session.world.feed({ kind: "paste", window: 2, text });
  session.world.settle();
  if (!session.shown(2).includes("Connection closed by foreign host.")) {
    session.keys(2, "\x1d");
    session.type(2, "close");
  }
  session.world.settle();
}

const order = (session: Play, id: string, on: boolean) =>
  session.world.feed({ kind: "switch", id, on });

test.each([
  ["proftpd", "421 System busy, try again later"],
  ["vsftpd", "421 There are too many connected users, please try later."],
  ["pure-ftpd", "421 50 users (the maximum) are already logged in, sorry"],
  ["pyftpdlib", "421 Too many connections. Service temporarily unavailable."],
  ["rfc", "421 Service not available: too many are here already."],
  ["windows", "421 Service not available, closing control connection."],
] as const)("%s too busy turns away at the door", (dialect, words) => {
  const session = withFault(dialect, "busy");
  order(session, "busy", true);
  session.type(1, `telnet ${HOST} 21`);
  expect(session.shown(1)).toContain(`${words}\nConnection closed by foreign host.\n`);
  order(session, "busy", false);
  session.type(1, `telnet ${HOST} 21`);
  expect(session.facts("reply").at(-1)?.code).toBe(220);
});

test("Pure-FTPd's 421 names as many as may be there", () => {
  const sandbox = withFault("pure-ftpd", "busy").world.scenario;
  const [host] = sandbox.hosts;
  const ftp = { ...host!.ftp!, limits: { clients: 7 } };
  const session = play({ ...sandbox, hosts: [{ ...host!, ftp }] });
  order(session, "busy", true);
  session.type(1, `telnet ${HOST} 21`);
  expect(session.shown(1)).toContain("421 7 users (the maximum) are already logged in, sorry");
});

test.each([
  ["proftpd", "530 Login incorrect."],
  ["vsftpd", "530 Login incorrect."],
  ["pure-ftpd", "530 Login authentication failed"],
  ["pyftpdlib", "530 Authentication failed."],
  ["rfc", "530 Not logged in."],
  ["windows", "530 User ftptest cannot log in."],
] as const)("a locked account at %s looks like a wrong password", (dialect, words) => {
  const session = withFault(dialect, "locked");
  order(session, "locked", true);
  login(session);
  session.world.settle();
  expect(session.facts("reply").at(-1)).toMatchObject({ code: 530, lines: [words.slice(4)] });
  order(session, "locked", false);
  session.type(1, "USER ftptest");
  session.type(1, "PASS guestpass");
  expect(session.facts("reply").at(-1)?.code).toBe(230);
});

/** Window 2 sends no more than telnet's line at a time; 20 lines of 62 bytes are well over a sector. */
const LONG = `${"x".repeat(1500)}\n`;

test.each([
  [
    "proftpd",
    "451 Transfer aborted. Input/output error",
    "452 Transfer aborted. No space left on device",
  ],
  ["vsftpd", "451 Failure writing to local file.", "451 Failure writing to local file."],
  [
    "rfc",
    "451 Requested action aborted: the disk is full.",
    "451 Requested action aborted: the disk is full.",
  ],
  [
    "windows",
    "550 There is not enough space on the disk.",
    "550 There is not enough space on the disk.",
  ],
  [
    "pure-ftpd",
    "451-Error during write to file\n451 Transfer aborted",
    "451-Error during write to file\n451 Transfer aborted",
  ],
] as const)("a full disk at %s takes a part", (dialect, long, short) => {
  const session = withFault(dialect, "full-disk");
  login(session);
  session.type(1, "TYPE I");
  order(session, "full-disk", true);
  transfer(session, "STOR new.txt");
  upload(session, LONG);
  expect(session.shown(1)).toContain(`${long}\n`);
  session.type(1, "SIZE new.txt");
  expect(session.shown(1)).toContain("213 512\n");
  transfer(session, "STOR short.txt");
  upload(session, "short\n");
  expect(session.shown(1)).toContain(`${short}\n`);
  order(session, "full-disk", false);
  transfer(session, "STOR new.txt");
  upload(session, LONG);
  expect(session.shown(1)).toContain("226");
  session.type(1, "SIZE new.txt");
  expect(session.shown(1)).toContain("213 1502\n");
});

test("a full disk at pyftpdlib: 426 for what it notices, silence for what it still held", () => {
  const session = withFault("pyftpdlib", "full-disk");
  login(session);
  session.type(1, "TYPE I");
  order(session, "full-disk", true);
  transfer(session, "STOR new.txt");
  upload(session, `${"x".repeat(3000)}\n${"x".repeat(3000)}\n`);
  expect(session.shown(1)).toContain("426 None; transfer aborted.\n");
  session.type(1, "SIZE new.txt");
  expect(session.shown(1)).toContain("213 512\n");
  transfer(session, "STOR short.txt");
  upload(session, "short\n");
  expect(session.shown(1)).not.toMatch(/^[245]\d\d (?!125)/m);
  session.type(1, "NOOP");
  expect(session.shown(1)).toContain("200 I successfully did nothing'.");
  session.type(1, "PASV");
  expect(session.shown(1)).toBe("PASV\n");
});

const EVERY = ["proftpd", "vsftpd", "pure-ftpd", "pyftpdlib", "rfc", "windows"] as const;

test.each(EVERY)("%s sends all and never its 226", (dialect) => {
  const session = withFault(dialect, "no-226");
  login(session);
  order(session, "no-226", true);
  transfer(session, "RETR readme.txt");
  session.world.settle();
  expect(session.shown(2)).toContain("ended by LF only.\nConnection closed by foreign host.");
  expect(session.shown(1)).not.toContain("226");
  session.type(1, "NOOP");
  expect(session.shown(1)).toMatch(/^200/m);
  order(session, "no-226", false);
  transfer(session, "RETR readme.txt");
  session.world.settle(20_000);
  expect(session.shown(1)).toContain("226");
});

test.each(EVERY)("%s sends its 227 in two segments", (dialect) => {
  const session = withFault(dialect, "split-227");
  login(session);
  const arrived = () => session.facts("arrived").filter(({ by }) => by === "listener").length;
  session.type(1, "PASV");
  const before = arrived();
  order(session, "split-227", true);
  session.type(1, "PASV");
  expect(arrived() - before).toBe(2);
  expect(session.shown(1)).toMatch(/^227 Entering .*\(203,0,113,21,\d+,\d+\)/m);
});

test.each(EVERY)("%s names an address that is not its own", (dialect) => {
  const session = withFault(dialect, "wrong-address");
  login(session);
  order(session, "wrong-address", true);
  session.type(1, "PASV");
  expect(session.shown(1)).toMatch(/\(0,0,0,0,\d+,\d+\)/);
  order(session, "wrong-address", false);
  session.type(1, "PASV");
  expect(session.shown(1)).toMatch(/\(203,0,113,21,\d+,\d+\)/);
});
