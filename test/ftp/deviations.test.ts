/** What the server says when somebody does not follow the walk-through. Each line was seen of ProFTPD 1.3.8. */
import { describe, expect, test } from "vitest";
import { afterPasv, loggedIn, play, scenario } from "../play.ts";

const HOST = "ftptest.exavault.com";
const BIG = "files.example.net";

/** Types each line in window 1 and gives the answers. */
function answers(session: ReturnType<typeof play>, ...lines: string[]): string[] {
  return lines.map((line) => {
    session.type(1, line);
    return session.shown(1).slice(line.length + 1);
  });
}

function atGreeting() {
  const session = play();
  session.type(1, `telnet ${HOST} 21`);
  session.shown(1);
  return session;
}

describe("login", () => {
  test("a wrong password is refused, and USER is wanted again", () => {
    expect(answers(atGreeting(), "USER ftptest", "PASS wrong", "PASS guestpass", "PWD")).toEqual([
      "331 Password required for ftptest\n",
      "530 Login incorrect.\n",
      "503 Login with USER first\n",
      "530 Please login with USER and PASS\n",
    ]);
  });

  test("the third wrong password closes the connection", () => {
    const session = atGreeting();
    for (const word of ["one", "two"]) answers(session, "USER ftptest", `PASS ${word}`);
    expect(answers(session, "USER ftptest", "PASS three")[1]).toBe(
      "530 Login incorrect.\nConnection closed by foreign host.\n$ ",
    );
  });

  test("PASS typed before 331 has come is answered in its turn", () => {
    const session = atGreeting();
    session.keys(1, "USER ftptest\rPASS guestpass\r");
    session.world.settle();
    expect(session.shown(1)).toBe(
      "USER ftptest\nPASS guestpass\n331 Password required for ftptest\n230 User ftptest logged in\n",
    );
  });

  test("who is in stays who they are", () => {
    expect(answers(loggedIn(), "USER ftptest", "USER other", "PASS x", "USER")).toEqual([
      "230 User ftptest logged in\n",
      "501 Reauthentication not supported\n",
      "503 You are already logged in\n",
      "500 USER: command requires a parameter\n",
    ]);
  });

  test("before the login, small talk is answered and the rest refused, arguments or not", () => {
    expect(
      answers(atGreeting(), "SYST", "NOOP", "TYPE I", "LIST", "PASV", "PWD x", "QUIT"),
    ).toEqual([
      "215 UNIX Type: L8\n",
      "200 NOOP command successful\n",
      "200 Type set to I\n",
      "530 Please login with USER and PASS\n",
      "530 Please login with USER and PASS\n",
      "530 Please login with USER and PASS\n",
      "221 Goodbye.\nConnection closed by foreign host.\n$ ",
    ]);
  });
});

describe("lines that are no command", () => {
  test("client words, typos and nothing at all", () => {
    expect(answers(loggedIn(), "ls", "dir", "cd pub", "get x", "PSAV", "", "  ", " PWD")).toEqual([
      "500 LS not understood\n",
      "500 DIR not understood\n",
      "500 CD not understood\n",
      "500 GET not understood\n",
      "500 PSAV not understood\n",
      "500 Invalid command: try being more creative\n",
      "500 Invalid command: try being more creative\n",
      "500 Invalid command: try being more creative\n",
    ]);
  });

  test("lower case is as good as upper", () => {
    expect(answers(loggedIn(), "pwd", "type i", "Noop")).toEqual([
      '257 "/" is the current directory\n',
      "200 Type set to i\n",
      "200 NOOP command successful\n",
    ]);
  });

  test("missing and needless arguments", () => {
    expect(
      answers(loggedIn(), "CWD", "RETR", "TYPE", "PWD x", "CDUP x", "PASV x", "retr "),
    ).toEqual([
      "501 Invalid number of parameters\n",
      "500 'RETR' not understood\n",
      "500 'TYPE' not understood\n",
      "501 Invalid number of parameters\n",
      "501 Invalid number of parameters\n",
      "501 Invalid number of parameters\n",
      "500 'RETR' not understood\n",
    ]);
  });

  test("the trace says whether a verb is known", () => {
    const session = loggedIn();
    answers(session, "REIN", "XYZZY");
    expect(
      session
        .facts("command")
        .map(({ known }) => known)
        .slice(-2),
    ).toEqual(["yes", "no"]);
  });

  test("a browser's request ends the connection without a word", () => {
    expect(answers(atGreeting(), "GET / HTTP/1.1")).toEqual([
      "Connection closed by foreign host.\n$ ",
    ]);
  });

  test("types and help", () => {
    expect(
      answers(loggedIn(), "TYPE A N", "TYPE E", "TYPE L 8", "TYPE A N x", "HELP list", "HELP ls"),
    ).toEqual([
      "200 Type set to A\n",
      "504 TYPE not implemented for 'E' parameter\n",
      "200 Type set to L\n",
      "500 'TYPE A N x' not understood\n",
      "214 Syntax: LIST [<sp> pathname]\n",
      "502 Unknown command 'LS'\n",
    ]);
  });
});

describe("folders", () => {
  test("there and back", () => {
    const lines = [
      "CWD pub",
      "PWD",
      "CDUP",
      "CDUP",
      "PWD",
      "CWD nowhere",
      "CWD readme.txt",
      "XCWD ~/pub",
    ];
    expect(answers(loggedIn("article", BIG), ...lines)).toEqual([
      "250 CWD command successful\n",
      '257 "/pub" is the current directory\n',
      "250 CDUP command successful\n",
      "250 CDUP command successful\n",
      '257 "/" is the current directory\n',
      "550 nowhere: No such file or directory\n",
      "550 readme.txt: Not a directory\n",
      "250 XCWD command successful\n",
    ]);
  });
});

describe("the data connection", () => {
  test("dialled before PASV: refused at once", () => {
    const session = loggedIn();
    session.type(2, `telnet ${HOST} 62843`);
    expect(session.shown(2)).toContain(
      "telnet: Unable to connect to remote host: Connection refused\n$ ",
    );
  });

  test("LIST with no PASV: the server dials the control port, and nobody answers", () => {
    const session = loggedIn();
    expect(answers(session, "LIST")).toEqual([
      "425 Unable to build data connection: Connection refused\n",
    ]);
    const [control, back] = session.facts("dial");
    expect(back?.to).toEqual(control?.from);
    expect(back?.host).toBe(HOST);
  });

  test("LIST with nobody at the port: silence until somebody dials", () => {
    const session = afterPasv();
    expect(answers(session, "LIST")).toEqual([""]);
    session.type(2, `telnet ${HOST} ${session.port}`);
    expect(session.shown(1)).toBe(
      "150 Opening BINARY mode data connection for file list\n226 Transfer complete\n",
    );
    expect(session.shown(2)).toContain(
      ".fspftpcheck.1592038283\nConnection closed by foreign host.\n$ ",
    );
  });

  test("LIST with nobody at the port: 421 in the end, where the set-up says so", () => {
    const article = scenario("article");
    const [host, ...others] = article.hosts;
    const ftp = { ...host!.ftp!, timeouts: { noTransfer: 3 } };
    const session = play({ ...article, hosts: [{ ...host!, ftp }, ...others] });
    const { world } = session;
    const dial = `telnet ${HOST} 21\r`;
    for (const keys of [dial, "USER ftptest\r", "PASS guestpass\r", "PASV\r", "LIST\r"]) {
      session.keys(1, keys);
      world.advance(world.now + 100);
    }
    session.shown(1);
    world.advance(world.now + 2800);
    expect(session.shown(1)).toBe("");
    world.advance(world.now + 200);
    expect(session.shown(1)).toBe(
      "421 No transfer timeout (3 seconds): closing control connection\n" +
        "Connection closed by foreign host.\n$ ",
    );
  });

  test("PASV twice: a new port, and the connection to the old one is reset", () => {
    const session = afterPasv();
    session.type(2, `telnet ${HOST} ${session.port}`);
    session.shown(2);
    session.type(1, "PASV");
    const ports = session.facts("passive").map(({ port }) => port);
    expect(new Set(ports).size).toBe(2);
    expect(session.shown(2)).toBe("Connection closed by foreign host.\n$ ");
    expect(session.facts("rst").map(({ conn, by }) => [conn, by])).toEqual([[2, "listener"]]);
  });

  test("the kernel takes a second dial; LIST takes the first and resets the second; later none is taken", () => {
    const session = afterPasv();
    const dial = () => session.type(2, `telnet ${HOST} ${session.port}`);
    dial();
    session.world.feed({ kind: "hang-up", window: 2 });
    dial();
    expect(session.shown(2).match(/Connected to/g)).toHaveLength(2);
    expect(answers(session, "LIST")[0]).toMatch(/^150 .*\n226 /);
    expect(session.shown(2)).toBe("Connection closed by foreign host.\n$ ");
    expect(session.facts("rst").map(({ conn }) => conn)).toContain(3);
    dial();
    expect(session.shown(2)).toContain("Connection refused");
  });

  test("a third dial finds the queue full: no answer at all, until the dialler gives up", () => {
    const session = afterPasv();
    for (let i = 0; i < 2; i++) {
      session.type(2, `telnet ${HOST} ${session.port}`);
      session.world.feed({ kind: "hang-up", window: 2 });
    }
    session.shown(2);
    session.keys(2, `telnet ${HOST} ${session.port}\r`);
    session.world.advance(session.world.now + 120_000);
    expect(session.shown(2)).toMatch(/Trying 67.208.93.232...\n$/);
    session.world.advance(session.world.now + 10_000);
    expect(session.shown(2)).toContain("Connection timed out");
  });

  test("a connection that was closed before LIST: 150, 226, and the bytes are lost", () => {
    const session = afterPasv();
    session.type(2, `telnet ${HOST} ${session.port}`);
    session.world.feed({ kind: "hang-up", window: 2 });
    session.world.settle();
    expect(answers(session, "LIST")).toEqual([
      "150 Opening BINARY mode data connection for file list\n226 Transfer complete\n",
    ]);
    expect(session.facts("lost").map(({ length }) => length)).toEqual([837]);
  });

  test("LIST a second time without a new PASV: 425", () => {
    const session = afterPasv();
    session.type(2, `telnet ${HOST} ${session.port}`);
    expect(answers(session, "LIST", "LIST")[1]).toBe(
      "425 Unable to build data connection: Connection refused\n",
    );
  });

  test("closed in the middle of a big RETR: 426, and the session goes on", () => {
    const session = afterPasv("article", BIG);
    session.type(2, `telnet ${BIG} ${session.port}`);
    session.keys(1, "RETR pub/big.txt\r");
    const { world } = session;
    world.advance(world.now + 3000);
    world.feed({ kind: "hang-up", window: 2 });
    world.settle();
    expect(session.shown(1)).toMatch(
      /150 Opening ASCII mode data connection for pub\/big.txt \(4194304 bytes\)\n426 Transfer aborted. Data connection closed\n$/,
    );
    expect(answers(session, "NOOP")).toEqual(["200 NOOP command successful\n"]);
  });

  test("a whole big RETR arrives to the last byte, with CR LF for each LF", () => {
    const session = afterPasv("article", BIG);
    session.type(2, `telnet ${BIG} ${session.port}`);
    session.type(1, "RETR pub/big.txt");
    const data = session.facts("arrived").filter(({ conn, by }) => conn === 2 && by === "listener");
    const bytes = data.reduce((sum, fact) => sum + fact.bytes.length, 0);
    expect(bytes).toBe(4_194_304 + 4_194_304 / 64);
    expect(session.shown(1)).toContain("226 Transfer complete");
  });

  test("refused before the data connection: 550, and what PASV agreed is gone", () => {
    const session = afterPasv("article", BIG);
    session.type(2, `telnet ${BIG} ${session.port}`);
    const said = answers(session, "RETR nowhere", "RETR pub", "RETR secret.txt", "LIST");
    expect(said).toEqual([
      "550 nowhere: No such file or directory\n",
      "550 pub: Not a regular file\n",
      "550 secret.txt: Permission denied\n",
      "425 Unable to build data connection: Connection refused\n",
    ]);
    expect(session.shown(2)).toContain("Connection closed by foreign host.");
  });

  test("LIST of something that is not there: 150, nothing, 450", () => {
    const session = afterPasv();
    session.type(2, `telnet ${HOST} ${session.port}`);
    expect(answers(session, "LIST nowhere")).toEqual([
      "150 Opening BINARY mode data connection for file list\n450 nowhere: No such file or directory\n",
    ]);
  });

  test("LIST typed in the data window is read by nobody; the listing comes all the same", () => {
    const session = afterPasv();
    session.type(2, `telnet ${HOST} ${session.port}`);
    session.type(2, "LIST");
    expect(session.shown(1)).toBe("");
    session.type(1, "LIST");
    expect(session.shown(2)).toContain(
      ".fspftpcheck.1592038283\nConnection closed by foreign host.",
    );
    const sent = session.world.trace.facts.filter(
      (fact) => (fact.kind === "sent" || fact.kind === "fin") && fact.by === "listener",
    );
    expect(sent.slice(-4).map((fact) => `${fact.kind} ${"conn" in fact && fact.conn}`)).toEqual([
      "sent 1",
      "sent 2",
      "fin 2",
      "sent 1",
    ]);
    // Closing with unread bytes resets, after all was sent (RFC 2525 §2.17).
    expect(session.facts("rst").map(({ conn, by }) => [conn, by])).toEqual([[2, "listener"]]);
  });

  test("what is typed while LIST waits is answered after 150, one line before 226", () => {
    const session = afterPasv();
    for (const line of ["LIST", "PWD", "PASV"]) session.type(1, line);
    session.shown(1);
    session.type(2, `telnet ${HOST} ${session.port}`);
    expect(session.shown(1).match(/^\d{3}/gm)).toEqual(["150", "257", "226", "227"]);
  });

  test("QUIT with a connection pending: goodbye, and it is reset", () => {
    const session = afterPasv();
    session.type(2, `telnet ${HOST} ${session.port}`);
    session.type(1, "QUIT");
    expect(session.shown(1)).toContain("221 Goodbye.\nConnection closed by foreign host.\n$ ");
    expect(session.shown(2)).toContain("Connection closed by foreign host.\n$ ");
  });
});

test("a download that moves slowly is not taken for one that stands still", () => {
  const article = scenario("article");
  const hosts = article.hosts.map((host) => ({
    ...host,
    ...(host.ftp && { ftp: { ...host.ftp, timeouts: { stalled: 2 } } }),
  }));
  const session = afterPasv({ ...article, hosts }, BIG);
  session.type(2, `telnet ${BIG} ${session.port}`);
  session.type(1, "RETR pub/big.txt");
  expect(session.shown(1)).toContain("226 Transfer complete");
});
