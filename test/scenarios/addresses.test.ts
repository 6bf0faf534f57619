/** Addresses that lead elsewhere: private ones, 0.0.0.0, a NAT at the server, a name with several. */
import { expect, test } from "vitest";
import {
  agreed,
  CONNECTED,
  dial,
  epsv,
  fetch,
  FILES,
  login,
  NO_ROUTE,
  pasv,
  README,
  REFUSED,
  say,
  TIMED_OUT,
  world,
} from "./keys.ts";

test("a private address announced: nobody answers there, but the port is right", () => {
  const session = world("private-address");
  login(session);
  const screen = say(session, 1, "PASV");
  const { address, port } = agreed(screen);
  expect(address).toBe("10.0.0.5");
  const seen = dial(session, 2, address, port);
  expect(seen.includes(TIMED_OUT) || seen.includes(NO_ROUTE)).toBe(true);
  expect(seen).not.toContain(REFUSED);
  say(session, 1, "PASV");
  const again = session.facts("passive").at(-1)!.port;
  expect(dial(session, 2, FILES, again)).toContain(CONNECTED);
  expect(fetch(session).data).toContain(README);
});

test("EPSV names no address, so nothing can be wrong with it", () => {
  const session = world("private-address");
  login(session);
  expect(epsv(session)).toContain(CONNECTED);
  expect(fetch(session).data).toContain(README);
});

test("0.0.0.0 is your own computer, which refuses at once", () => {
  const session = world("zero-address");
  login(session);
  expect(pasv(session)).toContain(REFUSED);
  expect(session.facts("passive").at(-1)!.address).toBe("0.0.0.0");
  const dialled = session.facts("dial").at(-1)!;
  expect(session.facts("refused").at(-1)!.at - dialled.at).toBeLessThan(100);
});

test.each(["private-address", "zero-address"])("%s, switched off: the same keys work", (name) => {
  const session = world(name, { "wrong-address": false });
  login(session);
  expect(pasv(session)).toContain(CONNECTED);
  expect(fetch(session).data).toContain(README);
});

test("a server behind a NAT announces what it sees, and only EPSV comes through", () => {
  const session = world("nat-server");
  login(session);
  const { address } = agreed(say(session, 1, "PASV"));
  expect(address).toBe("192.168.7.21");
  const seen = pasv(session);
  expect(seen.includes(TIMED_OUT) || seen.includes(NO_ROUTE)).toBe(true);
  expect(epsv(session)).toContain(CONNECTED);
  expect(fetch(session).data).toContain(README);
  expect(session.facts("translated").length).toBeGreaterThan(0);
});

test("without its NAT the same server is reached by the same keys", () => {
  const session = world("nat-server", { "server-nat": false });
  login(session);
  expect(pasv(session)).toContain(CONNECTED);
  expect(fetch(session).data).toContain(README);
});

test("a name with two addresses: 227 says which of them has the port", () => {
  const session = world("several-addresses");
  login(session, "ftp.example.net");
  expect(session.facts("session").at(-1)?.server).toBe("two.example.net");
  const { address, port } = agreed(say(session, 1, "PASV"));
  expect(address).toBe("203.0.113.42");
  const dials = () => session.facts("dial").length;
  const before = dials();
  expect(dial(session, 2, "ftp.example.net", port)).toContain(REFUSED);
  expect(dials() - before).toBe(2);
  session.type(2, "\x1d");
  session.type(2, "quit");
  say(session, 1, "PASV");
  const again = session.facts("passive").at(-1)!;
  expect(dial(session, 2, again.address, again.port)).not.toContain(REFUSED);
  expect(dials() - before).toBe(3);
  expect(fetch(session, "RETR second.txt").data).toContain("You are at the second one.");
});

test("with the first one back, the name leads there, and the second has no part in it", () => {
  const session = world("several-addresses", { "first-refuses": false });
  login(session, "ftp.example.net");
  expect(epsv(session, "ftp.example.net")).toContain(CONNECTED);
  expect(fetch(session).data).toContain(README);
  expect(session.facts("session").at(-1)?.server).toBe("one.example.net");
});
