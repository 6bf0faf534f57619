/** A lesson that is not the course's: from a file of this site, or out of the link itself. */
import { course } from "virtual:course";
import { scenarios } from "virtual:scenarios";
import { el } from "../el.ts";
import type { Opened, Place } from "../page.ts";
import type { Route } from "../route.ts";
import { fetchLesson, unpackLesson } from "./pack.ts";
import { readDraft, ReadError } from "./reader.ts";
import "../style/sheet.css";

/** Opens the lesson, or says why it cannot be. */
export async function open(place: Place, route: Route): Promise<Opened> {
  if (route.page !== "link") throw new Error("no lesson is named");
  const stop = new AbortController();
  place.title("A lesson from a link", "Lessons");
  try {
    const { source: from } = route;
    const source =
      from.kind === "file" ? await fetchLesson(from.path) : await unpackLesson(from.text);
    const slugs = course.map(({ slug }) => slug);
    const { lesson, problems } = await readDraft({ source, file: "linked.md", slugs }, stop.signal);
    const [first] = problems;
    if (first) throw new ReadError(`The lesson has a mistake in line ${first.line}: ${first.text}`);
    const scenario = await scenarios[lesson.scenario]?.();
    if (!scenario)
      throw new ReadError(`The lesson wants the scenario “${lesson.scenario}”, which is not here.`);
    place.title(lesson.title, "Lessons");
    const key = `link.${hash(source)}`;
    const where = { number: 1, of: 1, name: "A lesson from a link, not from this course" };
    return { leave: await place.workspace({ key, scenario, lesson, place: where }) };
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    fail(place, error.message);
    return { leave: () => place.page.replaceChildren() };
  }
}

function fail({ page }: Place, words: string): void {
  // No frame is drawn for a page of this name.
  document.documentElement.dataset["route"] = "message";
  page.replaceChildren(
    el(
      "div",
      { class: "sheet" },
      el("h1", { tabindex: -1 }, "This lesson cannot be opened"),
      el("p", { class: "lead" }, words),
      el(
        "p",
        { class: "actions" },
        el("a", { class: "button strong", href: "#/" }, "See the course"),
        el("a", { class: "button", href: "#/author" }, "Write a lesson"),
      ),
    ),
  );
}

/** A short name for a text: two lessons of the same one share a session. */
function hash(text: string): string {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  }
  return (sum >>> 0).toString(36);
}
