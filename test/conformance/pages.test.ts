/** The generated pages of the docs are as their tables and recordings are now. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commandsPage } from "./commands-page.ts";

test("docs/commands.md is up to date (node test/conformance/write-pages.mjs writes it)", () => {
  const page = readFileSync(new URL("../../docs/commands.md", import.meta.url), "utf8");
  expect(page).toBe(commandsPage());
});
