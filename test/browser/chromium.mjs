// @ts-check
/**
 * Which Chromium the tests and the size budget drive, and how. Plain JavaScript, since .ci/size.mjs
 * runs it in Node as it stands.
 */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** What distributions call it. The headless shell is the fastest. */
const names = ["chromium-headless-shell", "chromium", "google-chrome"];
const mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** @returns {string | undefined} a Chromium installed on this machine */
function installed() {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter(Boolean);
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...paths, mac].find((path) => existsSync(path));
}

/** The one that `npm ci` brought along: it unpacks itself into the temporary folder. */
async function bundled() {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("no Chromium found: set CHROMIUM to the path of a Chromium or Chrome");
  }
  // Read while the package loads: it makes it unpack the libraries a bare machine lacks, too.
  process.env["AWS_LAMBDA_JS_RUNTIME"] = "nodejs20.x";
  const { default: chromium } = await import("@sparticuz/chromium");
  return chromium.executablePath();
}

/**
 * $CHROMIUM (a path, or "bundled"), else an installed one, else the bundled one.
 * @returns {Promise<string>} the path of the program
 */
export async function chromiumPath() {
  const wanted = process.env["CHROMIUM"];
  if (wanted !== undefined && wanted !== "" && wanted !== "bundled") return wanted;
  const path = (wanted === "bundled" ? undefined : installed()) ?? (await bundled());
  // Test workers inherit the answer and do not look again.
  process.env["CHROMIUM"] = path;
  return path;
}

/** What Playwright needs to launch it, as root and in a container as well. */
export async function launchOptions() {
  return {
    executablePath: await chromiumPath(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  };
}
