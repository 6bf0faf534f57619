/** The course's own measure: how long, how plain and how whole a lesson is. It plays nothing. */
import { glossary } from "../explain/glossary.ts";
import type { Lesson, Step } from "./lesson.ts";
import type { ReadLesson } from "./parse.ts";
import type { Report } from "./problems.ts";

/** What a lesson may be held against beside itself. */
export interface Course {
  /** The slugs of all lessons. */
  readonly slugs: readonly string[];
  /** Whether something stands at `#/reference/…`. */
  readonly inReference: (path: string) => boolean;
  /** Whether something is the name of a command. */
  readonly isVerb: (word: string) => boolean;
}

const MOST_WORDS = 90;
const MOST_IN_SENTENCE = 32;
const MOST_STEPS = 12;
const MOST_GRADE = 8;

/** Reports all that is too long, too hard or missing. */
export function lint({ lesson, places, source }: ReadLesson, course: Course, report: Report): void {
  const { steps, intro, outro, remember, realLife, minutes, question = "" } = lesson;
  const place = (of: object): number => places.get(of) ?? 1;
  const top = place(lesson);
  const line = (text: string): number => {
    const at = source.split(/\r?\n/).findIndex((each) => each.includes(text));
    return at < 0 ? top : at + 1;
  };

  if (!`${question} ${plain(intro)}`.includes("?")) {
    report(top, "Open with a question worth asking: no `?` stands before the first step.");
  }
  if (minutes < 3 || minutes > 10) {
    report(line("minutes:"), `A lesson takes 3 to 10 minutes, not ${minutes}.`);
  }
  if (steps.length > MOST_STEPS) {
    report(top, `A lesson has at most ${MOST_STEPS} steps, this one ${steps.length}. Make it two.`);
  }
  if (!remember)
    report(top, "Say what to take home in one sentence: a `remember` block after `***`.");
  else if (sentences(plain(remember)).length > 2) {
    report(line("```remember"), "`remember` is one sentence, two at most.");
  }
  if (!realLife) report(top, "Say what does the same outside: a `real life` block after `***`.");
  for (const [what, html, where] of [
    ["before the first step", intro, top],
    ["after the last step", outro, line("***")],
    ["in `real life`", realLife, line("```real life")],
  ] as const) {
    const count = wordsOf(plain(html)).length;
    if (count > MOST_WORDS) report(where, `${count} words ${what}; ${MOST_WORDS} are enough.`);
  }
  const [first] = steps;
  if (first && !first.ask && !first.body.some(({ kind }) => kind === "type")) {
    if (first.solution.length === 0)
      report(place(first), "Have something to do in the first step.");
  }
  for (const step of steps) lintStep(step, place(step), report);
  lintWords(lesson, top, line, report);
  for (const [, term = ""] of allHtml(lesson).matchAll(/<strong class="term">(.*?)<\/strong>/g)) {
    const word = plain(term);
    if (!inGlossary(word) && !course.isVerb(word)) {
      report(
        line(`**${word}`),
        `**${word}** is in no glossary. Take a word that is, or write it *plain*.`,
      );
    }
  }
  for (const word of lesson.teaches) {
    if (!inGlossary(word) && !course.isVerb(word) && !/^[1-5]\d\d$/.test(word)) {
      report(
        line("teaches:"),
        `\`${word}\` is neither a command, nor a reply code, nor in the glossary.`,
      );
    }
  }
  for (const slug of lesson.needs) {
    if (!course.slugs.includes(slug)) report(line("needs:"), `There is no lesson \`${slug}\`.`);
  }
  for (const [, href = ""] of allHtml(lesson).matchAll(/<a href="(#[^"]*)"/g)) {
    if (!leads(href, course)) report(line(href), `Nothing stands at \`${href}\`.`);
  }
}

function lintStep({ title, body, hints, caption }: Step, at: number, report: Report): void {
  const prose = body.map((piece) => (piece.kind === "prose" ? plain(piece.html) : "")).join(" ");
  const count = wordsOf(prose).length;
  if (count > MOST_WORDS) {
    report(
      at,
      `"${title}" has ${count} words; ${MOST_WORDS} are enough. Cut it, or make it two steps.`,
    );
  }
  if (hints.length === 0) report(at, `"${title}" wants a hint.`);
  if (!caption) report(at, `"${title}" wants a caption, for the back row.`);
}

/** Sentences and reading age, code left out. */
function lintWords(
  lesson: Lesson,
  top: number,
  line: (text: string) => number,
  report: Report,
): void {
  const all = sentences(plain(allHtml(lesson), true));
  for (const sentence of all) {
    const count = wordsOf(sentence).length;
    if (count > MOST_IN_SENTENCE) {
      const start = sentence.split(" ").slice(0, 4).join(" ");
      report(line(start), `A sentence of ${count} words begins with “${start}”. Make it two.`);
    }
  }
  const age = grade(all);
  if (age > MOST_GRADE) {
    report(
      top,
      `The words are hard to read (grade ${age.toFixed(1)}; ${MOST_GRADE} is enough): shorter sentences, shorter words.`,
    );
  }
}

function leads(href: string, { slugs, inReference }: Course): boolean {
  const [, page, rest = ""] = /^#\/(\w+)\/?(.*)$/.exec(href) ?? [];
  if (page === "learn" || page === "present") return slugs.includes(rest.replace(/[/?].*/, ""));
  if (page === "reference") return inReference(rest);
  return page === undefined
    ? href === "#/"
    : ["sandbox", "author", "stamps", "teach"].includes(page);
}

/** A term as the glossary has it, in the plural too. */
export function inGlossary(word: string): boolean {
  const names = Object.keys(glossary).map((name) => name.toLowerCase());
  const low = word.toLowerCase();
  return [low, low.replace(/s$/, ""), low.replace(/es$/, "")].some((each) => names.includes(each));
}

function allHtml({ intro, steps, outro, remember, realLife }: Lesson): string {
  const bodies = steps.flatMap(({ body }) =>
    body.map((piece) => (piece.kind === "prose" ? piece.html : "")),
  );
  return [intro, ...bodies, outro, remember, realLife].join("\n");
}

/** The words a reader sees; without those of code, and each block a sentence of its own, if `bare`. */
function plain(html: string, bare = false): string {
  const cut = bare
    ? html
        .replace(/<pre[\s\S]*?<\/pre>|<table[\s\S]*?<\/table>/g, "\n")
        .replace(/<code>[\s\S]*?<\/code>/g, "it")
        .replace(/<\/(?:p|li|h3)>/g, ".\n")
    : html;
  return cut
    .replace(/<[^>]+>/g, "")
    .replace(
      /&(lt|gt|amp|quot);/g,
      (_, name: string) => ({ lt: "<", gt: ">", amp: "&" })[name] ?? '"',
    );
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => /[\p{L}\d]/u.test(word));
}

function sentences(text: string): string[] {
  return text
    .split(/[.!?:;]+(?:["”)]*\s+|$)|\n\n/)
    .map((each) => each.trim().replace(/\s+/g, " "))
    .filter((each) => wordsOf(each).length > 0);
}

/** Flesch–Kincaid: 0.39 words a sentence + 11.8 syllables a word − 15.59. Names and numbers are left out. */
function grade(all: readonly string[]): number {
  const words = all
    .flatMap(wordsOf)
    .filter((word) => /^[^\d]*[a-z]/.test(word) && !/[A-Z]{2}/.test(word));
  if (words.length === 0) return 0;
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0);
  return (0.39 * words.length) / all.length + (11.8 * syllables) / words.length - 15.59;
}

function syllablesOf(word: string): number {
  const bare = word
    .toLowerCase()
    .replace(/[^a-z]/g, "")
    .replace(/(?:[^laeiouy]es|ed|[^laeiouy]e)$/, "");
  return Math.max(1, bare.match(/[aeiouy]{1,2}/g)?.length ?? 1);
}
