import { describe, expect, test } from "vitest";
import { connectionReader } from "../../src/explain/connections.ts";
import { ladderReader } from "../../src/explain/ladder.ts";
import { whyNoData } from "../../src/explain/no-data.ts";
import type { Rung } from "../../src/explain/rung.ts";
import { statusReader } from "../../src/explain/status.ts";
import type { Fact } from "../../src/sim/facts.ts";
import type { TreeEntry } from "../../src/sim/scenario.ts";
import { play, scenario } from "../play.ts";
import { HOST, LOGIN, SECOND, typed } from "./typing.ts";

describe("what is sent before its time", () => {
  test("what is sent before STOR waits, and is read when the server takes the connection up", () => {
    const lines = [...LOGIN, "1> PASV", `2> nc -N ${HOST} 62843 < letter.txt`];
    const text = "Dear server,\nthis is for you.\n";
    const letter: TreeEntry = { path: "/letter.txt", type: "file", mode: "0644", mtime: 0, text };
    const learner = { ...scenario("article").learner, files: [letter] };
    const before = typed(lines, { learner }).read();
    expect(before.brief.slice(10)).toEqual(["data → 30 bytes 2 lines", "data → close by you"]);
    expect(before.rungs[10]?.tells).toMatchObject({ waits: true });
    expect(before.words[11]).toBe(
      "You close the data connection before the server has taken it up. 30 bytes wait there.",
    );
    expect(before.waits).toEqual(["30 bytes wait until the server takes them up, with `STOR`"]);
    // Where STOR came first, nothing waits: the server takes up the first that dials.
    const asked = [...lines.slice(0, -1), "1> STOR x", ...lines.slice(-1)];
    const first = typed(asked, { learner }).read();
    expect(first.brief).toContain("data → 30 bytes 2 lines");
    expect(first.words.join()).not.toContain("wait until");
    const { words, waits } = typed([...lines, "1> STOR x"], { learner }).read();
    expect(words).toContain("The server reads the 30 bytes that waited on port 62843.");
    expect(words.join()).not.toContain("never");
    expect(waits).toEqual([]);
  });

  test("and is unread only when the server breaks the connection off", () => {
    const { words } = typed([...LOGIN, "1> PASV", SECOND, "2> hello", "1> PASV"]).read();
    expect(words).toContain(
      "The server breaks off the data connection, which was never used: 7 bytes were not read.",
    );
  });

  test("a server that accepts at once and hangs up on early bytes has not read them", () => {
    const run = typed(["1> telnet pyftpdlib.example.net 21", ...LOGIN.slice(1), "1> EPSV"], {
      hosts: scenario("sandbox").hosts,
    });
    const port = portOf(run.read().facts);
    run.more([`2> telnet pyftpdlib.example.net ${port}`, "2> hello"]);
    expect(run.read().words.at(-1)).toBe(
      "The server closes the data connection, which was never used: 7 bytes were not read.",
    );
  });
});

describe("the server's state", () => {
  test("a connection that a server has accepted stands until a transfer uses it", () => {
    const run = typed(["1> telnet pyftpdlib.example.net 21", ...LOGIN.slice(1), "1> EPSV"], {
      hosts: scenario("sandbox").hosts,
    });
    const data = () => run.read().state[3];
    run.more([`2> telnet pyftpdlib.example.net ${portOf(run.read().facts)}`]);
    expect(data()).toBe("dialled, unused");
    run.more(["1> LIST -la pub"]);
    expect(run.read().brief.at(-1)).toBe("control ← 550");
    expect(data()).toBe("dialled, unused");
    run.more(["1> LIST pub"]);
    expect(data()).toBe("none");
  });
  test("and until it is hung up", () => {
    const run = typed(["1> telnet pyftpdlib.example.net 21", ...LOGIN.slice(1), "1> EPSV"], {
      hosts: scenario("sandbox").hosts,
    });
    run.more([`2> telnet pyftpdlib.example.net ${portOf(run.read().facts)}`, "2> [closed]"]);
    expect(run.read().state[3]).toBe("none");
  });
  test("data is in use until its last byte is there, and the talk stands until the goodbye", () => {
    const session = play("clocks");
    const rows = () => {
      const { facts } = session.world.trace;
      const connections = connectionReader();
      connections.read(facts);
      const status = statusReader();
      status.read(facts);
      return status.rows(connections.list).map(({ value }) => value);
    };
    for (const line of ["telnet files.example.net 21", "USER ftptest", "PASS guestpass", "EPSV"]) {
      session.type(1, line);
    }
    const port = portOf(session.world.trace.facts);
    session.type(2, `nc files.example.net ${port} > slow.txt`);
    session.keys(1, "RETR pub/slow.txt\r");
    session.world.advance(session.world.now + 5000);
    expect(session.facts("status").at(-1)?.status.data).toBe("none");
    expect(rows()).toEqual(["ftptest", "/", "A, ASCII", "in use"]);
    session.keys(1, "QUIT\r");
    session.world.advance(session.world.now + 5000);
    expect(rows()).toEqual(["ftptest", "/", "A, ASCII", "in use"]);
    session.world.advance(session.world.now + 200_000);
    expect(rows()).toEqual(["–", "–", "–", "–"]);
  });
});

describe("why a data port is closed", () => {
  const note = (lines: readonly string[]) => {
    const run = typed([...LOGIN, ...lines]);
    const first = run.read().facts.find((fact) => fact.kind === "passive");
    run.more([`2> telnet ${HOST} ${first?.kind === "passive" ? first.port : 0}`]);
    return run.read().rungs.at(-1)?.note;
  };
  test("it was used, and the command that gives another is the one that was said", () => {
    expect(note(["1> EPSV", `2> telnet ${HOST} 62843`, "1> LIST"])).toBe(
      "The server listened there for one connection, and that is over. `EPSV` gives a new port.",
    );
  });
  test("a newer one has taken its place", () => {
    expect(note(["1> PASV", "1> EPSV"])).toBe("A newer `EPSV` has taken its place.");
  });
  test("the talk that it was for is over", () => {
    expect(note(["1> PASV", "1> QUIT"])).toBe(
      "The server listens there no more. `PASV` gives a new port.",
    );
  });
});

describe("why there is no data connection", () => {
  const TIME_WAIT = [
    "1> telnet from20.example.net 21",
    "1> USER ftptest",
    "1> PASS guestpass",
    ...[1, 2].flatMap(() => [
      "2> nc -l 50000",
      "1> PORT 198,51,100,7,195,80",
      "1> RETR readme.txt",
    ]),
  ];
  const why = (rungs: readonly Rung[]) => whyNoData(rungs.at(-1)!, rungs);
  test("nothing was agreed, and the server dialled back", () => {
    expect(why(typed([...LOGIN, "1> LIST"]).read().rungs)).toContain("Nothing was agreed");
  });
  test("the pair of ports of a PORT is not forgotten yet", () => {
    const session = play("time-wait");
    for (const line of TIME_WAIT) session.type(Number(line[0]), line.slice(3));
    const ladder = ladderReader();
    ladder.read(session.world.trace.facts);
    expect(ladder.rungs.at(-1)?.tells).toMatchObject({ kind: "reply", code: 425 });
    expect(why(ladder.rungs)).toMatch(/TIME_WAIT/);
  });
  test("the call of a talk that was hung up is still being tried from the same port", () => {
    const nat = scenario("nat-client");
    const hosts = nat.hosts.map(({ ftp, ...host }) =>
      ftp ? { ...host, ftp: { ...ftp, options: ["port-20"] } } : host,
    );
    const session = play({ ...nat, hosts });
    const ask = () => {
      const login = ["telnet files.example.net 21", "USER ftptest", "PASS guestpass"];
      // The first call is tried on and on: no time is to be lost.
      for (const line of [...login, "PORT 198,51,100,7,195,80", "LIST"]) {
        session.keys(1, `${line}\r`);
        session.world.advance(session.world.now + 600);
      }
    };
    ask();
    session.world.feed({ kind: "hang-up", window: 1 });
    ask();
    const ladder = ladderReader();
    ladder.read(session.world.trace.facts);
    const refusal = ladder.rungs.findIndex(
      ({ tells }) => tells.kind === "reply" && tells.code === 425,
    );
    expect(why(ladder.rungs.slice(0, refusal + 1))).toBe(
      "An earlier call from this port to that one is still being tried. Another port works at once.",
    );
  });
  test("the TLS session is missing", () => {
    const { rungs } = typed([...LOGIN, "1> LIST"]).read();
    const reply = {
      ...rungs.at(-1)!,
      tells: {
        ...rungs.at(-1)!.tells,
        lines: ["425 Unable to build data connection: Operation not permitted"],
      },
    } as Rung;
    const stood = [...rungs.filter(({ tells }) => tells.kind !== "dial"), reply];
    expect(whyNoData(reply, stood)).toContain("TLS session of the control connection");
  });
  test("nothing is said of other replies", () => {
    expect(why(typed([...LOGIN]).read().rungs)).toBeUndefined();
  });
});

/** The port of the newest 227 or 229. */
function portOf(facts: readonly Fact[]): number {
  const last = facts.findLast((fact) => fact.kind === "passive");
  return last?.kind === "passive" ? last.port : 0;
}
