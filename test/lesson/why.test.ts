/** What the course's lessons say of attempts that they have no words for, and where they lead back to. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { withFiles } from "../../src/lesson/files.ts";
import { parseLesson, parsePart } from "../../src/lesson/parse.ts";
import { player as playerOf, type Player } from "../../src/lesson/play.ts";
import { dialects } from "../../src/sim/ftp/dialects/all.ts";
import type { Scenario } from "../../src/sim/scenario.ts";
import { createWorld } from "../../src/sim/world.ts";
import { root } from "./play.ts";

/** A lesson of the course at the beginning of a step; only a few seconds pass after each line. */
function reach(file: string, title: string): Player {
  const read = (path: string): string => readFileSync(`${root}lessons/${path}`, "utf8");
  const part = parsePart(read(`${file.split("/")[0]}/part.md`), "part.md");
  const written = parseLesson(read(file), file, part);
  const world = JSON.parse(read(`scenarios/${written.scenario}.json`)) as Scenario;
  const lesson = withFiles(
    written,
    () => world,
    (_, text) => expect.unreachable(text),
  );
  const play = playerOf(lesson, createWorld(world, { dialects }));
  const step = lesson.steps.findIndex((one) => one.title === title);
  expect(step).toBeGreaterThanOrEqual(0);
  expect(play.upTo(step)).toBe(true);
  return play;
}

function type(player: Player, ...lines: string[]): void {
  player.type(lines.map((line) => ({ window: Number(line[0]), text: line.slice(3) })));
}

const abort = "02-moving-files/07-abort.md";
const once = "01-first-words/01-talk-to-a-server.md";
const listens = "05-trust/01-who-listens.md";
const tls = "05-trust/05-auth-tls.md";
const active = "03-who-dials-whom/01-active-mode.md";
const forgotten = "03-who-dials-whom/02-default-data-port.md";
const firewall = "03-who-dials-whom/03-firewall-at-the-server.md";
const nat = "03-who-dials-whom/04-nat-at-the-server.md";
const home = "03-who-dials-whom/05-nat-at-the-client.md";
const lists = "04-reading-lists/01-list-and-nlst.md";
const bounce = "05-trust/03-bounce.md";
const server = "06-museum-and-workshop/02-be-the-server.md";
const client = "01-first-words/07-what-your-client-did.md";

describe("of an attempt it is said", () => {
  const cases: [what: string, file: string, step: string, lines: string[], words: RegExp | null][] =
    [
      [
        "that what one types ahead is read afterwards, the step's own line too",
        lists,
        "Get a port without a sum",
        ["1> PASV", "1> LIST", "1> EPSV"],
        /^The server is still at `LIST` and reads this afterwards\. First dial/,
      ],
      [
        "that a word is none that the server knows",
        lists,
        "Get a port without a sum",
        ["1> what now?"],
        /^This server knows no command `what`\./,
      ],
      [
        "why it was refused, and not that it waits",
        once,
        "Once more, on your own",
        ["1> PASV", "1> RETR nothing.txt"],
        /^`550`: there is no such thing here/,
      ],
      [
        "nothing against a server that a step takes in this window too",
        listens,
        "Knock at a stricter door",
        ["1> QUIT", "1> telnet secret.example.net 21"],
        null,
      ],
      [
        "nothing against a server that another way to do the step dials",
        "06-museum-and-workshop/01-records-and-blocks.md",
        "Ask somebody younger",
        ["1> QUIT", "1> telnet pure-ftpd.example.net 21"],
        null,
      ],
      [
        "which word it was, after a STAT in the midst of a transfer",
        abort,
        "Ring the alarm",
        ["1> LSIT"],
        /^Did you mean `LIST`\?$/,
      ],
      [
        "why the server hung up, where the lesson says only that it did",
        "03-who-dials-whom/06-epsv-and-ipv6.md",
        "Read the bars",
        ["1> get readme.txt"],
        /^`get` is a word of web browsers.* In FTP it is `RETR`\./,
      ],
      [
        "that there is nobody to leave",
        "03-who-dials-whom/02-default-data-port.md",
        "Ask a third one",
        ["1> QUIT", "1> QUIT"],
        /^There is nothing to leave here/,
      ],
      [
        "why the next step's line was refused, and not that it counts",
        "02-moving-files/04-rename.md",
        "Count what moved",
        ["1> SIZE pub/guide.txt"],
        /^`550`: say `TYPE I` first/,
      ],
      [
        "what goes in front of a name",
        listens,
        "Log in, and be watched",
        ["1> files.example.net 21"],
        /^A program goes in front of the name: `telnet files\.example\.net 21`\.$/,
      ],
      [
        "that a dialled port does not come about",
        firewall,
        "Let both give up",
        ["1> LIST", "1> NOOP"],
        /still at `LIST` and reads this afterwards: the ==data connection== does not come about\.$/,
      ],
      [
        "that the server calls and nobody answers",
        home,
        "Wait for the call",
        ["1> LIST", "1> NOOP"],
        /still at `LIST` and reads this afterwards: it dials you, and nobody answers yet\.$/,
      ],
      [
        "that a window which still dials hears nothing",
        nat,
        "Take it at its word",
        ["2> telnet 192.168.7.21", "2> LIST"],
        /^This window still waits for its call to be answered/,
      ],
      [
        "that without a port telnet dials 23, where nothing comes back",
        nat,
        "Take it at its word",
        ["2> telnet 192.168.7.21"],
        /^Without a port `telnet` dials 23/,
      ],
      [
        "the same where the lesson speaks of any refused port",
        lists,
        "See what is missing",
        ["2> telnet files.example.net"],
        /^Without a port `telnet` dials 23/,
      ],
      [
        "that another server is meant",
        abort,
        "Ring the alarm",
        ["1> ^]", "1> quit", "1> telnet files.example.net 21"],
        /^That is `files\.example\.net`\. Here another one is meant: .*`telnet pyftpdlib\.example\.net 21`/,
      ],
      [
        "that this server is spoken to already",
        "01-first-words/06-when-is-it-done.md",
        "Let it come",
        ["2> telnet files.example.net 21"],
        /^You speak to this server in window 1 already/,
      ],
      [
        "in which window the dial belongs, where the step begins with it",
        "01-first-words/04-where-am-i.md",
        "Log in and ask",
        ["2> telnet files.example.net 21"],
        /^That is right, but it belongs in window 1\. Press Hang up in this one/,
      ],
      [
        "where one's own program belongs, though the server does not answer",
        "03-who-dials-whom/07-the-nats-clock.md",
        "Notice what you notice",
        ["1> ss -tan"],
        /^You are speaking to a server here\. `ss` is for the `\$` of window 2\.$/,
      ],
      [
        "where ftp's words belong",
        client,
        "Fetch a file",
        ["2> get readme.txt"],
        /^`get` is said at `ftp>`, in window 1\.$/,
      ],
      [
        "what a slip at ftp> was to be",
        client,
        "Fetch a file",
        ["1> egt readme.txt"],
        /^Did you mean `get`\?$/,
      ],
      [
        "what two turned letters were to be",
        active,
        "Wait for a call",
        ["2> cn -lv 50000"],
        /^Did you mean `nc`\?$/,
      ],
      [
        "that one speaks to that server already",
        "01-first-words/04-where-am-i.md",
        "Log in and ask",
        ["1> telnet files.example.net 21", "1> telnet files.example.net 21"],
        /^You speak to that server already/,
      ],
      [
        "what the word was, and not that the list before it is unknown, whose last reply never came",
        "06-museum-and-workshop/05-broken-servers-1.md",
        "Visit fir",
        ["1> bye"],
        /^In FTP that is `QUIT`/,
      ],
      [
        "that nc wants a port",
        active,
        "Wait for a call",
        ["2> nc -lv"],
        /wants a port to listen on/,
      ],
      [
        "that 80 is no port for all",
        active,
        "Wait for a call",
        ["2> nc -lv 80"],
        /^Ports below 1024/,
      ],
      [
        "in which window PORT belongs, where two talk",
        bounce,
        "Make them meet",
        ["2> PORT 203,0,113,61,1,1"],
        /^`PORT` is right, but it belongs in window 1\.$/,
      ],
      [
        "nothing of a server's own words, which are free",
        "06-museum-and-workshop/03-write-a-client.md",
        "Try the digit alone",
        ["1> 220 hi"],
        null,
      ],
      [
        "that ftp runs already",
        client,
        "Ask with two letters",
        ["1> ftp -d files.example.net"],
        /^You are in `ftp` already/,
      ],
      [
        "that what comes next counts, and a question stands",
        "01-first-words/02-read-a-reply.md",
        "Read the first digit",
        ["1> NOOP"],
        /counts there\. This one has a question\.$/,
      ],
    ];
  it.each(cases)("%s", (_, file, step, lines, words) => {
    const play = reach(file, step);
    type(play, ...lines);
    if (words) expect(play.run.said?.text).toMatch(words);
    else expect(play.run.said).toBeNull();
  });
});

describe("the way back", () => {
  const login = ["1> USER ftptest", "1> PASS guestpass"];
  const cases: [what: string, file: string, step: string, before: string[], way: string[]][] = [
    [
      "names one's port again",
      active,
      "Be called",
      [],
      ["1> telnet files.example.net 21", ...login, "1> PORT 198,51,100,7,195,80"],
    ],
    [
      "names it also where the call never comes",
      home,
      "Wait for the call",
      ["1> LIST"],
      ["1> telnet elsewhere.example.net 2121", ...login, "1> PORT 198,51,100,7,195,80"],
    ],
    [
      "has the server dial again, of whose call the step asks",
      forgotten,
      "Find the port it aimed at",
      [],
      ["1> telnet rfc.example.net 21", ...login, "1> LIST"],
    ],
    [
      "begins the transfer again on which a step without words rests",
      abort,
      "Pull the plug",
      [],
      [
        "1> telnet files.example.net 21",
        ...login,
        "1> TYPE I",
        "1> PASV",
        "2> ^C",
        "2> nc files.example.net {port} > big.txt",
        "1> RETR pub/big.txt",
      ],
    ],
    [
      "says again where to begin",
      "02-moving-files/06-resume.md",
      "Fetch the rest",
      [],
      [
        "1> telnet files.example.net 21",
        ...login,
        "1> TYPE I",
        "1> PASV",
        "2> nc files.example.net {port} >> big.txt",
        "1> REST 1966080",
      ],
    ],
    [
      "leads a server to its client's place",
      server,
      "Send the list",
      [],
      [
        "1> nc -l 2121",
        "1> 220 Hello, here is a person",
        "1> 331 And your password?",
        "1> 230 Come in",
        "2> nc -l 50021",
        "1> 227 Entering Passive Mode (198,51,100,7,195,101)",
      ],
    ],
    [
      "begins under cover again, and logs in there",
      tls,
      "Fetch a list",
      [],
      [
        "1> openssl s_client -quiet -crlf -starttls ftp -connect pure-ftpd.example.net:21",
        "1> USER ftptest",
        "1> PASS guestpass",
      ],
    ],
    [
      "starts ftp again, and answers it",
      client,
      "Fetch a file",
      [],
      ["1> ftp -d files.example.net", "1> ftptest", "1> guestpass"],
    ],
  ];
  it.each(cases)("%s", (_, file, title, before, way) => {
    const play = reach(file, title);
    type(play, ...before);
    play.hangUp(1);
    const offered: string[] = [];
    for (let { repair } = play.run; repair && offered.length < 20; { repair } = play.run) {
      offered.push(`${repair.window}> ${repair.text}`);
      play.type([repair]);
    }
    const ports = offered.map((line) => line.replace(/(?<=^2> nc files\S+ )\d+/, "{port}"));
    expect(ports).toEqual(way);
  });

  it("begins with the conversation that was hung up on in the midst of a step", () => {
    const play = reach(bounce, "Make them meet");
    type(play, "2> PASV");
    play.hangUp(2);
    expect(play.run.repair).toEqual({ window: 2, text: "telnet mirror.example.net 21" });
  });
});
