/** One entry of the reference: what a verb, a code or a term is, and an example of it that runs. */
import { course } from "virtual:course";
import { replyNote, replyWord } from "../../explain/replies.ts";
import { repliesTo, verbsOf } from "../../explain/sequences.ts";
import { card } from "../../explain/stamps.ts";
import type { CommandRow } from "../../sim/ftp/commands/spec.ts";
import { el, type Child } from "../el.ts";
import { codes, findEntry, verbs, type Entry } from "./entries.ts";
import { exampleOf } from "./examples.ts";
import { notes } from "./notes.ts";
import { exampleConsole } from "./console.ts";
import { answersTable } from "./answers.ts";

/** The entry, with a heading of the given rank. */
export function entryDom(entry: Entry, rank: "h1" | "h2"): HTMLElement {
  if (entry.kind === "verb") return verbDom(entry.row, rank);
  if (entry.kind === "code") return codeDom(entry.code, entry.rfc, rank);
  const { text, rfc, see = [] } = entry.term;
  return el(
    "article",
    { class: "entry" },
    heading(rank, entry.word),
    el("p", { class: "lead" }, text),
    source(rfc),
    see.length > 0 && el("p", { class: "chips" }, el("b", {}, "See also"), ...see.map(chip)),
  );
}

/** A link to another entry. */
export function chip(word: string): HTMLElement {
  const entry = findEntry(word);
  const digit = entry?.kind === "code" ? word.slice(0, 1) : undefined;
  const name = entry?.kind === "term" ? word : el("code", { "data-digit": digit }, word);
  const href = `#/reference/${encodeURIComponent(entry?.word ?? word)}`;
  return el("a", { class: "chip", href }, name);
}

function verbDom(
  { verb, syntax, rfc, purpose, login }: CommandRow,
  rank: "h1" | "h2",
): HTMLElement {
  const taught = course.filter(({ teaches }) => teaches.includes(verb));
  const replies = repliesTo(verb);
  return el(
    "article",
    { class: "entry" },
    heading(rank, el("code", {}, verb)),
    el("p", { class: "lead" }, `${purpose.charAt(0).toUpperCase()}${purpose.slice(1)}.`),
    ...(notes[verb] ?? []).map((words) => el("p", {}, words)),
    el(
      "dl",
      { class: "facts" },
      el("dt", {}, "Written"),
      el("dd", {}, el("code", {}, syntax.replaceAll("<SP>", "␣"))),
      el("dt", {}, "Rules"),
      el("dd", {}, rfcName(rfc)),
      el("dt", {}, "Login"),
      el("dd", {}, login ? "Only after the login." : "Before the login, too."),
      ...pair("Lessons", taught.length > 0 && lessonLinks(taught)),
    ),
    replies.length > 0 && below(rank, "What may come back"),
    replies.length > 0 &&
      el(
        "ul",
        { class: "replies" },
        ...replies.toSorted((a, b) => a - b).map((code) => replyRow(code, verb)),
      ),
    ...tryIt(verb, rank),
  );
}

function codeDom(code: number, rfc: string, rank: "h1" | "h2"): HTMLElement {
  const digit = String(code).slice(0, 1);
  const note = replyNote(code);
  const mayGet = verbsOf(code);
  const special = verbs
    .map(({ verb }) => ({ verb, note: replyNote(code, verb) }))
    .filter(({ note: each, verb }) => each.long !== note.long && mayGet.includes(verb));
  const hint = card.find((box) => box.code === code)?.hint;
  return el(
    "article",
    { class: "entry" },
    heading(rank, el("code", { "data-digit": digit }, String(code)), ` ${note.short}`),
    el("p", { class: "lead" }, note.long),
    el(
      "dl",
      { class: "facts" },
      ...pair("Rules", rfc !== "" && rfcName(sectionOf(rfc, note.rfc))),
      el("dt", {}, "First digit"),
      el("dd", {}, `${digit}: ${replyWord(Number(digit))}`),
      ...pair("Drawn by", hint),
    ),
    special.length > 0 && below(rank, "More exactly"),
    special.length > 0 &&
      el(
        "ul",
        { class: "replies" },
        ...special.map((each) => el("li", {}, chip(each.verb), el("span", {}, each.note.long))),
      ),
    mayGet.length > 0 && below(rank, "Commands that may get it"),
    mayGet.length > 0 && el("p", { class: "chips" }, ...mayGet.map(chip)),
    ...tryIt(String(code), rank),
  );
}

/** A box says which RFC, a note at times which section of it. */
function sectionOf(rfc: string, noted: string): string {
  const bare = noted.replace(/^RFC /, "");
  return bare.startsWith(rfc) ? bare : rfc;
}

function tryIt(word: string, rank: "h1" | "h2"): Child[] {
  const example = exampleOf(word);
  if (!example) return [];
  const line = example.lines.findLast((each) => each.startsWith("1> "))?.slice(3);
  const href = `#/sandbox?type=${encodeURIComponent(line ?? "")}`;
  return [
    below(rank, "Try it"),
    exampleConsole(example),
    line !== undefined &&
      el(
        "p",
        { class: "soft" },
        "Or take it to the ",
        el("a", { href }, "sandbox"),
        ", typed and ready.",
      ),
    below(rank, "How servers put it"),
    answersTable(example),
  ];
}

function replyRow(code: number, verb: string): HTMLElement {
  const known = codes.some((each) => each.code === code);
  const note = replyNote(code, verb);
  return el("li", {}, known ? chip(String(code)) : String(code), el("span", {}, note.long));
}

function lessonLinks(taught: readonly { slug: string; title: string }[]): HTMLElement {
  return el(
    "span",
    {},
    ...taught.flatMap(({ slug, title }, at) => [
      at > 0 && ", ",
      el("a", { href: `#/learn/${slug}` }, title),
    ]),
  );
}

function heading(rank: "h1" | "h2", ...children: Child[]): HTMLElement {
  return el(rank, { tabindex: -1 }, ...children);
}

/** A heading one rank below the entry's own. */
function below(rank: "h1" | "h2", words: string): HTMLElement {
  return el(rank === "h1" ? "h2" : "h3", { class: "section" }, words);
}

function pair(name: string, what: Child | undefined): Child[] {
  return what === undefined || what === false ? [] : [el("dt", {}, name), el("dd", {}, what)];
}

function source(rfc: string | undefined): Child {
  return rfc !== undefined && el("p", { class: "soft" }, rfcName(rfc));
}

function rfcName(rfc: string): string {
  return /^\d/.test(rfc) ? `RFC ${rfc}` : rfc;
}
