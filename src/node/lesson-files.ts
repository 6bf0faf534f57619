/** The files of the course: which there are, and which of them the course cannot take. */
import { readdirSync } from "node:fs";
import { basename, join, relative } from "node:path";

/** Every lesson's path below `root`, in the order of the course, and those that are misnamed. */
export function lessonPaths(root: string): string[] {
  const top = join(root, "lessons");
  return entries(top, /^\d+-[a-z\d-]+$/).flatMap((part) =>
    entries(join(top, part), /^(?!part\.md$).*\.md$/).map((name) => join(top, part, name)),
  );
}

/** A lesson's name behind its number: its link. */
export function slugOf(path: string): string {
  return basename(path, ".md").replace(/^\d+-/, "");
}

/** Why the course cannot take the lesson at `path` under its name; undefined if it can. */
export function misnamed(root: string, path: string): string | undefined {
  if (!/^\d+-/.test(basename(path))) {
    return `The course takes no file without a number. Name it as \`01-${slugOf(path)}.md\`.`;
  }
  const twin = lessonPaths(root).find((each) => each !== path && slugOf(each) === slugOf(path));
  return twin === undefined
    ? undefined
    : `${relative(root, twin).replaceAll("\\", "/")} has the same name behind its number, and so the same link.`;
}

/** The names in a folder that `name` fits, sorted. */
export function entries(folder: string, name: RegExp): string[] {
  return readdirSync(folder)
    .filter((each) => name.test(each))
    .toSorted();
}
