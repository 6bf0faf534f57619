/** What dies in silence: a control connection that a NAT forgot, packets too large for the way. */
import { expect, test } from "vitest";
import {
  CONNECTED,
  dial,
  fetch,
  FILES,
  login,
  pasv,
  README,
  say,
  sayUntil,
  world,
} from "./keys.ts";
import type { Play } from "../play.ts";

/** Begins a download of more than two minutes. */
function longDownload(name: string, switches: Record<string, boolean> = {}): Play {
  const session = world(name, switches);
  login(session);
  session.type(1, "TYPE I");
  expect(pasv(session)).toContain(CONNECTED);
  expect(say(session, 1, "RETR pub/big.txt", 1000)).toContain("150 Opening BINARY");
  return session;
}

const through = (session: Play) => session.world.advance(session.world.now + 170_000);
const whole = (session: Play) => {
  const [, conn] = session
    .facts("data")
    .map((fact) => fact.conn)
    .concat(0)
    .toReversed();
  return session
    .facts("arrived")
    .filter((fact) => fact.conn === conn)
    .reduce((sum, { bytes }) => sum + bytes.length, 0);
};

test("the file comes whole, 226 never, and nothing is heard any more", () => {
  const session = longDownload("idle-nat-drop");
  through(session);
  expect(whole(session)).toBe(524_288);
  expect(session.shown(1)).not.toContain("226");
  expect(session.facts("forgotten").length).toBeGreaterThan(0);
  expect(say(session, 1, "NOOP", 20_000)).toBe("NOOP\n");
});

test("a NAT that resets: the same, and the first word afterwards ends the connection", () => {
  const session = longDownload("idle-nat-reset");
  through(session);
  expect(session.shown(1)).not.toContain("226");
  expect(say(session, 1, "NOOP", 20_000)).toContain("Connection closed by foreign host.");
});

test("NOOP now and then keeps the NAT awake, though vsftpd answers it only behind the 226", () => {
  const session = longDownload("idle-nat-drop");
  for (let i = 0; i < 4; i++) say(session, 1, "NOOP", 40_000);
  expect(session.facts("forgotten")).toHaveLength(0);
  expect(
    session
      .facts("reply")
      .slice(-5)
      .map(({ code }) => code),
  ).toEqual([226, 200, 200, 200, 200]);
});

test("without the NAT 226 comes after any silence", () => {
  const session = longDownload("idle-nat-drop", { "home-nat": false });
  through(session);
  expect(session.shown(1)).toContain("226 Transfer complete.");
});

test("a short file is over before anything is forgotten", () => {
  const session = world("idle-nat-drop");
  login(session);
  pasv(session);
  expect(fetch(session).replies).toContain("226 Transfer complete.");
});

test("large packets vanish: a short file comes, a long one hangs after its 150", () => {
  const session = world("black-hole");
  login(session);
  pasv(session);
  const { replies, data } = fetch(session);
  expect(data).toContain(README);
  expect(replies).toContain("226");
  pasv(session);
  session.shown(1);
  expect(say(session, 1, "RETR pub/big.txt", 100_000)).toBe(
    "RETR pub/big.txt\n150 Opening BINARY mode data connection for pub/big.txt (524288 bytes).\n",
  );
  const lost = session.facts("dropped").filter(({ why }) => why === "size");
  expect(lost.length).toBeGreaterThan(2);
  expect(lost.every(({ length }) => length > 1300)).toBe(true);
  expect(session.shown(2)).not.toContain("Line 0000");
});

test("on a whole road the same keys bring the long file", () => {
  const session = world("black-hole", { tunnel: false });
  login(session);
  pasv(session);
  expect(sayUntil(session, 1, "RETR pub/big.txt", /^226/m)).toContain("226 Transfer complete.");
  expect(session.facts("dropped")).toHaveLength(0);
});

test("its neighbour: a server that stalls sends its beginning, and packets are not lost", () => {
  const session = world("faults", { stall: true });
  login(session);
  pasv(session);
  say(session, 1, "RETR pub/big.txt", 30_000);
  expect(session.shown(2)).toContain("Line 000000001");
  expect(session.facts("dropped").filter(({ why }) => why === "size")).toHaveLength(0);
  expect(dial(session, 2, FILES, 1)).not.toContain("226");
});
