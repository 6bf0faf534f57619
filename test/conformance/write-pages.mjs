// @ts-check
/** Writes the pages of the docs that are made from tables and recordings. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

/** @type {{ module: typeof import("./commands-page.ts") }} */
const { module } = await runnerImport(here("commands-page.ts"), {
  configFile: false,
  logLevel: "warn",
});
writeFileSync(here("../../docs/commands.md"), module.commandsPage());
