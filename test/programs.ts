/** Programs of the system that some tests play against, and what to do where one is missing. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Program name → Debian package, as .ci/run installs them. */
const packages = {
  lftp: "lftp",
  tnftp: "tnftp",
  "inetutils-ftp": "inetutils-ftp",
  "inetutils-telnet": "inetutils-telnet",
  curl: "curl",
  python3: "python3",
} as const;

export type ProgramName = keyof typeof packages;

/** The path of a program on this machine, or undefined. */
export function program(name: ProgramName): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/**
 * The path of a program, for a test that cannot do without: `const lftp = need(context, "lftp")`.
 * Where it is missing the test is skipped and says what to install; under CI it fails, so that
 * nothing is left untested there without a word.
 */
export function need(context: { skip(note: string): never }, name: ProgramName): string {
  const path = program(name);
  if (path !== undefined) return path;
  const note = `${name} is missing: apt-get install ${packages[name]}`;
  if (process.env["CI"] === "true") throw new Error(note);
  console.log(`skipped: ${note}`);
  return context.skip(note);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
