// @ts-check
/** `npm run lessons`: runs lessons-cli.ts, which is TypeScript; Vite loads it as it loads the tests. */
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

/** @type {{ module: typeof import("../src/node/lessons-cli.ts") }} */
const { module } = await runnerImport(
  fileURLToPath(new URL("../src/node/lessons-cli.ts", import.meta.url)),
  { configFile: false, logLevel: "warn" },
);
const root = fileURLToPath(new URL("..", import.meta.url));
process.exitCode = await module.main(process.argv.slice(2), root);
