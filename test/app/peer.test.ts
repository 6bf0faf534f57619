import { expect, test } from "vitest";
import { peerText } from "../../src/app/peer.ts";
import { connectionReader } from "../../src/explain/connections.ts";
import { afterPasv } from "../play.ts";

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
