/**
 * Brings `lessons/` into the site: `virtual:lessons` is the table of contents and
 * `virtual:scenarios` the worlds; each lesson and each scenario is a module of its own, loaded
 * when it is wanted. Markdown is read here, so the page carries no reader, and a lesson that
 * errs fails the build with its file and line.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Plugin } from "vite";
import type { Lesson } from "../lesson/lesson.ts";
import { parseScenario, type Schema } from "../sim/scenario-check.ts";
import type { Scenario } from "../sim/scenario.ts";
import { parseLesson, parsePart } from "../lesson/parse.ts";

/** A lesson's Markdown file and what was read in it. */
export interface LessonFile {
  readonly path: string;
  readonly lesson: Lesson;
}

/** All lessons below a project's `lessons/`, in the order of the course. Throws a LessonError. */
export function readLessons(root: string): LessonFile[] {
  const top = join(root, "lessons");
  return entries(top, /^\d+-[a-z\d-]+$/).flatMap((folder) => {
    const partFile = join(top, folder, "part.md");
    const named = (path: string): string => relative(root, path).replaceAll("\\", "/");
    const part = existsSync(partFile)
      ? parsePart(readFileSync(partFile, "utf8"), named(partFile))
      : {};
    return entries(join(top, folder), /^\d+-.*\.md$/).map((name) => {
      const path = join(top, folder, name);
      return { path, lesson: parseLesson(readFileSync(path, "utf8"), named(path), part) };
    });
  });
}

/** The plugin. */
export function lessonsPlugin(): Plugin {
  let root = process.cwd();
  const virtual = /^virtual:(?:lessons|scenarios|lesson\/.+|scenario\/.+)$/;
  return {
    name: "port21-lessons",
    configResolved(config) {
      root = config.root;
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
    resolveId(id) {
      return virtual.test(id) ? `\0${id}` : undefined;
    },
    load(id) {
      if (!id.startsWith("\0virtual:")) return undefined;
      const [, kind = "", name = ""] = /^\0virtual:(\w+)(?:\/(.+))?$/.exec(id) ?? [];
      const folder = join(root, "lessons", "scenarios");
      if (kind === "scenarios") {
        const names = entries(folder, /^[\w-]+\.json$/).filter(
          (file) => !file.includes(".schema."),
        );
        const rows = names
          .map((file) => file.slice(0, -5))
          .map((each) => {
            return `${JSON.stringify(each)}: () => import("virtual:scenario/${each}").then((m) => m.default)`;
          });
        return `export const scenarios = {${rows.join(",")}};`;
      }
      if (kind === "scenario") {
        this.addWatchFile(join(folder, `${name}.json`));
        return `export default ${JSON.stringify(readScenario(folder, name))};`;
      }
      const files = readLessons(root);
      for (const { path } of files) this.addWatchFile(path);
      if (kind === "lesson") {
        const found = files.find(({ lesson }) => lesson.slug === name);
        return `export default ${JSON.stringify(found?.lesson)};`;
      }
      if (kind !== "lessons") return undefined;
      const rows = files.map(({ lesson: { slug, title, minutes, part } }, at) => {
        const row = JSON.stringify({ slug, title, minutes, part, number: at + 1 }).slice(0, -1);
        return `${row},load:()=>import("virtual:lesson/${slug}").then((m)=>m.default)}`;
      });
      return `export const lessons = [${rows.join(",")}];`;
    },
  };
}

/** A scenario's file, held against the schema beside it. */
function readScenario(folder: string, name: string): Scenario {
  const read = (file: string): string => readFileSync(join(folder, file), "utf8");
  // Ours, and a wrong word in it shows in every scenario.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const schema = JSON.parse(read("scenario.schema.json")) as Schema;
  return parseScenario(read(`${name}.json`), schema, name);
}

function entries(folder: string, name: RegExp): string[] {
  return readdirSync(folder)
    .filter((each) => name.test(each))
    .toSorted();
}
