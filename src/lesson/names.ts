/** Holds the values that a lesson uses against those that its goals name. */
import type { Token } from "marked";
import type { Lesson, Near, Step } from "./lesson.ts";
import type { Report } from "./problems.ts";

const PARTS = ["port", "hi", "lo", "address", "text"];

/** A stretch of a lesson's body, and the lines where its tokens begin. */
export interface Section {
  readonly title: string;
  readonly line: number;
  readonly tokens: { readonly token: Token; readonly line: number }[];
}

/** The line where a value is used. */
function lineOf({ tokens, line }: Section, value: string): number {
  for (const each of tokens) {
    const at = each.token.raw.indexOf(value.replace(/[|}].*/, ""));
    if (at >= 0) return each.line + each.token.raw.slice(0, at).trimStart().split("\n").length - 1;
  }
  return line;
}

/**
 * Reports each `{data.port}` that no goal up to its step has named, and each name that a goal gives
 * away without meaning to.
 */
export function checkNames(
  lesson: Lesson,
  intro: Section,
  sections: readonly Section[],
  report: Report,
): void {
  const known = new Set<string>();
  const names = (lines: readonly string[]): string[] =>
    lines.flatMap((line) => [...line.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? ""));

  const check = (text: string, own: readonly string[], where: Section, pattern: boolean): void => {
    for (const [whole, name = "", part] of text.matchAll(/\{(\w+)(?:\.(\w+))?(?:\|[^}]*)?\}/g)) {
      if (!part && (pattern || own.includes(name))) continue;
      const line = lineOf(where, whole);
      if (!known.has(name)) {
        const list = [...known].map((each) => `{${each}.port}`).join(", ") || "none";
        report(line, `${whole} is named by no goal up to here. Known so far: ${list}.`);
      } else if (part && !PARTS.includes(part) && !(pattern && part === "old")) {
        report(line, `${whole} has no \`${part}\`. There are ${PARTS.join(", ")}.`);
      }
    }
  };
  const checkNear = (near: readonly Near[], where: Section): void => {
    for (const { on, words, attempt } of near) {
      check(on, [], where, true);
      check(words, names([on]), where, false);
      for (const keys of attempt) check(keys.text, [], where, false);
    }
  };

  const renamed = renaming(report);
  lesson.steps.forEach((step, at) => {
    const where = sections[at] ?? intro;
    renamed(step.goal, where);
    for (const name of names(step.goal.flat())) known.add(name);
    for (const pattern of step.goal.flat()) check(pattern, [], where, true);
    for (const text of texts(step)) check(text, ["answer"], where, false);
    checkNear(step.near, where);
  });
  // These hold in every step, so they may use what any goal names.
  checkNear(lesson.near, intro);
}

/**
 * Watches what goals name, step by step. What is typed names a value once: `1> SIZE {name}` in a later
 * step is met by any file, where `{name.text}` was meant. A port (`1> PORT {mine}`) is always the newest
 * one and may be named anew. And a name stands for what one reply says: behind two codes it would be
 * now the one and now the other. Two ways of one goal may share it, for a learner goes one of them.
 */
function renaming(report: Report): (goal: Step["goal"], where: Section) => void {
  const codes = new Map<string, Set<string>>();
  const words = new Set<string>();
  return (goal, where) => {
    const place = { ...where, tokens: where.tokens.filter(({ token }) => isGoal(token)) };
    const here = goal.map((way) =>
      way.flatMap((line) =>
        [...line.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({ line, name })),
      ),
    );
    for (const way of here) {
      const before = new Set(words);
      for (const { line, name } of way) {
        if (before.has(name) && /^\d[>$]/.test(line) && !/PORT|EPRT/.test(line)) {
          report(
            lineOf(place, line),
            `\`${line}\` gives {${name}} to whatever is typed here, though it has been named before. ` +
              `Write {${name}.text} for what it was, \`*\` for anything, or another name.`,
          );
        }
        before.add(name);
      }
    }
    for (const [at, way] of here.entries()) {
      const others = here.toSpliced(at, 1).flat();
      for (const { line, name } of way) {
        words.add(name);
        const code = codeOf(line);
        if (code === undefined) continue;
        const had = codes.get(name) ?? new Set();
        const shared = others.some(
          (each) => each.name === name && had.has(codeOf(each.line) ?? ""),
        );
        if (had.size > 0 && !had.has(code) && !shared) {
          report(
            lineOf(place, line),
            `{${name}} stood behind ${[...had].join(" and ")}, and here behind ${code}. Give it another name.`,
          );
        }
        codes.set(name, had.add(code));
      }
    }
  };
}

function isGoal(token: Token): boolean {
  return token.type === "code" && /^goal\b/.test(String(token["lang"] ?? ""));
}

/** The reply's code in a pattern. */
function codeOf(line: string): string | undefined {
  return /^\d< (\d{3})\b/.exec(line)?.[1];
}

function texts({ body, hints, solution, ways = [], caption, ask }: Step): string[] {
  const all = [...hints, caption, ...[solution, ...ways].flat().map((keys) => keys.text)];
  for (const piece of body) {
    if (piece.kind === "type") all.push(piece.text);
    if (piece.kind !== "prose") continue;
    for (const [, value = ""] of piece.html.matchAll(/data-value="([\w.]+)"/g)) {
      all.push(value.includes(".") ? `{${value}}` : `{${value}.text}`);
    }
  }
  if (ask?.kind === "number")
    all.push(ask.answer, ask.words, ask.right, ...Object.values(ask.wrong));
  else if (ask?.kind === "choice") all.push(ask.words, ...ask.options.map(({ words }) => words));
  else if (ask)
    all.push(ask.words, ...ask.answers.flatMap((each) => [each.words, ...each.patterns]));
  return all;
}
