/** A page loads the manners that its scenario's servers have, and no others. */
import { expect, test } from "vitest";
import { loadDialects } from "../../src/sim/ftp/dialects/load.ts";
import type { Scenario } from "../../src/sim/scenario.ts";
import { createWorld } from "../../src/sim/world.ts";
import { scenario } from "../play.ts";

const loaded = async (of: Scenario) => Object.keys(await loadDialects(of)).toSorted();

test("the walk-through's plain ProFTPD is there already", async () => {
  expect(await loaded(scenario("article"))).toEqual([]);
});

test("one server, one dialect", async () => {
  expect(await loaded(scenario("nat-server"))).toEqual(["vsftpd"]);
});

test("the sandbox has them all, and each server is its own", async () => {
  const sandbox = scenario("sandbox");
  const dialects = await loadDialects(sandbox);
  expect(Object.keys(dialects).toSorted()).toEqual(
    ["proftpd-whole", "pure-ftpd", "pyftpdlib", "rfc", "vsftpd", "windows"].toSorted(),
  );
  const world = createWorld(sandbox, { dialects });
  const says = (host: string) => {
    for (const key of `telnet ${host} 21\r`) world.feed({ kind: "key", window: 1, text: key });
    world.settle();
    world.feed({ kind: "hang-up", window: 1 });
    return world.trace.facts.findLast((fact) => fact.kind === "session")?.dialect;
  };
  expect(says("old.example.net")).toBe("windows");
  expect(says("pyftpdlib.example.net")).toBe("pyftpdlib");
  expect(says("files.example.net")).toBe("proftpd");
});
