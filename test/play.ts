/** A world to type into, and what its windows show: for tests that play sessions. */
import { readFileSync } from "node:fs";
import { fromBytes, utf8Decode } from "../src/sim/bytes.ts";
import type { Fact } from "../src/sim/facts.ts";
import type { Scenario } from "../src/sim/scenario.ts";
import { dialects } from "../src/sim/ftp/dialects/all.ts";
import { windows } from "../src/sim/ftp/dialects/windows.ts";
import { parseScenario, type Schema } from "../src/sim/scenario-check.ts";
import { createWorld, type World } from "../src/sim/world.ts";

const folder = new URL("../lessons/scenarios/", import.meta.url);

/** The scenario's schema, as it stands beside the scenarios. */
export const schema = JSON.parse(
  readFileSync(new URL("scenario.schema.json", folder), "utf8"),
) as Schema;

/** A scenario of the project, checked. */
export function scenario(name: string): Scenario {
  return parseScenario(readFileSync(new URL(`${name}.json`, folder), "utf8"), schema, name);
}

/** A session being played. */
export interface Play {
  readonly world: World;
  /** Presses the keys of `line` and Enter, and lets happen what follows. */
  type(window: number, line: string): void;
  /** Presses keys and lets no time pass. */
  keys(window: number, keys: string): void;
  /** What stands on the screen since the last call: cursor movements left out. */
  shown(window: number): string;
  /** All facts of one kind. */
  facts<K extends Fact["kind"]>(kind: K): Extract<Fact, { kind: K }>[];
}

/** Starts a session in the world of `scenario` (by name or as it is). */
export function play(of: string | Scenario = "article"): Play {
  const world = createWorld(typeof of === "string" ? scenario(of) : of, {
    dialects: { ...dialects, windows },
  });
  const seen = new Map<number, number>();
  const { facts } = world.trace;
  const keys = (window: number, text: string) => {
    for (const key of text) world.feed({ kind: "key", window, text: key });
  };
  return {
    world,
    keys,
    type(window, line) {
      keys(window, `${line}\r`);
      world.settle();
    },
    shown(window) {
      let octets = "";
      for (const fact of facts.slice(seen.get(window) ?? 0)) {
        const prints = fact.kind === "print" && fact.window === window && fact.who !== "edit";
        if (prints) octets += fromBytes(fact.bytes);
      }
      seen.set(window, facts.length);
      return utf8Decode(octets).replaceAll("\r\n", "\n");
    },
    facts: <K extends Fact["kind"]>(kind: K) =>
      facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind),
  };
}

/** A session logged in to the article's server in window 1, with clean screens. */
export function loggedIn(of: string | Scenario = "article", host = "ftptest.exavault.com"): Play {
  const session = play(of);
  session.type(1, `telnet ${host} 21`);
  session.type(1, "USER ftptest");
  session.type(1, "PASS guestpass");
  session.shown(1);
  session.shown(2);
  return session;
}

/** Like `loggedIn`, with the port that a PASV of window 1 has opened. */
export function afterPasv(
  of: string | Scenario = "article",
  host = "ftptest.exavault.com",
): Play & { port: number } {
  const session = loggedIn(of, host);
  session.type(1, "PASV");
  session.shown(1);
  const port = session.facts("passive").at(-1)?.port ?? 0;
  return { ...session, port };
}
