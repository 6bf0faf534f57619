/** The generated pages of the docs are as their tables are now. hold.ts sees to docs/conformance.md. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commandsPage } from "./commands-page.ts";
import { rfcPage } from "./rfc-page.ts";

test.each([
  ["commands", commandsPage],
  ["rfc", rfcPage],
])("docs/%s.md is up to date (node test/conformance/write-pages.mjs writes it)", (name, make) => {
  const page = readFileSync(new URL(`../../docs/${name}.md`, import.meta.url), "utf8");
  expect(page).toBe(make());
});
