#!/usr/bin/env node
/** `port21`, the command: puts the server on a real port until it is interrupted. */
import { HELP, readOptions } from "./options.ts";
import { type FtpServer, UsageError } from "./api.ts";
import { createServer } from "./server.ts";

/** Exit statuses: the command was wrong; it was right, but could not be done. */
const USAGE = 2;
const FAILED = 1;

/** What can be done about node's errors of listening. */
const ADVICE: Readonly<Record<string, string>> = {
  EADDRINUSE:
    "is taken: something listens there already.\nTake another with --port, or --port 0 for a free one.",
  EACCES:
    "is not yours to open: ports below 1024 are the administrator's.\nTake a higher one with --port.",
  EADDRNOTAVAIL:
    "cannot be listened on: this machine has no such address.\nTake another with --host.",
};

/** Serves until SIGINT or SIGTERM comes. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") {
    process.stdout.write(`${HELP}\n`);
    return;
  }
  const stop = new Promise<void>((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
  let server: FtpServer;
  try {
    server = await createServer(options);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const advice = ADVICE[code];
    if (advice === undefined) throw error;
    throw new Error(`${options.host}:${options.port} ${advice}`, { cause: error });
  }
  process.stdout.write(`listening on ${server.url.slice("ftp://".length)}\n`);
  await stop;
  await server.close();
}

try {
  await main();
} catch (error) {
  process.stderr.write(`port21: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof UsageError ? USAGE : FAILED;
}
