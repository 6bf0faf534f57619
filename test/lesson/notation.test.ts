/** The notation, read from real sessions however they are cut. */
import { describe, expect, it } from "vitest";
import { notationReader } from "../../src/explain/notation.ts";
import type { Fact } from "../../src/sim/facts.ts";
import { article, play, talk } from "./play.ts";

const dial = "1$ telnet ftptest.exavault.com 21";

function session(...lines: string[]): string[] {
  const { type, wire } = play(talk);
  type(...lines);
  return wire();
}

function read(facts: readonly Fact[]): string[] {
  const reader = notationReader();
  reader.read(facts);
  return reader.events.map(({ text }) => text);
}

/** The same facts with every byte arriving alone. */
function byteByByte(facts: readonly Fact[]): Fact[] {
  return facts.flatMap((fact): Fact[] =>
    fact.kind === "arrived"
      ? [...fact.bytes].map((byte) => ({ ...fact, bytes: Uint8Array.of(byte) }))
      : [fact],
  );
}

describe("the notation", () => {
  it("tells the article's session", () => {
    const { upTo, wire } = play(talk);
    upTo(7);
    expect(wire()).toEqual([
      dial,
      "1: dial :21",
      "1: connected :21",
      "1< 220 ProFTPD Server (EV) [67.208.93.232]",
      "1> USER ftptest",
      "1< 331 Password required for ftptest",
      "1> PASS guestpass",
      "1< 230 User ftptest logged in",
      "1> PASV",
      "1< 227 Entering Passive Mode (67,208,93,232,245,123).",
      "2$ telnet ftptest.exavault.com 62843",
      "2: dial :62843",
      "2: connected :62843",
      "1> LIST",
      "1< 150 Opening BINARY mode data connection for file list",
      "2: received 837",
      "2: closed :62843 by server",
      "1< 226 Transfer complete",
    ]);
  });

  it("gives the numbers beside the words", () => {
    const { upTo, world } = play(talk);
    upTo(7);
    const reader = notationReader();
    reader.read(world.trace.facts);
    expect(reader.events.find(({ code }) => code === 227)).toMatchObject({
      kind: "reply",
      window: 1,
      conn: 1,
      line: "227 Entering Passive Mode (67,208,93,232,245,123).",
    });
    expect(reader.events.find(({ kind }) => kind === "received")).toMatchObject({
      window: 2,
      port: 62843,
      bytes: 837,
    });
    for (const { fact } of reader.events) expect(world.trace.facts[fact]).toBeDefined();
  });

  it("is the same read at once, fact by fact and byte by byte", () => {
    const { upTo, world, wire } = play(talk);
    upTo(talk.steps.length);
    const { facts } = world.trace;
    const reader = notationReader();
    for (let length = 0; length <= facts.length; length++) reader.read(facts.slice(0, length));
    expect(reader.events.map(({ text }) => text)).toEqual(wire());
    expect(read(byteByByte(facts))).toEqual(wire());
  });

  it("keeps back the beginning of a line that has not come whole", () => {
    const { type, world } = play(talk);
    type(dial);
    const cut = byteByByte(world.trace.facts);
    const last = cut.findLastIndex(({ kind }) => kind === "arrived");
    expect(read(cut.slice(0, last)).at(-1)).toBe("1: connected :21");
    expect(read(cut.slice(0, last + 1)).at(-1)).toMatch(/^1< 220 /);
  });

  it("tells what came to nothing", () => {
    expect(session("1$ telnet ftptest.exavault.com 22")).toContain("1: refused :22");
    expect(session("1$ telnet nowhere.example 21")).toContain("1: unknown nowhere.example");
    expect(session("1$ ")).toEqual([]);
  });

  it("tells who closed", () => {
    expect(session(dial, "1> ^]", "1> quit").at(-1)).toBe("1: closed :21 by you");
    expect(session(dial, "1> QUIT").at(-1)).toBe("1: closed :21 by server");
  });

  it("tells the server's own call, and that nobody took it", () => {
    const told = session(dial, "1> USER ftptest", "1> PASS guestpass", "1> LIST");
    const [call, refusal, reply] = told.slice(-3);
    expect(call).toMatch(/^server: dial :\d+$/);
    expect(refusal).toBe(call?.replace("dial", "refused"));
    expect(reply).toBe("1< 425 Unable to build data connection: Connection refused");
  });

  it("tells a waiting connection that is reset, and bytes that come too late", () => {
    const { upTo, type, wire } = play(talk);
    upTo(6);
    type("1> PASV");
    expect(wire()).toContain("2: reset :62843");
    const late = play(talk);
    late.upTo(6);
    late.type("2> ^]", "2> quit", "1> LIST");
    expect(late.wire()).toContain("2: lost 837");
  });
});

describe("the other way round", () => {
  const login = [dial, "1> USER ftptest", "1> PASS guestpass"];
  const port = "1> PORT 198,51,100,7,195,80";

  it("tells who listens, and that the server called", () => {
    const told = session(...login, "2$ nc -l 50000", port, "1> LIST");
    expect(told.slice(told.indexOf("2$ nc -l 50000"))).toEqual([
      "2$ nc -l 50000",
      "2: listening :50000",
      port,
      "1< 200 PORT command successful",
      "1> LIST",
      "server: dial :50000",
      "server: connected :50000",
      "2: called :50000",
      "1< 150 Opening BINARY mode data connection for file list",
      "2: received 837",
      "2: closed :50000 by server",
      "1< 226 Transfer complete",
    ]);
  });

  it("takes what is typed into such a data connection for bytes", () => {
    const lines = ["2$ nc -l 50000", port, "1> STOR note.txt", "2> hello", "2> ^C"];
    const told = session(...login, ...lines);
    expect(told).toContain("2: closed :50000 by you");
    expect(told.filter((line) => line.startsWith("2<"))).toEqual([]);
  });

  it("tells of another window that was called", () => {
    const told = session("2$ nc -l 50000", "1$ telnet 198.51.100.7 50000", "1> hello");
    expect(told).toEqual([
      "2$ nc -l 50000",
      "2: listening :50000",
      "1$ telnet 198.51.100.7 50000",
      "1: dial :50000",
      "1: connected :50000",
      "2: called :50000",
      "1> hello",
    ]);
  });

  it("tells what was switched", () => {
    const { world, wire } = play(talk);
    world.feed({ kind: "switch", id: "conveniences", on: false });
    expect(wire()).toEqual(["net: switch conveniences off"]);
  });
});

it("tells whose echo it was, and whose name was not found, whatever another window did meanwhile", () => {
  const { type, world, wire } = play(talk);
  for (const text of "ping -c 1 ftptest.exavault.com\r")
    world.feed({ kind: "key", window: 2, text });
  for (const text of "echo\r") world.feed({ kind: "key", window: 1, text });
  type("3$ ");
  expect(wire()).toContain("2: ping 67.208.93.232 back");
  const named = (host: string): string[] => [
    ...read([
      ...world.trace.facts,
      { at: 1e9, kind: "lookup", host, name: "nobody", address: null },
    ]),
  ];
  expect(named(article.learner.name).at(-1)).toMatch(/: unknown nobody$/);
  expect(named("elsewhere")).toEqual(wire());
});
