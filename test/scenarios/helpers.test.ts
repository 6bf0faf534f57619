/** Firewalls that follow FTP: 227 opens a port, 229 and a 227 in two segments do not. */
import { expect, test } from "vitest";
import { CONNECTED, epsv, fetch, login, pasv, README, TIMED_OUT, world } from "./keys.ts";

test("PASV is followed, EPSV is not", () => {
  const session = world("firewall-epsv");
  login(session);
  expect(pasv(session)).toContain(CONNECTED);
  expect(session.facts("expected")).toHaveLength(1);
  expect(fetch(session).data).toContain(README);
  const other = world("firewall-epsv");
  login(other);
  expect(epsv(other)).toContain(TIMED_OUT);
  expect(other.facts("expected")).toHaveLength(0);
});

test("without the firewall EPSV is as good", () => {
  const session = world("firewall-epsv", { "server-firewall": false });
  login(session);
  expect(epsv(session)).toContain(CONNECTED);
  expect(fetch(session).data).toContain(README);
});

test("a 227 in two segments is not followed; in one it is", () => {
  const split = world("firewall-split");
  login(split);
  expect(pasv(split)).toContain(TIMED_OUT);
  const whole = world("firewall-split", { "split-227": false });
  login(whole);
  expect(pasv(whole)).toContain(CONNECTED);
  expect(fetch(whole).data).toContain(README);
});

test("two segments harm nobody where no firewall reads them", () => {
  const session = world("firewall-split", { "server-firewall": false });
  login(session);
  expect(pasv(session)).toContain(CONNECTED);
  expect(fetch(session).data).toContain(README);
});
