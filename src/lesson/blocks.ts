/** The fenced blocks of a step: what each wants between its fences, and what it becomes. */
import { DEEDS, readDeed as deedOf } from "./deed.ts";
import type { Ask, Keys, Near } from "./lesson.ts";
import type { Report } from "./problems.ts";

const EVENTS =
  "prompt|dial|listening|called|connected|refused|unreachable|unknown|received|lost|closed|reset|ping";
const PATTERN = new RegExp(
  `^(?:[1-6](?:[$<>]|: (?:ftp|nc)>) \\S|(?:[1-6]|server): (?:${EVENTS})\\b|net: (?:box|switch|dial|refused|unreachable|connected|closed|reset) |file \\S+ \\S)`,
);

/** Reads one pattern, or reports it. */
export function readPattern(text: string, line: number, report: Report): string {
  if (!PATTERN.test(text)) {
    report(
      line,
      `I cannot read \`${text}\`. Write \`1> PASV\` for what is typed in window 1, \`1< 227\` for ` +
        "what arrives there, `1$ telnet …` at its prompt, `2: connected :62843` " +
        `(or ${EVENTS.replaceAll("|", ", ")}), or \`net: box home-nat dropped syn :50000\`.`,
    );
  }
  return text;
}

/** ```goal: patterns in order, `! pattern` for what must not come between, `or` for another way. */
export function readGoal(text: string, at: number, report: Report): string[][] {
  const ways: string[][] = [[]];
  for (const [line, words] of lines(text, at)) {
    if (words === "or") ways.push([]);
    else if (MOST.test(words)) ways.at(-1)?.push(words);
    else {
      const not = words.startsWith("!");
      readPattern(not ? words.slice(1).trim() : words, line, report);
      ways.at(-1)?.push(words);
    }
  }
  for (const way of ways) {
    if (way.every((words) => MOST.test(words)))
      report(at, "A goal wants at least one line, as `1< 227 {data}`.");
    else if (way.findLast((words) => !MOST.test(words))?.startsWith("!")) {
      report(at, "An absence (`! …`) wants a line after it, up to which it holds.");
    }
  }
  return ways;
}

/** A line of a goal that bounds the commands typed from its first line to its last. */
const MOST = /^at most \d+ commands?$/;

/** ```solution, ```way and the attempt of a near miss: `1> PASV`, `2$ telnet …`, `! skip`. */
export function readKeys(text: string, at: number, report: Report): Keys[] {
  return lines(text, at).flatMap(([line, words]) => {
    const keys = asKeys(words);
    if (!keys) {
      report(
        line,
        `\`${words}\` is nothing to type. Write \`1> PASV\` or \`2$ telnet …\`, or a deed: ${DEEDS}.`,
      );
    }
    return keys ?? [];
  });
}

/** ```near PATTERN: first what to type to bring it about, then its words. */
export function readNear(on: string, text: string, at: number, report: Report): Near {
  readPattern(on, at - 1, report);
  const attempt: Keys[] = [];
  const rest = lines(text, at);
  for (let keys; (keys = asKeys(rest[0]?.[1] ?? "")); rest.shift()) attempt.push(keys);
  const words = rest.map(([, line]) => line).join(" ");
  if (!words)
    report(at, "A near miss wants words: what to say to somebody whose attempt this was.");
  if (attempt.length === 0) {
    const literal = /[*{]/.test(on) ? undefined : asKeys(on);
    if (literal) attempt.push(literal);
    else report(at, "Put what leads here above the words, as `1> LIST`: the tests type it.");
  }
  return { on, words, attempt };
}

/** ```switch home-nat off, and ```skip: a deed on a card. */
export function readDeed(text: string, at: number, report: Report): Keys | undefined {
  const keys = asKeys(`! ${text}`);
  if (!keys) report(at, `I know no deed \`${text}\`. There are ${DEEDS}.`);
  return keys;
}

/** ```ask number, ```ask choice or ```ask text. */
export function readAsk(kind: string, text: string, at: number, report: Report): Ask | undefined {
  if (kind === "number") return readNumber(text, at, report);
  if (kind === "choice") return readChoice(text, at, report);
  if (kind === "text") return readText(text, at, report);
  report(at - 1, "A question is `ask number`, `ask choice` or `ask text`.");
  return undefined;
}

const DIAGNOSES = "swapped times-255 no-low-byte digits-joined added high-only other".split(" ");

function readNumber(text: string, at: number, report: Report): Ask {
  const fields: Record<string, string> = {};
  let key = "words";
  for (const [line, words] of lines(text, at)) {
    const [, name, rest] = /^([a-z\d-]+): (.*)$/.exec(words) ?? [];
    if (name && !/^\d+$/.test(name) && !["answer", "also", "right", ...DIAGNOSES].includes(name)) {
      report(
        line,
        `I do not know \`${name}:\`. A question has answer, also, right, a wrong number, or ${DIAGNOSES.join(", ")}.`,
      );
    }
    key = name ?? key;
    fields[key] = [fields[key], rest ?? words].filter(Boolean).join(" ");
  }
  const { words = "", answer = "", also, right = "", ...wrong } = fields;
  if (!words) report(at, "A question wants its words first.");
  if (!/^(?:\d+|\{[\w.]+\})(?:\s*[*+]\s*(?:\d+|\{[\w.]+\}))*$/.test(answer)) {
    report(at, "`answer:` is made of numbers, values, + and *, as `{data.hi}*256+{data.lo}`.");
  }
  if (!right) report(at, "Say something to the right answer: `right: …`.");
  if (!wrong["other"]) report(at, "Say something to any other answer: `other: …`.");
  if (also !== undefined) readPattern(also, at, report);
  return { kind: "number", words, answer, right, wrong, ...(also === undefined ? {} : { also }) };
}

function readChoice(text: string, at: number, report: Report): Ask {
  const options = [];
  const question: string[] = [];
  for (const [line, words] of lines(text, at)) {
    const [, mark, label = "", said = ""] = /^([+-]) (.+?): (.+)$/.exec(words) ?? [];
    if (mark) options.push({ label, right: mark === "+", words: said });
    else if (options.length === 0) question.push(words);
    else report(line, "A choice is `+ Window 2: why it is right` or `- Window 1: why it is not`.");
  }
  const right = options.filter((option) => option.right).length;
  if (question.length === 0) report(at, "A question wants its words first.");
  if (options.length < 2 || right !== 1) {
    report(at, "A choice wants two lines or more, and exactly one of them with `+`.");
  }
  const words = question.join(" ");
  return { kind: "choice", words, options: hideFirst(options, words) };
}

/**
 * Whoever writes a question writes the right answer first, and learners would soon notice: it is
 * moved to a place that the question's words decide, so that it is the same each time.
 */
function hideFirst<T extends { readonly right: boolean }>(options: T[], words: string): T[] {
  const [first, ...rest] = options;
  if (first?.right !== true) return options;
  let sum = 0;
  for (const char of words) sum = (31 * sum + (char.codePointAt(0) ?? 0)) % 65_521;
  return rest.toSpliced(sum % options.length, 0, first);
}

function readText(text: string, at: number, report: Report): Ask {
  const answers: { patterns: string[]; right: boolean; words: string }[] = [];
  const question: string[] = [];
  for (const [line, words] of lines(text, at)) {
    const [, mark, patterns = "", said = ""] = /^([+-]) (.+?): (.+)$/.exec(words) ?? [];
    if (mark) {
      const each = patterns.split("|").map((pattern) => pattern.trim());
      answers.push({ patterns: each, right: mark === "+", words: said });
    } else if (answers.length === 0) question.push(words);
    else report(line, "An answer is `+ PASV | *passive*: said to it` or `- PORT: said to it`.");
  }
  if (question.length === 0) report(at, "A question wants its words first.");
  if (!answers.some(({ right }) => right)) {
    report(at, "Say what is right: `+ PASV | *passive*: Right, …`.");
  }
  const last = answers.at(-1);
  if (last?.right !== false || last.patterns.join() !== "*") {
    report(at, "Say something to any other answer, in the last line: `- *: …`.");
  }
  return { kind: "text", words: question.join(" "), answers };
}

/** The lines of a block that are not empty, each with its number. */
function lines(text: string, at: number): [number, string][] {
  return text
    .split("\n")
    .map((words, index): [number, string] => [at + index, words.trim()])
    .filter(([, words]) => words !== "");
}

function asKeys(line: string): Keys | undefined {
  const [, deed] = /^! (.+)$/.exec(line) ?? [];
  if (deed !== undefined) return deedOf(deed) ? { window: 0, text: deed } : undefined;
  // Nothing behind the mark is an empty line.
  const [, window, text = ""] = /^([1-6])[>$](?: (.+))?$/.exec(line) ?? [];
  return window ? { window: Number(window), text } : undefined;
}
