import { describe, expect, it } from "vitest";
import { createBench, HOST, KEY } from "./bench.ts";

/** The same lines typed key by key and pasted whole. */
const ways = ["keys", "paste"] as const;

describe.each(ways)("the shell, by %s", (way) => {
  it("prompts, records each line, and says what it does not know", async () => {
    const bench = createBench();
    bench[way]("nosuch -x\r\rconstructor\r");
    expect(bench.of("run").map((fact) => fact.line)).toEqual(["nosuch -x", "", "constructor"]);
    expect(await bench.screen()).toEqual([
      "$ nosuch -x",
      "nosuch: command not found",
      "$ ",
      "$ constructor",
      "constructor: command not found",
      "$ █",
    ]);
    expect(bench.said("you")).toBe("nosuch -x\r\n\r\nconstructor\r\n");
    expect(bench.of("exit")).toEqual([]);
  });

  const forServer = [
    "(That is a word for the server: it goes where you have dialled port 21.",
    " Not dialled yet? telnet NAME 21)",
  ];
  // Another window may have dialled, and there is more than one server: none is named.
  it.each([
    ["USER ftptest", "USER: command not found", ...forServer],
    ["quit", "quit: command not found", ...forServer],
    [
      "curl x",
      "curl: command not found",
      "(There, a program types FTP for you. Here you type it: telnet NAME 21.)",
    ],
    [
      "62843",
      "62843: command not found",
      "(A port is dialled with its computer's name: telnet NAME PORT)",
    ],
    [
      "get x",
      "get: command not found",
      "(ftp NAME has that word. By hand it is RETR or STOR, and a data connection.)",
    ],
  ])("points the way after %s", async (line, refusal, ...hint) => {
    const bench = createBench();
    bench[way](`${line}\r`);
    expect(await bench.screen()).toEqual([`$ ${line}`, refusal, ...hint, "$ █"]);
    for (const words of hint) expect(words.length).toBeLessThan(80);
  });

  it("starts telnet with its words, unquoted, and takes the window back when it ends", async () => {
    const bench = createBench();
    bench[way](`tel'net' "no such\\""\\ host 2\\1 \r`);
    expect(await bench.screen()).toEqual([
      `$ tel'net' "no such\\""\\ host 2\\1 `,
      'Server lookup failure:  no such" host:21, Name or service not known',
      "$ █",
    ]);
    expect(bench.of("exit")).toMatchObject([{ window: 1, program: "telnet", status: 1 }]);
  });

  it("lets a program have what was typed after it", () => {
    const bench = createBench();
    bench[way](`telnet ${HOST} 21\rUSER ftptest\rPASS guestpass\r`);
    bench.settle();
    expect(bench.of("run").length).toBe(1);
    expect(bench.received).toEqual(["USER ftptest\r\n", "PASS guestpass\r\n"]);
  });

  it("reads on after a program that ended at once", () => {
    const bench = createBench();
    bench[way]("telnet nosuch 21\rhistory\r");
    expect(bench.said("program")).toMatch(
      /not known\r\n {4}1 {2}telnet nosuch 21\r\n {4}2 {2}history\r\n$/,
    );
  });
});

describe("the shell", () => {
  it("stays at ^C and ^D", async () => {
    const bench = createBench();
    bench.keys("tel\x03\x04exit\rlogout\r");
    expect(await bench.screen()).toEqual([
      "$ tel^C",
      "$ ",
      "(This window stays open.)",
      "$ exit",
      "(This window stays open.)",
      "$ logout",
      "(This window stays open.)",
      "$ █",
    ]);
  });

  it("has help within 80 columns, and clears the window", async () => {
    const bench = createBench();
    bench.keys("help\r");
    const shown = await bench.screen();
    expect(shown).toContain("Begin with:  telnet NAME 21   (`hosts` tells the names)");
    expect(Math.max(...shown.map((line) => line.length))).toBeLessThan(80);
    bench.keys("clear\r");
    expect(await bench.screen()).toEqual(["$ █"]);
    bench.keys("abc", KEY.left, "\x0c");
    expect(await bench.screen()).toEqual(["$ ab█"]);
    bench.keys(KEY.end, "d\r");
    expect((await bench.screen())[0]).toBe("$ abcd");
  });

  it("completes programs and hosts", async () => {
    const bench = createBench();
    bench.keys("te\tft\t");
    expect(await bench.screen()).toEqual([`$ telnet ${HOST} █`]);
    bench.keys("\x15h\t");
    expect(await bench.screen()).toEqual(["$ h", "head  help  history  host  hosts", "$ h█"]);
    bench.keys("e\t\x15zz\t");
    expect((await bench.screen()).at(-1)).toBe("$ zz█");
  });

  it("hangs up the program that runs, and does nothing without one", async () => {
    const bench = createBench();
    bench.shell.hangUp();
    expect(bench.of("exit")).toEqual([]);
    bench.keys(`telnet ${HOST} 21\r`);
    bench.settle();
    bench.keys("par");
    bench.shell.hangUp();
    bench.settle();
    expect(bench.of("exit")).toMatchObject([{ status: 129 }]);
    expect(bench.of("fin")).toMatchObject([{ by: "dialler" }]);
    expect((await bench.screen()).slice(-2)).toEqual(["par", "$ █"]);
  });

  it("takes a megabyte and drops the rest of a paste, with a word", async () => {
    const bench = createBench();
    bench.keys("ab");
    bench.paste(`\r${"x".repeat(99)}\r`.repeat(1_000_000));
    expect(bench.of("run").length).toBe(4096);
    expect((await bench.screen()).slice(-2)).toEqual([
      "(That was too much to paste at once. The rest of it was dropped.)",
      "$ █",
    ]);

    const long = createBench();
    const line = `${"y".repeat(4095)}\n`;
    long.paste(line.repeat(300));
    expect(long.of("run").length).toBe(256);
    long.paste("z".repeat(2 ** 20 + 1));
    expect(long.of("run").length).toBe(256);
    expect(long.said("you")).not.toContain("z");
    expect(long.said("program")).toMatch(/dropped\.\)\r\n$/);
  });

  it("takes a paste without a line end whole", () => {
    const bench = createBench();
    bench.paste("help\rtelnet");
    bench.keys(" x\r");
    expect(bench.of("run").map((fact) => fact.line)).toEqual(["help", "telnet x"]);
  });
});
