/** Every fault that can be ordered, in the scenario that has them all: what it looks like, and what tells it from its neighbours. */
import { expect, test } from "vitest";
import {
  CONNECTED,
  dial,
  fetch,
  login,
  NO_ROUTE,
  pasv,
  README,
  REFUSED,
  say,
  TIMED_OUT,
  world,
} from "./keys.ts";

const ids = world("faults").world.scenario.faults!.map(({ id }) => id);

test.each(ids)("%s, ordered and called off again: all works", (id) => {
  const session = world("faults", { [id]: true });
  session.world.feed({ kind: "switch", id, on: false });
  login(session);
  expect(pasv(session)).toContain(CONNECTED);
  const { replies, data } = fetch(session);
  expect(data).toContain(README);
  expect(replies).toContain("226 Transfer complete.");
});

test.each([
  ["refuse-data", REFUSED],
  ["drop-data", TIMED_OUT],
  ["unreachable-data", NO_ROUTE],
])("%s: the control connection stands, the data connection ends in %s", (id, words) => {
  const session = world("faults", { [id]: true });
  login(session);
  const seen = pasv(session);
  for (const other of [REFUSED, TIMED_OUT, NO_ROUTE])
    expect(seen.includes(other)).toBe(other === words);
});

test("broken off: the beginning comes, then a reset, and 426", () => {
  const session = world("faults", { reset: true });
  login(session);
  pasv(session);
  const { replies, data } = fetch(session, "RETR pub/big.txt");
  expect(data).toContain("Line 000000001");
  expect(replies).toContain("426 Failure writing network stream.");
  expect(session.facts("rsted").length).toBeGreaterThan(0);
});

test("stalled: the beginning comes, nothing is reset, and the server gives up in its own time", () => {
  const session = world("faults", { stall: true });
  login(session);
  pasv(session);
  say(session, 1, "RETR pub/big.txt", 60_000);
  expect(session.shown(2)).toContain("Line 000000001");
  expect(session.facts("rst")).toHaveLength(0);
  expect(session.shown(1)).not.toMatch(/^[45]/m);
});

test("late: all comes, three seconds later", () => {
  const took = (on: boolean) => {
    const session = world("faults", { delay: on });
    login(session);
    pasv(session);
    const began = session.world.now;
    expect(fetch(session).replies).toContain("226");
    const { conn } = session.facts("data").at(-1)!;
    return session.facts("arrived").findLast((fact) => fact.conn === conn)!.at - began;
  };
  const late = took(true);
  expect(late - took(false)).toBeGreaterThanOrEqual(2900);
});

test("never a 226: the file and the end of its connection came all the same", () => {
  const session = world("faults", { "no-226": true });
  login(session);
  pasv(session);
  const { replies, data } = fetch(session);
  expect(data).toContain(README);
  expect(data).toContain("Connection closed by foreign host.");
  expect(replies).not.toContain("226");
});

test("busy, locked and full: three refusals at three moments", () => {
  const busy = world("faults", { busy: true });
  expect(dial(busy, 1, "files.example.net", 21)).toContain(
    "421 There are too many connected users",
  );
  const locked = world("faults", { locked: true });
  locked.type(1, "telnet files.example.net 21");
  locked.type(1, "USER ftptest");
  expect(say(locked, 1, "PASS guestpass", 5000)).toContain("530 Login incorrect.");
  const full = world("faults", { "full-disk": true });
  login(full);
  pasv(full);
  full.keys(1, "STOR new.txt\r");
  say(full, 2, "hello");
  expect(full.shown(1)).toContain("451 Failure writing to local file.");
});
