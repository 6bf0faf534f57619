import { beforeAll, describe, expect, test } from "vitest";
import { playAgain, switchesAtFirst } from "../../src/app/lab/replay.ts";
import { playWay, type Way } from "../../src/app/lab/ways.ts";
import { loadServers } from "../../src/app/servers.ts";
import type { BoxSetup, Scenario } from "../../src/sim/scenario.ts";
import { scenario } from "../play.ts";

const ARTICLE = scenario("article");
const [SERVER] = ARTICLE.hosts;

/** The article's server, and a learner behind these boxes. */
function behind(...boxes: BoxSetup[]): Scenario {
  return { ...ARTICLE, learner: { ...ARTICLE.learner, address: "192.168.1.7" }, boxes };
}

const NAT: BoxSetup = {
  id: "nat",
  title: "NAT at your home",
  behind: [ARTICLE.learner.name],
  nat: { addresses: ["203.0.113.77"] },
};
const WALL: BoxSetup = {
  id: "wall",
  title: "Firewall at the server",
  behind: [SERVER?.names[0] ?? ""],
  rules: [
    { way: "in", ports: 21, does: "allow" },
    { way: "in", does: "drop" },
  ],
};

async function ways(of: Scenario, switches = switchesAtFirst(of)) {
  await loadServers(of);
  if (!SERVER) throw new Error("the article has a server");
  return (way: Way) => playWay(of, switches, SERVER, way);
}

describe("the three ways, each played to its end", () => {
  test("with nothing between, all three bring the list", async () => {
    const play = await ways(ARTICLE);
    for (const way of ["PASV", "PORT", "EPSV"] as const) {
      expect(play(way)).toMatchObject({ worked: true, code: 226, fate: "worked: 837 bytes" });
    }
  });

  test("through a NAT the learner can dial and cannot be dialled", async () => {
    const play = await ways(behind(NAT));
    expect(play("PASV")).toMatchObject({ worked: true });
    expect(play("EPSV")).toMatchObject({ worked: true });
    expect(play("PORT")).toMatchObject({ worked: false });
  });

  test("a firewall at the server swallows what PASV and EPSV dial, and names itself", async () => {
    const play = await ways(behind(WALL));
    for (const way of ["PASV", "EPSV"] as const) {
      expect(play(way)).toMatchObject({ worked: false, stoppedBy: "wall", stoppedHow: "dropped" });
    }
    expect(play("PASV").fate).toMatch(/^no answer/);
  });
});

describe("the same keys again", () => {
  let took: ReturnType<Awaited<ReturnType<typeof ways>>>;
  const of = behind(NAT, WALL);
  beforeAll(async () => {
    took = (await ways(of))("PASV");
  });

  test("come to the same end in the same world", () => {
    const again = playAgain(of, took.recording);
    expect(again.world.trace.facts).toEqual(took.world.trace.facts);
  });

  test("come to another end without the firewall, and that can be stored and played too", () => {
    const { world, recording } = playAgain(of, took.recording, new Map([["wall", false]]));
    const kinds = world.trace.facts.map(({ kind }) => kind);
    expect(kinds).toContain("data");
    expect(kinds).not.toContain("dropped");
    expect(recording.inputs[0]).toEqual([0, 0, "s", "wall"]);
    const stored = playAgain(of, recording);
    expect(stored.world.trace.facts.length).toBe(recording.facts);
  });
});
