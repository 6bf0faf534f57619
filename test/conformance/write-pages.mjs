// @ts-check
/** Writes the pages of the docs that are made from tables and recordings. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const options = {
  configFile: /** @type {const} */ (false),
  logLevel: /** @type {const} */ ("warn"),
};
const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

/** @type {{ module: typeof import("./commands-page.ts") }} */
const commands = await runnerImport(here("commands-page.ts"), options);
writeFileSync(here("../../docs/commands.md"), commands.module.commandsPage());

/** @type {{ module: typeof import("./conformance-page.ts") }} */
const conformance = await runnerImport(here("conformance-page.ts"), options);
writeFileSync(here("../../docs/conformance.md"), await conformance.module.conformancePage());

/** @type {{ module: typeof import("./rfc-page.ts") }} */
const rfc = await runnerImport(here("rfc-page.ts"), options);
writeFileSync(here("../../docs/rfc.md"), rfc.module.rfcPage());
