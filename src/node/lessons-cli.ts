/** `npm run lessons`: plays lessons and says what is wrong with them, by file and line. */
import { once } from "node:events";
import { existsSync, readFileSync, watch } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { checkLesson } from "../lesson/check.ts";
import { parsePart } from "../lesson/parse.ts";
import { LessonError } from "../lesson/problems.ts";
import { lessonPaths, misnamed, slugOf } from "./lesson-files.ts";
import { parseScenario, type Schema } from "../sim/scenario-check.ts";
import type { Scenario } from "../sim/scenario.ts";

const HELP = `usage: npm run lessons -- --run            plays every lesson once
       npm run lessons -- --run 02-files   those whose path has these words
       npm run lessons lessons/…/03-x.md   watches one lesson and plays it at each change
`;

/** Does what the arguments say. Gives back the exit status. */
export async function main(args: readonly string[], root: string): Promise<number> {
  const all = args.includes("--run");
  const words = args.filter((each) => !each.startsWith("--"));
  if (all) return playAll(root, words);
  const [file] = words;
  if (file === undefined || !existsSync(file)) {
    process.stderr.write(file === undefined ? HELP : `There is no file ${file}.\n${HELP}`);
    return 2;
  }
  const ended = new AbortController();
  process.once("SIGINT", () => ended.abort());
  await watchOne(resolve(file), root, (text) => process.stdout.write(`${text}\n`), ended.signal);
  return 0;
}

/** Checks the lesson at `path`: its problems, one a line, and one line about it. */
export function checkFile(path: string, root: string): { told: string[]; summary: string } {
  const began = performance.now();
  const file = relative(root, path).replaceAll("\\", "/");
  const told: string[] = [];
  const slugs = lessonPaths(root).map(slugOf);
  const partFile = join(dirname(path), "part.md");
  let part = {};
  try {
    if (existsSync(partFile)) part = parsePart(readFileSync(partFile, "utf8"), "part.md");
  } catch (error) {
    if (!(error instanceof LessonError)) throw error;
    told.push(...error.message.split("\n"));
  }
  const wrong = misnamed(root, path);
  if (wrong !== undefined) told.push(`${file}:1: ${wrong}`);
  const source = readFileSync(path, "utf8");
  const scenario = (name: string): Scenario | undefined => readScenario(root, name, told);
  const { lesson, plays, problems } = checkLesson({ source, file, part, slugs, scenario });
  told.push(...problems.map(({ line, text }) => `${file}:${line}: ${text}`));
  const took = Math.round(performance.now() - began);
  const state = told.length === 0 ? "ok    " : "FAILED";
  const { length } = lesson.steps;
  const steps = `${length} ${length === 1 ? "step" : "steps"}`;
  const summary = `${state}  ${file}  ${steps}, ${plays} plays, ${took} ms`;
  return { told, summary };
}

function playAll(root: string, words: readonly string[]): number {
  let failed = 0;
  const chosen = lessonPaths(root).filter(
    (path) => words.length === 0 || words.some((word) => path.includes(word)),
  );
  for (const path of chosen) {
    const { told, summary } = checkFile(path, root);
    process.stdout.write(`${[summary, ...told].join("\n")}\n`);
    if (told.length > 0) failed++;
  }
  if (chosen.length === 0) {
    process.stderr.write(`No lesson's path has ${words.join(" or ")}. They lie below lessons/.\n`);
    return 1;
  }
  const stand = chosen.length - failed;
  process.stdout.write(`${stand} ${stand === 1 ? "lesson stands" : "lessons stand"}`);
  process.stdout.write(failed > 0 ? `, ${failed} ${failed === 1 ? "does" : "do"} not.\n` : ".\n");
  return failed > 0 ? 1 : 0;
}

/** Plays a lesson, and again at each change of it, its part or its scenarios, until `ended`. */
export async function watchOne(
  path: string,
  root: string,
  say: (text: string) => void,
  ended: AbortSignal,
): Promise<void> {
  const play = (): void => {
    try {
      const { told, summary } = checkFile(path, root);
      say(`\n${[...told, summary].join("\n")}`);
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
  };
  let waiting: NodeJS.Timeout | undefined;
  const changed = (): void => {
    // An editor that saves touches a file several times.
    clearTimeout(waiting);
    waiting = setTimeout(play, 50);
  };
  // Before the first play: what is saved meanwhile is a change too.
  const watched = [dirname(path), join(root, "lessons", "scenarios")].map((folder) =>
    watch(folder, changed),
  );
  play();
  say(`watching ${relative(root, path)}, Ctrl+C ends`);
  if (!ended.aborted) await once(ended, "abort");
  clearTimeout(waiting);
  for (const each of watched) each.close();
}

function readScenario(root: string, name: string, told: string[]): Scenario | undefined {
  const folder = join(root, "lessons", "scenarios");
  const path = join(folder, `${name}.json`);
  if (!existsSync(path)) return undefined;
  // Ours, and a wrong word in it shows in every scenario.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const schema = JSON.parse(readFileSync(join(folder, "scenario.schema.json"), "utf8")) as Schema;
  try {
    return parseScenario(readFileSync(path, "utf8"), schema, name);
  } catch (error) {
    told.push(`lessons/scenarios/${name}.json: ${error instanceof Error ? error.message : ""}`);
    return undefined;
  }
}
