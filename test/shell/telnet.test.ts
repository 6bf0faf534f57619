import { describe, expect, it } from "vitest";
import { ADDRESS, createBench, HOST, KEY } from "./bench.ts";

const CONNECTED = [
  `$ telnet ${HOST} 21`,
  `Trying ${ADDRESS}...`,
  `Connected to ${HOST}.`,
  "Escape character is '^]'.",
];

const NO_SUCH_KEY = "(A real telnet has no such key. To do without it: conveniences off, at $.)";

/** A bench whose window holds a connection to port 21. */
function connected() {
  const bench = createBench();
  bench.keys(`telnet ${HOST} 21\r`);
  bench.settle();
  return bench;
}

/** A bench at telnet's own prompt, from a connection. */
function commanding() {
  const bench = connected();
  bench.keys(KEY.escape);
  return bench;
}

// Each line of these tables was seen from inetutils 2.4.
describe("dialling", () => {
  it.each([
    ["nosuch.invalid 21", "Server lookup failure:  nosuch.invalid:21, Name or service not known"],
    ["nosuch.invalid", "Server lookup failure:  nosuch.invalid:telnet, Name or service not known"],
    [`${HOST}:21`, `Server lookup failure:  ${HOST}:21:telnet, Name or service not known`],
    [`${HOST} abc`, `Server lookup failure:  ${HOST}:abc, Servname not supported for ai_socktype`],
    [`${HOST} FTP`, `Server lookup failure:  ${HOST}:FTP, Servname not supported for ai_socktype`],
    [
      `${HOST} toString`,
      `Server lookup failure:  ${HOST}:toString, Servname not supported for ai_socktype`,
    ],
    [`${HOST} 245,123`, "Invalid port name '245,123'."],
    [`${HOST} 0x15`, "Invalid port name '0x15'."],
    [`${HOST} 99999`, "Port number 99999 is out of range."],
    [`${HOST} 0`, "Port number 0 is out of range."],
    ["a b c", "telnet: too many arguments"],
    ["-b nosuch.invalid nosuch 21", "Could not resolve nosuch.invalid: Name or service not known"],
    [
      "-6 -b 127.0.0.1 localhost 1",
      "Could not resolve 127.0.0.1: Address family for hostname not supported",
    ],
    [
      "-b ::1 127.0.0.1 1",
      "Server lookup failure:  127.0.0.1:1, Address family for hostname not supported",
    ],
    [
      `-b 203.0.113.77 ${HOST} 21`,
      `Trying ${ADDRESS}...\r\ntelnet: bind: Cannot assign requested address`,
    ],
    [
      `--bind=127.0.0.1 ${HOST} 21`,
      `Trying ${ADDRESS}...\r\ntelnet: Unable to connect to remote host: Invalid argument`,
    ],
  ])("telnet %s", (words, answer) => {
    const bench = createBench();
    bench.keys(`telnet ${words}\r`);
    expect(bench.said("program")).toBe(`${answer}\r\n`);
    expect(bench.of("exit")).toMatchObject([{ program: "telnet", status: 1 }]);
    expect(bench.of("dial")).toEqual([]);
  });

  it.each([
    ["", 23],
    [" ftp-data", 20],
    [" 62843", 62_843],
    [" 022", 22],
  ])("telnet HOST%s, where nobody listens", (words, port) => {
    const bench = createBench();
    bench.keys(`telnet ${HOST}${words}\r`);
    expect(bench.of("attach")).toMatchObject([{ window: 1, conn: 1 }]);
    bench.settle();
    expect(bench.of("dial")).toMatchObject([{ conn: 1, to: { address: ADDRESS, port } }]);
    expect(bench.said("program")).toBe(
      `Trying ${ADDRESS}...\r\ntelnet: Unable to connect to remote host: Connection refused\r\n`,
    );
    expect(bench.of("exit")).toMatchObject([{ status: 1 }]);
  });

  it("dials from an address of its own", () => {
    const bench = createBench();
    bench.keys(`telnet -b 198.51.100.7 ${HOST} 21\r`);
    bench.settle();
    expect(bench.said("program")).toContain("Connected to ");
  });

  it("tells the name as it was typed", () => {
    const bench = createBench();
    bench.keys(`telnet ${HOST.toUpperCase()} ftp\r`);
    bench.settle();
    expect(bench.said("program")).toContain(`Connected to ${HOST.toUpperCase()}.\r\n`);
  });

  it("gives up after a long silence", () => {
    const bench = createBench();
    bench.keys("telnet 192.0.2.1 21\r");
    bench.settle(60_000);
    expect(bench.of("exit")).toEqual([]);
    bench.settle(90_000);
    expect(bench.said("program")).toMatch(/remote host: Connection timed out\r\n$/);
  });

  it("is aborted by ^C", async () => {
    const bench = createBench();
    bench.keys("telnet 192.0.2.1 21\r", "USER\rab\x1d\x04\x03");
    bench.settle(200_000);
    expect(bench.of("exit")).toMatchObject([{ status: 130 }]);
    expect((await bench.screen()).slice(-2)).toEqual(["ab^C", "$ █"]);
    expect(bench.of("print").filter((fact) => fact.who === "program").length).toBe(1);
  });

  it("keeps what is typed meanwhile, and sends it then", async () => {
    const bench = createBench();
    bench.keys(`telnet ${HOST} 21\r\x04USER ftptest\rPA`);
    expect(bench.of("line")).toEqual([]);
    bench.settle();
    bench.keys("SS x\r");
    bench.settle();
    expect(bench.received).toEqual(["USER ftptest\r\n", "PASS x\r\n"]);
    expect(bench.of("line").map((fact) => fact.line)).toEqual(["USER ftptest", "PASS x"]);
    expect(await bench.screen()).toEqual([
      ...CONNECTED.slice(0, 2),
      "USER ftptest",
      ...CONNECTED.slice(2),
      "PASS x",
      "█",
    ]);
  });
});

describe("a session", () => {
  it("sends each line with CR LF in one write, and shows what comes", async () => {
    const bench = connected();
    bench.serve("220 hello\r\n");
    bench.keys("USER jos\u00e9 😀\r\r");
    bench.settle();
    expect(bench.received).toEqual(["USER jos\xc3\xa9 \xf0\x9f\x98\x80\r\n", "\r\n"]);
    expect(bench.of("line")).toMatchObject([
      { window: 1, conn: 1, line: "USER jos\u00e9 😀" },
      { window: 1, conn: 1, line: "" },
    ]);
    expect(await bench.screen()).toEqual([...CONNECTED, "220 hello", "USER josé 😀", "", "█"]);
    expect(bench.said("server")).toBe("220 hello\r\n");
    expect(bench.of("print").find((fact) => fact.who === "server")?.conn).toBe(1);
  });

  it.each([["close"], ["reset"]] as const)("ends by the server's %s", async (how) => {
    const bench = connected();
    bench.serve("221 Goodbye.\r\n");
    bench.keys("part");
    bench.server[how]();
    bench.settle();
    expect(await bench.screen()).toEqual([
      ...CONNECTED,
      "221 Goodbye.",
      "Connection closed by foreign host.",
      "$ █",
    ]);
    expect(bench.of("exit")).toMatchObject([{ program: "telnet", status: 0 }]);
    expect(bench.said("server")).toBe("221 Goodbye.\r\n");
  });

  it("puts its last words right behind bytes without a line end", async () => {
    const bench = connected();
    bench.serve("the end");
    bench.server.close();
    bench.settle();
    expect((await bench.screen()).at(-2)).toBe("the endConnection closed by foreign host.");
  });

  it("keeps a line that is being typed out of what comes", async () => {
    const bench = connected();
    bench.keys("USER x", KEY.left);
    bench.serve("220 late\r\n");
    expect(await bench.screen()).toEqual([
      ...CONNECTED,
      "USER x",
      NO_SUCH_KEY,
      "220 late",
      "USER █",
    ]);
    bench.keys("f\r");
    bench.settle();
    expect(bench.received).toEqual(["USER fx\r\n"]);
  });

  it("shows lone LF as a new line, CR NUL as CR, and no telnet commands", () => {
    const bench = connected();
    const sent = "a\nb\r\nc\r\0d\xff\xff\xff\xf1e\xff\xfa\x18\x01\xff\xff?\xff\xf0f\r\r\n";
    const shown = "a\r\nb\r\nc\rd\ufffdef\r\r\n";
    bench.serve(sent);
    expect(bench.said("server")).toBe(shown);
    for (const byte of sent) bench.serve(byte);
    expect(bench.said("server")).toBe(shown + shown);
    expect(bench.received).toEqual([]);
  });

  it("grants what it has, refuses the rest, and answers no refusal", () => {
    const bench = connected();
    bench.serve("\xff\xfb\x01\xff\xfd\x18hi\xff\xfb\x63\xff\xfc\x63\xff\xfe\x63\xff\xfb\x06\r\n");
    expect(bench.received).toEqual(["\xff\xfd\x01\xff\xfb\x18\xff\xfe\x63"]);
    expect(bench.said("server")).toBe("hi\r\n");
  });

  it("sends ^C as Interrupt Process and a wish for a timing mark, ^D as itself", async () => {
    const bench = connected();
    bench.keys("part\x03\x04\x07ABOR\r");
    bench.settle();
    expect(bench.received).toEqual(["\xff\xf4\xff\xfd\x06", "\x04", "ABOR\r\n"]);
    expect((await bench.screen()).at(-2)).toBe("part^CABOR");
  });

  it("says once why nothing is seen after ^C", async () => {
    const bench = connected();
    bench.keys("\x03");
    bench.serve("lost\r\n");
    bench.serve("lost too\r\n");
    bench.serve("\xff\xfc\x06seen\r\n");
    expect(bench.said("server")).toBe("seen\r\n");
    expect((await bench.screen()).slice(4)).toEqual([
      "^C(After ^C telnet shows nothing until the server answers with a timing mark.)",
      "seen",
      "█",
    ]);
  });

  it("opens a negotiation on port 23 alone", () => {
    const bench = createBench();
    bench.listen(23);
    bench.keys(`telnet ${HOST}\r`);
    bench.settle();
    expect(bench.received).toEqual([
      "\xff\xfd\x03\xff\xfb\x18\xff\xfb\x1f\xff\xfb\x20\xff\xfb\x21\xff\xfb\x27\xff\xfd\x05",
    ]);
  });
});

describe("telnet> ", () => {
  it("leaves the session, and what was begun goes out as it is", async () => {
    const bench = connected();
    bench.keys("US", KEY.escape);
    bench.serve("220 waits\r\n");
    expect(bench.said("server")).toBe("");
    bench.keys(KEY.enter);
    expect(bench.said("server")).toBe("220 waits\r\n");
    bench.keys("ER\r");
    bench.settle();
    expect(bench.received).toEqual(["US", "ER\r\n"]);
    expect(bench.of("line").map((fact) => fact.line)).toEqual(["USER"]);
    expect(await bench.screen()).toEqual([
      ...CONNECTED,
      "US^]",
      "telnet> ",
      "220 waits",
      "ER",
      "█",
    ]);
    expect(bench.said("prompt")).toBe("$ telnet> ");
  });

  it.each([
    ["bogus\r", "?Invalid command\r\n"],
    ["s\r", "?Ambiguous command\r\n"],
    ["open x\r", `?Already connected to ${HOST}\r\n`],
    ["help close\r", "close current connection\r\n"],
    ["? bogus\r", "?Invalid help command bogus\r\n"],
    ["help display\r", "display operating parameters\r\n"],
    ["toggle\r", "Need an argument to 'toggle' command.  'toggle ?' for help.\r\n"],
    ["\x03", ""],
  ])("answers %j and stays", (typed, answer) => {
    const bench = commanding();
    const before = bench.said("program").length;
    bench.keys(typed, "bog\r");
    expect(bench.said("program").slice(before)).toBe(`${answer}?Invalid command\r\n`);
    expect(bench.of("exit")).toEqual([]);
  });

  it("tells its status and goes back to the session", () => {
    const bench = commanding();
    bench.keys("st\rNOOP\r");
    bench.settle();
    expect(bench.said("program")).toMatch(
      /Connected to \S+\.\r\nOperating in obsolete linemode\r\nLocal character echo\r\nEscape character is '\^\]'\.\r\n$/,
    );
    expect(bench.received).toEqual(["NOOP\r\n"]);
  });

  it.each([["close\r"], ["cl\r"], ["quit\r"], ["QUIT\r"], ["\x04"]])("ends with %j", (typed) => {
    const bench = commanding();
    bench.keys(typed);
    expect(bench.said("program")).toMatch(/'\.\r\nConnection closed\.\r\n$/);
    expect(bench.of("exit")).toMatchObject([{ status: 0 }]);
    expect(bench.of("fin")).toMatchObject([{ by: "dialler" }]);
    expect(bench.said("prompt")).toBe("$ telnet> $ ");
  });

  it("hears only on its return that the server has gone", () => {
    const bench = commanding();
    bench.server.close();
    bench.settle();
    expect(bench.said("program")).not.toContain("closed");
    bench.keys(KEY.enter);
    expect(bench.said("program")).toMatch(/Connection closed by foreign host\.\r\n$/);
  });
});

describe("telnet without a host", () => {
  it("opens and closes one connection after another", async () => {
    const bench = createBench();
    bench.keys("telnet\r\rclose\ropen\r\ropen nosuch 21\r");
    bench.keys(`o ${HOST} 21\r`);
    bench.settle();
    bench.keys("NOOP\rjunk", KEY.escape, "close\r");
    bench.settle();
    bench.keys("status\r");
    bench.keys(`open ${HOST} 21\r`);
    bench.settle();
    bench.keys("US\r");
    bench.settle();
    expect(bench.received).toEqual(["US\r\n"]);
    bench.server.close();
    bench.settle();
    expect(await bench.screen()).toEqual([
      "$ telnet",
      "telnet> ",
      "telnet> close",
      "?Need to be connected first.",
      "telnet> open",
      "(to) ",
      "usage: open [-4] [-6] [-l user] [-b addr] [-a] host-name [port]",
      "telnet> open nosuch 21",
      "Server lookup failure:  nosuch:21, Name or service not known",
      `telnet> o ${HOST} 21`,
      ...CONNECTED.slice(1),
      "NOOP",
      "junk^]",
      "telnet> close",
      "Connection closed.",
      "telnet> status",
      "No connection.",
      "Escape character is '^]'.",
      `telnet> open ${HOST} 21`,
      ...CONNECTED.slice(1),
      "US",
      "Connection closed by foreign host.",
      "$ █",
    ]);
    expect(bench.of("attach").map((fact) => fact.conn)).toEqual([1, 2]);
  });

  it("comes back to its prompt when it is refused", () => {
    const bench = createBench();
    bench.keys(`telnet\ropen ${HOST} 22\rahead\rpart`);
    bench.settle();
    bench.keys(`open ${HOST} 21\r`);
    bench.settle();
    bench.keys("\r");
    bench.settle();
    expect(bench.received).toEqual(["\r\n"]);
    bench.keys(KEY.escape, "close\r\x03");
    expect(bench.said("prompt")).toBe("$ telnet> telnet> telnet> telnet> $ ");
    expect(bench.of("exit")).toMatchObject([{ status: 130 }]);
  });

  it("quits without a word", () => {
    const bench = createBench();
    bench.keys("telnet\rquit\r");
    expect(bench.said("program")).toBe("");
    expect(bench.of("exit")).toMatchObject([{ status: 0 }]);
  });

  it("takes a paste that goes from prompt to session", () => {
    const bench = createBench();
    bench.paste(`telnet\nhelp\nopen ${HOST} 21\nNOOP\nQUIT`);
    bench.settle();
    bench.keys("\r");
    bench.settle();
    expect(bench.received).toEqual(["NOOP\r\n", "QUIT\r\n"]);
  });
});
