/** Reads and plays drafts away from the page, so that none of them can make it wait. */
import { checkLesson } from "../../lesson/check.ts";
import { readLesson } from "../../lesson/parse.ts";
import type { Task, Told } from "./reader.ts";
import { tooMuch } from "./limits.ts";

addEventListener("message", ({ data }: MessageEvent<Task>) => {
  const { source, file, slugs, scenario } = data;
  const read = scenario
    ? checkLesson({
        source,
        file,
        slugs,
        scenario: (name) => (name === scenario.name ? scenario : undefined),
      })
    : { ...readLesson(source, file), plays: 0 };
  const { lesson, problems, plays } = read;
  const much = tooMuch(lesson);
  const all = much === undefined ? problems : [...problems, { file, line: 1, text: much }];
  const told: Told = { lesson, plays, problems: all };
  postMessage(told);
});
