/** The sandbox: every host does what its title promises. */
import { expect, test } from "vitest";
import { toBytes, utf8Encode } from "../../src/sim/bytes.ts";
import { entryContents } from "../../src/sim/fs/contents.ts";
import { scenario } from "../play.ts";
import {
  activePort,
  CONNECTED,
  dial,
  epsv,
  fetch,
  login,
  mine,
  pasv,
  README,
  say,
  sayUntil,
  world,
} from "./keys.ts";

const sandbox = scenario("sandbox");

test("every host has a title of its own", () => {
  const titles = sandbox.hosts.map(({ title = "" }) => title);
  expect(titles.every((title) => title.length > 8)).toBe(true);
  expect(new Set(titles).size).toBe(titles.length);
});

test.each([
  ["ftptest.exavault.com", "220 ProFTPD Server (EV) [67.208.93.232]"],
  ["files.example.net", "220 ProFTPD Server (Files) ["],
  ["proftpd.example.net", "220 ProFTPD Server (ProFTPD) ["],
  ["vsftpd.example.net", "220 (vsFTPd 3.0.3)"],
  ["pure-ftpd.example.net", "220---------- Welcome to Pure-FTPd [privsep] [TLS] ----------"],
  ["pyftpdlib.example.net", "220 pyftpdlib 1.5.7 ready."],
  ["rfc.example.net", "220 Service ready for new user."],
  ["ftp.archive.example.net", "220-Welcome to ftp.archive.example.net"],
  ["old.example.net", "220 old Microsoft FTP Service (Version 5.0)."],
  ["broken.example.net", "220 (vsFTPd 3.0.3)"],
])("%s greets with %s", (host, words) => {
  expect(dial(world("sandbox"), 1, host, 21)).toContain(words);
});

test.each(["files", "proftpd", "vsftpd", "pure-ftpd", "pyftpdlib", "rfc"])(
  "%s: a login, a list and a file",
  (name) => {
    const session = world("sandbox");
    login(session, `${name}.example.net`);
    expect(session.facts("status").at(-1)?.status.user).toBe("ftptest");
    expect(epsv(session, `${name}.example.net`)).toContain(CONNECTED);
    expect(fetch(session).data).toContain(README);
  },
);

test("ProFTPD offers TLS, and the plain one does not", () => {
  const session = world("sandbox");
  session.type(1, "telnet proftpd.example.net 21");
  expect(say(session, 1, "AUTH TLS")).toContain("234 AUTH TLS successful");
  session.type(2, "telnet files.example.net 21");
  expect(say(session, 2, "AUTH TLS")).toContain("500 AUTH not understood");
});

test("the archive: anybody may come in, folders speak, decades lie there", () => {
  const session = world("sandbox");
  session.type(1, "telnet ftp.archive.example.net 21");
  session.type(1, "USER anonymous");
  expect(say(session, 1, "PASS me@example.net")).toContain(
    "230-This archive is open to everybody.",
  );
  expect(say(session, 1, "CWD pub")).toContain(
    "250-Mirrors are renewed at three in the morning, UTC.",
  );
  expect(pasv(session)).toContain(CONNECTED);
  const { data } = fetch(session, "LIST docs/rfc");
  expect(data).toContain("Mar  3  1989 rfc959.txt");
  expect(data).toContain("Jun 30  2022 rfc-index.txt");
  expect(say(session, 1, "CWD /")).toContain("250-You are at the top of the archive.");
  pasv(session);
  expect(fetch(session, "RETR README").data).toContain("WHAT IS WHERE");
  expect(say(session, 1, "DELE README")).toMatch(/^550 /m);
  pasv(session);
  session.shown(1);
  expect(fetch(session, "STOR incoming/gift.txt").replies).toContain("150");
});

test("its ls-lR tells the truth: each line is LIST's, and all of them are there", () => {
  const archive = sandbox.hosts.find(({ names }) => names[0] === "ftp.archive.example.net");
  const tree = archive!.ftp!.tree;
  const listed = tree.find(({ path }) => path === "/ls-lR")!.text!;
  for (const entry of tree) {
    const name = entry.path.replace(/^.*\//, "");
    if (entry.type !== "file" || name.startsWith(".") || name === "ls-lR") continue;
    const { size } = entryContents(entry);
    expect(listed).toMatch(
      new RegExp(` ${size} ... .\\d +[\\d:]+ ${name.replaceAll(".", "\\.")}$`, "m"),
    );
  }
  expect(toBytes(utf8Encode(listed)).length).toBeGreaterThan(2000);
});

test("the old one lists as DOS did, and knows nothing younger", () => {
  const session = world("sandbox");
  session.type(1, "telnet old.example.net 21");
  session.type(1, "USER anonymous");
  expect(say(session, 1, "PASS x")).toContain("230 Anonymous user logged in.");
  expect(say(session, 1, "SYST")).toContain("215 Windows_NT");
  expect(pasv(session)).toContain(CONNECTED);
  const { replies, data } = fetch(session, "LIST");
  expect(replies).toContain("125 Data connection already open; Transfer starting.");
  expect(data).toContain(
    [
      "06-15-99  12:00AM       <DIR>          Drivers",
      "01-02-98  03:04PM       <DIR>          Manuals",
      "03-03-99  04:20PM       <DIR>          My Documents",
      "01-02-98  03:04PM                  101 README.TXT",
    ].join("\n"),
  );
  for (const verb of ["EPSV", "FEAT", "MLSD"]) {
    expect(say(session, 1, verb)).toContain(`500 '${verb}': command not understood`);
  }
  pasv(session);
  expect(fetch(session, "LIST Drivers").data).toContain(
    "08-24-96  12:01PM               734003 SOUND16.ZIP",
  );
  expect(say(session, 1, "LIST nothing")).toContain(
    "550 nothing: The system cannot find the file specified.",
  );
});

test("the broken one: no brackets, another's address, two segments; each can be mended", () => {
  const session = world("sandbox");
  login(session, "broken.example.net");
  expect(say(session, 1, "PASV")).toMatch(/^227 Entering Passive Mode\. 10,0,0,5,\d+,\d+$/m);
  const pieces = () => session.facts("arrived").filter(({ by }) => by === "listener").length;
  const before = pieces();
  say(session, 1, "PASV");
  expect(pieces() - before).toBe(2);
  session.world.feed({ kind: "switch", id: "broken-address", on: false });
  session.world.feed({ kind: "switch", id: "broken-split", on: false });
  expect(pasv(session)).toContain(CONNECTED);
  expect(fetch(session).data).toContain(README);
});

test("SSH, mail and a port that waits for you to begin", () => {
  const session = world("sandbox");
  expect(dial(session, 1, "services.example.net", 22)).toContain("SSH-2.0-OpenSSH");
  expect(dial(session, 2, "services.example.net", 25)).toContain("220 services.example.net ESMTP");
  session.world.feed({ kind: "open", window: 3 });
  expect(dial(session, 3, "services.example.net", 990)).toMatch(/'\^\]'\.\n$/);
});

test("SSH wants to know who calls, as sshd does", () => {
  const session = world("sandbox");
  const hungUp = "Invalid SSH identification string.\nConnection closed by foreign host.\n$ ";
  dial(session, 1, "services.example.net", 22);
  expect(say(session, 1, "USER ftptest")).toContain(hungUp);
  dial(session, 1, "services.example.net", 22);
  expect(say(session, 1, "SSH-2.0-me")).not.toContain("Invalid");
  expect(say(session, 1, "USER ftptest")).not.toContain("Invalid");
});

test.each([
  ["USER ftptest", "502 5.5.2 Error: command not recognized"],
  ["", "500 5.5.2 Error: bad syntax"],
  ["helo me", "250 services.example.net"],
  ["HELO", "501 Syntax: HELO hostname"],
  ["EHLO me", "250-services.example.net"],
  ["MAIL FROM:<a@example.net>", "503 5.5.1 Error: send HELO/EHLO first"],
  ["RCPT TO:<a@example.net>", "503 5.5.1 Error: need MAIL command"],
  ["NOOP", "250 2.0.0 Ok"],
  ["QUIT", "221 2.0.0 Bye\nConnection closed by foreign host."],
  ["GET / HTTP/1.0", "221 2.7.0 Error: I can break rules, too. Goodbye.\nConnection closed by"],
])("mail answers %s as Postfix does", (line, words) => {
  const session = world("sandbox");
  dial(session, 1, "services.example.net", 25);
  expect(say(session, 1, line)).toContain(words);
});

test("a window at the stranger's, and a server over IPv6", () => {
  const session = world("sandbox");
  session.world.feed({ kind: "open", window: 3, host: "stranger.example.net" });
  expect(dial(session, 3, "files.example.net", 21)).toContain("220 ");
  expect(session.facts("dial").at(-1)?.from.address).toBe("198.51.100.66");
  expect(sayUntil(session, 1, "telnet six.example.net 21", /^220/m)).toContain(
    "220 (vsFTPd 3.0.3)",
  );
  expect(session.facts("dial").at(-1)?.to.address).toBe("2001:db8:113::36");
  expect(say(session, 1, "USER ftptest")).toContain("331");
  expect(say(session, 1, "PASS guestpass")).toContain("230");
  expect(say(session, 1, "PASV")).toContain("227 Entering Passive Mode (0,0,0,0,");
  expect(epsv(session, "six.example.net")).toContain(CONNECTED);
  expect(fetch(session).data).toContain(README);
});

test("two names on proftpd: one in UTF-8, one as Latin-1 left it", () => {
  const session = world("sandbox");
  login(session, "proftpd.example.net");
  say(session, 1, "TYPE I");
  expect(say(session, 1, "SIZE names/möwe.txt")).toContain("213 44");
  expect(say(session, 1, "SIZE names/grün.txt")).toContain("550 ");
  expect(pasv(session)).toContain(CONNECTED);
  expect(fetch(session, "NLST names").data).toContain("names/gr\ufffdn.txt");
});

test("Pure-FTPd says that IPv6 is welcome where it is", () => {
  const session = world("sandbox");
  const welcome = "220-IPv6 connections are also welcome on this server.\n220 You will be";
  expect(sayUntil(session, 1, "telnet six-pure.example.net 21", /^220 /m)).toContain(welcome);
  const other = sayUntil(session, 2, "telnet pure-ftpd.example.net 21", /^220 /m);
  expect(other).toContain("No anonymous login\n220 You will be");
});

test("your address is everybody's until the NAT is switched on", () => {
  const session = world("sandbox");
  login(session, "vsftpd.example.net");
  expect(mine(session)).toBe("198.51.100.7");
  expect(say(session, 2, "ip -4 -br addr")).toMatch(/eth0 +UP +198\.51\.100\.7\/24 \n/);
  expect(activePort(session)).toContain("200 PORT command successful.");
  expect(fetch(session).data).toContain(README);
  const behind = world("sandbox", { "home-nat": true });
  login(behind, "vsftpd.example.net");
  expect(mine(behind)).toBe("192.168.1.10");
  expect(activePort(behind)).toContain("500 Illegal PORT command.");
});

test("files to send: a picture that is one, Unix's lines, three kilobytes of text", () => {
  const files = new Map(sandbox.learner.files!.map((entry) => [entry.path, entryContents(entry)]));
  const bytes = (path: string) => files.get(path)!.slice(0, files.get(path)!.size);
  expect(Array.from(bytes("/picture.png").slice(0, 8))).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
  expect(bytes("/notes.txt").includes(13)).toBe(false);
  expect(bytes("/letter.txt").length).toBe(3072);
});
