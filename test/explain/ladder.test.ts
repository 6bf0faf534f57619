import { describe, expect, test } from "vitest";
import { concat } from "../../src/sim/bytes.ts";
import { ladderReader } from "../../src/explain/ladder.ts";
import type { Fact } from "../../src/sim/facts.ts";
import type { Scenario, TreeEntry } from "../../src/sim/scenario.ts";
import { ARTICLE, ARTICLE_HOSTS, DIAL, HOST, LOGIN, SECOND, typed } from "./typing.ts";

describe("the article's session", () => {
  const { facts, rungs, brief, words } = typed(ARTICLE).read();

  test("is a ladder in the order of the wire", () => {
    expect(brief).toEqual([
      "control → dial 21 open",
      "control ← 220",
      "control → USER ftptest",
      "control ← 331",
      "control → PASS ••••••••",
      "control ← 230",
      "control → PASV",
      "data · listening 62843",
      "control ← 227",
      "data → dial 62843 open",
      "control → LIST",
      "data · taken 62843",
      "control ← 150",
      "data ← 837 bytes 11 lines",
      "data ← close by server",
      "control ← 226",
      "control → QUIT",
      "control ← 221",
      "control ← close by server",
    ]);
  });

  test("says the same in words", () => {
    expect(words[0]).toMatch(
      /^Your computer connects from port \d+ to port 21 of ftptest\.exavault\.com\.$/,
    );
    expect(words.slice(1, 5)).toEqual([
      "The server says: 220 ProFTPD Server (EV) [67.208.93.232], ready for you.",
      "You say: USER ftptest",
      "The server says: 331 Password required for ftptest, go on: password.",
      "You say: PASS ••••••••",
    ]);
    expect(words[13]).toBe("The server sends 837 bytes, 11 lines on the data connection.");
    expect(words[14]).toBe("The server closes the data connection: that is the end of the data.");
  });

  test("shows the password nowhere", () => {
    expect(JSON.stringify([rungs, words])).not.toContain("guestpass");
  });

  test("is the same read fact by fact", () => {
    const ladder = ladderReader();
    for (let upTo = 1; upTo <= facts.length; upTo++) ladder.read(facts, upTo);
    expect(ladder.rungs).toEqual(rungs);
  });

  test("begins and ends every band once", () => {
    const seen: string[] = [];
    for (const { bands } of rungs) {
      for (const { key, state } of bands) if (state !== "through") seen.push(`${key} ${state}`);
    }
    expect(seen).toEqual([
      "conn 1 begins",
      "port 62843 begins",
      "conn 2 begins",
      "port 62843 ends",
      "conn 2 ends",
      "conn 1 ends",
    ]);
  });

  test("draws the dialled connection in the lane of the port it came to", () => {
    const lanes = (id: number) => rungs[id]?.bands.map(({ key, lane }) => `${key}: ${lane}`);
    expect(lanes(9)).toEqual(["conn 1: 0", "port 62843: 1", "conn 2: 1"]);
  });

  test("finds a rung by its fact, and a reply by the fact of its sending too", () => {
    const ladder = ladderReader();
    ladder.read(facts);
    for (const rung of rungs) expect(ladder.rungOf(rung.fact)?.fact).toBe(rung.fact);
    const sent = facts.findIndex((fact) => fact.kind === "reply" && fact.code === 331);
    expect(ladder.rungOf(sent)?.tells).toMatchObject({ kind: "reply", code: 331 });
    expect(ladder.rungOf(-1)).toBeUndefined();
  });
});

describe("what goes another way", () => {
  const tail = (lines: readonly string[], from: number) => typed(lines).read().brief.slice(from);
  const notes = (lines: readonly string[]) =>
    typed(lines)
      .read()
      .rungs.flatMap(({ note }) => note ?? []);

  test("LIST with no PASV: the server dials the control connection's own port", () => {
    const { rungs, brief } = typed([...LOGIN, "1> LIST"]).read();
    const port = rungs[0]?.tells.kind === "dial" ? rungs[0].tells.from.port : 0;
    expect(brief.slice(6)).toEqual([
      "control → LIST",
      `data ← dial ${port} refused`,
      "control ← 425",
    ]);
    expect(rungs[7]?.note).toContain("Nothing was agreed");
  });

  test("a dial too early, before any PASV", () => {
    const lines = [...LOGIN, SECOND];
    expect(tail(lines, 6)).toEqual(["other → dial 62843 refused"]);
    expect(notes(lines)).toEqual(["A data port opens only when `PASV` asks for one."]);
  });

  test("a wrong sum is told apart", () => {
    expect(notes([...LOGIN, "1> PASV", `2> telnet ${HOST} 62720`])).toEqual([
      "The low byte, 123, is still to be added: 245 × 256 + 123 = 62843.",
    ]);
  });

  test("a wrong sum gives no riddle away", () => {
    const { facts } = typed([...LOGIN, "1> PASV", `2> telnet ${HOST} 62720`]).read();
    const ladder = ladderReader(true);
    ladder.read(facts);
    expect(JSON.stringify(ladder.rungs.slice(7))).toContain(
      "is still to be added: 245 × 256 + 123.",
    );
    expect(JSON.stringify(ladder.rungs.map(({ tells, note }) => [tells, note]))).not.toMatch(
      /= ?62843|listening","port":62843/,
    );
  });

  test("a list that the server calls BINARY wonders once", () => {
    const again = [SECOND, "1> LIST", "1> PASV"];
    expect(
      notes([...LOGIN, "1> PASV", ...again]).filter((note) => note.includes("BINARY")),
    ).toEqual(["BINARY is only this server's word here: a list is always sent as text."]);
  });

  test("telnet's own commands are no part of what is said, however they are cut", () => {
    const run = typed(["1> telnet files.example.net 21", "1> \x03USER ftptest"]);
    run.more(["1> PASS\x03PASS guestpass", "1> NOOP"]);
    const { facts, rungs, brief } = run.read();
    expect(brief.slice(2)).toEqual([
      "control → signal",
      "control → USER ftptest",
      "control ← 331",
      "control → signal",
      "control → PASS ••••••••",
      "control ← 230",
      "control → NOOP",
      "control ← 200",
    ]);
    expect(rungs.at(-2)?.tells).toMatchObject({ early: false });
    // The same with what the learner's side sends in one piece, as other clients do, and the rest byte by byte.
    const sent = facts.filter((fact) => fact.kind === "sent" && fact.by === "dialler");
    const whole = concat(
      sent.map((fact) => (fact.kind === "sent" ? fact.bytes : new Uint8Array())),
    );
    const cut = facts.flatMap((fact): Fact[] => {
      if (fact.kind === "sent" && fact.by === "dialler") {
        return fact === sent[0] ? [{ ...fact, bytes: whole }] : [];
      }
      if (fact.kind !== "arrived") return [fact];
      return [...fact.bytes].map((byte) => ({ ...fact, bytes: Uint8Array.of(byte) }));
    });
    const ladder = ladderReader();
    ladder.read(cut);
    const said = ladder.rungs.flatMap(({ tells }) => (tells.kind === "command" ? tells.verb : []));
    expect(said).toEqual(["USER", "PASS", "NOOP"]);
    expect(ladder.rungs.flatMap(({ tells }) => (tells.kind === "reply" ? tells.code : []))).toEqual(
      [220, 331, 230, 200],
    );
  });

  test("no port at all, and a name that nobody knows", () => {
    const { brief, rungs } = typed([`1> telnet ${HOST}`, "1> telnet nowhere.example 21"]).read();
    expect(brief).toEqual(["other → dial 23 refused", "other · unknown-name"]);
    expect(rungs[0]?.note).toContain("telnet dials 23");
  });

  test("PASV twice: a new port, and the pending connection is reset, never used", () => {
    const { ladder, words, brief } = typed([...LOGIN, "1> PASV", SECOND, "1> PASV"]).read();
    const port = ladder.bands.find((band) => band.dashed)?.key.slice(5);
    expect(port).not.toBe("62843");
    expect(brief).toContain("data ← reset by server");
    expect(words).toContain("The server breaks off the data connection, which was never used.");
    expect(words.filter((line) => line.includes("and no more on 62843"))).toHaveLength(1);
    expect(ladder.bands.map(({ key }) => key)).toEqual(["conn 1", `port ${port}`]);
  });

  test("a port that listened for a conversation that was hung up ends with it", () => {
    const again = typed([...LOGIN, "1> PASV", "1> LIST", "1> [closed]", DIAL]).read();
    expect(again.ladder.bands.map(({ key }) => key)).toEqual(["conn 2"]);
    // This server is deaf while it waits to be dialled, but it is nobody's server any more.
    expect(again.state).toEqual(["–", "–", "–", "–"]);
  });

  test("a second dial before LIST waits behind the first; LIST takes that one and resets the other", () => {
    const dials = [SECOND, "2> [closed]", SECOND];
    const { brief, rungs } = typed([...LOGIN, "1> PASV", ...dials, "1> LIST"]).read();
    expect(brief.slice(9)).toEqual([
      "data → dial 62843 open",
      "data → close by you",
      "data → dial 62843 open",
      "control → LIST",
      "data · taken 62843",
      "data ← reset by server",
      "control ← 150",
      "data ← 837 lost",
      "control ← 226",
    ]);
    expect(rungs[14]?.tells).toMatchObject({ kind: "close", unused: true });
    expect(rungs[16]?.lane).toBe(1);
  });

  test("the port serves once: later it refuses, and LIST again dials back", () => {
    const { brief, rungs } = typed([...ARTICLE.slice(0, 6), SECOND, "1> LIST"]).read();
    expect(brief.slice(16, 19)).toEqual([
      "data → dial 62843 refused",
      "control → LIST",
      expect.stringMatching(/^data ← dial \d+ refused$/),
    ]);
    expect(rungs[16]?.note).toContain("for one connection, and that is over");
  });

  test("LIST typed on the data connection is bytes that nobody reads", () => {
    const { brief, words } = typed([...LOGIN, "1> PASV", SECOND, "2> LIST", "2> PASS oh"]).read();
    expect(brief.slice(10)).toEqual(["data → typed LIST", "data → typed PASS ••••••••"]);
    expect(words[10]).toBe(
      "You type on the data connection: LIST. The server reads no commands there: it waits, as data.",
    );
  });

  test("type-ahead leaves before the answer has come", () => {
    const run = typed([DIAL]);
    run.more(["1> USER ftptest"], "at once");
    run.more(["1> PASS guestpass"]);
    const { brief, rungs } = run.read();
    expect(brief.slice(2)).toEqual([
      "control → USER ftptest",
      "control → PASS ••••••••",
      "control ← 331",
      "control ← 230",
    ]);
    expect(rungs[2]?.tells).toMatchObject({ early: false });
    expect(rungs[3]?.tells).toMatchObject({ early: true });
    expect(rungs[5]?.tells).toMatchObject({ verb: "PASS" });
  });

  test("a client's word gets a tip", () => {
    expect(notes([...LOGIN, "1> ls"])).toEqual([
      "In FTP that is `LIST`. `ls` is the client's word.",
    ]);
  });

  test("a verb of the real server that ours lacks says so", () => {
    const { facts } = typed([...LOGIN, "1> ls"]).read();
    const ladder = ladderReader();
    // Which verbs those are changes with every one that is added; that there is one does not.
    ladder.read(
      facts.map((fact) =>
        fact.kind === "command" && fact.verb === "LS" ? { ...fact, known: "not-yet" } : fact,
      ),
    );
    expect(ladder.rungs.at(-1)).toMatchObject({
      tells: { kind: "reply", notYet: true },
      note: "The real server knows `LS`. Ours does not yet.",
    });
  });

  test("a reply of many lines is one rung", () => {
    const { rungs } = typed([DIAL, "1> HELP"]).read();
    const reply = rungs.at(-1)?.tells;
    expect(reply).toMatchObject({ kind: "reply", code: 214, verb: "HELP" });
    expect(reply?.kind === "reply" && reply.lines.length).toBeGreaterThan(5);
  });

  test("the blue bands go on past bytes that are lost, in their lane", () => {
    const lines = [...LOGIN, "1> PASV", SECOND, "2> [closed]", "1> LIST"];
    const { rungs } = typed(lines).read();
    const lost = rungs.findIndex(({ tells }) => tells.kind === "lost");
    for (const { bands } of rungs.slice(lost - 1)) {
      expect(bands[0]).toMatchObject({ key: "conn 1", lane: 0, state: "through" });
    }
    expect(rungs[lost]?.lane).toBe(1);
  });

  test("and past a big file that is hung up on midway", () => {
    const run = typed([...LOGIN, "1> PASV", SECOND], {
      hosts: withFile({ generate: { kind: "zeros", size: 3_000_000 } }),
    });
    run.cut("1> RETR big.bin", 600, 2);
    const { rungs, brief } = run.read();
    const lost = rungs.findIndex(({ tells }) => tells.kind === "lost");
    expect(brief[lost - 1]).toBe("data → close by you");
    expect(brief.at(-1)).toBe("control ← 426");
    for (const { bands } of rungs.slice(lost)) {
      expect(bands).toEqual([
        { key: "conn 1", wire: "control", lane: 0, dashed: false, state: "through" },
      ]);
    }
  });

  test("LIST typed in window 2 changes nothing of what LIST in window 1 does", () => {
    expect(tail([...LOGIN, "1> PASV", SECOND, "2> LIST", "1> LIST"], 11)).toEqual([
      "control → LIST",
      "data · taken 62843",
      "control ← 150",
      "data ← 837 bytes 11 lines",
      "data ← close by server",
      "control ← 226",
    ]);
  });

  test("a big file is one rung that grows", () => {
    const lines = [...LOGIN, "1> PASV", SECOND, "1> RETR big.bin"];
    const { rungs } = typed(lines, {
      hosts: withFile({ generate: { kind: "zeros", size: 300_000 } }),
    }).read();
    const flow = rungs.filter(({ tells }) => tells.kind === "bytes");
    expect(flow).toHaveLength(1);
    expect(flow[0]?.version).toBeGreaterThan(10);
    expect(flow[0]?.tells).toMatchObject({ length: 300_000, lines: -1 });
  });

  test("what is typed while STOR reads is the file, not a line that nobody reads", () => {
    const lines = [...LOGIN, "1> PASV", SECOND, "1> STOR x", "2> hello", "2> there", "2> [closed]"];
    expect(tail(lines, 12)).toEqual([
      "control ← 150",
      "data → 14 bytes 2 lines",
      "data → close by you",
      "control ← 226",
    ]);
  });

  test("bytes that are no text have no lines", () => {
    const lines = [...LOGIN, "1> TYPE I", "1> PASV", SECOND, "1> RETR big.bin"];
    const { rungs } = typed(lines, { hosts: withFile({ base64: "AAoACgo=" }) }).read();
    expect(rungs.find(({ tells }) => tells.kind === "bytes")?.tells).toMatchObject({
      length: 5,
      lines: -1,
    });
  });
});

/** The article's host with one more file. */
function withFile(contents: Partial<TreeEntry>): Scenario["hosts"] {
  const [host] = ARTICLE_HOSTS;
  const ftp = host!.ftp!;
  const file: TreeEntry = { path: "/big.bin", type: "file", mode: "0660", mtime: 0, ...contents };
  return [{ ...host!, ftp: { ...ftp, tree: [...ftp.tree, file] } }];
}

describe("what is waited for", () => {
  test("a dialled, unused connection waits for LIST", () => {
    expect(typed([...LOGIN, "1> PASV", SECOND]).read().waits).toEqual([
      "open, silent: waiting for `LIST` on the blue line",
    ]);
  });
  test("LIST waits for somebody to dial", () => {
    expect(typed([...LOGIN, "1> PASV", "1> LIST"]).read().waits).toEqual([
      "`LIST` waits until somebody dials the port",
    ]);
  });
  test("a dial that nobody answers goes on", () => {
    expect(typed(["1> telnet 203.0.113.9 21"]).read().waits).toEqual([
      "dialling 203.0.113.9 port 21…",
    ]);
  });
  test("nothing, when all is over", () => {
    expect(typed(ARTICLE).read().waits).toEqual([]);
  });
});
