/**
 * Plays every script at a server over real sockets and compares with the recordings.
 * `play.mjs` runs this file; its usage is below.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Comparison, compare } from "./compare.ts";
import { formatRecording } from "./events.ts";
import { play } from "./player.ts";
import {
  OBSERVED,
  readRecording,
  readScripts,
  recordedScenarios,
  REFERENCE,
} from "./recordings.ts";
import { differenceInWords, tableByArea } from "./report.ts";
import type { Script } from "./scenario.ts";
import { socketWire } from "./sockets.ts";

const USAGE = `usage: node test/conformance/play.mjs HOST:PORT [options]
       node test/conformance/play.mjs --start COMMAND [options]

Plays the scripts of test/reference/scenarios and compares with the recordings.
  --start COMMAND   starts a fresh server for each script: {set-up} stands for its set-up;
                    the command prints "listening on HOST:PORT" (or "port PORT") and ends on SIGINT
  --server NAME     whose recordings to compare with: proftpd (default), vsftpd, pureftpd, pyftpdlib
  --set-up NAME     only scripts of this set-up (main, seed, limits …)
  --only PART       only scripts whose name contains PART
  --observed        the scripts of test/reference/observed instead
  --out FOLDER      keeps the recordings; then scripts without a recording are played too
  --quiet           no single differences, only the figures
Without --start all scripts are played at one server, one after the other: what one of them
stores, the next one finds.`;

/** Runs the command; gives the exit status: 0 only if nothing differs. */
export async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      start: { type: "string" },
      server: { type: "string", default: "proftpd" },
      "set-up": { type: "string" },
      only: { type: "string", default: "" },
      out: { type: "string" },
      observed: { type: "boolean", default: false },
      quiet: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const fixed = /^(.+):(\d+)$/.exec(positionals[0] ?? "");
  if (values.help || (fixed === null) === (values.start === undefined)) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const { start, server, out, quiet } = values;
  const collection = values.observed ? OBSERVED : REFERENCE;
  const recorded = new Set(recordedScenarios(server, collection));
  const scripts = readScripts(collection).filter(
    ({ name, header }) =>
      (recorded.has(name) || out !== undefined) &&
      name.includes(values.only) &&
      (values["set-up"] === undefined || setUpOf(header) === values["set-up"]),
  );
  if (out !== undefined) mkdirSync(out, { recursive: true });

  const results = new Map<string, Comparison>();
  for (const script of scripts) {
    const started = start === undefined ? undefined : await startServer(start, script);
    const address = started?.address ?? fixed![1]!;
    const port = started?.port ?? Number(fixed![2]);
    const recording = await play(script, socketWire(), { address, port });
    if (started !== undefined) await stopServer(started.process);
    if (out !== undefined)
      writeFileSync(join(out, `${script.name}.jsonl`), formatRecording(recording));
    if (!recorded.has(script.name)) continue;
    const comparison = compare(readRecording(server, script.name, collection), recording);
    results.set(script.name, comparison);
    if (quiet) continue;
    for (const difference of comparison.differences)
      console.log(differenceInWords(difference, [server, "played"]));
  }
  console.log(tableByArea(results));
  return [...results.values()].some(({ differences }) => differences.length > 0) ? 1 : 0;
}

function setUpOf(header: Script["header"]): string {
  return header["server"] ?? "main";
}

interface Started {
  readonly process: ChildProcess;
  readonly address: string;
  readonly port: number;
}

function startServer(command: string, { header }: Script): Promise<Started> {
  const [program = "", ...args] = command.replaceAll("{set-up}", setUpOf(header)).split(" ");
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (text) => {
      said += String(text);
      const found = /(?:listening on (\S+):|\bport )(\d+)/.exec(said);
      if (found !== null)
        resolve({ process: child, address: found[1] ?? "127.0.0.1", port: Number(found[2]) });
    });
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`"${command}" ended without listening: ${said}`)));
  });
}

function stopServer(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else {
      child.once("exit", () => resolve());
      child.kill("SIGINT");
    }
  });
}
