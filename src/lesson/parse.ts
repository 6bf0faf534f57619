/**
 * Markdown to a lesson. It runs when the site is built, in tests and where lessons are written; a
 * page that shows one never loads it.
 *
 *     ---
 *     title: Talk to a server by hand
 *     ---
 *     Prose before the first step, and near misses that hold everywhere.
 *     ## A step
 *     Prose, and fenced blocks: goal, type 1, switch BOX off, skip, hint, near PATTERN, solution,
 *     way, ask number, ask choice, ask text, caption, wire (lines of the notation, quoted).
 *     ***
 *     What stands after the last step, remember, real life.
 *
 * lessons/README.md tells it with examples.
 */
import type { Token, Tokens } from "marked";
import { readAsk, readDeed, readGoal, readKeys, readNear } from "./blocks.ts";
import type { Ask, Keys, Lesson, Near, Piece, Step } from "./lesson.ts";
import { blocks, renderer, type Render } from "./markdown.ts";
import { cutMatter, type Matter } from "./matter.ts";
import { checkNames, type Section } from "./names.ts";
import { LessonError, type Problem, type Report } from "./problems.ts";

/** What a part says of itself and hands down to its lessons. */
export type Part = Matter;

/** Reads a part's `part.md`. Throws a LessonError. */
export function parsePart(source: string, file: string): Part {
  return collect(file, (report) => cutMatter(source, report).matter);
}

/** Reads a lesson. `file` is its path, for its slug and for errors. Throws a LessonError. */
export function parseLesson(source: string, file: string, part: Part = {}): Lesson {
  const { lesson, problems } = readLesson(source, file, part);
  if (problems.length > 0) throw new LessonError(problems);
  return lesson;
}

/** A lesson as it was read, with all that is wrong with it. */
export interface ReadLesson {
  readonly lesson: Lesson;
  readonly problems: readonly Problem[];
  /** The line of each step, near miss, question, way and list of keys; of the lesson, its body's. */
  readonly places: ReadonlyMap<object, number>;
  /** The file's text. */
  readonly source: string;
}

/** Reads a lesson and gives back whatever could be made of it, for somebody who is still writing. */
export function readLesson(source: string, file: string, part: Part = {}): ReadLesson {
  const problems: Problem[] = [];
  const places = new Map<object, number>();
  const report: Report = (line, text) => problems.push({ file, line, text });
  const { matter, body, line } = cutMatter(source, report);
  const slug = /(?:^|\/)(?:\d+-)?([a-z\d-]+)\.md$/.exec(file)?.[1] ?? "";
  if (!slug) report(1, "Name the file as `01-talk-to-a-server.md`: its name is the lesson's link.");
  const { title = "", ...own } = matter;
  const all = { ...part, ...own };
  if (!title) report(1, "The front matter wants a `title: …`.");
  if (!all.scenario) report(1, "The front matter wants `scenario: article` (here or in part.md).");
  checkFences(source, report);
  const sections = divide(body, line);
  const render = renderer(report);
  const read = (section: Section): Read => readSection(section, render, report, places);
  const steps = sections.steps.map((section) => {
    const step = readStep(read(section), section, report);
    places.set(step, section.line);
    return step;
  });
  if (steps.length === 0) report(line, "A lesson wants steps: begin each with `## Its title`.");
  const intro = read(sections.intro);
  const outro = read(sections.outro);
  const lesson: Lesson = {
    slug,
    title,
    part: part.title ?? "",
    scenario: all.scenario ?? "",
    minutes: all.minutes ?? 5,
    needs: own.needs ?? [],
    teaches: own.teaches ?? [],
    ...(own.question === undefined ? {} : { question: own.question }),
    intro: prose(intro.body),
    near: intro.near,
    steps,
    outro: prose(outro.body),
    remember: outro.remember,
    realLife: outro.realLife,
  };
  places.set(lesson, line);
  checkNames(lesson, sections.intro, sections.steps, report);
  return { lesson, problems, places, source };
}

function collect<T>(file: string, read: (report: Report) => T): T {
  const problems: Problem[] = [];
  const result = read((line, text) => problems.push({ file, line, text }));
  if (problems.length > 0) throw new LessonError(problems);
  return result;
}

/** A block that is left open swallows what comes after it. */
function checkFences(source: string, report: Report): void {
  let open: number | undefined;
  const tell = (at: number): void =>
    report(at, "This block is not closed. Put ``` in a line of its own behind its last line.");
  for (const [index, text] of source.split(/\r?\n/).entries()) {
    if (!/^```(?!`)/.test(text)) continue;
    const begins = /^```\s*\S/.test(text);
    if (open !== undefined && begins) tell(open);
    open = begins || open === undefined ? index + 1 : undefined;
  }
  if (open !== undefined) tell(open);
}

function divide(body: string, first: number): { intro: Section; steps: Section[]; outro: Section } {
  const intro: Section = { title: "", line: first, tokens: [] };
  const outro: Section = { title: "", line: first, tokens: [] };
  const steps: Section[] = [];
  let section = intro;
  let line = first;
  for (const token of blocks(body)) {
    // Marked may leave the empty lines before a token in its `raw`.
    const at = line + (/^\n*/.exec(token.raw)?.[0].length ?? 0);
    if (token.type === "hr") section = outro;
    else if (isHeading(token) && token.depth === 2) {
      section = { title: token.text, line: at, tokens: [] };
      steps.push(section);
    } else if (token.type !== "space") section.tokens.push({ token, line: at });
    line += token.raw.split("\n").length - 1;
  }
  return { intro, steps, outro };
}

function isHeading(token: Token): token is Tokens.Heading {
  return token.type === "heading";
}

function isCode(token: Token): token is Tokens.Code {
  return token.type === "code";
}

interface Read {
  body: Piece[];
  goal: string[][];
  near: Near[];
  hints: string[];
  solution: Keys[];
  ways: Keys[][];
  caption: string;
  remember: string;
  realLife: string;
  ask?: Ask;
}

function readStep(read: Read, section: Section, report: Report): Step {
  const { remember, realLife, ways, ...step } = read;
  if (remember || realLife) {
    report(section.line, "`remember` and `real life` stand at the end of the lesson, after `***`.");
  }
  if (step.solution.length === 0) {
    step.solution = step.body.flatMap((piece) => (piece.kind === "type" ? [piece] : []));
  }
  const { title, line } = section;
  if (step.goal.length === 0 && !step.ask) {
    report(line, `The step "${title}" has nothing to do. Give it a \`goal\` or an \`ask\`.`);
  }
  if (!step.ask && step.solution.length === 0) {
    report(line, `The step "${title}" wants a \`solution\`, or a \`type 1\` with what to type.`);
  }
  const solution = step.solution.map(({ window, text }) => ({ window, text }));
  return { title, ...step, solution, ...(ways.length > 0 ? { ways } : {}) };
}

function readSection(
  section: Section,
  render: Render,
  report: Report,
  places: Map<object, number>,
): Read {
  const texts = { caption: "", remember: "", realLife: "" };
  const read: Read = { body: [], goal: [], near: [], hints: [], solution: [], ways: [], ...texts };
  for (const { token, line } of section.tokens) {
    if (isCode(token) && token.lang) {
      const rendered = (text: string): string => render(blocks(text), line + 1);
      const made = readBlock(read, token, line, report, rendered);
      if (made) places.set(made, line);
    } else read.body.push({ kind: "prose", html: render([token], line) });
  }
  return read;
}

const BLOCKS =
  "goal, type 1, switch BOX off, skip, hint, near PATTERN, solution, way, ask number, ask choice, " +
  "ask text, caption, wire, remember, real life";

/** Reads one fenced block into `read`; gives back what became of it, to remember its place. */
function readBlock(
  read: Read,
  token: Tokens.Code,
  line: number,
  report: Report,
  rendered: (text: string) => string,
): object | undefined {
  const { text } = token;
  const [, name, rest = ""] = /^(\S+)\s*(.*)$/.exec(token.lang ?? "") ?? [];
  const inside = line + 1;
  const joined = text.trim().replace(/\s+/g, " ");
  if (name === "goal") {
    if (read.goal.length > 0)
      report(line, "One goal a step. Another way to it stands behind `or`.");
    return (read.goal = readGoal(text, inside, report));
  }
  if (name === "solution") return (read.solution = readKeys(text, inside, report));
  if (name === "near" || name === "way") {
    const list: object[] = name === "near" ? read.near : read.ways;
    list.push(
      name === "near" ? readNear(rest, text, inside, report) : readKeys(text, inside, report),
    );
    return list.at(-1);
  }
  if (name === "hint") read.hints.push(joined);
  else if (name === "caption") read.caption = joined;
  else if (name === "remember") read.remember = rendered(text);
  else if (token.lang === "real life") read.realLife = rendered(text);
  else if (name === "type") {
    const window = Number(rest);
    if (!/^[1-6]$/.test(rest)) report(line, "Say in which window: `type 1`, up to `type 6`.");
    for (const each of text.split("\n")) read.body.push({ kind: "type", window, text: each });
  } else if (name === "switch" || name === "skip") {
    const deed = readDeed(`${name} ${rest}`.trim(), line, report);
    if (deed) read.body.push({ kind: "type", ...deed, ...(joined ? { label: joined } : {}) });
  } else if (name === "ask") {
    const ask = readAsk(rest, text, inside, report);
    if (read.ask) report(line, "One question a step. Make a second step for the other one.");
    if (ask) read.ask = ask;
    read.body.push({ kind: "ask" });
    return ask;
  } else if (name === "wire") {
    const safe = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    read.body.push({ kind: "prose", html: `<pre class="wire">${safe}</pre>` });
  } else report(line, `I do not know the block \`${name ?? ""}\`. There are ${BLOCKS}.`);
  return undefined;
}

function prose(body: readonly Piece[]): string {
  return body.map((piece) => (piece.kind === "prose" ? piece.html : "")).join("\n");
}
