// @ts-check
/** Runs bench.ts, which is TypeScript: Vite loads it as it loads the tests. All on one core, if taskset is there. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(import.meta.url);
const pinned = process.env["PORT21_PINNED"] !== undefined;
const taskset = !pinned && spawnSync("taskset", ["-c", "0", "true"]).status === 0;
if (taskset) {
  const env = { ...process.env, PORT21_PINNED: "1" };
  const args = ["-c", "0", process.execPath, here, ...process.argv.slice(2)];
  process.exitCode = spawnSync("taskset", args, { stdio: "inherit", env }).status ?? 1;
} else {
  const { runnerImport } = await import("vite");
  /** @type {{ module: typeof import("./bench.ts") }} */
  const { module } = await runnerImport(fileURLToPath(new URL("bench.ts", import.meta.url)), {
    configFile: false,
    logLevel: "warn",
  });
  process.exitCode = await module.main(process.argv.slice(2));
}
