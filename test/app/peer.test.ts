import { expect, test } from "vitest";
import { peerText } from "../../src/app/peer.ts";
import { connectionReader } from "../../src/explain/connections.ts";
import { afterPasv, play } from "../play.ts";

test("the title of a data connection counts what came, or what only went", () => {
  const session = afterPasv();
  const title = () => {
    const connections = connectionReader();
    connections.read(session.world.trace.facts);
    return peerText(connections.ofWindow(2)).join("");
  };
  session.type(2, "telnet ftptest.exavault.com 62843");
  expect(title()).toBe("67.208.93.232 port 62843, silent");
  session.type(2, "hello");
  expect(title()).toBe("67.208.93.232 port 62843, 7 bytes sent");
  session.type(1, "STOR hello.txt");
  session.world.feed({ kind: "hang-up", window: 2 });
  expect(title()).toBe("port 62843, closed by you after 7 bytes");
});

test("where both were, it is what came", () => {
  const session = afterPasv();
  session.type(2, "telnet ftptest.exavault.com 62843");
  session.type(2, "hello");
  session.type(1, "LIST");
  const connections = connectionReader();
  connections.read(session.world.trace.facts);
  expect(peerText(connections.ofWindow(2)).join("")).toBe(
    "port 62843, closed by the server after 837 bytes",
  );
});

test("a dial that its owner gave up had no answer to wait for", () => {
  const session = play("article");
  const title = () => {
    const connections = connectionReader();
    connections.read(session.world.trace.facts);
    return peerText(connections.ofWindow(2)).join("");
  };
  session.keys(2, "telnet 203.0.113.99 2121\r");
  session.world.advance(session.world.now + 5000);
  expect(title()).toBe("dialling 203.0.113.99 port 2121");
  session.keys(2, "\x03");
  expect(title()).toBe("203.0.113.99 port 2121, given up");
  session.keys(2, "telnet 203.0.113.99 2121\r");
  session.world.advance(session.world.now + 200_000);
  expect(title()).toBe("203.0.113.99 port 2121, no answer");
});
