/** A lesson that turns the table: the learner is the server, and a client calls. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { checkLesson } from "../../src/lesson/check.ts";
import { player } from "../../src/lesson/play.ts";
import { parseLesson } from "../../src/lesson/parse.ts";
import type { Scenario } from "../../src/sim/scenario.ts";
import { createWorld } from "../../src/sim/world.ts";
import { article, root } from "./play.ts";

const caller = {
  to: { host: article.learner.name, port: 2121 },
  user: "anna",
  password: "secret",
  does: ["LIST"],
};
const host = { names: ["caller.example.net"], addresses: ["203.0.113.99"], caller };
const called: Scenario = { ...article, hosts: [...article.hosts, host] };
const source = readFileSync(`${root}test/lesson/server.md`, "utf8");

it("stands, with its ways and near misses", () => {
  const draft = { source, file: "lessons/01-a/01-server.md", slugs: [] };
  expect(checkLesson({ ...draft, scenario: () => called }).problems).toEqual([]);
});

it("is told as any other session", () => {
  const play = player(parseLesson(source, "server.md"), createWorld(called));
  expect(play.upTo(5)).toBe(true);
  const told = play.events.map(({ text }) => text);
  expect(told.slice(told.indexOf("1: called :2121"))).toEqual([
    "1: called :2121",
    "1> 220 Hello",
    "1< USER anna",
    "1> 331 Your password?",
    "1< PASS secret",
    "1> 230 Come in",
    "1< PASV",
    "2$ nc -l 50021",
    "2: listening :50021",
    "1> 227 Entering Passive Mode (198,51,100,7,195,101)",
    "1< LIST",
    "net: dial :50021 by caller.example.net",
    "net: connected :50021",
    "2: called :50021",
    "1> 150 Here it comes",
    "2> readme.txt",
    "2: closed :50021 by you",
    "1> 226 That was all",
    "1< QUIT",
  ]);
});

it("has nothing to say against what a server says", () => {
  const play = player(parseLesson(source, "server.md"), createWorld(called));
  play.upTo(4);
  play.type([
    { window: 1, text: "150 Here it comes" },
    { window: 2, text: "LIST of nothing" },
  ]);
  expect(play.run.said).toBeNull();
});
