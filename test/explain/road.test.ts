import { toBytes } from "../../src/sim/bytes.ts";
import { describe, expect, test } from "vitest";
import { boxesReader } from "../../src/explain/boxes.ts";
import { connectionReader } from "../../src/explain/connections.ts";
import { farEnd } from "../../src/explain/far-end.ts";
import { ladderReader } from "../../src/explain/ladder.ts";
import { titlesOf } from "../../src/explain/road.ts";
import { commandWords, sentence } from "../../src/explain/words.ts";
import type { Fact, NewFact } from "../../src/sim/facts.ts";
import type { Scenario } from "../../src/sim/scenario.ts";
import { loggedIn, play, type Play, scenario } from "../play.ts";
import { HOME, NEAR } from "./home.ts";
import { HOST } from "./typing.ts";

/** A trace read into sentences, with the titles of `HOME`. */
function told(facts: readonly Fact[]): string[] {
  const ladder = ladderReader(false, titlesOf(HOME));
  ladder.read(facts);
  return ladder.rungs.map((rung) => sentence(rung, ladder.nameOf));
}

/** Facts as they would stand in a trace, one a second. */
function trace(...facts: NewFact[]): Fact[] {
  return facts.map((fact, i) => ({ ...fact, at: i * 1000 }));
}

/** Active mode as a person plays it: listen, tell, ask. */
function active(session: Play): Play {
  session.type(2, "nc -l 50000");
  session.type(1, `PORT ${session.world.scenario.learner.address.replaceAll(".", ",")},195,80`);
  session.type(1, "LIST");
  return session;
}

describe("the server dials a program of the learner", () => {
  const { facts } = active(loggedIn()).world.trace;
  const connections = connectionReader();
  connections.read(facts);
  const data = connections.list.at(-1);

  test("it is the data connection of the window that listened", () => {
    expect(data).toMatchObject({ role: "data", back: true, away: false, window: 2, taken: true });
    expect(data).toMatchObject({ received: 837, sent: 0, state: "closed" });
    expect(connections.ofWindow(2)).toBe(data);
    expect(connections.listens).toEqual([]);
  });

  test("the ladder tells who listens and who dials", () => {
    const words = told(facts).slice(6);
    expect(words[0]).toBe(
      "Your computer listens on port 50000. Now somebody has to be told to call: `PORT` does that.",
    );
    expect(words).toContain(
      `The server dials you, from its port ${data?.from.port} to your port 50000: a data connection.`,
    );
    expect(words).toContain("The server sends 837 bytes, 11 lines on the data connection.");
  });

  test("its band begins where the learner listened, at the learner's side", () => {
    const ladder = ladderReader();
    ladder.read(facts);
    const listening = ladder.rungs.find(({ tells }) => tells.kind === "listening");
    expect(listening?.bands.at(-1)).toMatchObject({ side: "you", dashed: true, lane: 1 });
    const dial = ladder.rungs.find(({ tells }) => tells.kind === "dial" && tells.back);
    expect(dial?.bands.map(({ key, lane }) => `${key}: ${lane}`)).toContain("conn 2: 1");
  });

  test("without a listener the note says what would have waited", () => {
    const session = loggedIn();
    session.type(1, "PORT 198,51,100,7,195,80");
    session.type(1, "LIST");
    expect(told(session.world.trace.facts).at(-2)).toContain("`nc -l 50000`");
  });
});

describe("the learner is the server", () => {
  const world = scenario("be-the-server");
  const session = play(world);
  session.type(1, "nc -l 2121");
  session.world.advance(session.world.now + 10_000);
  for (const line of ["220 Hello", "230 Come in"]) session.type(1, line);
  session.type(2, "nc -l 50021");
  session.type(1, "227 (198,51,100,7,195,101)");
  session.type(1, "150 Here");
  session.type(2, "readme.txt");
  session.keys(2, "\x03");
  session.type(1, "226 Done");
  session.type(1, "221 Bye");
  const ladder = ladderReader();
  ladder.read(session.world.trace.facts);
  const words = ladder.rungs.map((rung) => sentence(rung, ladder.nameOf));

  test("the words fit one who is called", () => {
    expect(words[0]).toBe("Your computer listens on port 2121.");
    expect(words).toContain(
      "Your computer listens on port 50021. Now somebody has to be told to call: `227` does that.",
    );
    expect(words.join("\n")).toMatch(
      /The client dials you, from its port \d+ to your port 50021: a data connection\./,
    );
    expect(words).toContain("You send 11 bytes, 1 line on the data connection.");
    expect(words).toContain("You close the data connection.");
    expect(words.at(-1)).toBe("The client closes the control connection.");
    expect(words.join(" ")).not.toMatch(/the server/i);
  });

  test("the port that is called is blue from then on, and amber is the data alone", () => {
    const seen = ladder.rungs.flatMap(({ bands }) =>
      bands.flatMap(({ key, wire, lane, state, dashed }) =>
        state === "through" ? [] : [`${dashed ? "dashed " : ""}${wire} ${lane} ${state}: ${key}`],
      ),
    );
    expect(seen).toEqual([
      "dashed other 0 begins: your port 2121",
      "dashed other 0 ends: your port 2121",
      "control 0 begins: conn 1",
      "dashed data 1 begins: your port 50021",
      "data 1 begins: conn 2",
      "data 1 ends: conn 2",
      "dashed data 1 ends: your port 50021",
      "control 0 ends: conn 1",
    ]);
  });
});

test("whoever plays the server is told how a client reads what is no reply, and no line is typed ahead", () => {
  const session = play("be-the-server");
  session.type(1, "nc -l 2121");
  session.world.advance(session.world.now + 10_000);
  for (const line of ["hello", "220", "331", "230-Welcome", "331 x", "y", "230 in"]) {
    session.type(1, line);
  }
  const ladder = ladderReader();
  ladder.read(session.world.trace.facts);
  const yours = ladder.rungs.filter(({ way, tells }) => way === "right" && tells.kind !== "dial");
  expect(
    yours.map(({ tells, note }) => [tells.kind === "reply" ? tells.code : tells.kind, note]),
  ).toEqual([
    [0, "A client looks for three digits at the start of a line, and waits."],
    [220, undefined],
    [331, undefined],
    [
      230,
      "The hyphen says that more lines follow. The client waits for a line with `230` and no hyphen.",
    ],
    [0, "This is still the 230. The client waits for a line with `230` and no hyphen."],
    [0, undefined],
    [230, undefined],
  ]);
});

test("a dial to one's own computer is one of one's own", () => {
  const session = play();
  session.type(1, "telnet 127.0.0.1 8080");
  expect(told(session.world.trace.facts).at(-1)).toBe(
    "(on your own computer) Your computer dials port 8080 of 127.0.0.1: nobody listens on 8080. `nc -l 8080` in another window would.",
  );
});

test("what a fault is called stands nowhere in the ladder, and no secret box is named", () => {
  const world = {
    faults: [{ id: "wall", title: "Told by none", host: HOST, kind: "drop" }],
    boxes: [{ id: "road", title: "Nor this", behind: [HOST], secret: true }],
  };
  const ladder = ladderReader(false, titlesOf({ ...HOME, ...world } as Scenario));
  const end = { address: NEAR.address, port: 40_000 };
  const syn = { conn: 1, by: "dialler", what: "syn", length: 0 } as const;
  ladder.read(
    trace(
      { kind: "window", window: 1, host: NEAR.name },
      { kind: "dial", conn: 1, host: NEAR.name, from: end, to: { ...end, address: "192.0.2.1" } },
      { ...syn, kind: "dropped", box: "wall", why: "fault" },
      { ...syn, kind: "dropped", box: "road", why: "size" },
      { kind: "forgotten", conn: 1, box: "road" },
      { kind: "unreachable", conn: 1, why: "timeout" },
    ),
  );
  const words = ladder.rungs.map((rung) => sentence(rung, ladder.nameOf));
  expect(words).toEqual([
    "On the road something is lost: the first packet for port 40000, twice.",
    expect.stringContaining("It was lost on the way: neither yes nor no came back."),
  ]);
});

describe("boxes on the road", () => {
  const from = { address: NEAR.address, port: 40_000 };
  const to = { address: "67.208.93.232", port: 62_843 };
  const begin: NewFact[] = [
    { kind: "window", window: 1, host: NEAR.name },
    { kind: "dial", conn: 1, host: NEAR.name, from, to },
  ];
  const syn = {
    kind: "dropped",
    conn: 1,
    box: "wall",
    by: "dialler",
    what: "syn",
    length: 0,
    why: "rule",
  } as const;

  test("a first packet that is swallowed again and again is one rung that counts", () => {
    const words = told(
      trace(...begin, syn, { kind: "again", conn: 1, attempt: 2 }, syn, {
        kind: "unreachable",
        conn: 1,
        why: "timeout",
      }),
    );
    expect(words).toEqual([
      "“Firewall” swallows the first packet for port 62843, twice: a rule forbids it.",
      "Your computer dials port 62843 of 67.208.93.232: no answer. Swallowed on the way, by “Firewall”, without a word.",
    ]);
  });

  test("a hundred and twenty-seven seconds are told", () => {
    const facts = trace(...begin);
    const words = told([...facts, { kind: "unreachable", conn: 1, why: "timeout", at: 128_000 }]);
    expect(words.at(-1)).toContain("no answer for 127 seconds");
  });

  test("a packet that leaves again is told where no box swallowed it", () => {
    const words = told(trace(...begin, { kind: "again", conn: 1, attempt: 2 }));
    expect(words).toEqual([
      "Nobody has answered at port 62843, so the first packet leaves again, twice now. The waits double: 1 second, 2, 4, 8 …",
    ]);
  });

  test("a box that answers in another's place is named with the dial", () => {
    const words = told(
      trace(
        ...begin,
        { kind: "rejected", conn: 1, box: "wall", how: "reset" },
        {
          kind: "refused",
          conn: 1,
        },
      ),
    );
    expect(words).toEqual([
      "Your computer dials port 62843 of 67.208.93.232: turned away. “Firewall” answered in the place of the one who was called: refused.",
    ]);
  });

  test("a NAT's other address stands with the dial", () => {
    const outside = { address: "203.0.113.77", port: 61_000 };
    const words = told(
      trace(
        ...begin,
        { kind: "translated", conn: 1, box: "nat", from: outside, to },
        {
          kind: "open",
          conn: 1,
        },
      ),
    );
    expect(words.at(-1)).toContain("Outside the NAT it comes from 203.0.113.77 port 61000.");
  });

  test("what a helper writes, and what it lets through, is one rung", () => {
    const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
    const words = told(
      trace(
        ...begin,
        {
          kind: "rewritten",
          conn: 1,
          box: "nat",
          by: "dialler",
          before: bytes("PORT 192,168,1,7,195,80\r\n"),
          after: bytes("PORT 203,0,113,77,195,80\r\n"),
        },
        { kind: "expected", conn: 1, box: "nat", to: { address: "203.0.113.77", port: 50_000 } },
      ),
    );
    expect(words).toEqual([
      "“NAT at your home” reads along on the control connection. It finds 192,168,1,7,195,80 and writes 203,0,113,77,195,80 in its place. It also lets a connection to port 50000 through.",
    ]);
  });

  test("a forgotten connection, a switch, an echo", () => {
    const words = told(
      trace(
        ...begin,
        { kind: "forgotten", conn: 1, box: "nat" },
        { kind: "switch", id: "nat", on: false },
        { kind: "switch", id: "conveniences", on: false },
        { kind: "ping", host: NEAR.name, to: to.address, sequence: 1, took: 36.2 },
        { kind: "ping", host: NEAR.name, to: "203.0.113.9", sequence: 1, took: null },
      ),
    );
    expect(words).toEqual([
      "“NAT at your home” forgets the connection to port 62843, which was silent for too long. Neither end is told.",
      "“NAT at your home” is off from here on.",
      "You ping 67.208.93.232: the echo is back after 36 ms.",
      "You ping 203.0.113.9: no echo comes back.",
    ]);
  });

  test("each box says what it did last, until it is switched", () => {
    const boxes = boxesReader(HOME);
    expect([boxes.of("nat").on, boxes.of("wall").on, boxes.of("full").on]).toEqual([
      true,
      false,
      false,
    ]);
    const facts = trace({ kind: "switch", id: "wall", on: true }, ...begin, syn, syn, {
      kind: "switch",
      id: "wall",
      on: false,
    });
    boxes.read(facts, facts.length - 1);
    expect(boxes.of("wall")).toMatchObject({
      on: true,
      stopped: true,
      did: "Swallowed the first packet for 62843, twice: a rule forbids it",
    });
    boxes.read(facts);
    expect(boxes.of("wall")).toMatchObject({ on: false, stopped: false, did: undefined });
  });
});

describe("boxes of a world that runs", () => {
  const wall = (does: "drop" | "refuse" | "unreachable"): Scenario => ({
    ...HOME,
    boxes: [
      {
        id: "wall",
        title: "Firewall",
        behind: [HOST],
        rules: [
          { way: "in", ports: 21, does: "allow" },
          { way: "in", does },
        ],
      },
    ],
  });
  const dialled = (of: Scenario): string => {
    const session = loggedIn(of);
    session.type(1, "PASV");
    session.type(2, `telnet ${HOST} ${session.facts("passive").at(-1)?.port}`);
    session.world.settle(140_000);
    return told(session.world.trace.facts).slice(8).join(" ");
  };

  test("silence, a refusal and word from the box are told apart", () => {
    expect(dialled(wall("drop"))).toMatch(
      /“Firewall” swallows the first packet for port 62843, 7 times: a rule forbids it\. .*no answer for 127 seconds/,
    );
    expect(dialled(wall("refuse"))).toMatch(/: turned away\. “Firewall” answered/);
    expect(dialled(wall("unreachable"))).toMatch(/“Firewall” sent word back/);
  });

  test("a NAT that follows FTP writes another address, and one rung tells it", () => {
    const [nat] = HOME.boxes ?? [];
    if (!nat) throw new Error("HOME has a NAT");
    const session = active(loggedIn({ ...HOME, boxes: [{ ...nat, helper: {} }] }));
    const words = told(session.world.trace.facts);
    expect(words.filter((line) => line.includes("reads along"))).toEqual([
      "“NAT at your home” reads along on the control connection. It finds 192,168,1,7,195,80 and writes 203,0,113,77,195,80 in its place. It also lets a connection to port 50000 through.",
    ]);
    expect(words).toContain("The server sends 837 bytes, 11 lines on the data connection.");
  });

  test("an echo of ping is told", () => {
    const session = play(HOME);
    session.type(1, `ping -c 2 ${HOST}`);
    expect(told(session.world.trace.facts).at(-1)).toBe(
      "You ping 67.208.93.232: the echo is back after 36 ms.",
    );
  });
});

describe("somebody calls, and the learner is the server", () => {
  const session = play("be-the-server");
  session.type(1, "nc -l 2121");
  session.type(1, "220 Hello.");
  session.type(1, "331 And who says so?");
  const { facts } = session.world.trace;

  test("the call is a control connection, on which the learner answers", () => {
    const connections = connectionReader();
    connections.read(facts);
    expect(connections.list[0]).toMatchObject({ role: "control", back: true, window: 1 });
    const words = told(facts);
    expect(words).toContain("Somebody calls you on port 2121: they take you for a server.");
    expect(words).toContain("You answer: 220 Hello.");
    expect(words.filter((line) => line.startsWith("The client says: USER"))).toHaveLength(1);
  });

  test("and the client's password is veiled as the learner's is", () => {
    expect(told(facts).filter((line) => line.includes("PASS"))).toEqual([
      "The client says: PASS ••••••••",
    ]);
  });
});

describe("two servers between themselves", () => {
  test("a connection that passes the learner by is told, and is not theirs", () => {
    const facts = trace(
      { kind: "window", window: 1, host: NEAR.name },
      {
        kind: "dial",
        conn: 1,
        host: HOST,
        from: { address: "67.208.93.232", port: 20 },
        to: { address: "203.0.113.21", port: 50_000 },
      },
      { kind: "open", conn: 1 },
      { kind: "arrived", conn: 1, by: "dialler", bytes: new Uint8Array(90) },
    );
    const connections = connectionReader();
    connections.read(facts);
    expect(connections.list[0]).toMatchObject({ back: true, away: true });
    expect(told(facts)[0]).toBe(
      `${HOST} dials port 50000 of 203.0.113.21: a connection that passes you by.`,
    );
  });

  test("talked to one after the other, the second is named where it is dialled, and then no more", () => {
    const session = play();
    session.type(1, `telnet ${HOST} 21`);
    session.type(1, "QUIT");
    session.type(1, "telnet files.example.net 21");
    session.type(1, "NOOP");
    const named = told(session.world.trace.facts).filter((line) => line.startsWith("("));
    expect(named).toHaveLength(1);
    expect(named[0]).toContain("(files.example.net) Your computer connects");
  });

  test("talked to both, each says which it is", () => {
    const session = play();
    session.type(1, `telnet ${HOST} 21`);
    session.type(2, "telnet files.example.net 21");
    const words = told(session.world.trace.facts);
    expect(words.filter((line) => line.startsWith("(files.example.net) "))).toHaveLength(2);
    expect(words[0]).not.toContain("(");
  });

  test("a file goes from one to the other: PASV at one, its numbers with PORT at the other", () => {
    const session = play("fxp");
    const ladder = ladderReader();
    const end = () => {
      ladder.read(session.world.trace.facts);
      const { name, below } = farEnd(ladder.connections, ladder.nameOf);
      return `${name}: ${below}`;
    };
    for (const [window, host] of [
      [1, "a.example.net"],
      [2, "b.example.net"],
    ] as const) {
      for (const line of [`telnet ${host} 21`, "USER ftptest", "PASS guestpass"]) {
        session.type(window, line);
      }
      if (window === 1) expect(end()).toBe("a.example.net: 203.0.113.51");
    }
    expect(end()).toBe("Two servers: a.example.net, b.example.net");
    session.shown(2);
    session.type(2, "PASV");
    const [, numbers = ""] = /\((.*?)\)/.exec(session.shown(2)) ?? [];
    session.type(1, `PORT ${numbers}`);
    session.type(2, "STOR copy.txt");
    session.type(1, "RETR readme.txt");
    const port = session.facts("passive").at(-1)?.port;
    const words = told(session.world.trace.facts);
    expect(words.slice(words.indexOf("(b.example.net) You say: PASV") + 1)).toEqual([
      `(b.example.net) The server listens on port ${port}. Nothing moves until somebody dials it.`,
      `(b.example.net) The server says: 227 Entering Passive Mode (${numbers}), agreed: you dial.`,
      `(a.example.net) You say: PORT ${numbers}`,
      "(a.example.net) The server says: 200 PORT command successful. Consider using PASV, I will dial.",
      "(b.example.net) You say: STOR copy.txt",
      "(a.example.net) You say: RETR readme.txt",
      `a.example.net dials port ${port} of b.example.net: a connection that passes you by.`,
      "(a.example.net) The server says: 150 Opening BINARY mode data connection for readme.txt (90 bytes), here it comes.",
      "From server to server: 90 bytes, 3 lines on the data connection.",
      "(a.example.net) The server says: 226 Transfer complete, all sent.",
      "(b.example.net) The server says: 150 Ok to send data, send it now.",
      "(b.example.net) The server says: 226 Transfer complete, all received.",
    ]);
    // Whoever is left alone needs no name.
    session.type(2, "QUIT");
    session.type(1, "NOOP");
    expect(end()).toBe("a.example.net: 203.0.113.51");
    expect(told(session.world.trace.facts).at(-2)).toBe("You say: NOOP");
    // Nothing of it is drawn at the learner's side.
    const amber = ladder.rungs.flatMap(({ bands }) => bands).filter(({ wire }) => wire === "data");
    expect(new Set(amber.map(({ key }) => key))).toEqual(new Set([`port ${port}`]));
  });
});

test("what crosses inside TLS is marked so, from the handshake on", () => {
  const end = { address: "192.0.2.1", port: 21 };
  const said = (line: string): NewFact => ({
    kind: "sent",
    conn: 1,
    by: "dialler",
    bytes: toBytes(line),
  });
  const words = told(
    trace(
      { kind: "window", window: 1, host: NEAR.name },
      { kind: "dial", conn: 1, host: NEAR.name, from: { ...end, port: 40_000 }, to: end },
      { kind: "open", conn: 1 },
      said("AUTH TLS\r\n"),
      { kind: "tls", conn: 1, on: true },
      said("NOOP\r\n"),
      { kind: "tls", conn: 1, on: false },
      said("QUIT\r\n"),
    ),
  );
  expect(words.slice(1)).toEqual([
    "You say, before the last answer has come: AUTH TLS",
    "TLS begins. From here on whoever listens on the way reads nothing of what is said.",
    "(under TLS) You say, before the last answer has come: NOOP",
    "TLS ends. What follows is in the clear again.",
    "You say, before the last answer has come: QUIT",
  ]);
});

test("of a password the card says who could read it", () => {
  const tells = { kind: "command", line: "PASS ••••••••", verb: "PASS", early: false } as const;
  expect(commandWords({ tells })).toContain("for anybody on the way to read");
  expect(commandWords({ tells, secret: true })).toContain("nobody on the way can read it");
});

test("a connection that stood and is given up was never a dial without an answer", () => {
  const end = { address: "192.0.2.1", port: 21 };
  const ladder = ladderReader();
  ladder.read(
    trace(
      { kind: "window", window: 1, host: NEAR.name },
      { kind: "dial", conn: 1, host: NEAR.name, from: { ...end, port: 40_000 }, to: end },
      { kind: "open", conn: 1 },
      { kind: "unreachable", conn: 1, why: "timeout" },
    ),
  );
  expect(ladder.rungs.map((rung) => sentence(rung, ladder.nameOf)).at(-1)).toBe(
    "Nothing comes back any more, whatever is sent: your computer gives the connection up.",
  );
  expect(ladder.bands).toEqual([]);
});

test("what is sent again for a talk that was hung up is told as the call before", () => {
  const session = play("clocks");
  session.world.feed({ kind: "switch", id: "home-nat", on: true });
  session.type(1, "telnet files.example.net 21");
  session.world.advance(session.world.now + 130_000);
  session.keys(1, "NOOP\r");
  session.world.advance(session.world.now + 2000);
  session.world.feed({ kind: "hang-up", window: 1 });
  session.type(1, "telnet files.example.net 21");
  session.world.advance(session.world.now + 20_000);
  const ladder = ladderReader();
  ladder.read(session.world.trace.facts);
  const swallowed = ladder.rungs.filter(({ tells }) => tells.kind === "dropped");
  const { conn } = ladder.connections.at(-1)!;
  const begun = ladder.rungs.findIndex((rung) => rung.conn === conn);
  expect(swallowed.filter(({ id }) => id < begun).map(({ whose }) => whose)).toContain(undefined);
  const later = swallowed.filter(({ id }) => id > begun);
  expect(later.map(({ whose }) => whose)).toEqual(later.map(() => "of the call before"));
  expect(later.length).toBeGreaterThan(0);
});
