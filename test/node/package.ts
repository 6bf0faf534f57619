/** The package as others get it: built, put where node finds it by its name, started as a process. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { afterAll, onTestFinished } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder in which `import "port21"` finds the package. */
export interface Installed {
  readonly folder: string;
  /** The command's file. */
  readonly command: string;
}

/** Builds the package into a folder of its own, which is gone after the tests of this file. */
export async function installPackage({ types = false } = {}): Promise<Installed> {
  // Below node_modules, so that what the package depends on is found too.
  const folder = mkdtempSync(join(root, "node_modules", ".port21-test-"));
  folders.push(folder);
  const home = join(folder, "node_modules", "port21");
  mkdirSync(home, { recursive: true });
  copyFileSync(join(root, "package.json"), join(home, "package.json"));
  await build({
    root,
    configFile: join(root, "vite.lib.config.ts"),
    logLevel: "warn",
    build: { outDir: join(home, "lib"), emptyOutDir: true },
  });
  if (types) {
    const { status, said } = await run(process.execPath, [
      join(root, ".ci", "types.mjs"),
      join(home, "lib"),
    ]);
    if (status !== 0) throw new Error(said);
  }
  return { folder, command: join(home, "lib", "serve.js") };
}

/** A served server. */
export interface Served {
  readonly process: ChildProcess;
  readonly port: number;
  /** Ends it with a signal; gives its exit status. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts the command on a free port and waits until it says that it listens. */
export async function serve(installed: Installed, ...args: string[]): Promise<Served> {
  const child = spawn(process.execPath, [installed.command, "--port", "0", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  // A test that fails half-way must not leave its server behind.
  onTestFinished(() => void child.kill("SIGKILL"));
  const exit = once(child, "exit") as Promise<[number | null]>;
  let errors = "";
  child.stderr.on("data", (words) => (errors += String(words)));
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.on("data", (words) => {
      const found = /^listening on \S+:(\d+)$/m.exec(String(words));
      if (found !== null) resolve(Number(found[1]));
    });
    child.once("exit", (status) => reject(new Error(`it ended with ${status}: ${errors}`)));
  });
  return {
    process: child,
    port,
    async stop(signal = "SIGTERM") {
      child.kill(signal);
      const [status] = await exit;
      return status;
    },
  };
}

/** What a program said and how it ended. */
export interface Ran {
  readonly status: number;
  readonly said: string;
}

/** Runs a program to its end, with `input` on its standard input. */
export function run(
  program: string,
  args: readonly string[],
  options: { input?: string; cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(
      program,
      [...args],
      { cwd: options.cwd, timeout: 20_000, env: options.env ?? process.env },
      (error, out, err) => {
        const status = typeof error?.code === "number" ? error.code : error === null ? 0 : -1;
        resolve({ status, said: out + err });
      },
    );
    child.stdin?.end(options.input ?? "");
  });
}

/** Writes files into a folder. */
export function put(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}
