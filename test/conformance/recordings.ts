/** The recordings of real servers and the scripts that were played at them, from test/reference. */
import { readFileSync, readdirSync } from "node:fs";
import { type Recording, parseRecording } from "./events.ts";
import { type Script, parseScript } from "./scenario.ts";

/** The servers that were recorded. */
export const SERVERS = ["proftpd", "vsftpd", "pureftpd", "pyftpdlib"] as const;

/** Where scripts lie, and the recordings of them. */
export interface Collection {
  readonly scripts: string;
  readonly recordings: string;
}

/** The reference: 141 scripts, four servers. */
export const REFERENCE: Collection = { scripts: "scenarios/open", recordings: "recordings" };
/** What was looked up later at the real ProFTPD 1.3.8, with our own player. */
export const OBSERVED: Collection = { scripts: "observed", recordings: "observed" };

const FOLDER = new URL("../reference/", import.meta.url);

/** Every script of a collection. */
export function readScripts({ scripts } = REFERENCE): Script[] {
  return names(scripts, ".ftp").map((name) =>
    parseScript(name, readReference(`${scripts}/${name}.ftp`)),
  );
}

/** The names of the scenarios that were played at a server. */
export function recordedScenarios(server: string, { recordings } = REFERENCE): string[] {
  return names(`${recordings}/${server}`, ".jsonl");
}

/** One recording of a server. */
export function readRecording(
  server: string,
  scenario: string,
  { recordings } = REFERENCE,
): Recording {
  return parseRecording(readReference(`${recordings}/${server}/${scenario}.jsonl`));
}

/** A file of the reference folder, as text. */
export function readReference(path: string): string {
  return readFileSync(new URL(path, FOLDER), "utf8");
}

function names(folder: string, ending: string): string[] {
  return readdirSync(new URL(folder, FOLDER))
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .toSorted();
}
