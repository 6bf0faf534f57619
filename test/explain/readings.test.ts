import { describe, expect, test } from "vitest";
import {
  byteBits,
  diagnosePort,
  findHostPort,
  portMistake,
  portSum,
} from "../../src/explain/pasv.ts";
import { replyLine, replyNote, replyWord } from "../../src/explain/replies.ts";
import { tip } from "../../src/explain/tips.ts";
import { ARTICLE, DIAL, LOGIN, SECOND, typed } from "./typing.ts";

describe("six numbers", () => {
  const text = "227 Entering Passive Mode (67,208,93,232,245,123).";
  test("are found wherever they stand", () => {
    const found = findHostPort(text);
    expect(found).toMatchObject({ address: "67.208.93.232", port: 62843 });
    expect(found?.numbers).toEqual([67, 208, 93, 232, 245, 123]);
    expect(text.slice(found?.start, found?.end)).toBe("67,208,93,232,245,123");
    expect(findHostPort("227 =127,0,0,1,4,0")?.port).toBe(1024);
    expect(findHostPort("127, 0, 0, 1, 4, 1")?.port).toBe(1025);
    expect(findHostPort(`${text}\r\n`)?.port).toBe(62843);
  });
  test("are nothing until they are all there", () => {
    for (let end = 0; end < text.indexOf("3).") - 1; end++) {
      expect(findHostPort(text.slice(0, end))).toBeUndefined();
    }
  });
  test("are six, each a byte", () => {
    for (const odd of ["1,2,3,4,5", "1,2,3,4,5,256", "1,2,3,4,5,6,7", "1.2.3.4,5,6", "", ",,,,,"]) {
      expect(findHostPort(odd), odd).toBeUndefined();
    }
    expect(findHostPort("999,2,3,4,5,6 then 1,2,3,4,5,6")?.port).toBe(1286);
  });
  test("make a port", () => {
    expect(portSum(245, 123)).toBe(62843);
    expect(byteBits(245).join("")).toBe("11110101");
    expect(byteBits(123).join("")).toBe("01111011");
  });
  test.each([
    [62843, "right"],
    [31733, "swapped"],
    [62598, "times-255"],
    [62720, "no-low-byte"],
    [245123, "digits-joined"],
    [368, "added"],
    [245, "high-only"],
    [21, "other"],
  ] as const)("%i was meant as 245, 123: %s", (port, diagnosis) => {
    expect(diagnosePort(port, 245, 123)).toBe(diagnosis);
    const said = portMistake(diagnosis, 245, 123);
    if (diagnosis === "right" || diagnosis === "other") expect(said).toBeUndefined();
    else expect(said).toContain("245 × 256 + 123 = 62843");
  });
});

describe("replies", () => {
  const RFC959 =
    "110 120 125 150 200 202 211 212 213 214 215 220 221 225 226 227 230 250 257 331 332 350 421 425 426 450 451 452 500 501 502 503 504 530 532 550 551 552 553";
  const LATER = "229 232 234 235 334 335 336 431 521 522 533 534 535 536 537 631 632 633";
  const VERBS = ["", "LIST", "RETR", "STOR", "CWD", "PASS", "USER", "PWD", "NOOP", "ABOR", "HELP"];
  const general = new Set([1, 2, 3, 4, 5, 6].map((digit) => replyNote(digit * 100 + 99).long));
  test.each(`${RFC959} ${LATER}`.split(" ").map(Number))("%i has a note of its own", (code) => {
    expect(general).not.toContain(replyNote(code).long);
    for (const verb of VERBS) {
      const { short, long, rfc } = replyNote(code, verb);
      expect(short.length, short).toBeLessThanOrEqual(20);
      expect(long).toMatch(/[.:]$/);
      expect(rfc).toMatch(/^RFC \d+/);
    }
  });
  test("differ by verb, and verbs that are alike share", () => {
    expect(replyNote(250, "CWD").short).toBe("you are there");
    expect(replyNote(250, "CDUP")).toEqual({ ...replyNote(250, "CWD") });
    expect(replyNote(530, "PASS").short).toBe("wrong password");
    expect(replyNote(530, "list").short).toBe("log in first");
    expect(replyNote(227, "PASV")).toMatchObject({
      short: "agreed: you dial",
      rfc: "RFC 959 §4.1.2",
    });
  });
  test("that nobody knows go by their first digit", () => {
    expect(replyNote(299).short).toBe("done");
    expect(replyNote(999).short).toBe("an odd number");
    expect([1, 2, 3, 4, 5].map(replyWord)).toEqual([
      "preliminary",
      "done",
      "go on",
      "not now",
      "no",
    ]);
  });
  test("are recognised line by line", () => {
    expect(replyLine("220 Hello\r\n")).toEqual({ code: 220, rest: "Hello", last: true });
    expect(replyLine("214-Known:")).toEqual({ code: 214, rest: "Known:", last: false });
    expect(replyLine("226 ")).toEqual({ code: 226, rest: "", last: true });
    for (const odd of ["220", "22 x", " 220 x", "2200 x", "720 x", "", "220 a\r\n221 b"]) {
      expect(replyLine(odd), odd).toBeUndefined();
    }
  });
});

describe("notes", () => {
  test.each([
    [225, "ABOR", "225 No transfer to abort.", "nothing to stop"],
    [225, "ABOR", "225 ABOR command successful", "open, unused"],
    [501, "PWD", "501 Bad sequence of commands", "out of order"],
    [501, "REST", "501 REST: Resuming transfers not allowed in ASCII mode", "not in type A"],
    [501, "CWD", "501 Invalid number of arguments", "wrong argument"],
    [522, "", "522 SSL connection failed: session reuse required", "not your TLS"],
    [522, "EPRT", "522 Network protocol not supported, use (1)", "other family"],
    [530, "", "530 Login authentication failed", "wrong password"],
    [503, "PASS", "503 You are already logged in", "logged in already"],
    [550, "MKD", "550 pub: File exists", "name is taken"],
    [550, "RETR", "550 pub: Not a regular file", "a folder"],
    [550, "RETR", "550 x: No such file or directory", "no such file"],
    [550, "CWD", "550 x: No such file or directory", "no such folder"],
    [550, "SIZE", "550 x: No such file or directory", "no such name"],
    [550, "SIZE", "550 Can't check for file existence", "no such name"],
    [550, "SIZE", "550 SIZE not allowed in ASCII mode", "not in type A"],
    [550, "SIZE", "550 Could not get file size.", "no size"],
    [550, "SIZE", "550 I can only retrieve regular files", "a folder"],
    [550, "STOR", "550 /nowhere/x: No such file or directory", "no such folder"],
    [553, "STOR", "553 Can't open that file: No such file or directory", "no such folder"],
    [553, "APPE", "553 Could not create file.", "not created"],
    [550, "DELE", "550 x: No such file or directory", "no such name"],
    [500, "PORT", "500 Illegal PORT command.", "will not dial there"],
    [500, "EPRT", "500 Illegal EPRT command.", "will not dial there"],
    [
      500,
      "PORT",
      "500 I won't open a connection to 1.2.3.4 (only to 198.51.100.7)",
      "will not dial there",
    ],
    [
      501,
      "PORT",
      "501 Rejected data connection to foreign address 1.2.3.4:1286.",
      "will not dial there",
    ],
    [501, "PORT", "501 Invalid PORT format.", "wrong argument"],
    [503, "HOST", "503 Bad sequence of commands", "too late"],
    [213, "STAT", "213-Status follows:", "about that name"],
  ] as const)("on %i to %s go by the words too: %s", (code, verb, text, short) => {
    expect(replyNote(code, verb, text).short).toBe(short);
    expect(short.length).toBeLessThanOrEqual(20);
  });
});

describe("tips", () => {
  test.each([
    ["LS", null, 500, "In FTP that is `LIST`. `ls` is the client's word."],
    ["cd", "pub", 500, "In FTP that is `CWD`. `cd` is the client's word."],
    ["PSAV", null, 500, "Did you mean `PASV`?"],
    ["LSIT", null, 500, "Did you mean `LIST`?"],
    ["USR", "ftptest", 500, "Did you mean `USER`?"],
    ["RETR", null, 500, "`RETR` wants a file after it, as in `RETR readme.txt`."],
    ["PORT", null, 501, "`PORT` wants six numbers after it, as in `PORT 198,51,100,7,195,149`."],
    ["USERftptest", null, 500, "Between `USER` and what comes after it stands a space."],
    ["MLSD", null, 500, "This server does not have `MLSD`."],
    ["ALLO", null, 504, "`ALLO` wants a number of bytes after it, as in `ALLO 100`."],
    ["MKD", null, 550, "`MKD` wants a name after it, as in `MKD letters`."],
    ["RNTO", null, 550, "`RNTO` wants a name after it, as in `RNTO new.txt`."],
    ["SIZE", null, 501, "`SIZE` wants a file after it, as in `SIZE readme.txt`."],
    ["LIST", null, 550, undefined],
    ["RNTO", null, 503, undefined],
    ["PASV", "x", 501, "`PASV` stands alone: nothing comes after it."],
    ["XYZZY", null, 500, undefined],
    ["LS", null, 530, undefined],
    ["CWD", "missing", 550, undefined],
  ] as const)("%s %s → %i", (verb, argument, code, expected) => {
    expect(tip(verb, argument, code)).toBe(expected);
  });
  test("tell apart whose word it is", () => {
    expect(tip("TELNET", "host 21", 500)).toContain("at a `$`");
    expect(tip("62843", null, 500)).toContain("dialled");
    expect(tip("GET", "/ HTTP/1.1", 500)).toContain("HTTP");
    expect(tip("", null, 500)).toContain("empty line");
  });
});

describe("connections", () => {
  test("know their role, their window and how they ended", () => {
    const { connections } = typed(ARTICLE).read();
    expect(connections.list).toMatchObject([
      { role: "control", window: 1, session: 1, state: "closed", closedBy: "listener", sent: 48 },
      { role: "data", window: 2, session: 1, state: "closed", received: 837, sent: 0, taken: true },
    ]);
    expect(connections.ofWindow(2)?.to.port).toBe(62843);
    expect(connections.ofWindow(3)).toBeUndefined();
    expect(connections.byConn(9)).toBeUndefined();
  });
  test("stand untaken until a command wants them", () => {
    const { connections } = typed([...LOGIN, "1> PASV", SECOND]).read();
    expect(connections.ofWindow(2)).toMatchObject({ role: "data", state: "open", taken: false });
  });
  test("that the server dials are data too, and never a window's", () => {
    const { connections } = typed([...LOGIN, "1> LIST"]).read();
    expect(connections.list[1]).toMatchObject({ role: "data", back: true, state: "refused" });
    expect(connections.list[1]?.window).toBeUndefined();
  });
  test("closed by the learner are so at once", () => {
    const run = typed([DIAL]);
    run.more(["1> [closed]"], "at once");
    expect(run.read().connections.ofWindow(1)).toMatchObject({
      state: "closed",
      closedBy: "dialler",
    });
  });
});

describe("the server's state", () => {
  test.each([
    [[], ["–", "–", "–", "–"]],
    [[DIAL], ["–", "–", "–", "–"]],
    [LOGIN.slice(0, 2), ["ftptest, not proved", "–", "A, ASCII", "none"]],
    [LOGIN, ["ftptest", "/", "A, ASCII", "none"]],
    [
      [...LOGIN, "1> TYPE I"],
      ["ftptest", "/", "I, image", "none"],
    ],
    [
      [...LOGIN, "1> PASV"],
      ["ftptest", "/", "A, ASCII", "listening on 62843"],
    ],
    [
      [...LOGIN, "1> PASV", SECOND],
      ["ftptest", "/", "A, ASCII", "dialled, unused"],
    ],
    [ARTICLE.slice(0, 6), ["ftptest", "/", "A, ASCII", "none"]],
    [ARTICLE, ["–", "–", "–", "–"]],
  ])("after %j", (lines, expected) => {
    expect(typed(lines).read().state).toEqual(expected);
  });
});
