/** The small programs, with the words of the real ones, and the shell's redirections. */
import { describe, expect, it } from "vitest";
import { fromBytes } from "../../src/sim/bytes.ts";
import { programs } from "../../src/sim/shell/programs.ts";
import { parseLine } from "../../src/sim/shell/words.ts";
import { play } from "../play.ts";
import { createBench } from "./bench.ts";

/** What stands on the screen after these lines, without the lines themselves and the prompts. */
function says(...lines: string[]): string {
  const session = play();
  for (const line of lines) {
    session.shown(1);
    session.type(1, line);
  }
  const last = lines.at(-1)!;
  const shown = session.shown(1);
  expect(shown.startsWith(`${last}\n`)).toBe(true);
  expect(shown.endsWith("$ ")).toBe(true);
  return shown.slice(last.length + 1, -2);
}

const A = "printf 'one\\ntwo\\n' > a";
const B = "printf 'one\\ntwx\\n' > b";

describe("files", () => {
  it.each([
    ["cat nosuch", "cat: nosuch: No such file or directory\n"],
    ["cat -Q a", "cat: invalid option -- 'Q'\nTry 'cat --help' for more information.\n"],
    ["cat a b", "one\ntwo\none\ntwx\n"],
    ["cat < a", "one\ntwo\n"],
    ["ls", "a  b\n"],
    ["ls -1", "a\nb\n"],
    ["ls nosuch", "ls: cannot access 'nosuch': No such file or directory\n"],
    [
      "ls -l",
      "total 8\n-rw-r--r-- 1 you you 8 Jul  1 17:42 a\n-rw-r--r-- 1 you you 8 Jul  1 17:42 b\n",
    ],
    ["ls -Z", "ls: invalid option -- 'Z'\nTry 'ls --help' for more information.\n"],
    ["rm nosuch", "rm: cannot remove 'nosuch': No such file or directory\n"],
    ["rm", "rm: missing operand\nTry 'rm --help' for more information.\n"],
    ["wc a", "2 2 8 a\n"],
    ["wc -c a b", " 8 a\n 8 b\n16 total\n"],
    ["wc nosuch", "wc: nosuch: No such file or directory\n"],
    ["head -1 a", "one\n"],
    ["head -n 1 a b", "==> a <==\none\n\n==> b <==\none\n"],
    ["head -c 4 a", "one\n"],
    ["head nosuch", "head: cannot open 'nosuch' for reading: No such file or directory\n"],
    ["xxd a", "00000000: 6f6e 650a 7477 6f0a                      one.two.\n"],
    ["xxd -s 4 -l 3 a", "00000004: 7477 6f                                  two\n"],
    ["xxd nosuch", "xxd: nosuch: No such file or directory\n"],
    ["cmp a b", "a b differ: byte 7, line 2\n"],
    ["cmp -s a b", ""],
    ["cmp a a", ""],
    ["cmp a nosuch", "cmp: nosuch: No such file or directory\n"],
    ["cmp a", "cmp: missing operand after 'a'\ncmp: Try 'cmp --help' for more information.\n"],
    ["echo -n a", "a\n"],
    ["echo 'a\\r' b", "a\\r b\n"],
    ["printf 'x%s-%d|' y 5 z", "xy-5|xz-0|\n"],
    ["printf", "printf: usage: printf [-v var] format [arguments]\n"],
  ])("%s", (line, words) => {
    expect(says(A, B, line)).toBe(words);
  });

  it("compares files that end early", () => {
    expect(says(A, "printf 'one\\ntw' > c", "cmp a c")).toBe(
      "cmp: EOF on c after byte 6, in line 2\n",
    );
    expect(says(A, "printf 'one\\n' > c", "cmp c a")).toBe("cmp: EOF on c after byte 4, line 1\n");
    expect(says(A, "printf '' > z", "cmp a z")).toBe("cmp: EOF on z which is empty\n");
  });

  it("makes any byte, and shows a long row as xxd does", () => {
    expect(says("printf '\\x41\\102\\xff\\r\\n0123456789ABCDEF' > x", "xxd x")).toBe(
      "00000000: 4142 ff0d 0a30 3132 3334 3536 3738 3941  AB...0123456789A\n" +
        "00000010: 4243 4445 46                             BCDEF\n",
    );
  });

  it("shows megabytes in pieces, and stops at ^C", () => {
    const session = play();
    session.type(1, "printf '%512s' x > x");
    for (let i = 0; i < 14; i++) session.type(1, i % 2 ? "cat y y > x" : "cat x x > y");
    session.shown(1);
    session.keys(1, "cat x x\r");
    expect(session.facts("exit").filter(({ program }) => program === "cat").length).toBe(14);
    session.keys(1, "\x03");
    session.world.settle();
    expect(session.shown(1).length).toBeLessThan(200_000);
    expect(session.facts("exit").at(-1)).toMatchObject({ program: "cat", status: 130 });
    session.type(1, "wc -c x");
    expect(session.shown(1)).toContain(`${2 ** 23} x`);
  });
});

describe("redirection", () => {
  it("takes a line apart as sh does", () => {
    expect(parseLine(`nc -l 5 >"a b" `)).toEqual({
      words: ["nc", "-l", "5"],
      output: { name: "a b", append: false },
    });
    expect(parseLine("cat<x>>y z")).toEqual({
      words: ["cat", "z"],
      input: "x",
      output: { name: "y", append: true },
    });
    expect(parseLine(`printf 'a>b|c' 2\\>1`)).toEqual({ words: ["printf", "a>b|c", "2>1"] });
    expect(parseLine("nc a 21 >")).toMatchObject({ unexpected: "newline" });
    expect(parseLine("nc a 21 > > x")).toMatchObject({ unexpected: ">" });
    for (const sign of ["|", "||", "&", "&&", ";", "2>", "&>", "2>&1", "<<"]) {
      expect(parseLine(`a ${sign} b`), sign).toMatchObject({ foreign: sign });
    }
  });

  it.each([
    ["cat < nosuch", "sh: nosuch: No such file or directory\n"],
    ["ls >", "sh: syntax error near unexpected token `newline'\n"],
    [
      "ls > /etc/x",
      "sh: /etc/x: No such file or directory\n(All files lie in one folder here: a plain name, as list.txt.)\n",
    ],
    [
      "ls | wc",
      "(There are no pipes here. Put it into a file with > and read that: nc NAME PORT > list.txt)\n",
    ],
    ["ls &", "(Nothing runs in the background here: open another window for it.)\n"],
  ])("%s", (line, words) => {
    expect(says(line)).toBe(words);
  });

  it("writes, appends and begins anew, with LF alone behind each line", () => {
    expect(says("echo a > x", "echo b >> x", "cat x")).toBe("a\nb\n");
    expect(says("echo a > x", "nosuch > x", "wc x")).toBe("0 0 0 x\n");
    expect(says("echo a > x", "wc x > y", "xxd y")).toContain("3120 3120 3220 780a");
  });

  it("leaves what goes to standard error in the window", () => {
    expect(says("cat nosuch > x")).toBe("cat: nosuch: No such file or directory\n");
  });
});

describe("names and addresses", () => {
  it.each([
    ["host ftptest.exavault.com", "ftptest.exavault.com has address 67.208.93.232\n"],
    ["host nosuch", "Host nosuch not found: 3(NXDOMAIN)\n"],
    ["host 67.208.93.232", "Host 232.93.208.67.in-addr.arpa. not found: 3(NXDOMAIN)\n"],
    ["getent hosts ftptest.exavault.com", "67.208.93.232   ftptest.exavault.com\n"],
    [
      "getent ahosts ftptest.exavault.com",
      "67.208.93.232   STREAM ftptest.exavault.com\n67.208.93.232   DGRAM  \n67.208.93.232   RAW    \n",
    ],
    ["getent hosts nosuch", ""],
    ["ping nosuch", "ping: nosuch: Name or service not known\n"],
    ["ping", "ping: usage error: Destination address required\n"],
    ["ping -c x a", "ping: invalid argument: 'x'\n"],
    ["ping -4 ::1", "ping: ::1: Address family for hostname not supported\n"],
  ])("%s", (line, words) => {
    expect(says(line)).toBe(words);
  });

  it("lists who can be dialled", () => {
    expect(says("hosts")).toMatch(/^ftptest\.exavault\.com.*\nfiles\.example\.net.*\n\(host NAME/);
  });
});

describe("help", () => {
  it("fits into 80 columns, and tells every program there is", () => {
    const shown = says("help");
    for (const name of Object.keys(programs)) {
      if (["sh", "man", "exit", "logout"].includes(name)) continue;
      expect(shown, name).toMatch(new RegExp(`^${name}\\b`, "m"));
      for (const line of says(`help ${name}`).split("\n"))
        expect(line.length, line).toBeLessThan(80);
    }
    for (const line of shown.split("\n")) expect(line.length).toBeLessThan(80);
  });

  it.each([
    ["help PASV", /^PASV: asks the server to listen .*\n\(RFC 959 .*reference on this page/],
    ["help retr", /^RETR <pathname>: /],
    ["help 425", /^425: not now: the same may work later; it is about the connections\n/],
    ["help nosuch", /^help: no help topics match `nosuch'\n$/],
    ["man nc", /^No manual entry for nc\n\(There is a shorter one: help nc\)\n$/],
  ])("%s", (line, words) => {
    expect(says(line)).toMatch(words);
  });

  it("switches conveniences, and says so in the trace", () => {
    const session = play();
    session.type(1, "conveniences off");
    session.type(2, "conveniences");
    expect(session.facts("switch")).toMatchObject([{ id: "conveniences", on: false }]);
    expect(session.shown(2)).toContain("Conveniences are off");
  });
});

describe("Tab", () => {
  it("completes files behind a program", async () => {
    const bench = createBench();
    bench.keys("echo x > readme.txt\r", "cat rea\t");
    expect((await bench.screen()).at(-1)).toBe("$ cat readme.txt █");
    expect(fromBytes(bench.computer.files.get("readme.txt")!)).toBe("x\n");
  });
});

describe("the shell", () => {
  it("tells by $? with which status the last program ended", () => {
    const session = play();
    session.type(1, "nc -z localhost 4");
    session.shown(1);
    session.type(1, `echo $? "$?" '$?' \\$?`);
    expect(session.shown(1)).toMatch(/\n1 1 \$\? \$\?\n\$ $/);
    session.type(1, "echo $?");
    expect(session.shown(1)).toMatch(/\n0\n\$ $/);
  });

  it("reads nothing from /dev/null, and keeps nothing there", () => {
    const session = play();
    session.type(1, "nc -Nv ftptest.exavault.com 21 < /dev/null > /dev/null");
    expect(session.shown(1)).toMatch(/succeeded!\n\$ $/);
    session.type(1, "ls");
    expect(session.shown(1)).not.toContain("null\n");
    expect(session.facts("file")).toEqual([]);
  });

  it("owns to what it lacks", () => {
    const session = play();
    for (const [line, owned] of [
      ["nc -z localhost 4 || echo no", "(One program a line, please.)"],
      ["ss -tno", "(The real ss has -o. This one does not.)"],
      ["ss -tan state time-wait", "(The real ss takes filters. This one does not: it lists all.)"],
      ["sudo nc -l 21", "(There is no superuser here. From 1024 on, any port may be listened on.)"],
    ] as const) {
      session.type(1, line);
      expect(session.shown(1)).toContain(`\n${owned}\n$ `);
    }
  });
});
