/** A conformance script: what is typed at a server, as the files of test/reference/scenarios hold it. */
import { type Octets, utf8Encode } from "../../src/sim/bytes.ts";

/** One `.ftp` file: its header (`# key: value`) and its steps. */
export interface Script {
  readonly name: string;
  readonly header: Readonly<Record<string, string>>;
  readonly steps: readonly string[];
}

/** Reads a script. Comments and empty lines are no steps; the header ends at the first step. */
export function parseScript(name: string, text: string): Script {
  const header: Record<string, string> = {};
  const steps: string[] = [];
  for (const line of text.split("\n")) {
    if (line.startsWith("#")) {
      const entry = /^#\s*(\w+)\s*:\s*(.*\S)\s*$/.exec(line);
      if (entry !== null && steps.length === 0) header[entry[1]!] = entry[2]!;
    } else if (line !== "") steps.push(line);
  }
  return { name, header, steps };
}

/** Puts values in place of `${name}` and `${rep:A:5000}`; an unknown name stays as it is. */
export function substitute(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{([^}]+)\}/g, (whole, name: string) => {
    const [word, what, times] = name.split(":");
    if (word === "rep") return (what ?? "").repeat(Number(times));
    return values[name] ?? whole;
  });
}

const ESCAPES: Readonly<Record<string, string>> = {
  r: "\r",
  n: "\n",
  t: "\t",
  "0": "\0",
  "\\": "\\",
};

/** The octets of a line: UTF-8, with `\r \n \t \0 \\ \xNN` read as in C. */
export function unescape(text: string): Octets {
  return utf8Encode(text).replace(
    /\\(?:x([0-9a-fA-F]{2})|([rnt0\\]))/g,
    (_, hex: string | undefined, letter: string | undefined) =>
      hex === undefined ? ESCAPES[letter!]! : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
