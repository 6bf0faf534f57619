/** ftp, with the words of GNU inetutils, and the lines of FTP that it is made of. */
import { describe, expect, it } from "vitest";
import type { Scenario } from "../../src/sim/scenario.ts";
import { play, scenario, type Play } from "../play.ts";

/** Logged in with ftp in window 1, debugging on, and a clean screen. */
function inside(flags = "-d", of: string | Scenario = "article", host = "files.example.net"): Play {
  const session = play(of);
  for (const line of [`ftp ${flags} ${host}`, "ftptest", "guestpass"]) session.type(1, line);
  session.shown(1);
  return session;
}

/** What ftp shows for `line`. */
function says(session: Play, line: string): string {
  session.shown(1);
  session.type(1, line);
  return session
    .shown(1)
    .replace(`${line}\n`, "")
    .replace(/ftp> $/, "");
}

describe("ftp", () => {
  it("logs in, and shows what it sends; the password neither echoed nor shown", () => {
    const session = play();
    session.type(1, "ftp -d ftptest.exavault.com");
    session.type(1, "ftptest");
    session.type(1, "guestpass");
    expect(session.shown(1)).toBe(
      "$ ftp -d ftptest.exavault.com\n" +
        "Connected to ftptest.exavault.com.\n" +
        "220 ProFTPD Server (EV) [67.208.93.232]\n" +
        "Name (ftptest.exavault.com:you): ftptest\n" +
        "---> USER ftptest\n" +
        "331 Password required for ftptest\n" +
        "Password: \n" +
        "---> PASS XXXX\n" +
        "230 User ftptest logged in\n" +
        "---> SYST\n" +
        "215 UNIX Type: L8\n" +
        "Remote system type is UNIX.\n" +
        "Using binary mode to transfer files.\n" +
        "ftp> ",
    );
    expect(session.facts("line").map(({ line }) => line)).toContain("PASS guestpass");
  });

  it("shows replies without the commands where debugging is off", () => {
    const session = inside("");
    expect(says(session, "pwd")).toBe('257 "/" is the current directory\n');
    expect(says(session, "debug")).toBe("Debugging on (debug=1).\n");
    expect(says(session, "pwd")).toBe('---> PWD\n257 "/" is the current directory\n');
  });

  it("lists by PORT, and by PASV once it is told to", () => {
    const session = inside();
    expect(says(session, "ls pub/sub")).toMatch(
      /^---> PORT 198,51,100,7,\d+,\d+\n200 .*\n---> LIST pub\/sub\n150 .*\n(d.*\n)+226 .*\n$/,
    );
    expect(says(session, "passive")).toBe("Passive mode on.\n");
    expect(says(session, "dir pub/sub")).toMatch(
      /^---> PASV\n227 .*\n---> LIST pub\/sub\n150 .*\n(d.*\n)+226 .*\n$/,
    );
    expect(session.facts("attach").filter(({ window }) => window === 1).length).toBe(3);
    expect(session.facts("attach").every(({ conn }) => conn > 0)).toBe(true);
  });

  it("fetches a file as it is, and as text", () => {
    const session = inside("-dp");
    expect(says(session, "get readme.txt")).toMatch(
      /^---> TYPE I\n200 .*\n---> PASV\n227 .*\n---> RETR readme.txt\n150 .*\n226 .*\n90 bytes received in [\d.]+ seconds \([\d.]+ k?bytes\/s\)\n$/,
    );
    expect(says(session, "ascii")).toBe("---> TYPE A\n200 Type set to A\n");
    expect(says(session, "get readme.txt as-text")).toContain("93 bytes received");
    expect(says(session, "get nosuch")).toMatch(/550 nosuch: No such file or directory\n$/);
    expect(says(session, "!ls")).toBe("as-text  readme.txt\n");
    expect(session.facts("file")).toMatchObject([
      { window: 1, name: "readme.txt" },
      { window: 1, name: "as-text" },
    ]);
    session.type(1, "bye");
    session.shown(1);
    session.type(1, "cmp readme.txt as-text");
    expect(session.shown(1)).toBe("cmp readme.txt as-text\n$ ");
  });

  it("puts, appends and fetches the rest of a file", () => {
    const session = play();
    session.type(1, "printf 'one\\ntwo\\n' > local");
    for (const line of ["ftp -d files.example.net", "ftptest", "guestpass"]) session.type(1, line);
    expect(says(session, "put local far")).toMatch(
      /---> STOR far\n150 .*\n226 .*\n8 bytes sent in /,
    );
    expect(says(session, "append local far")).toContain("---> APPE far\n");
    expect(says(session, "size far")).toBe("---> SIZE far\n213 16\n");
    expect(says(session, "ascii")).toContain("200");
    says(session, "put local text");
    says(session, "binary");
    expect(says(session, "size text")).toMatch(/213 8\n$/);
    expect(says(session, "put nosuch")).toBe("ftp: local: nosuch: No such file or directory\n");
    expect(says(session, "reget local")).toMatch(/---> REST 8\n350 .*\n---> RETR local\n550/);
    says(session, "rename far local");
    expect(says(session, "reget local")).toMatch(
      /---> REST 8\n350 .*\n---> RETR local\n150 .*\n226 .*\n8 bytes/,
    );
  });

  it("asks for what is missing, file by file too", () => {
    const session = inside("-d");
    session.type(1, "mkdir");
    expect(session.shown(1)).toBe("mkdir\n(directory-name) ");
    session.type(1, "new");
    expect(session.shown(1)).toMatch(/^new\n---> MKD new\n257/);
    session.type(1, "mget *.txt");
    expect(session.shown(1)).toMatch(/---> NLST \*.txt\nmget readme.txt\? $/);
    session.type(1, "y");
    expect(session.shown(1)).toMatch(/---> RETR readme.txt\n.*mget secret.txt\? $/s);
    session.type(1, "n");
    expect(session.shown(1)).toBe("n\nftp> ");
  });

  it.each([
    ["foo", "?Invalid command\n"],
    ["a", "?Ambiguous command\n"],
    ["help ls", "ls        \tlist contents of remote directory\n"],
    ["help foo", "?Invalid help command foo\n"],
    ["quote NOOP", "---> NOOP\n200 NOOP command successful\n"],
    ["cd nosuch", "---> CWD nosuch\n550 nosuch: No such file or directory\n"],
    ["hash", "Hash mark printing on (1024 bytes/hash mark).\n"],
    ["close", "---> QUIT\n221 Goodbye.\n"],
    ["bin", "---> TYPE I\n200 Type set to I\n"],
    ["type x", "x: unknown mode\n"],
    ["lcd", "Local directory now /home/you\n"],
  ])("%s", (line, words) => {
    expect(says(inside(), line)).toBe(words);
  });

  it("says what became of a dial, and of a wrong password", () => {
    const session = play();
    session.type(1, "ftp nosuch");
    expect(session.shown(1)).toBe("$ ftp nosuch\nftp: nosuch: Name or service not known\nftp> ");
    expect(says(session, "open ftptest.exavault.com 4")).toBe(
      "ftp: connect to address 67.208.93.232: Connection refused\nftp: no response from host\n",
    );
    expect(says(session, "open localhost 99999")).toBe(
      "localhost: bad port -- 99999\nusage: open host-name [port]\n",
    );
    expect(says(session, "ls")).toBe("Not connected.\n");
    session.type(1, "open ftptest.exavault.com");
    session.type(1, "ftptest");
    session.type(1, "wrong");
    expect(session.shown(1)).toContain("530 Login incorrect.\nftp: Login failed.\n");
    session.type(1, "bye");
    expect(session.facts("exit")).toMatchObject([{ program: "ftp", status: 0 }]);
  });

  it("does not dial an address that is not the server's", () => {
    const article = scenario("article");
    const hosts = article.hosts.map((host) =>
      host.ftp === undefined
        ? host
        : { ...host, ftp: { ...host.ftp, passive: { ...host.ftp.passive, announce: "10.0.0.5" } } },
    );
    const session = inside("-dp", { ...article, hosts });
    expect(says(session, "ls")).toMatch(
      /227 Entering Passive Mode \(10,0,0,5,.*\nPassive mode address mismatch\.\n---> ABOR\n226 .*\n$/,
    );
    expect(says(session, "pwd")).toContain("257");
  });

  it("gives a transfer up at ^C, and goes on", () => {
    const session = inside("-d");
    session.keys(1, "get pub/big.txt\r");
    session.world.advance(session.world.now + 400);
    session.keys(1, "\x03");
    session.world.settle();
    expect(session.shown(1)).toMatch(/150 .*\n\^C\n---> ABOR\n426 .*\n226 .*\nftp> $/);
    expect(says(session, "pwd")).toBe('---> PWD\n257 "/" is the current directory\n');
  });

  it("keeps what is typed while it waits", () => {
    const session = inside("-d");
    session.keys(1, "ls pub/sub\rpwd\rbye\r");
    session.world.settle();
    expect(session.shown(1)).toMatch(
      /226 .*\nftp> pwd\n---> PWD\n257 .*\nftp> bye\n---> QUIT\n221 .*\n\$ $/,
    );
  });

  it("notices a closed connection at the next command", () => {
    const article = scenario("article");
    const hosts = article.hosts.map((host) =>
      host.ftp === undefined ? host : { ...host, ftp: { ...host.ftp, timeouts: { idle: 90 } } },
    );
    const session = inside("-d", { ...article, hosts });
    session.world.settle(100_000);
    session.shown(1);
    session.type(1, "pwd");
    expect(session.shown(1)).toMatch(/^pwd\n421 Idle .*\nNot connected\.\nftp> $/);
  });

  it("makes a file of a listing, byte for byte", () => {
    const session = inside("-d");
    says(session, "nlist pub/sub names.txt");
    session.type(1, "bye");
    session.shown(1);
    session.type(1, "wc -l names.txt");
    expect(session.shown(1)).toMatch(/^wc -l names.txt\n\d+ names.txt\n\$ $/);
  });
});
