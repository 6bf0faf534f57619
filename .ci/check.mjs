// @ts-check
/** `npm run check`: everything that needs no running, to the end, so that one run shows it all. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const projects = ["sim", "pure", "app", "node", "test"];
const steps = [
  "oxfmt --check",
  "oxlint",
  ...projects.map((name) => `tsc -p tsconfig.${name}.json`),
  "vitest run test/architecture.test.ts",
];

let failed = 0;
for (const step of steps) {
  const [name, ...args] = step.split(" ");
  const result = spawnSync(`${root}node_modules/.bin/${name}`, args, {
    cwd: root,
    encoding: "utf8",
  });
  const ok = result.status === 0;
  console.log(`${ok ? "ok    " : "FAILED"}  ${step}`);
  if (ok) continue;
  failed += 1;
  console.log(`${result.stdout}${result.stderr}`.trimEnd());
}
process.exitCode = failed > 0 ? 1 : 0;
