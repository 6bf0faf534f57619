// @ts-check
/**
 * `npm test`: builds the site, runs the unit tests and then the tests of the built site, and
 * closes with one line, `N passed, N failed`.
 *
 *   npm test -- unit [file filter …]      only the unit tests
 *   npm test -- browser [words …]         only the tests in a browser, whose titles have the words
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const [only, ...filter] = process.argv.slice(2);
if (only !== undefined && only !== "unit" && only !== "browser") {
  console.error("usage: npm test -- [unit [file filter …] | browser [words of a title …]]");
  process.exit(2);
}

// Built aside and not into dist/, so that a running preview or another build is not disturbed.
const folder = mkdtempSync(join(tmpdir(), "port21-test-"));
const site = join(folder, "site");
const total = { passed: 0, failed: 0, skipped: 0 };

/**
 * @param {string} name
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
function run(name, args, env = {}) {
  const program = join(root, "node_modules", ".bin", name);
  const options = /** @type {const} */ ({ cwd: root, stdio: "inherit" });
  return spawnSync(program, args, { ...options, env: { ...process.env, ...env } }).status === 0;
}

/**
 * Runs a test runner and adds what its reporter counted.
 * @param {string} name
 * @param {string[]} args
 */
function runTests(name, args) {
  const file = join(folder, `${name}.json`);
  const ok = run(name, args, { PORT21_COUNTS: file, PORT21_SITE: site });
  const counts = existsSync(file)
    ? /** @type {typeof total} */ (JSON.parse(readFileSync(file, "utf8")))
    : { passed: 0, failed: 0, skipped: 0 };
  // A runner that fell over without a count, or after it, has failed too.
  if (!ok && counts.failed === 0) counts.failed = 1;
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}

try {
  if (only !== "browser") runTests("vitest", ["run", ...filter]);
  if (only !== "unit") {
    const built = run("vite", ["build", "--logLevel", "warn", "--outDir", site, "--emptyOutDir"]);
    const grep = filter.length > 0 ? ["--grep", filter.join(" ")] : [];
    if (built) runTests("playwright", ["test", ...grep]);
    else total.failed += 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

// Nothing run is nothing proved.
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
