/** A sample of the reference over real sockets: what is held in memory holds on the wire too. */
import { afterEach, expect, test } from "vitest";
import { createServer, type FtpServer } from "../../src/node/index.ts";
import { compare } from "../conformance/compare.ts";
import { HELD } from "../conformance/held.ts";
import { play } from "../conformance/player.ts";
import { readRecording, readScripts } from "../conformance/recordings.ts";
import { differenceInWords } from "../conformance/report.ts";
import { socketWire } from "../conformance/sockets.ts";

const SAMPLE = [
  "login-seed-walkthrough",
  "dir-walk",
  "list-plain",
  "pasv-twice",
  "port-list",
  "retr-ascii",
  "stor-basic",
  "tls-session",
];
const scripts = new Map(readScripts().map((script) => [script.name, script]));
const cases = HELD.flatMap(([dialect, recordings]) =>
  SAMPLE.map((name) => ({ dialect, recordings, name })),
);

let server: FtpServer | undefined;
afterEach(() => server?.close());

test.each(cases)(
  "$dialect, $name",
  async ({ dialect, recordings, name }) => {
    const script = scripts.get(name);
    if (script === undefined) throw new Error(`no script ${name}`);
    const scenario = `reference-${script.header["server"] ?? "main"}`;
    server = await createServer({ dialect, scenario });
    const played = await play(script, socketWire(), { address: "127.0.0.1", port: server.port });
    const { differences } = compare(readRecording(recordings, name), played);
    expect(differences.map((one) => differenceInWords(one, ["real", "ours"])).join("\n")).toBe("");
  },
  30_000,
);
