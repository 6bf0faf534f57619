/**
 * Brings `lessons/` into the site: `virtual:lessons` finds a lesson, `virtual:course` is the table
 * of contents, `virtual:search` what can be looked for, and `virtual:scenarios` the worlds; each
 * lesson and each scenario is a module of its own, loaded when it is wanted. The course stands in
 * index.html as well. Markdown is read here, so the page carries no reader, and a lesson that errs
 * fails the build with its file and line.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Plugin } from "vite";
import type { Lesson } from "../lesson/lesson.ts";
import { parseScenario, type Schema } from "../sim/scenario-check.ts";
import type { Scenario } from "../sim/scenario.ts";
import { withFiles } from "../lesson/files.ts";
import { entries, lessonPaths, misnamed } from "./lesson-files.ts";
import { parseLesson, parsePart } from "../lesson/parse.ts";
import { LessonError } from "../lesson/problems.ts";
import { courseHtml, courseTable, searchTexts } from "./course.ts";

/** A lesson's Markdown file and what was read in it. */
export interface LessonFile {
  readonly path: string;
  readonly lesson: Lesson;
}

/**
 * All lessons below a project's `lessons/`, in the order of the course. Throws a LessonError; where
 * it is `lenient`, a lesson that errs stands there as what is wrong with it.
 */
export function readLessons(root: string, lenient = false): LessonFile[] {
  const top = join(root, "lessons");
  const worlds = written(join(top, "scenarios"));
  return lessonPaths(root).map((path) => {
    const partFile = join(dirname(path), "part.md");
    const named = (each: string): string => relative(root, each).replaceAll("\\", "/");
    const part = existsSync(partFile)
      ? parsePart(readFileSync(partFile, "utf8"), named(partFile))
      : {};
    const source = readFileSync(path, "utf8");
    const scenario = (of: string): Scenario => readScenario(join(top, "scenarios"), of);
    const wrong = (text: string): never => {
      throw new LessonError([{ file: named(path), line: 1, text }]);
    };
    const name = misnamed(root, path);
    return once(path, JSON.stringify([source, part, worlds, name]), () => {
      try {
        if (name !== undefined) wrong(name);
        const lesson = parseLesson(source, named(path), part);
        return { path, lesson: withFiles(lesson, scenario, (_, text) => wrong(text)) };
      } catch (error) {
        if (!lenient || !(error instanceof LessonError)) throw error;
        return { path, lesson: broken(error, named(path)) };
      }
    });
  });
}

/** What was read last, by the lesson's path: each of its modules asks for the whole course. */
const known = new Map<string, { from: string; file: LessonFile }>();

function once(path: string, from: string, read: () => LessonFile): LessonFile {
  const before = known.get(path);
  if (before?.from === from) return before.file;
  const file = read();
  known.set(path, { from, file });
  return file;
}

/** When each scenario was written last: a lesson may speak of a file that lies in one. */
function written(folder: string): string {
  if (!existsSync(folder)) return "";
  const times = readdirSync(folder).map((name) => statSync(join(folder, name)).mtimeMs);
  return times.join(" ");
}

/** In the place of a lesson that errs, while it is written: what is wrong with it. */
function broken({ problems }: LessonError, file: string): Lesson {
  const told = problems.map(
    ({ line, text }) => `- Line ${line}: ${text.replaceAll("{", "&#123;")}`,
  );
  const head = "---\ntitle: This lesson errs\nscenario: sandbox\nminutes: 3\n---\n";
  const step =
    "## Mend it\n```goal\n1> NOOP\n```\n```type 1\nNOOP\n```\n```hint\nMend the file and save it.\n```\n";
  return parseLesson(`${head}\`${file}\`\n\n${told.join("\n")}\n\n${step}`, file);
}

/** The plugin. */
export function lessonsPlugin(): Plugin {
  let root = process.cwd();
  let serving = false;
  const virtual = /^virtual:(?:lessons|course|search|scenarios|lesson\/.+|scenario\/.+)$/;
  return {
    name: "port21-lessons",
    configResolved(config) {
      root = config.root;
      serving = config.command === "serve" && config.mode !== "test";
    },
    configureServer({ watcher, moduleGraph, ws }) {
      // Files that are known are watched already; a lesson that is new, or gone, changes the table.
      const changed = (path: string): void => {
        if (!path.startsWith(join(root, "lessons"))) return;
        for (const [id, module] of moduleGraph.idToModuleMap) {
          if (id.startsWith("\0virtual:")) moduleGraph.invalidateModule(module);
        }
        ws.send({ type: "full-reload" });
      };
      watcher.on("add", changed).on("unlink", changed);
    },
    transformIndexHtml(html) {
      const course = courseTable(readLessons(root, serving).map(({ lesson }) => lesson));
      return html.replace("<!-- course -->", () => courseHtml(course));
    },
    resolveId(id) {
      return virtual.test(id) ? `\0${id}` : undefined;
    },
    load(id) {
      if (!id.startsWith("\0virtual:")) return undefined;
      const [, kind = "", name = ""] = /^\0virtual:(\w+)(?:\/(.+))?$/.exec(id) ?? [];
      const folder = join(root, "lessons", "scenarios");
      if (kind === "scenarios") return scenariosModule(folder);
      if (kind === "scenario") {
        this.addWatchFile(join(folder, `${name}.json`));
        return `export default ${JSON.stringify(readScenario(folder, name))};`;
      }
      const files = readLessons(root, serving);
      for (const { path } of files) this.addWatchFile(path);
      if (kind === "search") return searchModule(files, folder);
      return lessonModule(
        kind,
        name,
        files.map(({ lesson }) => lesson),
      );
    },
  };
}

function lessonModule(kind: string, name: string, all: readonly Lesson[]): string | undefined {
  if (kind === "lessons") {
    const rows = all.map(
      ({ slug }) => `${JSON.stringify(slug)}:()=>import("virtual:lesson/${slug}")`,
    );
    return `export const lessons = {${rows.join(",")}};`;
  }
  if (kind === "course") return `export const course = ${JSON.stringify(courseTable(all))};`;
  const at = all.findIndex(({ slug }) => slug === name);
  const after = all[at + 1];
  const next = after && { slug: after.slug, title: after.title };
  const place = { number: at + 1, of: all.length, next };
  // A lesson brings its world along, so the page needs no table of scenarios before its prompt.
  const world = `()=>import("virtual:scenario/${all[at]?.scenario}").then((m)=>m.default)`;
  return `export default {...${JSON.stringify({ ...all[at], place })},world:${world}};`;
}

function searchModule(files: readonly LessonFile[], folder: string): string {
  const texts = searchTexts(files.map(({ lesson }) => lesson));
  const networks = scenarioNames(folder).map((name) => {
    const { title, about = "" } = readScenario(folder, name);
    return { name, title, text: about };
  });
  return `export const texts = ${JSON.stringify(texts)};export const networks = ${JSON.stringify(networks)};`;
}

function scenarioNames(folder: string): string[] {
  return entries(folder, /^[\w-]+\.json$/)
    .filter((file) => !file.includes(".schema."))
    .map((file) => file.slice(0, -5));
}

function scenariosModule(folder: string): string {
  const rows = scenarioNames(folder).map(
    (name) =>
      `${JSON.stringify(name)}: () => import("virtual:scenario/${name}").then((m) => m.default)`,
  );
  return `export const scenarios = {${rows.join(",")}};`;
}

/** A scenario's file, held against the schema beside it. */
function readScenario(folder: string, name: string): Scenario {
  const read = (file: string): string => readFileSync(join(folder, file), "utf8");
  // Ours, and a wrong word in it shows in every scenario.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const schema = JSON.parse(read("scenario.schema.json")) as Schema;
  return parseScenario(read(`${name}.json`), schema, name);
}
