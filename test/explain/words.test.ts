import { expect, test } from "vitest";
import { ladderReader } from "../../src/explain/ladder.ts";
import { later, sentence } from "../../src/explain/words.ts";
import { roadSentence, roadUnder } from "../../src/explain/road-words.ts";
import { titlesOf } from "../../src/explain/road.ts";
import { play, type Play, scenario } from "../play.ts";
import { HOST, LOGIN, SECOND, typed } from "./typing.ts";

/** The rungs of a session, and their sentences. */
function read({ world }: Play) {
  const ladder = ladderReader(false, titlesOf(world.scenario));
  ladder.read(world.trace.facts);
  const { rungs } = ladder;
  return { rungs, words: rungs.map((rung) => sentence(rung, ladder.nameOf)) };
}

/** Types lines as "1> LIST", and lets so many milliseconds pass after each. */
function type(session: Play, lines: readonly string[], milliseconds = 1000): void {
  for (const line of lines) {
    session.keys(Number(line[0]), `${line.slice(3)}\r`);
    session.world.advance(session.world.now + milliseconds);
  }
}

const FILES = ["1> telnet files.example.net 21", "1> USER ftptest", "1> PASS guestpass"];

test("a wait is counted from the command, whatever was lost or typed meanwhile", () => {
  const session = play("nat-client");
  type(session, [...FILES, "1> PORT 198,51,100,7,195,80", "1> LIST"]);
  type(session, ["1> NOOP"], 90_000);
  const { rungs } = read(session);
  const told = rungs.flatMap((rung) => later(rung, rungs) ?? []);
  expect(told).toEqual(["1 minute later"]);
  expect(rungs.filter(({ tells }) => tells.kind === "dropped").length).toBeGreaterThan(1);
});

test("what is said during a transfer waits for it, and is not said to be typed ahead", () => {
  const { words, rungs } = typed([...LOGIN, "1> PASV", "1> LIST", "1> NOOP"]).read();
  expect(words.at(-1)).toBe("You say, while the server is still at LIST: NOOP");
  expect(rungs.at(-1)?.tells).toMatchObject({ early: true, during: "LIST" });
});

test("a file of one line that is sent before its STOR is no command", () => {
  const text = "second\n";
  const note = { path: "/b.txt", type: "file", mode: "0644", mtime: 0, text } as const;
  const learner = { ...scenario("article").learner, files: [note] };
  const { words } = typed([...LOGIN, "1> PASV", `2> nc -N ${HOST} 62843 < b.txt`], {
    learner,
  }).read();
  expect(words.at(-2)).toBe(
    "You send 7 bytes, 1 line on the data connection. They wait until the server takes them up.",
  );
});

test("of two talks the last to be hung up has its name too", () => {
  const session = play("sandbox");
  type(session, ["1> telnet files.example.net 21", "2> telnet vsftpd.example.net 21"]);
  for (const window of [2, 1]) {
    session.world.feed({ kind: "hang-up", window });
    session.world.advance(session.world.now + 1000);
  }
  expect(read(session).words.slice(-2)).toEqual([
    "(vsftpd.example.net) You close the control connection.",
    "(files.example.net) You close the control connection.",
  ]);
});

test("a dial that is given up says so, and whom it was for", () => {
  const session = play("article");
  type(session, [`1> telnet ${HOST} 21`]);
  type(session, ["2> telnet 203.0.113.99 2121"], 10_000);
  session.keys(2, "\x03");
  const { rungs, words } = read(session);
  expect(words.at(-1)).toBe(
    "(203.0.113.99) Your computer dials port 2121 of 203.0.113.99: given up.",
  );
  expect(rungs.find(({ tells }) => tells.kind === "again")?.whose).toBe("203.0.113.99");
});

test("what arrives where nobody reads is one byte or many", () => {
  const session = play("article");
  type(session, [`1> telnet ${HOST} 21`, ...LOGIN.slice(1), "1> PASV", SECOND]);
  session.world.feed({ kind: "hang-up", window: 2 });
  type(session, ["1> LIST"]);
  const { rungs, words } = read(session);
  const lost = rungs.find(({ tells }) => tells.kind === "lost")!;
  expect(words).toContain("837 bytes arrive where nobody reads any more, and are lost.");
  expect(sentence({ ...lost, tells: { kind: "lost", length: 1 } }, String)).toBe(
    "1 byte arrives where nobody reads any more, and is lost.",
  );
});

test("where a server speaks of HTTP, a word is a browser's and not a client's", () => {
  const session = play("sandbox");
  type(session, ["1> telnet vsftpd.example.net 21", ...LOGIN.slice(1), "1> get readme.txt"]);
  expect(read(session).words.join("\n")).toContain(
    "`get` is a word of web browsers, and this server hangs up on those. In FTP it is `RETR`.",
  );
});

test("who listens on another port than PORT named is told both", () => {
  const session = play("active");
  type(session, [...FILES, "2> nc -l 5000", "1> PORT 198,51,100,7,195,80", "1> LIST"]);
  expect(read(session).words.join("\n")).toContain(
    "The server did what your `PORT` asked for: it named 50000, and you listen on 5000.",
  );
});

test("a server keeps its name when its number is dialled", () => {
  const session = play("nat-server");
  type(session, [...FILES, "1> PASV"]);
  type(session, [`2> telnet 203.0.113.21 ${session.facts("passive").at(-1)?.port}`]);
  expect(read(session).words.at(-1)).toContain("of files.example.net.");
});

test("a close is not under TLS, as what was said before it is", () => {
  const session = play("sandbox");
  type(session, ["1> openssl s_client -quiet -starttls ftp -connect pure-ftpd.example.net:21"]);
  type(session, ["1> QUIT"]);
  const { rungs } = read(session);
  const secret = rungs.filter((rung) => rung.secret).map(({ tells }) => tells.kind);
  expect(secret).toEqual(["command", "reply"]);
  expect(rungs.at(-1)).toMatchObject({ tells: { kind: "close" } });
  expect(rungs.at(-1)?.secret).toBeUndefined();
});

test("what is lost between two servers says that it is", () => {
  const session = play("bounce");
  type(session, ["1> telnet careless.example.net 21", ...LOGIN.slice(1)]);
  const mail = session.world.scenario.hosts.find(({ names }) => names[0] === "mail.example.net");
  const [address = ""] = mail?.addresses ?? [];
  type(session, [`1> PORT ${address.replaceAll(".", ",")},0,25`, "1> RETR letter.txt"], 5000);
  expect(read(session).words.join("\n")).toMatch(
    /^\(between two servers\) \d+ bytes arrive where nobody reads any more, and are lost\.$/m,
  );
});

test("a server that calls through its NAT is the one that was dialled", () => {
  const session = play("nat-server");
  type(session, [...FILES, "2> nc -l 50000", "1> PORT 198,51,100,7,195,80", "1> LIST"]);
  const { words } = read(session);
  expect(words.find((one) => one.includes("dials you"))).toMatch(/^The server dials you, from /);
  expect(words.join("\n")).not.toContain("(192.168.7.21)");
});

test("what is swallowed is counted as everything else is", () => {
  const tells = {
    kind: "dropped",
    box: "Wall",
    what: "data",
    why: "rule",
    port: 21,
    times: 1,
  } as const;
  expect(roadUnder({ ...tells, length: 6500 })).toMatch(/^6,500 bytes for 21/);
  expect(roadSentence({ ...tells, length: 1 })).toContain("swallows 1 byte of data for port 21");
});
