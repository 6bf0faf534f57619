/** The front matter of a lesson or a part: a little YAML between two lines of `---`. */
import { LineCounter, parseDocument } from "yaml";
import type { Report } from "./problems.ts";

/** What a lesson's front matter says, with what it takes over from its part. */
export interface Matter {
  readonly title?: string;
  readonly scenario?: string;
  readonly minutes?: number;
  readonly needs?: readonly string[];
  readonly teaches?: readonly string[];
  readonly question?: string;
}

/** A file cut in two. `line` is where the body begins. */
export interface Cut {
  readonly matter: Matter;
  readonly body: string;
  readonly line: number;
}

const KINDS: Readonly<Record<string, "text" | "number" | "list">> = {
  title: "text",
  scenario: "text",
  minutes: "number",
  needs: "list",
  teaches: "list",
  question: "text",
};

const EXAMPLES = {
  text: "one line of text",
  number: "a number, as in `minutes: 8`",
  list: "a list, as in `[first, second]`",
};

/** Cuts the front matter off and reads it. */
export function cutMatter(source: string, report: Report): Cut {
  // Some editors put a mark of their own before the first line.
  const text = source.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
  const found = /^---\n([\s\S]*?)\n---(?:\n|$)/.exec(text);
  if (!found) {
    report(1, "The file does not begin with front matter. Begin it with `---`, `title: …`, `---`.");
    return { matter: {}, body: text, line: 1 };
  }
  const yaml = found[1] ?? "";
  const line = found[0].split("\n").length;
  return { matter: readMatter(yaml, report), body: text.slice(found[0].length), line };
}

function readMatter(yaml: string, report: Report): Matter {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines });
  for (const error of document.errors) {
    const what = error.message.split(" at line ")[0] ?? "";
    report(lines.linePos(error.pos[0]).line + 1, `The front matter is not YAML: ${what}`);
  }
  const data: unknown = document.errors.length > 0 ? {} : document.toJS();
  if (typeof data !== "object" || data === null || Array.isArray(data)) {
    report(2, "The front matter wants lines of `name: value`, as in `title: Talk to a server`.");
    return {};
  }
  const matter: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(data)) {
    const line = lineOf(key, yaml) + 1;
    const kind = KINDS[key];
    if (!kind) {
      report(
        line,
        `I do not know \`${key}\`. The front matter has ${Object.keys(KINDS).join(", ")}.`,
      );
    } else if (!fits(value, kind)) report(line, `\`${key}\` wants ${EXAMPLES[kind]}.`);
    else matter[key] = value;
  }
  return matter;
}

/** In which line of `text` a key stands; 0 if nowhere. */
export function lineOf(key: string, text: string): number {
  return text.split("\n").findIndex((each) => each.startsWith(`${key}:`)) + 1;
}

function fits(value: unknown, kind: "text" | "number" | "list"): boolean {
  if (kind === "text") return typeof value === "string" && value !== "";
  if (kind === "number") return typeof value === "number" && value > 0;
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
