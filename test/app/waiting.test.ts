import { expect, test } from "vitest";
import { duration, waitingReader } from "../../src/app/waiting.ts";
import { connectionReader } from "../../src/explain/connections.ts";
import { createWorld } from "../../src/sim/world.ts";
import { dialects } from "../../src/sim/ftp/dialects/all.ts";
import { play, scenario } from "../play.ts";

test("a time is said as a person says it", () => {
  expect([0, 1, 999, 7000, 59_001, 298_000, 3_600_000].map(duration)).toEqual([
    "1 s",
    "1 s",
    "1 s",
    "7 s",
    "1:00",
    "4:58",
    "1:00:00",
  ]);
});

test("what is waited for is told from the trace", () => {
  const world = createWorld(scenario("article"), { dialects });
  const connections = connectionReader();
  const waiting = waitingReader();
  const now = (): string => {
    connections.read(world.trace.facts);
    waiting.read(world.trace.facts);
    return waiting.of(connections.list).words;
  };
  const type = (line: string): void => {
    for (const text of `${line}\r`) world.feed({ kind: "key", window: 1, text });
  };
  expect(now()).toMatch(/^All is quiet/);
  type("telnet 203.0.113.99 21");
  world.advance(world.now + 5000);
  expect(now()).toBe("Nothing answers. The next try is in");
  world.advance(world.now + 70_000);
  expect(now()).toBe("Nothing answers. The dial is given up in");
  world.advance(world.now + 70_000);
  expect(now()).toMatch(/^All is quiet/);
  type("telnet ftptest.exavault.com 21");
  world.advance(world.now + 2000);
  expect(now()).toMatch(/^All is quiet/);
});

test("an empty line is owed no answer, and LIST is", () => {
  const session = play("eavesdropper");
  const connections = connectionReader();
  const waiting = waitingReader();
  const after = (line: string): string => {
    session.type(1, line);
    connections.read(session.world.trace.facts);
    waiting.read(session.world.trace.facts);
    return waiting.of(connections.list).words;
  };
  after("telnet files.example.net 21");
  expect(after("")).toMatch(/^All is quiet/);
  for (const line of ["USER ftptest", "PASS guestpass", "PASV"]) after(line);
  expect(after("LIST")).toMatch(/^The server does not answer yet/);
});

test("while bytes are on their way it is not said that nothing moves", () => {
  const session = play("slow-road");
  const { world } = session;
  const connections = connectionReader();
  const waiting = waitingReader();
  const now = () => {
    connections.read(world.trace.facts);
    waiting.read(world.trace.facts);
    return waiting.of(connections.list);
  };
  for (const line of ["telnet files.example.net 21", "USER ftptest", "PASS guestpass", "PASV"]) {
    session.type(1, line);
  }
  session.type(2, `nc files.example.net ${session.facts("passive").at(-1)?.port} > big.txt`);
  session.keys(1, "RETR pub/big.txt\r");
  world.advance(world.now + 5000);
  expect(now()).toMatchObject({ words: "Data is on its way. Something happens in", moves: true });
  world.advance(world.now + 200_000);
  expect(now().words).toMatch(/^All is quiet/);
});

test("what is stopped on the way moves no more", () => {
  const session = play("clocks");
  const { world } = session;
  const connections = connectionReader();
  const waiting = waitingReader();
  world.feed({ kind: "switch", id: "home-nat", on: true });
  for (const line of ["telnet files.example.net 21", "USER ftptest", "PASS guestpass", "PASV"]) {
    session.type(1, line);
  }
  session.type(2, `telnet files.example.net ${session.facts("passive").at(-1)?.port}`);
  // The NAT forgets what is silent for so long.
  world.advance(world.now + 130_000);
  session.keys(2, "hello\r");
  world.advance(world.now + 3000);
  connections.read(world.trace.facts);
  waiting.read(world.trace.facts);
  expect(session.facts("dropped").at(-1)).toMatchObject({ what: "data" });
  expect(waiting.of(connections.list).words).not.toMatch(/on its way/);
});
