import { connectionReader } from "../../src/explain/connections.ts";
import { ladderReader } from "../../src/explain/ladder.ts";
import type { Rung } from "../../src/explain/rung.ts";
import { statusReader } from "../../src/explain/status.ts";
import { sentence } from "../../src/explain/words.ts";
import type { Scenario } from "../../src/sim/scenario.ts";
import { play, scenario } from "../play.ts";

export const HOST = "ftptest.exavault.com";
export const DIAL = `1> telnet ${HOST} 21`;
export const LOGIN = [DIAL, "1> USER ftptest", "1> PASS guestpass"];
export const SECOND = `2> telnet ${HOST} 62843`;
export const ARTICLE = [...LOGIN, "1> PASV", SECOND, "1> LIST", "1> QUIT"];

const SCENARIO = scenario("article");
export const ARTICLE_HOSTS = SCENARIO.hosts;

/** Types lines ("1> PASV") into a fresh world, each answered before the next, and reads the trace. */
export function typed(lines: readonly string[], changes: Partial<Scenario> = {}) {
  const session = play({ ...SCENARIO, ...changes });
  const { world } = session;
  /** `at once` lets no time pass after each line. */
  const more = (next: readonly string[], pace: "answered" | "at once" = "answered") => {
    for (const line of next) {
      const window = Number(line[0]);
      if (line.endsWith("> [closed]")) world.feed({ kind: "hang-up", window });
      else session.keys(window, `${line.slice(3)}\r`);
      if (pace === "answered") world.settle();
    }
  };
  /** Types a line and, after so many milliseconds, hangs up a window. */
  const cut = (line: string, after: number, window: number) => {
    more([line], "at once");
    world.advance(world.now + after);
    world.feed({ kind: "hang-up", window });
    world.settle();
  };
  more(lines);
  const read = () => {
    const { facts } = world.trace;
    const ladder = ladderReader();
    ladder.read(facts);
    const connections = connectionReader();
    connections.read(facts);
    const status = statusReader();
    status.read(facts);
    return {
      facts,
      ladder,
      connections,
      rungs: ladder.rungs,
      words: ladder.rungs.map((rung) => sentence(rung, ladder.nameOf)),
      brief: ladder.rungs.map(brief),
      state: status.rows(connections.list).map(({ value }) => value),
      waits: ladder.pending().map(({ text }) => text),
    };
  };
  return { more, cut, read };
}

/** A rung in a few words: which way on which wire, and what. */
function brief({ wire, way, tells }: Rung): string {
  const arrow = { right: "→", left: "←", none: "·" }[way];
  const what = (() => {
    switch (tells.kind) {
      case "command":
      case "typed":
        return `${tells.kind === "typed" ? "typed " : ""}${tells.line}`;
      case "reply":
        return `${tells.code}`;
      case "dial":
        return `dial ${tells.to.port} ${tells.end}`;
      case "listening":
      case "taken":
        return `${tells.kind} ${tells.port}`;
      case "bytes":
        return `${tells.length} bytes ${tells.lines} lines`;
      case "lost":
        return `${tells.length} lost`;
      case "close":
        return `${tells.reset ? "reset" : "close"} by ${tells.by}`;
      default:
        return tells.kind;
    }
  })();
  return `${wire} ${arrow} ${what}`;
}
