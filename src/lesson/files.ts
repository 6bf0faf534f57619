/** Goals about files: what an author writes becomes the length and the sum that the notation tells. */
import { sum } from "../explain/notation.ts";
import { toBytes, utf8Encode } from "../sim/bytes.ts";
import { entryContents } from "../sim/fs/contents.ts";
import type { Scenario } from "../sim/scenario.ts";
import type { Lesson, Near, Step } from "./lesson.ts";

/** `file got.png is files.example.net:/pub/logo.png`, and `file note.txt = hello\r\n`. */
const WRITTEN = /^(!? ?file \S+) (?:is ([^:]+):(\S+)|= (.*))$/;

/** Says that a goal of `of` names a file that is not there. */
export type Missing = (of: Step | Near, text: string) => void;

/** `lesson` with its files looked up, or as it is if it asks for none. */
export function withFiles(
  lesson: Lesson,
  scenario: (name: string) => Scenario | undefined,
  missing: Missing,
): Lesson {
  const pinned = (line: string, of: Step | Near): string => {
    const [, head, host, path, text] = WRITTEN.exec(line) ?? [];
    if (head === undefined) return line;
    const bytes =
      path === undefined
        ? unescaped(text ?? "")
        : fileAt(scenario(lesson.scenario), host ?? "", path);
    if (bytes) return `${head} ${bytes.length} ${sum(bytes)}`;
    missing(of, `There is no file \`${host}:${path}\` in the scenario ${lesson.scenario}.`);
    return line;
  };
  const near = (all: readonly Near[]): Near[] =>
    all.map((each) => (WRITTEN.test(each.on) ? { ...each, on: pinned(each.on, each) } : each));
  const steps = lesson.steps.map((step) => {
    if (!step.goal.flat().some((line) => WRITTEN.test(line)))
      return { ...step, near: near(step.near) };
    const goal = step.goal.map((way) => way.map((line) => pinned(line, step)));
    return { ...step, goal, near: near(step.near) };
  });
  return { ...lesson, near: near(lesson.near), steps };
}

function fileAt(
  scenario: Scenario | undefined,
  host: string,
  path: string,
): Uint8Array | undefined {
  const tree =
    host === scenario?.learner.name
      ? scenario.learner.files
      : scenario?.hosts.find(({ names }) => names.includes(host))?.ftp?.tree;
  const found = tree?.find((entry) => entry.path === path && entry.type === "file");
  const contents = found && entryContents(found);
  return contents?.slice(0, contents.size);
}

const ESCAPES: Readonly<Record<string, string>> = { r: "\r", n: "\n", t: "\t", "\\": "\\" };

/** Text with `\r`, `\n`, `\t`, `\\` and `\xff` written out, as bytes. */
function unescaped(text: string): Uint8Array {
  const octets = text.replace(
    /\\(?:x([\da-fA-F]{2})|(.))|[^\\]+/gs,
    (piece, hex?: string, char?: string) =>
      hex
        ? String.fromCharCode(parseInt(hex, 16))
        : char
          ? (ESCAPES[char] ?? piece)
          : utf8Encode(piece),
  );
  return toBytes(octets);
}
