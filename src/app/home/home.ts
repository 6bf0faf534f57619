/** Home, as a learner left it: what each lesson asks, which are done, and which comes next. */
import { course } from "virtual:course";
import { el, setText } from "../el.ts";
import type { Opened } from "../page.ts";
import { readProgress } from "../progress/progress.ts";
import { countStamps } from "../progress/tab.ts";

/** Marks the course that index.html has. */
export function open(): Opened {
  const progress = readProgress();
  const { lessons } = progress;
  countStamps(progress);
  const begun = course.some(({ slug }) => lessons[slug]);
  const next =
    course.find(({ slug }) => lessons[slug] && lessons[slug].done === undefined) ??
    course.find(({ slug }) => lessons[slug]?.done === undefined);
  for (const { slug, about } of course) {
    const row = document.querySelector<HTMLElement>(`#course a[href="#/learn/${slug}"]`);
    if (!row) continue;
    if (!row.querySelector("span")) row.append(el("span", {}, about));
    const { done, step = 0, of = 0 } = lessons[slug] ?? {};
    row.classList.toggle("done", done !== undefined);
    row.classList.toggle("next", slug === next?.slug);
    row.querySelector("u")?.remove();
    const state =
      done !== undefined
        ? "done"
        : step > 0
          ? `${step} of ${of} steps`
          : slug === next?.slug
            ? "next"
            : "";
    if (state !== "") row.append(el("u", {}, state));
  }
  for (const part of document.querySelectorAll<HTMLElement>("#course .part")) {
    const all = part.querySelectorAll("a").length;
    const done = part.querySelectorAll("a.done").length;
    const heading = part.querySelector("h2");
    if (heading) heading.dataset["done"] = done > 0 ? `${done} of ${all} done` : "";
  }
  const start = document.getElementById("start");
  if (start && begun && next) {
    start.setAttribute("href", `#/learn/${next.slug}`);
    setText(start, `Go on: ${next.title}`);
  } else if (start && !next) {
    start.setAttribute("href", "#/stamps");
    setText(start, "All done: see your stamps");
  }
  return { leave: () => undefined };
}
