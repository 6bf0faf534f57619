/** How much a lesson from elsewhere may be: what is more could freeze the page that shows it. */
import type { Ask, Keys, Lesson, Near } from "../../lesson/lesson.ts";

/** The longest Markdown, in characters. */
export const LONGEST_SOURCE = 200_000;

const MOST = { steps: 60, nears: 200, words: 2000, pattern: 300, wild: 4, html: 60_000, depth: 40 };

/** Why this lesson is more than a page should take, in a sentence; undefined if it is not. */
export function tooMuch(lesson: Lesson): string | undefined {
  const { steps, near, intro, outro, remember, realLife } = lesson;
  if (steps.length > MOST.steps) return `It has ${steps.length} steps; ${MOST.steps} are the most.`;
  const nears = [...near, ...steps.flatMap((step) => step.near)];
  if (nears.length > MOST.nears) return `It has more than ${MOST.nears} near misses.`;
  const bodies = steps.flatMap(({ body }) => body);
  const htmls = bodies.flatMap((piece) => (piece.kind === "prose" ? [piece.html] : []));
  for (const html of [intro, outro, remember, realLife, ...htmls]) {
    if (html.length > MOST.html)
      return "A stretch of its prose is far too long. Cut it into steps.";
    if (depth(html) > MOST.depth) return "Its prose is nested too deep.";
  }
  for (const pattern of [
    ...nears.map(({ on }) => on),
    ...steps.flatMap(({ goal }) => goal.flat()),
  ]) {
    const wild = pattern.match(/\*|\{/g)?.length ?? 0;
    if (pattern.length > MOST.pattern || wild > MOST.wild)
      return `The pattern \`${pattern.slice(0, 60)}\` is too long, or has more than ${MOST.wild} gaps.`;
  }
  const keys = [
    ...nears.flatMap(({ attempt }) => attempt),
    ...steps.flatMap(({ solution }) => solution),
  ];
  const texts = [
    lesson.title,
    ...nears.map(said),
    ...keys.map(typed),
    ...bodies.map((each) => ("text" in each ? each.text : "")),
  ];
  for (const { title, hints, caption, ask } of steps)
    texts.push(title, ...hints, caption, ...asked(ask));
  const long = texts.find((text) => text.length > MOST.words);
  return long === undefined ? undefined : `“${long.slice(0, 40)}…” is too long.`;
}

const said = ({ words }: Near): string => words;
const typed = ({ text }: Keys): string => text;

/** Every text of a question, whichever kind it is. */
function asked(ask: Ask | undefined): string[] {
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === "string") found.push(value);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(walk);
  };
  walk(ask);
  return found;
}

function depth(html: string): number {
  let now = 0;
  let most = 0;
  for (const [tag] of html.matchAll(/<\/?[a-z][^>]*>/g)) {
    if (/^<(?:br|hr)/.test(tag)) continue;
    now += tag.startsWith("</") ? -1 : 1;
    most = Math.max(most, now);
  }
  return most;
}
