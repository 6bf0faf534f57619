/** Third hosts: from server to server, the bounce, the stolen port, the one who listens. */
import { expect, test } from "vitest";
import { wiretapReader } from "../../src/explain/wiretap.ts";
import { fromBytes } from "../../src/sim/bytes.ts";
import type { Play } from "../play.ts";
import {
  agreed,
  CONNECTED,
  dial,
  fetch,
  login,
  pasv,
  README,
  REFUSED,
  say,
  world,
} from "./keys.ts";

const commas = ({ address, port }: { address: string; port: number }) =>
  `${address.replaceAll(".", ",")},${port >> 8},${port & 255}`;

test("a file goes from one server to the other and never comes to you", () => {
  const session = world("fxp");
  login(session, "a.example.net", 1);
  login(session, "b.example.net", 2);
  const there = agreed(say(session, 1, "PASV"));
  expect(say(session, 2, `PORT ${commas(there)}`)).toContain("200 PORT command successful.");
  session.keys(1, "STOR copy.txt\r");
  expect(say(session, 2, "RETR only-here.txt")).toContain("226 Transfer complete.");
  expect(session.shown(1)).toContain("226 Transfer complete.");
  expect(say(session, 1, "SIZE copy.txt")).toContain("213 26");
  const mine = session.facts("dial").filter(({ host }) => host === "your computer");
  expect(mine).toHaveLength(2);
});

test("a server that dials nobody but its client refuses to take part", () => {
  const session = world("fxp");
  login(session, "a.example.net", 1);
  login(session, "c.example.net", 2);
  const there = agreed(say(session, 1, "PASV"));
  expect(say(session, 2, `PORT ${commas(there)}`)).toContain("500 Illegal PORT command.");
});

const MAIL = commas({ address: "203.0.113.65", port: 25 });

test("a careless server says to a mail host what your file says", () => {
  const session = world("bounce");
  login(session, "careless.example.net");
  expect(say(session, 1, `PORT ${MAIL}`)).toContain("200 PORT command successful.");
  say(session, 1, "RETR letter.txt");
  const call = session.facts("dial").find(({ to }) => to.port === 25);
  expect(call).toMatchObject({ host: "careless.example.net", to: { address: "203.0.113.65" } });
  const heard = session
    .facts("arrived")
    .filter(({ conn, by }) => conn === call?.conn && by === "dialler");
  expect(heard.map(({ bytes }) => fromBytes(bytes)).join("")).toContain(
    "MAIL FROM:<nobody@example.net>",
  );
});

test("a careful one does not dial", () => {
  const session = world("bounce");
  login(session, "careful.example.net");
  expect(say(session, 1, `PORT ${MAIL}`)).toContain("500 Illegal PORT command.");
  expect(session.facts("dial").filter(({ to }) => to.port === 25)).toHaveLength(0);
});

test("it refuses a low port of your own too", () => {
  const session = world("bounce");
  login(session, "careful.example.net");
  expect(say(session, 1, "PORT 198,51,100,7,0,25")).toContain("500 Illegal PORT command.");
  expect(say(session, 1, "PORT 198,51,100,7,195,80")).toContain("200 PORT command successful.");
});

test("the stranger is first, and the list is theirs", () => {
  const session = world("port-theft");
  login(session, "careless.example.net");
  const { address, port } = agreed(say(session, 1, "PASV"));
  expect(dial(session, 3, address, port)).toContain(CONNECTED);
  say(session, 1, "RETR readme.txt");
  expect(session.shown(3)).toContain(README);
  expect(dial(session, 2, address, port)).toContain(REFUSED);
});

test("a server that looks who dials turns the stranger away, and says so", () => {
  const session = world("port-theft");
  login(session, "careful.example.net");
  const { address, port } = agreed(say(session, 1, "PASV"));
  expect(dial(session, 3, address, port)).toContain(CONNECTED);
  expect(say(session, 1, "RETR readme.txt")).toContain("425 Security: Bad IP connecting.");
  expect(session.shown(3)).not.toContain(README);
  expect(pasv(session)).toContain(CONNECTED);
  expect(fetch(session).data).toContain(README);
});

/** What the one who listens has got by now. */
function loot(session: Play) {
  const reader = wiretapReader(session.world.scenario);
  reader.read(session.world.trace.facts);
  return reader.loot.map(({ server, user, password }) => `${user}:${password}@${server}`);
}

test("who listens reads the password", () => {
  const session = world("eavesdropper");
  login(session);
  expect(loot(session)).toEqual(["ftptest:guestpass@203.0.113.21"]);
});

test("after AUTH TLS nobody else reads it, and without TLS that server takes no name", () => {
  const session = world("eavesdropper");
  session.type(1, "openssl s_client -quiet -crlf -starttls ftp -connect secret.example.net:21");
  say(session, 1, "USER ftptest");
  expect(say(session, 1, "PASS guestpass")).toContain("230 Login successful.");
  expect(loot(session)).toEqual([]);
  dial(session, 2, "secret.example.net", 21);
  expect(say(session, 2, "USER ftptest")).toContain(
    "530 Non-anonymous sessions must use encryption.",
  );
});
