// @ts-check
/** Writes the types that the package ships to lib/types: those of its entry and what they name. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = resolve(root, process.argv[2] ?? "lib", "types");
rmSync(folder, { recursive: true, force: true });
const tsc = join(root, "node_modules", ".bin", "tsc");
const args = ["-p", "tsconfig.lib.json", "--outDir", folder];
const { status } = spawnSync(tsc, args, { cwd: root, stdio: "inherit" });

/** @type {Set<string>} */
const named = new Set();
/** @param {string} path */
function follow(path) {
  if (named.has(path)) return;
  named.add(path);
  for (const [, target = ""] of readFileSync(path, "utf8").matchAll(/from "(\..+?)\.ts"/g)) {
    follow(join(dirname(path), `${target}.d.ts`));
  }
}

if (status === 0) {
  follow(join(folder, "node", "index.d.ts"));
  // tsc writes the types of every file that it has read.
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !named.has(path)) rmSync(path);
  }
}
process.exitCode = status ?? 1;
