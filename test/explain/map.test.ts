import { describe, expect, test } from "vitest";
import { align, verdict } from "../../src/explain/compare.ts";
import { ladderReader } from "../../src/explain/ladder.ts";
import { connectionReader } from "../../src/explain/connections.ts";
import { isOneOfMany, placeOf, placesOf, spokenTo } from "../../src/explain/map.ts";
import { loggedIn, play, type Play } from "../play.ts";
import { HOME } from "./home.ts";
import { HOST } from "./typing.ts";

describe("the map", () => {
  const places = placesOf(HOME);

  test("goes from the learner through the boxes to the hosts behind theirs", () => {
    expect(places.map(({ kind, name, lane }) => `${lane} ${kind} ${name}`)).toEqual([
      "0 learner your computer",
      "1 host printer.home",
      "0 box nat",
      "1 box wall",
      `2 host ${HOST}`,
      "1 host files.example.net",
    ]);
    expect(places[4]?.through).toEqual([3]);
  });

  test("shows who listens, before the hosts that are heard", () => {
    const heard = placesOf({ ...HOME, eavesdropper: { name: "Mallory", hears: [HOST] } });
    expect(heard.map(({ name }) => name).slice(3)).toEqual([
      "files.example.net",
      "Mallory",
      "wall",
      HOST,
    ]);
  });

  test("a host behind two boxes has the first of them closest", () => {
    const tunnel = { id: "tunnel", title: "A tunnel", behind: [HOST], losesLarger: 1300 };
    const two = placesOf({ ...HOME, boxes: [...(HOME.boxes ?? []), tunnel] });
    expect(two.slice(3, 6).map(({ name, lane }) => `${lane} ${name}`)).toEqual([
      "1 tunnel",
      "2 wall",
      `3 ${HOST}`,
    ]);
    expect(two[5]?.through).toEqual([3, 4]);
  });

  test("of many hosts the plain ones can be left out, and the way to the others stays true", () => {
    const more = Array.from({ length: 9 }, (_, at) => ({
      ...HOME.hosts[1]!,
      names: [`h${at}.example.net`],
      addresses: [`203.0.113.${100 + at}`],
    }));
    const many = { ...HOME, hosts: [...HOME.hosts, ...more] };
    const names = many.hosts.flatMap(({ names: [name] }) => name ?? []);
    const plain = new Set(names.filter((name) => isOneOfMany(many, name)));
    expect(plain.has(HOST)).toBe(false);
    expect(names.filter((name) => isOneOfMany(HOME, name))).toEqual([]);
    const shown = placesOf(many, plain);
    expect(shown.some(({ name }) => plain.has(name))).toBe(false);
    const at = shown.findIndex(({ name }) => name === HOST);
    expect(shown[at]?.through.map((row) => shown[row]?.name)).toEqual(["wall"]);
  });

  test("knows where an end stands: by name, by address, behind a NAT that passes it on", () => {
    const at = (address: string, port = 21) => placeOf(HOME, places, { address, port });
    expect(placeOf(HOME, places, { host: HOST, address: "", port: 0 })).toBe(4);
    expect(at("67.208.93.232")).toBe(4);
    expect(at("203.0.113.77", 50_005)).toBe(0);
    expect(at("9.9.9.9")).toBe(-1);
  });
});

describe("two ladders side by side", () => {
  const pasv = loggedIn();
  pasv.type(1, "PASV");
  pasv.type(1, "PWD");
  const port = loggedIn();
  port.type(1, "PORT 198,51,100,7,195,80");
  port.type(1, "PWD");
  const rungs = (session: Play) => {
    const ladder = ladderReader();
    ladder.read(session.world.trace.facts);
    return ladder;
  };
  const left = rungs(pasv);
  const pairs = align(left.rungs, rungs(port).rungs);

  test("what is alike stands on one line, what is not on its own", () => {
    const alike = pairs.filter((pair) => pair.left && pair.right).length;
    expect(alike).toBe(left.rungs.length - 3);
    expect(pairs.flatMap(({ left: one }) => one ?? [])).toEqual(left.rungs);
    expect(pairs.at(-1)?.left?.tells).toMatchObject({ kind: "reply", code: 257 });
    expect(pairs.at(-1)?.right?.tells).toMatchObject({ kind: "reply", code: 257 });
  });

  test("a sentence says where they part", () => {
    expect(verdict(pairs, ["with PASV", "with PORT"], left.nameOf)).toMatch(
      /^Up to `PASS ••••••••` both go alike\. With PASV: .*227.* With PORT: .*200/,
    );
  });

  test("and that they do not, if they do not", () => {
    const same = align(left.rungs, left.rungs);
    expect(verdict(same, ["a", "b"], left.nameOf)).toContain("Nothing came out differently");
  });
});

describe("the server that is spoken to", () => {
  const named = ({ world }: Play) => {
    const connections = connectionReader();
    connections.read(world.trace.facts);
    return spokenTo(world.scenario, connections.list);
  };
  test("is that of window 1, whoever was dialled since, and stays the newest when all is over", () => {
    const session = play("sandbox");
    expect(named(session)).toBeUndefined();
    session.type(1, "telnet vsftpd.example.net 21");
    session.type(2, "telnet files.example.net 21");
    expect(named(session)).toBe("vsftpd.example.net");
    session.type(1, "QUIT");
    expect(named(session)).toBe("files.example.net");
    session.type(2, "QUIT");
    expect(named(session)).toBe("files.example.net");
  });
  test("is found behind its NAT", () => {
    const session = play("nat-server");
    session.type(1, "telnet files.example.net 21");
    expect(named(session)).toBe("files.example.net");
  });
});
