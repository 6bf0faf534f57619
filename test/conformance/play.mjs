// @ts-check
/** Runs cli.ts, which is TypeScript: Vite loads it as it loads the tests. */
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

/** @type {{ module: typeof import("./cli.ts") }} */
const { module } = await runnerImport(fileURLToPath(new URL("cli.ts", import.meta.url)), {
  configFile: false,
  logLevel: "warn",
});
process.exitCode = await module.main(process.argv.slice(2));
