/** No way back is offered to somebody who stands just where the step wants them. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseLesson } from "../../src/lesson/parse.ts";
import { player } from "../../src/lesson/play.ts";
import type { Scenario } from "../../src/sim/scenario.ts";
import { dialects } from "../../src/sim/ftp/dialects/all.ts";
import { createWorld } from "../../src/sim/world.ts";
import { play, root } from "./play.ts";

const path = "lessons/02-moving-files/02-text-and-images.md";
const lesson = parseLesson(readFileSync(`${root}${path}`, "utf8"), path, { scenario: "sandbox" });

it("offers no new port while a file comes in, nor while nc waits to be left", () => {
  const { run, upTo, type } = play(lesson);
  upTo(lesson.steps.findIndex(({ title }) => title === "Fetch it into a file"));
  type("2> nc files.example.net {data.port} > got.png");
  expect(run.repair).toBeNull();
  type("1> RETR pub/picture.png");
  expect(run.repair).toBeNull();
});

it("begins again where the solution has but a key left, and nothing to press it for", () => {
  const { run, upTo, type } = play(lesson);
  upTo(lesson.steps.findIndex(({ title }) => title === "Fetch it into a file"));
  type("2> nc files.example.net {data.port} > got.png", "1> RETR picture.png");
  expect(run.repair?.text).toBe("PASV");
  type("1> RETR pub/picture.png");
  expect(run.repair?.text).toBe("PASV");
});

it("offers the way back to whoever hung up while a file came, which ended what the step would end", () => {
  const file = "lessons/01-first-words/06-when-is-it-done.md";
  const done = parseLesson(readFileSync(`${root}${file}`, "utf8"), file, { scenario: "article" });
  const { run, upTo, type } = play(done);
  upTo(done.steps.findIndex(({ title }) => title === "Break it off"));
  type("1> PASV", "2$ telnet files.example.net {data.port}", "1> RETR pub/big.txt");
  type("1> ^]", "1> quit");
  expect(run.repair?.text).toBe("telnet files.example.net 21");
  type("1$ telnet files.example.net 21");
  expect(run.repair?.text).toBe("USER ftptest");
});

it("offers no new port while the one that was named is still good", () => {
  const file = "lessons/03-who-dials-whom/04-nat-at-the-server.md";
  const nat = parseLesson(readFileSync(`${root}${file}`, "utf8"), file, {});
  const world = JSON.parse(
    readFileSync(`${root}lessons/scenarios/${nat.scenario}.json`, "utf8"),
  ) as Scenario;
  const one = player(nat, createWorld(world, { dialects }));
  const second = (text: string): boolean => one.type([{ window: 2, text }]);
  one.upTo(nat.steps.findIndex(({ title }) => title === "Get the list in spite of it"));
  expect(one.run.repair).toBeNull();
  second("telnet 192.168.7.21 {data.port}");
  expect(one.run.repair).toBeNull();
  second("^C");
  expect(one.run.repair).toBeNull();
  one.upTo(nat.steps.findIndex(({ title }) => title === "Use it"));
  second("telnet files.example.net {ext.port}");
  expect(one.run.repair).toBeNull();
  second("^]");
  second("quit");
  expect(one.run.repair?.text).toBe("EPSV");
});

it.each([
  ["02-moving-files/06-resume.md", "Break it off", ["1> RETR pub/big.txt"], "USER ftptest"],
  ["02-moving-files/07-abort.md", "Pull the plug", [], "USER ftptest"],
])(
  "leads back in %s after a hang-up in %s, though all of its lines have been entered",
  (where, title, more, next) => {
    const file = `lessons/${where}`;
    const one = parseLesson(readFileSync(`${root}${file}`, "utf8"), file, { scenario: "sandbox" });
    const { run, upTo, type } = play(one);
    upTo(one.steps.findIndex((step) => step.title === title));
    type(...more, "1> ^]", "1> quit");
    expect(run.repair?.text).toMatch(/^telnet \S+ 21$/);
    type(`1> ${run.repair?.text}`);
    expect(run.repair?.text).toBe(next);
  },
);
