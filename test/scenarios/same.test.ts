/** The same keys in the same scenario leave the same trace, byte for byte; and every scenario says what it is. */
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { dial, say, world } from "./keys.ts";

const names = readdirSync(new URL("../../lessons/scenarios/", import.meta.url))
  .filter((file) => file.endsWith(".json") && !file.endsWith(".schema.json"))
  .map((file) => file.replace(".json", ""));

/** Switches everything, dials every host, says what is said mostly; gives all that was recorded. */
function trace(name: string): unknown[] {
  const session = world(name);
  const { hosts, boxes = [], faults = [] } = session.world.scenario;
  for (const {
    names: [host = ""],
  } of hosts.slice(0, 4)) {
    dial(session, 1, host, 21);
    for (const line of ["USER ftptest", "PASS guestpass", "PASV", "LIST", "QUIT"]) {
      say(session, 1, line);
    }
    session.keys(1, "\x03");
    session.world.feed({ kind: "hang-up", window: 1 });
    for (const { id, on = false } of [...boxes.map((box) => ({ on: true, ...box })), ...faults]) {
      session.world.feed({ kind: "switch", id, on: !on });
    }
  }
  return session.world.trace.facts.map((fact) => ({ ...fact }));
}

test.each(names)("%s twice", (name) => {
  const once = trace(name);
  expect(once.length).toBeGreaterThan(20);
  expect(trace(name)).toEqual(once);
});

test.each(names.filter((name) => name !== "article"))("%s says what can be tried in it", (name) => {
  const { about = "", title, hosts } = world(name).world.scenario;
  expect(about.length).toBeGreaterThan(40);
  expect(title).not.toBe(name);
  expect(hosts.every((host) => (host.title ?? "") !== "")).toBe(true);
});
