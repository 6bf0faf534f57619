/** Who answers at a port, and a port that stays taken. */
import { expect, test } from "vitest";
import {
  activePort,
  CONNECTED,
  dial,
  fetch,
  FILES,
  login,
  README,
  REFUSED,
  say,
  TIMED_OUT,
  world,
} from "./keys.ts";

test("SSH where FTP was expected, and a port that says nothing", () => {
  const session = world("nobody-there");
  expect(dial(session, 1, "no-ftp.example.net", 22)).toContain("SSH-2.0-OpenSSH");
  expect(dial(session, 2, "no-ftp.example.net", 990)).toMatch(/Escape character is '\^\]'\.\n$/);
});

test("no FTP there, a computer that is off, a name that nobody has: three answers", () => {
  const session = world("nobody-there");
  expect(dial(session, 1, "no-ftp.example.net", 21)).toContain(REFUSED);
  expect(dial(session, 1, "gone.example.net", 21)).toContain(TIMED_OUT);
  expect(dial(session, 1, "nowhere.example.net", 21)).toContain("Name or service not known");
  expect(dial(session, 1, FILES, 21)).toContain("220");
});

test("switched on, the computer that was off answers the same keys", () => {
  const session = world("nobody-there", { gone: false });
  expect(dial(session, 1, "gone.example.net", 21)).toContain("220");
});

test("a pair of ports is taken for a minute after its connection", () => {
  const session = world("time-wait");
  login(session, "from20.example.net");
  activePort(session);
  expect(fetch(session).data).toContain(README);
  expect(session.facts("dial").at(-1)?.from.port).toBe(20);
  activePort(session);
  expect(say(session, 1, "RETR readme.txt", 5000)).toContain("425 Failed to establish connection.");
});

test("from another port, or after a minute, the same keys work", () => {
  const any = world("time-wait");
  login(any, "fromany.example.net");
  const later = world("time-wait");
  login(later, "from20.example.net");
  for (const session of [any, later]) {
    activePort(session);
    expect(fetch(session).data).toContain(README);
    if (session === later) session.world.advance(session.world.now + 61_000);
    activePort(session);
    expect(fetch(session).data).toContain(README);
  }
  expect(any.facts("dial").at(-1)?.from.port).toBeGreaterThan(1024);
});

test("another port of yours is another pair", () => {
  const session = world("time-wait");
  login(session, "from20.example.net");
  for (const number of [50_000, 50_001]) {
    activePort(session, number);
    expect(fetch(session).data).toContain(README);
  }
  expect(session.shown(1)).not.toContain(CONNECTED);
});

test("a server that finds port 20 taken dials from another low one", () => {
  const session = world("time-wait");
  login(session, "fromtwo.example.net");
  for (const from of [20, 2]) {
    activePort(session);
    expect(fetch(session).data).toContain(README);
    expect(
      session
        .facts("open")
        .map(({ conn }) => session.facts("dial").find((one) => one.conn === conn)!)
        .at(-1)?.from.port,
    ).toBe(from);
  }
});
