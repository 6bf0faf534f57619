/**
 * Tests of the built site, served as `vite preview` serves it. `npm test` builds a fresh copy and
 * names it in PORT21_SITE; without it, `npx playwright test` takes what `npm run build` left.
 */
import { once } from "node:events";
import { createServer } from "node:net";
import { defineConfig } from "@playwright/test";
import { launchOptions } from "./test/browser/chromium.mjs";

/** A port that nobody holds, so that several runs on one machine do not meet. */
async function freePort(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("no free port");
  return String(address.port);
}

// Every worker reads this file again: the environment hands the first one's choice to them.
const port = (process.env["PORT21_PORT"] ??= await freePort());
const site = process.env["PORT21_SITE"] ?? "dist";
const url = `http://127.0.0.1:${port}/`;

export default defineConfig({
  testDir: "test/browser",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: process.env["CI"] === "true",
  // A test that passes at the second try has failed.
  retries: 0,
  reporter: [["list"], ["./test/report/playwright.ts"]],
  use: {
    baseURL: url,
    launchOptions: await launchOptions(),
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
  },
  webServer: {
    command: `node_modules/.bin/vite preview --strictPort --port ${port} --outDir ${site}`,
    url,
    stdout: "ignore",
  },
});
