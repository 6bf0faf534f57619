// @ts-check
/** Builds lib/ if it is missing or older than what it is made of, so that `npm run serve` is never stale. */
import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** @param {string} path */
function newest(path) {
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  const files = readdirSync(join(root, path), { recursive: true, encoding: "utf8" });
  return Math.max(...files.map((file) => statSync(join(root, path, file)).mtimeMs));
}

const sources = ["src", "lessons", "package.json", "vite.lib.config.ts", "tsconfig.lib.json"];
if (newest("lib/types/node/index.d.ts") < Math.max(...sources.map(newest))) {
  const built = spawnSync("npm", ["run", "--silent", "build:lib"], { cwd: root, encoding: "utf8" });
  if (built.status !== 0) process.stderr.write(`${built.stdout}${built.stderr}`);
  process.exitCode = built.status ?? 1;
}
