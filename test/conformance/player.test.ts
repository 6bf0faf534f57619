import { expect, test } from "vitest";
import type { PlayedEvent } from "./events.ts";
import { play } from "./player.ts";
import { parseScript } from "./scenario.ts";
import { referenceMain, SERVER } from "./setups.ts";
import { virtualWire } from "./virtual.ts";

/** What a script of these steps brings, in short: `3 < 230 …`, `4 data eof`. */
async function transcript(...steps: string[]): Promise<string[]> {
  const script = parseScript("test", steps.join("\n"));
  const { entries } = await play(script, virtualWire(referenceMain()), SERVER);
  return entries.filter((entry): entry is PlayedEvent => "chan" in entry).map(inShort);
}

function inShort({ cmd, chan, dir, bytes = "", code, event, len }: PlayedEvent): string {
  if (dir === undefined) return `${cmd} ${chan} ${event}`;
  if (chan === "data") return `${cmd} data ${dir} ${len}`;
  return dir === ">" ? `${cmd} > ${bytes.trim()}` : `${cmd} < ${code}`;
}

const LOGIN = ["USER ${user}", "PASS ${pass}"];

test("replies are counted to the command before them, the greeting to none", async () => {
  expect(await transcript(...LOGIN, "QUIT")).toEqual([
    "0 ctl connect",
    "0 note session",
    "0 < 220",
    "1 > USER ftptest",
    "1 < 331",
    "2 > PASS guestpass",
    "2 < 230",
    "3 > QUIT",
    "3 < 221",
    "3 ctl eof",
    "3 note end",
  ]);
});

test("lines of consecutive @send share a number, and no reply is waited for between them", async () => {
  const lines = await transcript(...LOGIN, "@send NOOP", "@send SYST", "@wait", "PWD");
  expect(lines.slice(-7, -1)).toEqual([
    "3 > NOOP",
    "3 > SYST",
    "3 < 200",
    "3 < 215",
    "4 > PWD",
    "4 < 257",
  ]);
});

test("a listing is read to its end, and 226 belongs to LIST although it comes afterwards", async () => {
  const lines = await transcript(...LOGIN, "@open-data pasv", "LIST pub", "@read-data", "@wait");
  expect(lines.slice(-8, -1)).toEqual([
    "3 < 227",
    "3 data connect",
    "4 > LIST pub",
    "4 < 150",
    "4 data < 438",
    "4 data eof",
    "4 < 226",
  ]);
});

test("who waits in vain says so after twelve seconds, or what @timeout says, at no cost", async () => {
  const began = performance.now();
  const lines = await transcript(...LOGIN, "PASV", "LIST", "@timeout 1000", "NOOP");
  // The server's own patience, 600 seconds, is at an end before that of the script.
  expect(lines.slice(-6)).toEqual([
    "4 > LIST",
    "4 ctl timeout",
    "5 > NOOP",
    "5 < 421",
    "5 ctl eof",
    "5 note end",
  ]);
  expect(performance.now() - began).toBeLessThan(5000);
});

test("a data connection that is reset before the listing", async () => {
  const lines = await transcript(...LOGIN, "PASV", "PASV", "@connect-data", "@reset-data", "LIST");
  expect(lines.slice(-5, -1)).toEqual([
    "4 data connect",
    "4 data reset-by-us",
    "5 > LIST",
    "5 < 425",
  ]);
});

test("a second session has its own connections", async () => {
  const lines = await transcript("@session B", "USER ${user}", "@session A", "QUIT");
  expect(lines.slice(3, -2)).toEqual([
    "1 ctl connect",
    "1 note session",
    "1 < 220",
    "2 > USER ftptest",
    "2 < 331",
    "3 > QUIT",
    "3 < 221",
    "3 ctl eof",
  ]);
});
