/** The learner who runs ahead, errs, and begins again. */
import { describe, expect, it } from "vitest";
import type { Lesson } from "../../src/lesson/lesson.ts";
import { parseLesson } from "../../src/lesson/parse.ts";
import { play, talk } from "./play.ts";

const dial = "1$ telnet ftptest.exavault.com 21";
const sum = talk.steps.findIndex(({ title }) => title === "Work out the port");
const open = sum + 1;
const ask = sum + 2;

describe("running ahead", () => {
  it("counts PASS typed before 331 came", () => {
    const { run, world, type } = play(talk);
    type(dial);
    for (const text of "USER ftptest\rPASS guestpass\r") {
      world.feed({ kind: "key", window: 1, text });
    }
    world.settle();
    run.read(world.trace.facts);
    expect(run.step).toBe(3);
  });

  it("takes the right port, dialled, for the answer to the sum", () => {
    const { run, type, upTo } = play(talk);
    upTo(sum);
    type("2$ telnet 67.208.93.232 62843");
    expect(run.step).toBe(ask);
    expect(run.answers[sum]).toBeUndefined();
  });

  it("counts a LIST that was typed before the port was dialled", () => {
    const { run, type, upTo } = play(talk);
    upTo(sum);
    type("1> LIST", "2$ telnet ftptest.exavault.com 62843");
    expect(run.step).toBe(ask + 1);
  });

  it("counts what was done while a question stood open", () => {
    const { run, type, upTo } = play(talk);
    upTo(ask + 1);
    type("1> LIST", "1> PASV", "2$ telnet ftptest.exavault.com {data.port}", "1> LIST");
    type("1> PASV", "1> QUIT");
    expect(run.step).toBe(ask + 1);
    run.answer("9");
    expect(run.step).toBe(talk.steps.length);
  });

  it("does not take one LIST for two", () => {
    const { run, upTo } = play(talk);
    upTo(ask + 2);
    expect(run.step).toBe(ask + 2);
  });
});

describe("a second PASV", () => {
  it("names the new port and knows the old one as old", () => {
    const { run, type, upTo } = play(talk);
    upTo(open);
    type("1> PASV");
    const port = run.values["data.port"];
    expect(port).not.toBe("62843");
    type("2$ telnet ftptest.exavault.com 62843");
    expect(run.said?.text).toMatch(/^That is an old port/);
    expect(run.step).toBe(open);
    type(`2$ telnet ftptest.exavault.com ${port}`);
    expect(run.step).toBe(ask);
  });

  it("is wanted at the end: the port of the first round does not do", () => {
    const { run, type, upTo } = play(talk);
    upTo(ask + 3);
    type("2$ telnet ftptest.exavault.com 62843", "1> LIST");
    expect(run.step).toBe(ask + 3);
    expect(run.said?.text).toMatch(/^`425`/);
  });
});

describe("the sum", () => {
  const wrong = [
    ["31733", "the other way round"],
    ["62598", "times 255"],
    ["62720", "Half way"],
    ["245123", "side by side"],
    ["245", "only the first byte"],
    ["368", "the two bytes added"],
    ["50000", "50000 is not it"],
  ] as const;

  it.each(wrong)("diagnoses %s as an answer and as a dialled port alike", (typed, words) => {
    const { run, type, upTo } = play(talk);
    upTo(sum);
    const answer = run.answer(typed);
    expect(answer.right).toBe(false);
    expect(answer.words).toContain(words);
    expect(run.answers[sum]).toBe(answer);
    type(`2$ telnet ftptest.exavault.com ${typed}`);
    expect(run.said).toEqual({ kind: "near", text: answer.words });
    expect(run.step).toBe(sum);
  });

  it("diagnoses a wrong dial in the unaided round too", () => {
    const { run, type, upTo } = play(talk);
    upTo(ask + 3);
    type("1> PASV");
    const { "data.hi": hi, "data.lo": lo } = run.values;
    type(`2$ telnet ftptest.exavault.com ${Number(lo) * 256 + Number(hi)}`);
    expect(run.said?.text).toContain("the other way round");
    const [high, low, port] = [Number(hi), Number(lo), String(run.values["data.port"])];
    for (const typed of [high * 256, high * 255 + low, high + low, high, `${hi}${lo}`, 50000]) {
      type(`2$ telnet ftptest.exavault.com ${typed}`);
      expect(run.said?.kind).toBe("near");
      expect(`${run.said?.text} ${run.repair?.text}`).not.toContain(port);
    }
  });

  it.each(["62843", " 62,843 ", "62 843"])("takes %j for right", (typed) => {
    const { run, upTo } = play(talk);
    upTo(sum);
    const answer = run.answer(typed);
    expect(answer.right).toBe(true);
    expect(answer.words).toContain("the port is 62843");
    expect(run.step).toBe(open);
  });

  it("asks for a number when it is given none, and for nothing where nothing is asked", () => {
    const { run, upTo } = play(talk);
    expect(run.answer("62843").right).toBe(false);
    upTo(sum);
    expect(run.answer(" ").words).toMatch(/^Nothing stands there yet/);
    expect(run.answer("a lot").words).toContain("no number");
    expect(run.answer("195.3125").words).toContain("A whole number");
    expect(run.answer("62843,5").words).toContain("A whole number");
    expect(run.step).toBe(sum);
  });
});

describe("why not yet", () => {
  const cases: [string, number, string[], string | null][] = [
    ["an FTP word at the prompt of window 1", 0, ["1$ USER ftptest"], "your own computer"],
    ["an FTP word at the prompt of window 2", 3, ["2$ PASV"], "type it in window 1"],
    ["a verb alone", 1, ["1> USER"], "wants more behind it: `USER ftptest`"],
    ["a client's word", 3, ["1> ls"], "In FTP that is `LIST`"],
    ["the shell's word said to the server", open, ["1> telnet x 62843"], "still speaking"],
    ["a port that is said, not dialled", sum, ["1> 62843"], "A port is not said"],
    ["a name that is not known", 0, ["1$ telnet nowhere.example 21"], "`nowhere.example`"],
    ["a name that is not known, in window 2", open, ["2$ telnet nowhere.example 62843"], "slip in"],
    ["a colon before the port", 0, [dial.replace(/ (?=21)/, ":")], "a space, not a colon"],
    ["two ports", 0, [`${dial} 21`], "One name and one port"],
    ["capitals", 0, ["1$ TELNET ftptest.exavault.com 21"], "Small letters"],
    ["a capital", open, ["2$ Telnet ftptest.exavault.com 62843"], "Small letters"],
    ["the prompt typed too", 0, [`1$ $ ${dial.slice(3)}`], "The `$` stands there already"],
    ["a slip in the program's name", 0, ["1$ tenlet ftptest.exavault.com 21"], "mean `telnet`?"],
    ["a program that nobody meant", 0, ["1$ help"], null],
    [
      "telnet's own prompt",
      0,
      ["1$ telnet", `1> ${dial.slice(3)}`],
      "You are in telnet's own prompt: type `quit`, then dial.",
    ],
    ["telnet's own prompt, over a connection", 1, ["1> ^]"], "Enter alone goes back"],
    ["the way out of telnet's prompt", 0, ["1$ telnet", "1> quit", "1$ help"], null],
    [
      "the server's patience",
      2,
      ["1> PASS a", "1> USER ftptest", "1> PASS b", "1> USER ftptest", "1> PASS c"],
      "That was wrong password number 3, so the server hung up. Dial again",
    ],
    ["a goodbye too early", 3, ["1> QUIT"], "You said goodbye, so the server closed. Dial again"],
    [
      "a second line for talking, hung up: the port is still good",
      open,
      ["2$ telnet ftptest.exavault.com 21", "2> ^]", "2> quit"],
      "Window 2 is free again",
    ],
    ["a command in lower case is no miss", 1, ["1> user ftptest"], null],
    ["a command on the data connection", open + 1, ["2> NOOP"], "Silence. Nobody reads"],
    [
      "a control connection in window 2",
      0,
      ["1$ telnet ftptest.exavault.com 21", "2$ telnet ftptest.exavault.com 21", "2> USER ftptest"],
      "`USER` is right, but it belongs in window 1.",
    ],
  ];
  it.each(cases)("%s", (_, step, lines, words) => {
    const { run, type, upTo } = play(talk);
    upTo(step);
    type(...lines);
    if (words === null) expect(run.said).toBeNull();
    else expect(run.said?.text).toContain(words);
  });

  it("goes on saying where to talk while the whole login is done in window 2", () => {
    const { run, type } = play(talk);
    type("2$ telnet ftptest.exavault.com 21");
    expect(run.said?.text).toContain("Press Hang up in window 2");
    for (const line of ["USER ftptest", "PASS guestpass", "PASV", "NOOP", ""]) {
      type(`2> ${line}`);
      expect(run.said?.text, line).toBe(
        "Window 2 talks on port 21 now. Press Hang up there, and dial in window 1.",
      );
    }
    type("2> QUIT", dial, "2$ telnet ftptest.exavault.com 21", "2> NOOP");
    expect(run.said?.text).toMatch(/go on in window 1\.$/);
    expect(run.step).toBe(1);
  });

  it("forgets its words at the next attempt", () => {
    const { run, type, upTo } = play(talk);
    upTo(1);
    type("1> ftptest");
    expect(run.said).not.toBeNull();
    type("1> NOOP");
    expect(run.said).toBeNull();
  });
});

describe("a lesson without words of its own", () => {
  const bare = parseLesson(
    [
      "---\ntitle: Bare\nscenario: article\n---",
      "## Dial\n```goal\n1: connected :21\n```\n```type 1\ntelnet ftptest.exavault.com 21\n```",
      "## Name\n```goal\n1> USER ftptest\n1< 331\n```\n```type 1\nUSER ftptest\n```",
      "## Ask\n```goal\n1> SYST\n1< 215\n```\n```type 1\nSYST\n```",
      "## Leave\n```goal\n1> QUIT\n1< 221\n```\n```type 1\nQUIT\n```",
    ].join("\n\n"),
    "bare.md",
  );
  const cases: [string, string[], string | null][] = [
    ["a wrong argument", ["1> USER anna"], "The server took it. Here it is `USER ftptest`."],
    [
      "a wrong argument that was refused",
      ["1> USER"],
      "`USER` wants more behind it: `USER ftptest`.",
    ],
    ["too early", ["1> SYST"], "`SYST` comes later. First: Name."],
    [
      "a goodbye",
      ["1> QUIT"],
      "You said goodbye, so the server closed. Dial again; the steps you have done stay done.",
    ],
    ["nothing to do with it", ["1> NOOP"], null],
    [
      "a refusal",
      ["1> PWD"],
      "`530`: the server wants to know first who you are. Say `USER`, then `PASS`.",
    ],
    [
      "a port where nobody listens",
      ["2$ telnet ftptest.exavault.com 22"],
      "Nobody listens on port 22 there.",
    ],
    [
      "a command of FTP at the prompt, though this lesson has no use for it",
      ["2$ RETR readme.txt"],
      "`RETR` is a word for the server: type it in window 1.",
    ],
    [
      "one word too many for telnet",
      ["2$ telnet -4 ftptest.exavault.com 21 22"],
      "One name and one port, no more: `telnet NAME PORT`.",
    ],
    ["a slip in a program's name", ["2$ telent ftptest.exavault.com 21"], "Did you mean `telnet`?"],
    [
      "a name left out",
      ["2$ telnet 62843"],
      "A name goes before the port. Stop this with Ctrl+C, then `telnet NAME 62843`.",
    ],
    [
      "a port left out",
      ["2$ telnet ftptest.exavault.com"],
      "Without a port `telnet` dials 23, and FTP waits elsewhere. Put the port behind the name.",
    ],
    [
      "what comes after the word, alone",
      ["1> ftptest"],
      "That went out as a command. Put the word in front: `USER ftptest`.",
    ],
    [
      "the web's word",
      ["1> GET /readme.txt"],
      "`GET` is a word of web browsers, and this server hangs up on those. In FTP it is `RETR`. Dial again; the steps you have done stay done.",
    ],
    [
      "a name left out",
      ["2$ telnet 62843"],
      "A name goes before the port. Stop this with Ctrl+C, then `telnet NAME 62843`.",
    ],
    [
      "a password before the name",
      ["1> PASS guestpass"],
      "A password comes after a name. Say `USER` first, then `PASS`.",
    ],
    [
      "a program of one's own, typed to the server",
      ["1> nc -l 50000"],
      "You are still speaking to the server. `nc` is a word for your own computer: type it at a `$`.",
    ],
    [
      "a file program with other words behind it is no slip where the step has no use for it",
      ["2$ cmp a b"],
      null,
    ],
  ];
  it("does not count telnet's -4 as a name, nor take one program for a slip of another", () => {
    const solution = "```solution\n1$ ss -tan\n1$ telnet -4 ftptest.exavault.com 21\n1> QUIT\n```";
    const text = `---\ntitle: P\nscenario: article\n---\n## S\n\`\`\`goal\n1> QUIT\n\`\`\`\n${solution}\n`;
    const { run, type } = play(parseLesson(text, "programs.md"));
    type("2$ ls -l");
    expect(run.said).toBeNull();
    type("2$ telnet -4 ftptest.exavault.com 21");
    expect(run.said?.text ?? "").not.toContain("no more");
  });
  it.each(cases)("still knows about %s", (_, lines, words) => {
    const { run, type, upTo } = play({ ...bare, slug: "bare" });
    upTo(1);
    type(...lines);
    expect(run.said).toEqual(words === null ? null : { kind: "derived", text: words });
  });

  it("says why a server says nothing, until somebody has dialled", () => {
    const { run, type, upTo } = play(bare);
    upTo(2);
    type("1> PASS guestpass", "1> PASV", "1> LIST");
    expect(run.said?.text).toBe(
      "`LIST` waits for its ==data connection==: dial the port that `227` named.",
    );
    type("1> NOOP");
    expect(run.said?.text).toBe(
      "The server is still at `LIST` and reads this afterwards. First dial the port that `227` named.",
    );
    type("2$ telnet ftptest.exavault.com 62843");
    expect(run.said).toBeNull();
  });

  it("still knows a second login", () => {
    const { run, type, upTo } = play(bare);
    upTo(2);
    type("1> PASS guestpass", "1> PASS guestpass");
    expect(run.said?.text).toBe("You are logged in already. Go on from here.");
  });

  it.each([
    ["1> CWD nowhere", "`550`: there is no such thing here."],
    ["1> RETR .", "`550`: that is a folder, and a file is wanted."],
    ["1> SIZE .ftpquota", "`550`: say `TYPE I` first."],
  ])("reads the words behind a 550: %s", (line, words) => {
    const { run, type, upTo } = play(bare);
    upTo(2);
    type("1> PASS guestpass", line);
    expect(run.said?.text).toContain(words);
  });

  it("still knows what stands alone", () => {
    const { run, type, upTo } = play(bare);
    upTo(2);
    type("1> SYST please");
    expect(run.said?.text).toBe("The server took it. Here it is `SYST`, with nothing behind it.");
  });

  it("still knows about the port dialled in the wrong window", () => {
    const { run, type } = play(bare);
    type("2$ telnet ftptest.exavault.com 21");
    expect(run.said?.text).toBe(
      "That is right, but it belongs in window 1. Press Hang up in this one, and type it there.",
    );
  });
});

describe("a lesson beyond one line for talking", () => {
  const lesson = (goal: string, solution: string): Lesson =>
    parseLesson(
      `---\ntitle: Two\nscenario: article\n---\n## S\n\`\`\`goal\n${goal}\n\`\`\`\n\`\`\`solution\n${solution}\n\`\`\`\n`,
      "two.md",
    );

  it("does not send home a command that is wanted in both windows", () => {
    const goal = "1> NOOP\n2> SYST\n2< 215";
    const { run, type } = play(lesson(goal, "1$ telnet files.example.net 21"));
    const dial21 = "telnet files.example.net 21";
    type(`1$ ${dial21}`, `2$ ${dial21}`, "2> USER ftptest");
    expect(run.said).toBeNull();
    type("2> NOOP");
    expect(run.said?.text).toBe("`NOOP` is right, but it belongs in window 1.");
  });

  it("says nothing against what is typed into a file", () => {
    const { run, type } = play(lesson("1> STOR a.txt\n1< 226", "1> STOR a.txt"));
    type("1$ telnet files.example.net 21", "1> USER ftptest", "1> PASS guestpass");
    type("2$ nc -l 50000", "1> PORT 198,51,100,7,195,80", "1> STOR b.txt", "2> LIST of things");
    expect(run.said?.text ?? "").not.toContain("Silence");
  });

  it("knows that the line must be left before another server is dialled in its window", () => {
    const dial21 = "telnet files.example.net 21";
    const { run, type } = play(lesson(`1$ ${dial21}\n1> QUIT`, `1$ ${dial21}\n1> QUIT`));
    type("1$ telnet ftptest.exavault.com 21", `1> ${dial21}`);
    expect(run.said?.text).toBe(
      "You are still speaking to a server. Press Hang up, then `telnet` at the `$` of this window.",
    );
  });

  it("sends a program that was typed to a server to the window where it belongs", () => {
    const two = lesson(
      "2: connected :21",
      "1$ telnet ftptest.exavault.com 21\n2$ telnet files.example.net 21",
    );
    const { run, type } = play(two);
    type("1$ telnet ftptest.exavault.com 21", "1> telnet files.example.net 21");
    expect(run.said?.text).toBe(
      "You are speaking to a server here. `telnet` is for the `$` of window 2.",
    );
  });

  it("says why the step's own LIST waits, where nothing in it dials", () => {
    const { run, type } = play(lesson("1> LIST\n1< 226", "1> LIST"));
    type("1$ telnet files.example.net 21", "1> USER ftptest", "1> PASS guestpass", "1> PASV");
    type("1> LIST");
    expect(run.said?.text).toContain("waits for its ==data connection==");
  });

  it("takes LIST and then the dial as well as the dial and then LIST", () => {
    const goal = "1< 227 {data}\n2: connected :{data.port}\n1> LIST\n1< 226";
    const { run, type } = play(lesson(goal, "1> PASV"));
    type("1$ telnet files.example.net 21", "1> USER ftptest", "1> PASS guestpass", "1> PASV");
    type("1> LIST", "2$ telnet files.example.net {data.port}");
    expect(run.step).toBe(1);
  });

  it("sends nobody to dial where two servers are to meet", () => {
    const { run, type } = play(lesson("1> STOR a.txt\n2> NOOP", "1> STOR a.txt\n2> NOOP"));
    type("1$ telnet files.example.net 21", "1> USER ftptest", "1> PASS guestpass", "1> PASV");
    type("1> STOR a.txt");
    expect(run.said).toBeNull();
  });

  it("knows who named a port that is dialled at another server", () => {
    const { run, type, wire } = play(lesson("1> LIST\n1< 226", "1> PASV\n1> LIST"));
    type("1$ telnet files.example.net 21", "1> USER ftptest", "1> PASS guestpass", "1> EPSV");
    const [, port] = /229 .*\|(\d+)\|/.exec(wire().join("\n")) ?? [];
    type(`2$ telnet ftptest.exavault.com ${port}`);
    expect(run.said?.text).toBe(`Port ${port} was named by \`files.example.net\`: dial it there.`);
  });

  it("knows the server's words at the prompt of a client, and says nothing of what that one sends", () => {
    const { run, type, wire } = play(
      lesson("1> RETR readme.txt\n1< 226", "1$ ftp files.example.net"),
    );
    type("1$ ftp files.example.net", "1> ftptest", "1> guestpass", "1> LIST");
    expect(wire().at(-1)).toBe("1: ftp> LIST");
    expect(run.said?.text).toBe(
      "At `ftp>` the client's own words count, in small letters: `ls`, `cd`, `get`, `put`, `bye`.",
    );
    type("1> ls", "1> get big.txt");
    expect(run.said?.text ?? "").not.toContain("Nearly");
    type("1> get nowhere", "1> pwd");
    expect(run.said).toBeNull();
  });

  it("knows what is typed where nc waits for a call, until it is called", () => {
    const { run, type, wire } = play(lesson("1> PORT *\n1< 150", "2$ nc -l 50000\n1> PORT 1,2"));
    type("1$ telnet files.example.net 21", "1> USER ftptest", "1> PASS guestpass");
    type("2$ nc -l 50000", "2> PORT 198,51,100,7,195,80");
    expect(wire().at(-1)).toBe("2: nc> PORT 198,51,100,7,195,80");
    expect(run.said?.text).toBe(
      "`nc` waits for a call in this window. `PORT` is for the server: type it in window 1.",
    );
    type("2> nc -l 50001");
    expect(run.said?.text).toContain("Ctrl+C stops it");
    type("1> PORT 198,51,100,7,195,80", "1> LIST", "2> hello");
    expect(wire().join("\n")).not.toContain("nc> hello");
  });

  it("sends nobody's password to the other server", () => {
    const { run, type } = play(lesson("1> USER a\n2> USER b\n2> PASS c", "2> USER b\n2> PASS c"));
    const dial21 = "telnet files.example.net 21";
    type(`1$ ${dial21}`, "2$ PASS c");
    expect(run.said?.text).toBe(
      "`PASS` is a word for the server, and this `$` is your own computer. Dial the server first.",
    );
  });

  it("knows where the right program was given other words", () => {
    const { run, type } = play(lesson("1$ cmp a.txt b.txt", "1$ cmp a.txt b.txt"));
    type("1$ cmp a.txt");
    expect(run.said?.text).toBe("Nearly. Here it is `cmp a.txt b.txt`.");
  });

  it("tells somebody who plays the server to listen, and what a client reads", () => {
    const { run, type } = play(lesson("1$ nc -l*\n1> 220\n1> 331", "1$ nc -l 2121\n1> 220 hello"));
    type("1$ 220 hello");
    expect(run.said?.text).toBe(
      "`220` is said to somebody who has called. Listen first: `nc -l 2121`, in window 1.",
    );
    type("1$ nc 2121");
    expect(run.said?.text).toContain("With `-l` nc listens");
  });

  it("takes no dial of a port that the server has named since for a wrong sum", () => {
    const { run, type, upTo, wire } = play(talk);
    upTo(sum);
    type("2$ telnet ftptest.exavault.com 50069");
    expect(run.said?.text).toContain("50069 is not it.");
    type("1> EPSV");
    const [, port] = /229 .*\|(\d+)\|/.exec(wire().join("\n")) ?? [];
    type(`2$ telnet ftptest.exavault.com ${port}`);
    expect(wire().at(-1)).toBe(`2: connected :${port}`);
    expect(run.said).toBeNull();
  });

  it("does not take a later answer for that to a command which was refused", () => {
    const { run, type } = play(lesson("1> SIZE readme.txt\n1< 213", "1> SIZE readme.txt"));
    type(
      "1$ telnet files.example.net 21",
      "1> SIZE readme.txt",
      "1> USER ftptest",
      "1> PASS guestpass",
    );
    type("1> TYPE I", "1> SIZE pub/guide.txt");
    expect(run.step).toBe(0);
    type("1> SIZE readme.txt");
    expect(run.step).toBe(1);
  });

  it("tells a switch from another", () => {
    const { run, world } = play(lesson("net: switch home-nat off", "! switch home-nat off"));
    world.feed({ kind: "switch", id: "office", on: false });
    run.read(world.trace.facts);
    expect(run.said?.text).toBe("That was another one. Here it is `home-nat`.");
    world.feed({ kind: "switch", id: "home-nat", on: false });
    run.read(world.trace.facts);
    expect(run.done).toEqual([true]);
  });
});

describe("a question in words", () => {
  const inWords = parseLesson(
    "---\ntitle: W\nscenario: article\n---\n## S\n```ask text\nWhich?\n+ PASV | *passive*: Yes.\n- PORT: No.\n- *: Hm.\n```\n",
    "w.md",
  );
  it.each([
    ["pasv", "Yes."],
    ["It is the PASSIVE one!", "Yes."],
    [" `PASV`. ", "Yes."],
    ["PORT", "No."],
    ["pasvv", "Hm."],
    ["  ", "Nothing stands there yet."],
  ])("%j is told %j", (text, words) => {
    const { run } = play(inWords);
    expect(run.answer(text)).toMatchObject({ right: words === "Yes.", words });
    expect(run.step).toBe(words === "Yes." ? 1 : 0);
  });
});

describe("^C", () => {
  const at = talk.steps.map(({ title }, step) => [step, title] as const);
  it.each(at)("in both windows, half a line typed too, spoils nothing at step %i, %s", (step) => {
    for (const half of ["", "US"]) {
      const { run, upTo, world } = play(talk);
      upTo(step);
      for (const window of [1, 2]) {
        for (const text of `${half}\x03`) world.feed({ kind: "key", window, text });
      }
      for (let next = step; next < talk.steps.length; next++) {
        expect(run.step).toBe(next);
        upTo(next + 1);
        expect(run.said?.kind ?? "right").toBe("right");
      }
      expect(run.step).toBe(talk.steps.length);
    }
  });
});
