/** nc: data connections by hand, both ways and from both ends, with the words of netcat-openbsd. */
import { describe, expect, it } from "vitest";
import { concat, fromBytes } from "../../src/sim/bytes.ts";
import { afterPasv, loggedIn, play, type Play } from "../play.ts";

/** The bytes that `by` sent over the newest connection. */
function wire(session: Play, by: "dialler" | "listener"): string {
  const { conn } = session.facts("dial").at(-1)!;
  const sent = session.facts("sent").filter((fact) => fact.conn === conn && fact.by === by);
  return fromBytes(concat(sent.map(({ bytes }) => bytes)));
}

describe("active mode by hand", () => {
  it("listens in window 2, says PORT in window 1, and is called", () => {
    const session = loggedIn();
    session.type(2, "nc -lv 50000");
    expect(session.shown(2)).toBe("nc -lv 50000\nListening on 0.0.0.0 50000\n");
    session.type(1, "PORT 198,51,100,7,195,80");
    session.type(1, "LIST");
    expect(session.shown(1)).toContain("226 Transfer complete");
    const shown = session.shown(2);
    expect(shown).toMatch(/^Connection received on 67\.208\.93\.232 \d+\ndrwxrwx---/);
    expect(shown).toMatch(/1592038283\n\$ $/);
    const { conn } = session.facts("dial").at(-1)!;
    expect(session.facts("attach").at(-1)).toMatchObject({ window: 2, conn });
    expect(session.facts("listen").at(-1)).toMatchObject({ host: "your computer", port: 50_000 });
    expect(session.facts("unlisten").at(-1)).toMatchObject({ port: 50_000 });
    expect(session.facts("exit").at(-1)).toMatchObject({ window: 2, program: "nc", status: 0 });
  });

  it("keeps what arrived byte for byte, and cmp proves it", () => {
    const session = loggedIn();
    for (const name of ["a.txt", "b.txt"]) {
      session.type(2, `nc -l -p 50000 > ${name}`);
      session.type(1, "PORT 198,51,100,7,195,80");
      session.type(1, "RETR .fspftpcheck.1591973977");
    }
    session.shown(2);
    session.type(2, "cmp a.txt b.txt");
    session.type(2, "wc -c a.txt");
    session.type(2, "echo x >> b.txt");
    session.type(2, "cmp a.txt b.txt");
    expect(session.shown(2)).toBe(
      "cmp a.txt b.txt\n$ wc -c a.txt\n29 a.txt\n$ echo x >> b.txt\n$ " +
        "cmp a.txt b.txt\ncmp: EOF on a.txt after byte 29, in line 1\n$ ",
    );
    expect(wire(session, "dialler")).toBe("fsp ftp check file 1591973977");
    const [first] = session.facts("file");
    expect(first).toMatchObject({ window: 2, name: "a.txt" });
    expect(fromBytes(first!.bytes)).toBe("fsp ftp check file 1591973977");
  });

  it("sends a file to the server that calls", () => {
    const session = loggedIn();
    session.type(2, "printf 'caf\\xe9\\r\\n\\0end' > raw");
    session.type(2, "nc -lN 50000 < raw");
    session.type(1, "TYPE I");
    session.type(1, "PORT 198,51,100,7,195,80");
    session.type(1, "STOR raw");
    session.type(1, "SIZE raw");
    expect(session.shown(1)).toMatch(/226 Transfer complete\n.*\n213 10\n$/s);
    expect(wire(session, "listener")).toBe("caf\xe9\r\n\0end");
  });

  it("takes one call after another with -k, and only ^C ends it", () => {
    const session = loggedIn();
    session.type(2, "nc -lkv 50000");
    for (const at of [1, 2]) {
      session.type(1, "PORT 198,51,100,7,195,80");
      session.type(1, "LIST");
      expect(session.shown(2).match(/Connection received/g)?.length, `call ${at}`).toBe(1);
    }
    session.keys(2, "\x03");
    expect(session.shown(2)).toBe("^C\n$ ");
    expect(session.facts("exit").at(-1)).toMatchObject({ program: "nc", status: 130 });
    expect(session.facts("unlisten").length).toBe(1);
  });

  it("says to whoever calls what was typed before the call, and tells so", () => {
    const session = play("be-the-server");
    for (const key of "nc -l 2121\r220 hello\r") {
      session.world.feed({ kind: "key", window: 1, text: key });
    }
    expect(session.facts("line")).toEqual([]);
    session.world.advance(session.world.now + 5000);
    const { conn } = session.facts("attach").at(-1)!;
    expect(session.facts("line")).toMatchObject([{ window: 1, conn, line: "220 hello" }]);
    expect(session.shown(1)).toContain("USER ");
  });

  it("takes any free port for 0", () => {
    const session = play();
    session.type(1, "nc -lv 0");
    expect(session.shown(1)).toMatch(/Listening on 0\.0\.0\.0 [3-6]\d{3}[13579]\n$/);
    session.type(2, `nc -v 127.0.0.1 ${session.facts("listen").at(-1)?.port}`);
    expect(session.shown(2)).toContain("succeeded!");
  });

  it("says when the port is taken", () => {
    const session = play();
    session.type(1, "nc -l 50000");
    session.type(2, "nc -l 50000");
    expect(session.shown(2)).toBe("$ nc -l 50000\nnc: Address already in use\n$ ");
  });
});

describe("nc dials", () => {
  it("speaks FTP with -C; without it, a server that wants CR LF stays silent", () => {
    const session = play();
    session.type(1, "nc -C ftptest.exavault.com 21");
    session.type(1, "NOOP");
    expect(session.shown(1)).toMatch(/^\$ nc -C .*\n220 .*\nNOOP\n200 NOOP command successful\n$/);
    expect(session.facts("line")).toMatchObject([{ window: 1, line: "NOOP" }]);
    session.type(2, "nc ftptest.exavault.com 21");
    session.type(2, "NOOP");
    expect(session.shown(2)).toMatch(/^\$ nc .*\n220 .*\nNOOP\n$/);
    expect(wire(session, "dialler")).toBe("NOOP\n");
  });

  it("fetches a listing from the port of PASV", () => {
    const session = afterPasv();
    session.type(2, `nc -v ftptest.exavault.com ${session.port}`);
    expect(session.shown(2)).toBe(
      `nc -v ftptest.exavault.com ${session.port}\n` +
        `Connection to ftptest.exavault.com (67.208.93.232) ${session.port} port [tcp/*] succeeded!\n`,
    );
    session.type(1, "LIST");
    expect(session.shown(2)).toMatch(/1592038283\n$/);
    // The server has closed; a dialled nc notices at the next line.
    expect(session.facts("exit").filter(({ window }) => window === 2)).toEqual([]);
    session.type(2, "");
    expect(session.shown(2)).toBe("\n$ ");
  });

  it("uploads a file by hand: with -N the server hears its end, without it waits", () => {
    const session = afterPasv();
    session.type(2, "echo hello > up.txt");
    session.type(1, "TYPE I");
    session.type(2, `nc ftptest.exavault.com ${session.port} < up.txt`);
    session.type(1, "STOR up.txt");
    session.shown(1);
    expect(wire(session, "dialler")).toBe("hello\n");
    session.keys(2, "\x03");
    session.world.settle();
    expect(session.shown(1)).toBe("226 Transfer complete\n");

    session.type(1, "PASV");
    const { port } = session.facts("passive").at(-1)!;
    session.type(2, `nc -N ftptest.exavault.com ${port} < up.txt`);
    session.type(1, "STOR up2.txt");
    expect(session.shown(1)).toContain("226 Transfer complete");
    expect(session.facts("exit").at(-1)).toMatchObject({ window: 2, program: "nc", status: 0 });
  });

  it("sends a file larger than any buffer, and receives one as large", () => {
    const session = loggedIn("article", "files.example.net");
    session.type(1, "TYPE I");
    session.type(1, "PASV");
    const first = session.facts("passive").at(-1)!.port;
    session.type(2, `nc files.example.net ${first} > big`);
    session.type(1, "RETR pub/big.txt");
    session.type(2, "");
    session.type(1, "PASV");
    const second = session.facts("passive").at(-1)!.port;
    session.type(2, `nc -N files.example.net ${second} < big`);
    session.type(1, "STOR again.txt");
    session.type(1, "SIZE again.txt");
    expect(session.shown(1)).toMatch(/213 4194304\n$/);
    session.shown(2);
    session.type(2, "wc -c big");
    expect(session.shown(2)).toBe("wc -c big\n4194304 big\n$ ");
  });

  it.each([
    [
      "nc -v ftptest.exavault.com 4",
      "nc: connect to ftptest.exavault.com (67.208.93.232) port 4 (tcp) failed: Connection refused",
    ],
    [
      "nc -nv 67.208.93.232 4",
      "nc: connect to 67.208.93.232 port 4 (tcp) failed: Connection refused",
    ],
    [
      "nc -v -w 2 192.0.2.99 21",
      "nc: connect to 192.0.2.99 port 21 (tcp) timed out: Operation now in progress",
    ],
    ["nc nosuch 21", 'nc: getaddrinfo for host "nosuch" port 21: Name or service not known'],
    [
      "nc -n localhost 21",
      'nc: getaddrinfo for host "localhost" port 21: Name or service not known',
    ],
    [
      "nc -6 67.208.93.232 21",
      'nc: getaddrinfo for host "67.208.93.232" port 21: Address family for hostname not supported',
    ],
    ["nc -v ftptest.exavault.com x", "nc: port number invalid: x"],
    ["nc -v ftptest.exavault.com 70000", "nc: port number too large: 70000"],
    ["nc -v ftptest.exavault.com", "nc: missing port number"],
    ["nc -lz 5", "nc: cannot use -z and -l"],
    ["nc -k a 5", "nc: must use -l with -k"],
    ["nc -w x a 5", "nc: timeout invalid: x"],
    [
      "nc -v 2001:db8::1 21",
      "nc: connect to 2001:db8::1 port 21 (tcp) failed: Network is unreachable",
    ],
    [
      "nc -v 255.255.255.255 21",
      "nc: connect to 255.255.255.255 port 21 (tcp) failed: Network is unreachable",
    ],
    ["nc ftptest.exavault.com 4", undefined],
  ])("%s", (line, refusal) => {
    const session = play();
    session.type(1, line);
    expect(session.shown(1)).toBe(`$ ${line}\n${refusal === undefined ? "" : `${refusal}\n`}$ `);
    expect(session.facts("exit")).toMatchObject([{ program: "nc", status: 1 }]);
  });

  it("tries ports one by one with -z, and sends nothing", () => {
    const session = play();
    session.type(1, "nc -zv ftptest.exavault.com 20-21");
    expect(session.shown(1)).toBe(
      "$ nc -zv ftptest.exavault.com 20-21\n" +
        "nc: connect to ftptest.exavault.com (67.208.93.232) port 20 (tcp) failed: Connection refused\n" +
        "Connection to ftptest.exavault.com (67.208.93.232) 21 port [tcp/ftp] succeeded!\n$ ",
    );
    expect(session.facts("sent").filter(({ by }) => by === "dialler")).toEqual([]);
  });

  it("leaves after -w seconds of silence, and closes when its window is hung up", () => {
    const session = play();
    session.type(1, "nc -w 3 ftptest.exavault.com 21");
    expect(session.facts("exit")).toMatchObject([{ window: 1, status: 0 }]);
    session.type(2, "nc ftptest.exavault.com 21");
    session.world.feed({ kind: "hang-up", window: 2 });
    session.world.settle();
    expect(session.facts("exit").at(-1)).toMatchObject({ window: 2, program: "nc", status: 129 });
    const { conn } = session.facts("dial").at(-1)!;
    expect(session.facts("fin").filter((fact) => fact.conn === conn)).toMatchObject([
      { by: "dialler" },
      { by: "listener" },
    ]);
  });
});

describe("the learner plays the server", () => {
  it("greets whoever dials, with CR LF behind each line", () => {
    const session = play();
    session.type(2, "nc -lC 2121");
    session.type(2, "220 hello");
    session.type(1, "telnet localhost 2121");
    expect(session.shown(1)).toMatch(/220 hello\n$/);
    session.type(1, "USER me");
    expect(session.shown(2)).toMatch(/220 hello\nUSER me\n$/);
    expect(wire(session, "listener")).toBe("220 hello\r\n");
  });
});

describe("a port that nc listens on", () => {
  it("is IPv4's without -6, stays taken while somebody is there, and has a queue of one", () => {
    const session = play("sandbox");
    session.world.feed({ kind: "open", window: 3 });
    session.world.feed({ kind: "open", window: 4 });
    session.type(1, "nc -lv 50000");
    session.type(2, "nc -v localhost 50000");
    expect(session.shown(2)).toContain(
      "nc: connect to localhost (::1) port 50000 (tcp) failed: Connection refused\n" +
        "Connection to localhost (127.0.0.1) 50000 port [tcp/*] succeeded!\n",
    );
    expect(session.shown(1)).toMatch(/Connection received on localhost \d+\n$/);
    session.type(3, "nc -l 50000");
    expect(session.shown(3)).toContain("nc: Address already in use\n");
    session.type(3, "nc -v 127.0.0.1 50000");
    expect(session.shown(3)).toContain("50000 port [tcp/*] succeeded!\n");
    session.type(4, "ss -tln");
    expect(session.shown(4)).toMatch(/LISTEN 1 +1 +0\.0\.0\.0:50000 +0\.0\.0\.0:\*/);
    session.keys(1, "\x03");
    session.type(1, "nc -6 -l 50001");
    session.type(4, "ss -tln");
    expect(session.shown(4)).toMatch(/LISTEN 0 +1 +\*:50001 +\*:\*/);
  });
});

describe("the address that nc listens on", () => {
  it("alone is called", () => {
    const session = play();
    session.type(1, "nc -lv 127.0.0.1 50000");
    session.type(2, "nc -v 198.51.100.7 50000");
    session.type(2, "ss -tln");
    expect(session.shown(1)).toContain("\nListening on localhost 50000\n");
    const shown = session.shown(2);
    expect(shown).toContain("port 50000 (tcp) failed: Connection refused\n");
    expect(shown).toMatch(/LISTEN 0 +1 +127\.0\.0\.1:50000 +0\.0\.0\.0:\*/);
    session.type(2, "nc -v 127.0.0.1 50000");
    expect(session.shown(2)).toContain("succeeded!\n");
  });

  it.each([
    ["nc -l 1.2.3.4 50000", "nc: Cannot assign requested address"],
    ["nc -l nosuch 50000", "nc: getaddrinfo: Name or service not known"],
    ["nc -ln localhost 50000", "nc: getaddrinfo: Name or service not known"],
    ["nc -l x", "nc: getaddrinfo: Servname not supported for ai_socktype"],
    ["nc -p x 127.0.0.1 4", "nc: getaddrinfo: Servname not supported for ai_socktype"],
  ])("%s", (line, says) => {
    const session = play();
    session.type(1, line);
    expect(session.shown(1)).toBe(`$ ${line}\n${says}\n$ `);
  });

  it("has a port that is counted by 65536", () => {
    const session = play();
    session.type(1, "nc -lv 70000");
    expect(session.shown(1)).toContain("Listening on 0.0.0.0 4464\n");
  });
});

describe("the ports below 1024", () => {
  it.each([
    ["nc -l 80", "nc: Permission denied"],
    ["nc -p 20 ftptest.exavault.com 21", "nc: bind failed: Permission denied"],
  ])("%s is for the superuser alone", (line, says) => {
    const session = play();
    session.type(1, line);
    expect(session.shown(1)).toBe(`$ ${line}\n${says}\n$ `);
  });
});

it("goes on sending to whoever has closed the other half alone", () => {
  const session = play();
  session.type(1, "echo hello > hello.txt");
  session.type(1, "nc -N -l 50000 < hello.txt");
  session.type(2, "nc 127.0.0.1 50000");
  session.shown(1);
  for (const line of ["one", "two"]) session.type(2, line);
  expect(session.shown(1)).toBe("one\ntwo\n");
  expect(session.facts("exit").filter(({ program }) => program === "nc")).toEqual([]);
  session.keys(2, "\x04");
  session.world.settle();
  expect(session.facts("exit").slice(-2)).toMatchObject([
    { window: 2, status: 0 },
    { window: 1, status: 0 },
  ]);
});

it("does not wait for its keyboard when -d says that it is not read", () => {
  const session = loggedIn();
  session.type(1, "PASV");
  const { port } = session.facts("passive").at(-1)!;
  session.type(2, `nc -d ftptest.exavault.com ${port} > list.txt`);
  session.type(1, "LIST");
  expect(session.facts("exit").at(-1)).toMatchObject({ window: 2, program: "nc", status: 0 });
});
