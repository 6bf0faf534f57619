/** The tables turned: a client calls, and you answer by hand. */
import { expect, test } from "vitest";
import { say, world } from "./keys.ts";

test("right numbers bring the client to your port, wrong ones to another", () => {
  for (const [numbers, port] of [
    ["195,101", 50_021],
    ["101,195", 26_051],
  ] as const) {
    const session = world("be-the-server");
    say(session, 1, "nc -l 2121", 10_000);
    expect(say(session, 1, "220 Hello")).toContain("USER kim");
    expect(say(session, 1, "331 Password?")).toContain("PASS secret");
    expect(say(session, 1, "230 Come in")).toContain("PASV");
    say(session, 2, "nc -lv 50021");
    say(session, 1, `227 (198,51,100,7,${numbers})`);
    const call = session.facts("dial").at(-1);
    expect(call).toMatchObject({ host: "caller.example.net", to: { port } });
    expect(session.shown(2).includes("Connection received")).toBe(port === 50_021);
  }
});
