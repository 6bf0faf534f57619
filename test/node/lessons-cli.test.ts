/** The command `npm run lessons`, on a course of one lesson. */
import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";
import { checkFile, watchOne } from "../../src/node/lessons-cli.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folders: string[] = [];

afterEach(() => folders.splice(0).forEach((each) => rmSync(each, { recursive: true })));

function course(): { top: string; lesson: string } {
  const top = mkdtempSync(join(tmpdir(), "port21-course-"));
  folders.push(top);
  const part = join(top, "lessons", "01-first-words");
  mkdirSync(part, { recursive: true });
  cpSync(join(root, "lessons", "scenarios"), join(top, "lessons", "scenarios"), {
    recursive: true,
  });
  for (const name of ["part.md", "02-read-a-reply.md"]) {
    cpSync(join(root, "lessons", "01-first-words", name), join(part, name));
  }
  return { top, lesson: join(part, "02-read-a-reply.md") };
}

it("sees what is saved while it plays for the first time, and says that it watches", async () => {
  const { top, lesson } = course();
  const ended = new AbortController();
  const said: string[] = [];
  await watchOne(
    lesson,
    top,
    (text) => {
      said.push(text);
      if (said.length === 1) appendFileSync(lesson, "\n");
      if (said.length === 3) ended.abort();
    },
    ended.signal,
  );
  const played: unknown = expect.stringMatching(
    /lessons\/01-first-words\/02-read-a-reply\.md {2}\d+ steps, /,
  );
  const watching = "watching lessons/01-first-words/02-read-a-reply.md, Ctrl+C ends";
  expect(said).toEqual([played, watching, played]);
});

it("tells of two lessons with one link, and of one that the course does not take", () => {
  const { top, lesson } = course();
  const beside = (name: string): string => lesson.replace("02-read-a-reply", name);
  for (const name of ["03-read-a-reply", "before-the-dawn"]) cpSync(lesson, beside(name));
  const part = "lessons/01-first-words";
  expect(checkFile(lesson, top).told).toContain(
    `${part}/02-read-a-reply.md:1: ${part}/03-read-a-reply.md has the same name behind its number, and so the same link.`,
  );
  expect(checkFile(beside("before-the-dawn"), top).told).toContain(
    `${part}/before-the-dawn.md:1: The course takes no file without a number. Name it as \`01-before-the-dawn.md\`.`,
  );
});

it("says so where no lesson has the word", () => {
  const args = [".ci/lessons.mjs", "--run", "no-such-lesson"];
  const { stderr, status } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  expect(stderr).toBe("No lesson's path has no-such-lesson. They lie below lessons/.\n");
  expect(status).toBe(1);
});

it("counts one lesson as one", () => {
  const args = [".ci/lessons.mjs", "--run", "02-read-a-reply"];
  const { stdout, status } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  expect(stdout).toMatch(/\n1 lesson stands\.\n$/);
  expect(status).toBe(0);
});
