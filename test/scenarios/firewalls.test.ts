/** Firewalls at either end: refused at once, silence, "no route", and what the server says of it. */
import { expect, test } from "vitest";
import {
  activePort,
  CONNECTED,
  dial,
  fetch,
  FILES,
  login,
  NO_ROUTE,
  pasv,
  README,
  REFUSED,
  say,
  sayUntil,
  TIMED_OUT,
  world,
} from "./keys.ts";

const WAYS = [
  ["firewall-server-drop", TIMED_OUT],
  ["firewall-server-refuse", REFUSED],
  ["firewall-server-unreachable", NO_ROUTE],
] as const;

test.each(WAYS)("%s: PASV is granted, and the dial ends in %s", (name, words) => {
  const session = world(name);
  login(session);
  const began = session.world.now;
  const seen = pasv(session);
  const took =
    session
      .facts("unreachable")
      .concat(session.facts("refused") as never[])
      .at(-1)!.at - began;
  for (const [, other] of WAYS) expect(seen.includes(other)).toBe(other === words);
  expect(took > 100_000).toBe(words === TIMED_OUT);
  expect(session.facts("again").length > 3).toBe(words === TIMED_OUT);
  // The server knows nothing of it: it waits a minute for the one who never comes.
  if (words !== TIMED_OUT) {
    expect(sayUntil(session, 1, "LIST", /^4/m)).toBe("LIST\n425 Failed to establish connection.\n");
  }
});

test.each(WAYS)("%s, switched off: the same keys work", (name) => {
  const session = world(name, { "server-firewall": false });
  login(session);
  expect(pasv(session)).toContain(CONNECTED);
  const { replies, data } = fetch(session);
  expect(replies).toContain("226 Transfer complete.");
  expect(data).toContain(README);
});

test("behind the firewall nobody can tell a port where nobody listens from one that is barred", () => {
  const barred = world("firewall-server-refuse");
  const open = world("firewall-server-refuse", { "server-firewall": false });
  for (const session of [barred, open]) {
    login(session);
    expect(dial(session, 2, FILES, 50050)).toContain(REFUSED);
  }
  expect(barred.facts("rejected")).toHaveLength(1);
  expect(open.facts("rejected")).toHaveLength(0);
});

test("your own firewall: 200 to PORT, a minute of silence, 425", () => {
  const session = world("firewall-home");
  login(session);
  expect(activePort(session)).toContain("200 PORT command successful.");
  const began = session.world.now;
  expect(sayUntil(session, 1, "LIST", /^4/m)).toContain("425 Failed to establish connection.");
  expect(session.facts("reply").at(-1)!.at - began).toBeGreaterThan(59_000);
  expect(
    session.facts("dropped").every(({ what, box }) => what === "syn" && box === "home-firewall"),
  ).toBe(true);
});

test("its neighbour: nobody listens, and 425 comes at once", () => {
  const session = world("firewall-home", { "home-firewall": false });
  login(session);
  say(session, 1, "PORT 198,51,100,7,195,80");
  const began = session.world.now;
  expect(sayUntil(session, 1, "LIST", /^4/m)).toContain("425 Failed to establish connection.");
  expect(session.facts("reply").at(-1)!.at - began).toBeLessThan(1000);
  expect(session.facts("dropped")).toHaveLength(0);
});

test("the firewall switched off, the call comes in; passive mode never minded it", () => {
  const off = world("firewall-home", { "home-firewall": false });
  login(off);
  activePort(off);
  expect(fetch(off).data).toContain(README);
  const on = world("firewall-home");
  login(on);
  expect(pasv(on)).toContain(CONNECTED);
  expect(fetch(on).data).toContain(README);
});
