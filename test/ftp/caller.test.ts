/** A client that calls whoever plays the server. */
import { expect, test } from "vitest";
import type { Scenario } from "../../src/sim/scenario.ts";
import { play, type Play, scenario } from "../play.ts";

/** A world in which a client calls port 2121 of the learner's computer. */
function called(does: readonly string[] = ["LIST"]): Play {
  const article = scenario("article");
  const to = { host: article.learner.name, port: 2121 };
  const caller = { to, user: "kim", password: "secret", does };
  const host = { names: ["caller.example.net"], addresses: ["203.0.113.99"], caller };
  const world: Scenario = { ...article, hosts: [...article.hosts, host] };
  const session = play(world);
  session.type(1, "nc -l 2121");
  session.world.advance(session.world.now + 10_000);
  session.shown(1);
  return session;
}

/** Answers, and gives what the client said to that. */
function answer(session: Play, line: string): string {
  session.keys(1, `${line}\r`);
  session.world.advance(session.world.now + 2000);
  return session.shown(1).replace(`${line}\n`, "");
}

test("it is answered by hand from the greeting to the end of a list", () => {
  const session = called();
  expect(answer(session, "220 Hello")).toBe("USER kim\n");
  expect(answer(session, "331 Who?")).toBe("PASS secret\n");
  expect(answer(session, "230 Come in")).toBe("PASV\n");
  session.type(2, "nc -lv 50021");
  expect(answer(session, "227 (198,51,100,7,195,101)")).toBe("LIST\n");
  expect(session.facts("dial").at(-1)).toMatchObject({
    host: "caller.example.net",
    to: { address: "198.51.100.7", port: 50_021 },
  });
  expect(answer(session, "150 Here it is")).toBe("");
  expect(answer(session, "226 Done")).toBe("");
  session.keys(2, "a.txt\r\x03");
  session.world.advance(session.world.now + 2000);
  expect(session.shown(1)).toBe("QUIT\n");
  const control = session.facts("dial").at(-2)?.conn;
  const closed = () => session.facts("fin").some(({ conn }) => conn === control);
  expect(closed()).toBe(false);
  answer(session, "221 Bye");
  expect(closed()).toBe(true);
  const before = session.facts("dial").length;
  session.world.advance(session.world.now + 60_000);
  expect(session.facts("dial")).toHaveLength(before);
});

test("wrong numbers make it dial wrongly", () => {
  const session = called();
  for (const line of ["220 Hello", "331 Who?", "230 Come in"]) answer(session, line);
  answer(session, "227 (198,51,100,7,101,195)");
  expect(session.facts("dial").at(-1)?.to.port).toBe(101 * 256 + 195);
  expect(session.facts("refused").at(-1)).toBeDefined();
});

test("no password where none is asked for; a reply of several lines is one; a refusal ends it", () => {
  const session = called(["PWD"]);
  expect(answer(session, "220-Hello")).toBe("");
  expect(answer(session, "331 is no reply in here")).toBe("");
  expect(answer(session, "220 Go on")).toBe("USER kim\n");
  expect(answer(session, "230 Come in")).toBe("PWD\n");
  expect(answer(session, "550 No")).toBe("QUIT\n");
});

test("hung up on, it calls again", () => {
  const session = called();
  answer(session, "220 Hello");
  session.keys(1, "\x03");
  session.type(1, "nc -l 2121");
  session.world.advance(session.world.now + 10_000);
  session.shown(1);
  expect(answer(session, "220 Hello")).toBe("USER kim\n");
});

test("a port that closes and opens again before the call is called once", () => {
  const session = called();
  answer(session, "220 Hello");
  session.keys(1, "\x03nc -lk 2121\r");
  session.world.advance(session.world.now + 400);
  session.keys(1, "\x03nc -lk 2121\r");
  const before = session.facts("dial").length;
  session.world.advance(session.world.now + 10_000);
  expect(session.facts("dial")).toHaveLength(before + 1);
});
