// @ts-check
/**
 * `npm run size`: what a first visit downloads until the terminal stands, measured in a browser on
 * the built site, served with brotli as a good host does. Fails over the budget, and when the page
 * asks any other origin for anything.
 */
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { chromium } from "playwright-core";
import { launchOptions } from "../test/browser/chromium.mjs";

const budget = 110_000;
const page = "#/learn/talk-to-a-server";
const ready = ".xterm-rows";
/** Images and fonts come after the first paint and are not counted. */
const free = ["image", "font"];

// These two run in the page. It notes the moment itself: from outside, a busy machine sees it late.
const noteTheMoment = `
  const seen = new MutationObserver(() => {
    if (!document.querySelector("${ready}")?.textContent.includes("$")) return;
    performance.mark("terminal-stands");
    seen.disconnect();
  });
  seen.observe(document, { subtree: true, childList: true, characterData: true });`;
const loadsUntilThen = `
  ["navigation", "resource"]
    .flatMap((kind) => performance.getEntriesByType(kind))
    .filter(({ startTime }) => startTime <= performance.getEntriesByName("terminal-stands")[0].startTime)
    .map(({ name, transferSize }) => ({ name, transferSize }))`;

const dist = fileURLToPath(new URL("../dist", import.meta.url));
if (!existsSync(join(dist, "index.html"))) {
  console.error("dist/ holds no site: npm run build");
  process.exit(1);
}

/** @type {Record<string, string>} */
const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const file = join(dist, normalize(pathname.endsWith("/") ? `${pathname}index.html` : pathname));
  if (!existsSync(file) || !statSync(file).isFile()) {
    response.writeHead(404).end();
    return;
  }
  const body = brotliCompressSync(readFileSync(file));
  response.writeHead(200, {
    "content-type": types[extname(file)] ?? "application/octet-stream",
    "content-encoding": "br",
    "content-length": body.length,
  });
  response.end(body);
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const address = server.address();
if (address === null || typeof address === "string") throw new Error("no port");
const origin = `http://127.0.0.1:${address.port}`;

const browser = await chromium.launch(await launchOptions());
try {
  const tab = await browser.newPage();
  /** @type {import("playwright-core").Request[]} */
  const requests = [];
  tab.on("request", (request) => requests.push(request));
  await tab.addInitScript({ content: noteTheMoment });
  await tab.goto(`${origin}/${page}`, { waitUntil: "commit" });
  await tab.waitForFunction(
    () => performance.getEntriesByName("terminal-stands").length > 0,
    undefined,
    { timeout: 30_000 },
  );
  /** @type {{ name: string, transferSize: number }[]} */
  const loads = await tab.evaluate(loadsUntilThen);

  let total = 0;
  for (const { name, transferSize } of loads.filter((each) => isOurs(each.name))) {
    const asked = requests.find((request) => request.url().split("#")[0] === name.split("#")[0]);
    const counts = !free.includes(asked?.resourceType() ?? "");
    if (counts) total += transferSize;
    const path = name.replace(origin, "");
    console.log(`${String(transferSize).padStart(8)}  ${path}${counts ? "" : "  (not counted)"}`);
  }
  console.log(`${String(total).padStart(8)}  of ${budget} bytes until the terminal stands`);
  if (total < 60_000) fail("so little cannot be: the measure is broken");
  if (total > budget) fail(`over the budget by ${total - budget} bytes`);

  // A visit goes on: what is fetched a little later must stay at home as well.
  await tab.waitForTimeout(1000);
  const foreign = requests.map((request) => request.url()).filter((url) => !isOurs(url));
  // data: and blob: come from the page itself.
  const asked = foreign.filter((url) => url.startsWith("http"));
  if (asked.length > 0) fail(`asks another origin: ${asked.join(" ")}`);
} finally {
  await browser.close();
  server.close();
}

/** @param {string} url */
function isOurs(url) {
  return url.startsWith(`${origin}/`);
}

/** @param {string} why */
function fail(why) {
  console.error(`size: ${why}`);
  process.exitCode = 1;
}
