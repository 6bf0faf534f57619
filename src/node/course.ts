/** The course as a whole: its table of contents, as data and as it stands in index.html. */
import type { Lesson } from "../lesson/lesson.ts";

/** A line of the table of contents. `app/virtual.d.ts` tells the page the same. */
export interface CourseRow {
  readonly slug: string;
  readonly title: string;
  readonly minutes: number;
  readonly number: number;
  readonly part: string;
  readonly about: string;
  readonly steps: number;
  readonly teaches: readonly string[];
}

/** What can be found in the lessons. */
export interface SearchText {
  readonly slug: string;
  readonly lesson: string;
  readonly step: string;
  readonly text: string;
}

/** The lessons, in their order. */
export function courseTable(lessons: readonly Lesson[]): CourseRow[] {
  return lessons.map(({ slug, title, minutes, part, question, intro, steps, teaches }, at) => ({
    slug,
    title,
    minutes,
    part,
    number: at + 1,
    about: question ?? opening(plain(intro)),
    steps: steps.length,
    teaches,
  }));
}

/** The list of the course, part by part. The page marks in it what is done. */
export function courseHtml(course: readonly CourseRow[]): string {
  const parts = [...new Set(course.map(({ part }) => part))];
  return parts
    .map((part, at) => {
      const rows = course.filter((row) => row.part === part).map(rowHtml);
      return (
        `<section class="part" aria-labelledby="part-${at + 1}"><h2 id="part-${at + 1}">` +
        `<span>Part ${at + 1}</span>${escapeHtml(part)}</h2>` +
        `<ol start="${course.findIndex((row) => row.part === part) + 1}">${rows.join("")}</ol></section>`
      );
    })
    .join("");
}

function rowHtml({ slug, title, minutes, number }: CourseRow): string {
  return (
    `<li><a href="#/learn/${slug}"><i>${number}</i><b>${escapeHtml(title)}</b>` +
    `<em>${minutes} min</em></a></li>`
  );
}

/** Each lesson and each of its steps, as the words that stand there. */
export function searchTexts(lessons: readonly Lesson[]): SearchText[] {
  return lessons.flatMap(({ slug, title, intro, steps, outro }) => [
    { slug, lesson: title, step: "", text: plain(`${intro} ${outro}`) },
    ...steps.map((step) => {
      const words = step.body.map((piece) =>
        piece.kind === "prose" ? plain(piece.html) : "text" in piece ? piece.text : "",
      );
      return { slug, lesson: title, step: step.title, text: words.join(" ") };
    }),
  ]);
}

/** The first question of a text, with the sentence before it if it is too short to stand alone. */
function opening(text: string): string {
  const sentences = (text.match(/[^.?!]+[.?!]+(?=\s|$)/g) ?? [text]).map((each) => each.trim());
  const at = Math.max(
    0,
    sentences.findIndex((each) => each.endsWith("?")),
  );
  const question = sentences[at] ?? "";
  return question.length < 60 && at > 0 ? `${sentences[at - 1]} ${question}` : question;
}

/** HTML of ours without its tags. */
function plain(html: string): string {
  const names: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
  return html
    .replace(/<[^>]*>/g, "")
    .replace(/&(#?\w+);/g, (whole, name: string) => names[name] ?? whole)
    .replace(/\s+/g, " ")
    .trim();
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
