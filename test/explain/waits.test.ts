import { describe, expect, test } from "vitest";
import { boxesReader } from "../../src/explain/boxes.ts";
import { connectionReader } from "../../src/explain/connections.ts";
import { ladderReader } from "../../src/explain/ladder.ts";
import { placeIn } from "../../src/explain/pasv.ts";
import { later, sentence } from "../../src/explain/words.ts";
import { play } from "../play.ts";

/** Logged in at `host` in window 1, with a port that PASV opened. */
function afterPasvAt(of: string, host: string) {
  const session = play(of);
  for (const line of [`telnet ${host} 21`, "USER ftptest", "PASS guestpass", "PASV"]) {
    session.type(1, line);
  }
  const port = session.facts("passive").at(-1)?.port;
  const read = () => {
    const ladder = ladderReader();
    ladder.read(session.world.trace.facts);
    return ladder;
  };
  const wait = (seconds: number) => session.world.advance(session.world.now + seconds * 1000);
  return { session, port, read, wait };
}

describe("what is waited for, and no more", () => {
  test("a 226 that does not come is what LIST waits for, though its port is still open", () => {
    const { session, port, read, wait } = afterPasvAt("workshop-one", "elm.example.net");
    session.type(2, `telnet elm.example.net ${port}`);
    session.keys(1, "LIST\r");
    wait(3);
    expect(read().pending()).toMatchObject([{ text: "`LIST` waits for its last reply" }]);
  });

  test("a data connection that is to be protected waits for its handshake, not for LIST", () => {
    const session = play("sandbox");
    const pending = () => {
      const ladder = ladderReader();
      ladder.read(session.world.trace.facts);
      return ladder.pending().map(({ text }) => text);
    };
    const host = "pure-ftpd.example.net";
    session.type(1, `openssl s_client -quiet -starttls ftp -connect ${host}:21`);
    for (const line of ["USER ftptest", "PASS guestpass", "PBSZ 0", "PROT P", "PASV"]) {
      session.type(1, line);
    }
    session.type(2, `telnet ${host} ${session.facts("passive").at(-1)?.port}`);
    expect(pending()).toEqual(["open, silent: waiting for `LIST` on the blue line"]);
    session.keys(1, "LIST\r");
    session.world.advance(session.world.now + 3000);
    expect(session.shown(1)).toMatch(/^150 /m);
    expect(pending()).toEqual(["open, silent: the server waits for a TLS handshake"]);
  });

  test("a dial is over when its program is ended, or the server has said 425", () => {
    const drop = afterPasvAt("firewall-server-drop", "files.example.net");
    drop.session.keys(2, `telnet files.example.net ${drop.port}\r`);
    drop.wait(2);
    expect(drop.read().pending()).toHaveLength(1);
    drop.session.keys(2, "\x03");
    expect(drop.read().pending()).toEqual([]);

    const nat = afterPasvAt("nat-client", "files.example.net");
    nat.session.type(1, "PORT 198,51,100,7,80,195");
    nat.session.keys(1, "LIST\r");
    nat.wait(10);
    expect(nat.read().pending()).toMatchObject([{ text: "the server dials you, port 20675…" }]);
    nat.wait(100);
    expect(nat.read().pending()).toEqual([]);
  });

  test("a talk at a port of the server's own choice is blue once it speaks", () => {
    const session = play("nat-client");
    session.type(1, "telnet elsewhere.example.net 2121");
    session.type(1, "NOOP");
    const ladder = ladderReader();
    ladder.read(session.world.trace.facts);
    expect(ladder.bands).toMatchObject([{ wire: "control" }]);
  });

  test("a client's window shows its talk again when a list has come", () => {
    const session = play("article");
    session.type(1, "ftp files.example.net");
    session.type(1, "ftptest");
    session.type(1, "guestpass");
    session.type(1, "ls");
    const connections = connectionReader();
    connections.read(session.world.trace.facts);
    expect(connections.list.at(-1)).toMatchObject({ role: "data", state: "closed", window: 1 });
    expect(connections.ofWindow(1)).toMatchObject({ role: "control", state: "open" });
    session.type(1, "bye");
    connections.read(session.world.trace.facts);
    expect(connections.ofWindow(1)?.state).toBe("closed");
  });

  test("a connection that somebody else reset was not closed by the learner", () => {
    const { session, port, wait } = afterPasvAt("workshop-two", "maple.example.net");
    session.type(2, `telnet maple.example.net ${port}`);
    session.keys(1, "RETR pub/guide.txt\r");
    wait(3);
    const connections = connectionReader();
    connections.read(session.world.trace.facts);
    expect(connections.ofWindow(2)).toMatchObject({ state: "reset", closedBy: "listener" });
  });
});

test("a NAT before the server writes another goal, and that is what is told of it", () => {
  const { session, read } = afterPasvAt("nat-server", "files.example.net");
  const ladder = read();
  expect(ladder.rungs.map((rung) => sentence(rung, ladder.nameOf))[0]).toMatch(
    /Inside the NAT there it goes to 192\.168\.7\.21 port 21\.$/,
  );
  const { scenario, trace } = session.world;
  const boxes = boxesReader(scenario);
  boxes.read(trace.facts);
  expect(boxes.of(scenario.boxes?.[0]?.id ?? "").did).toBe(
    "Passed on to 192.168.7.21 port 21, inside",
  );
});

test("a reply that was long in coming says how long", () => {
  const { read, wait } = afterPasvAt("eavesdropper", "files.example.net");
  wait(400);
  const { rungs } = read();
  const told = rungs.flatMap((rung) => later(rung, rungs) ?? []);
  expect(told).toEqual(["5 minutes later"]);
  expect(rungs.find((rung) => later(rung, rungs))?.tells).toMatchObject({ code: 421 });
});

test("the port of a 229 is found as the six numbers of a 227 are", () => {
  const text = " Entering Extended Passive Mode (|||50020|)";
  expect(text.slice(...(placeIn(229, text) ?? []))).toBe("50020");
  const six = " Entering Passive Mode (203,0,113,21,195,118).";
  expect(six.slice(...(placeIn(227, six) ?? []))).toBe("203,0,113,21,195,118");
  expect(placeIn(229, " Entering (|x||50020|)")).toBeUndefined();
  expect(placeIn(200, six)).toBeUndefined();
});
