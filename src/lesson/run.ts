/** A lesson under way: where its learner stands, read from the trace and the answers given. */
import { notationReader, type NotationEvent } from "../explain/notation.ts";
import { diagnosePort } from "../explain/pasv.ts";
import type { Fact } from "../sim/facts.ts";
import type { Derive } from "./derive.ts";
import { bind, match, namedPort, watchGoal } from "./goal.ts";
import { fill, type Values } from "./values.ts";
import type { Ask, Keys, Lesson, Near, NumberAsk, Step } from "./lesson.ts";
import { MOVES, verbOf } from "./lines.ts";
import type { Mender } from "./repair.ts";

/** One short sentence about the latest attempt. */
export interface Said {
  readonly text: string;
  /**
   * Why it did not reach the goal, written in the lesson (`near`) or derived from what was typed;
   * or what the lesson says to a right answer, as the next step opens.
   */
  readonly kind: "near" | "derived" | "right";
  /** It foretells what a server will do, so a refusal belies it. */
  readonly foretells?: true;
}

/** An answer to a step's question, and what is said to it. */
export interface Answer {
  readonly text: string;
  readonly right: boolean;
  readonly words: string;
}

/** The answer that says: this step is passed over, or done by the page, and does not count as done. */
export const PASSED_OVER = "\0passed over";

/**
 * A reading: the same facts and answers, in the same order, give the same state. So a reload
 * replays the session and gives the answers again at their places.
 */
export interface LessonRun {
  /** Reads what the trace has become. */
  read(facts: readonly Fact[]): void;
  /** The index of the step to be done; the number of steps when all are done. */
  readonly step: number;
  /** For each step whether it is done: by the learner, not by the page. */
  readonly done: readonly boolean[];
  /** What the session has named. `fill(text, run.values)` writes it into a text. */
  readonly values: Values;
  /** The same as it was when the step at this index was done: what its text may show later. */
  valuesOf(step: number): Values;
  /** For each step that was reached: how many facts had been read when its turn came. */
  readonly begins: readonly number[];
  readonly said: Said | null;
  /**
   * Where the session no longer stands as the step found it (the server hung up, a port is used
   * up): the next line that brings it back, to be offered in place of the step's own.
   */
  readonly repair: Keys | null;
  /** Answers the question of the present step. */
  answer(text: string): Answer;
  /** The right answer to the present step's question, as soon as the values it needs are known. */
  readonly right: string | undefined;
  /** The last answer to each step's question. */
  readonly answers: readonly (Answer | undefined)[];
}

/** Who can say why an attempt did not help, and what would mend it. `why.ts` has both. */
export interface Why {
  readonly deriver: (steps: readonly Step[]) => Derive;
  readonly mender: (steps: readonly Step[]) => Mender;
}

/** Begins a lesson. `why` is asked at the first event. */
export function lessonRun(lesson: Lesson, why: () => Why | undefined): LessonRun {
  const { steps } = lesson;
  const reader = notationReader();
  /** The values as they were at each event, for a step whose turn comes later, and what was refused. */
  const then: { values: Values; refused: boolean }[] = [];
  /** By window: how many commands have no last answer yet. */
  const owed = new Map<number | undefined, number>();
  const names = naming(steps);
  let derive: Derive | undefined;
  const answers: (Answer | undefined)[] = steps.map(() => undefined);
  let values: Values = {};
  let next = 0;
  let step = 0;
  let watch = watchGoal(steps[0]?.goal ?? []);
  /** Events from here on count for the present step. */
  let from = 0;
  let said: Said | null = null;
  /** A line has been entered since the newest one of the notation. */
  let typed = false;
  /** What is said is about telnet's own prompt in this window. */
  let prompted: number | undefined;
  /** The port that a server named last. */
  let port: string | undefined;
  let mend: Mender | undefined;
  let repair: Keys | null = null;
  const begins = [0];
  const passed = new Set<number>();
  const past: Values[] = [];

  /** The next step's turn. Whoever ran ahead has reached it already: what came before counts. */
  function turn(): void {
    said = null;
    repair = null;
    step++;
    begins.push(next);
    past.push(values);
    watch = watchGoal(steps[step]?.goal ?? []);
    for (let at = from; at < then.length; at++) {
      const event = reader.events[at];
      const { values: known = {}, refused } = then[at] ?? {};
      if (event && watch.take(event, at, known, refused) === "reached") {
        reached();
        return;
      }
    }
  }

  /** The goal was reached; what was typed ahead of its end counts for the next one. */
  function reached(): void {
    from = watch.start + 1;
    turn();
  }

  /** Counts what is owed. True: the event is a refusal, and nothing else is owed in its window. */
  function owes({ kind, window, control, code = 0, line }: NotationEvent): boolean {
    const before = owed.get(window) ?? 0;
    if (kind === "line" && control) owed.set(window, before + 1);
    if (kind !== "reply" || code < 200 || line?.[3] === "-") return false;
    owed.set(window, Math.max(0, before - 1));
    return code >= 400 && before <= 1;
  }

  function take(event: NotationEvent, at: number): void {
    for (const { line, until } of names) {
      const named = step <= until ? match(line, event.text, values) : undefined;
      for (const [name, text] of Object.entries(named ?? {})) values = bind(values, name, text);
    }
    const refused = owes(event);
    then.push({ values, refused });
    // What a lesson says of an attempt stands until one types again: ftp goes on by itself.
    const line = /^(?:line|run|entered)$/.test(event.kind);
    // A name with two addresses may refuse at the one and answer at the other.
    const stood = event.kind === "connected" && event.window !== undefined;
    const on = line || event.by === "you" || stood;
    if (said?.kind === "near" ? line && typed : on) said = null;
    if (line) typed = false;
    port = namedPort(event) ?? port;
    if (refused && said?.foretells === true) said = null;
    const current = steps[step];
    if (!current) return;
    const got = watch.take(event, at, values, refused);
    const found = derive?.(event, step, values, got !== undefined);
    const words = typeof found === "string" ? { text: found } : found;
    // Who types what is offered has made no mistake.
    const offered = event.line === repair?.text && event.window === repair?.window;
    const derived = offered && line ? undefined : words;
    // What moves something may be answered only when the other window has done its part.
    if (repair && offered && line && MOVES.test(verbOf(repair))) repair = null;
    if (got === "reached") {
      reached();
      return;
    }
    // A line may differ from the step's, and be a good one.
    if (event.kind === "reply" && (event.code ?? 500) < 400 && said?.kind === "derived") {
      const text = said.text.replace(/^Nearly\. Here/, "The server took it. Here");
      said = { ...said, text };
    }
    // The first words about an attempt stand, but being hung up on outweighs them.
    if (said?.kind === "near" && event.kind !== "closed") return;
    const near = got
      ? undefined
      : nearMiss(current, event, derived?.tellsWhy === true ? [] : lesson.near);
    if (near) said = { text: near, kind: "near" };
    else if (derived && (!said || /^(closed|prompt)$/.test(event.kind))) {
      const { text, foretells } = derived;
      said = { text, kind: "derived", ...(foretells && { foretells }) };
      prompted = event.kind === "prompt" ? event.window : undefined;
    }
  }

  function nearMiss(
    current: Step,
    event: NotationEvent,
    everywhere: readonly Near[],
  ): string | undefined {
    for (const { on, words } of [...current.near, ...everywhere]) {
      // A port that nobody has typed is none that a lesson means by a name.
      if (event.kind === "refused" && event.port === 23 && on.includes("{")) continue;
      const caught = match(on, event.text, values);
      if (caught) return fill(words, { ...values, ...caught });
    }
    // Somebody who dials a wrong sum has answered the question, wherever they stand.
    for (let at = Math.min(step, steps.length - 1); at >= 0; at--) {
      const ask = steps[at]?.ask;
      if (ask?.kind !== "number" || !ask.also) continue;
      const caught = match(ask.also, event.text, values)?.["answer"];
      // A port that another answer of the server's named is no wrong sum.
      return caught && caught !== port ? judge(ask, caught, values, "") : undefined;
    }
    return undefined;
  }

  /** While an answer is on its way nothing can be said of where the session stands. */
  function settle(): void {
    const now = mend?.before(steps[step], values);
    // Another window may wait for ever.
    const place = now ?? repair;
    if (place && mend?.waitsIn(place.window) === false) repair = now ?? null;
  }

  return {
    answers,
    begins,
    valuesOf: (at) => past[at] ?? values,
    read(facts) {
      // Fact by fact, so that it makes no difference how often it is called.
      while (next < facts.length) {
        const fact = facts[next];
        // An entered line, as it is echoed.
        if (fact?.kind === "print" && fact.who === "you" && fact.bytes.includes(10)) typed = true;
        reader.read(facts, ++next);
        if (!mend && reader.events.length > 0) {
          const found = why();
          derive = found?.deriver(steps);
          mend = found?.mender(steps);
        }
        mend?.read(facts, next);
        for (let at = then.length; at < reader.events.length; at++) {
          const event = reader.events[at];
          if (!event) continue;
          mend?.hear(event, steps[step], values);
          take(event, at);
          // What was entered at a prompt has done nothing yet.
          if (event.kind !== "run") settle();
        }
        // A program asks for something, is under cover, or has ended.
        if (fact?.kind === "tls" || (fact?.kind === "print" && fact.who === "prompt")) settle();
        if (fact?.kind === "exit") {
          settle();
          // A program that has ended has no prompt of its own to be in.
          if (prompted === fact.window && said?.kind === "derived") said = null;
        }
      }
    },
    get step() {
      return step;
    },
    get done() {
      return steps.map((_, at) => at < step && !passed.has(at));
    },
    get values() {
      return values;
    },
    get said() {
      return said;
    },
    get repair() {
      return repair;
    },
    get right() {
      const ask = steps[step]?.ask;
      return ask && rightAnswer(ask, values);
    },
    answer(text) {
      if (text === PASSED_OVER) {
        passed.add(step);
        return { text, right: false, words: "" };
      }
      const ask = steps[step]?.ask;
      const answer = ask ? weigh(ask, text, values) : { text, right: false, words: "" };
      if (ask) answers[step] = answer;
      if (answer.right) {
        // Nobody is praised for what the page did.
        const own = !passed.has(step);
        turn();
        settle();
        if (own && answer.words && !said) said = { text: answer.words, kind: "right" };
      }
      return answer;
    },
  };
}

/**
 * What goals name, and the last step in which the name is given anew. A port is always the newest
 * one, unless a later step has another name for the same line (`{first}`, then `{second}`); a word
 * keeps its meaning once the last step that names it is done.
 */
function naming(steps: readonly Step[]): { line: string; until: number }[] {
  const all = steps.flatMap(({ goal }, at) =>
    goal.flat().flatMap((line) => (/\{\w+\}/.test(line) ? { line, at } : [])),
  );
  return all.map(({ line, at }) => {
    const shape = line.replace(/\{\w+\}/g, "*");
    const same = all.filter((each) => each.line === line);
    const port = / 22[79] |:\{|PORT|EPRT/.test(line);
    const last = Math.max(...same.map((each) => each.at));
    const other = all.find(
      (each) => each.at > at && each.line !== line && each.line.replace(/\{\w+\}/g, "*") === shape,
    );
    return { line, until: port ? Math.max(last, (other?.at ?? Infinity) - 1) : last };
  });
}

/** The right answer to a question, as soon as the values it needs are known. */
export function rightAnswer(ask: Ask, values: Values): string | undefined {
  if (ask.kind === "choice") return ask.options.find(({ right }) => right)?.label;
  if (ask.kind === "text") {
    const [pattern = ""] = ask.answers.find(({ right }) => right)?.patterns ?? [];
    return fill(pattern, values)?.replaceAll("*", "");
  }
  const sum = fill(ask.answer, values);
  return sum === undefined ? undefined : String(evaluate(sum));
}

function weigh(ask: Ask, text: string, values: Values): Answer {
  if (ask.kind === "choice") {
    const option = ask.options.find(({ label }) => label === text);
    return { text, right: option?.right ?? false, words: fill(option?.words ?? "", values) ?? "" };
  }
  if (ask.kind === "text") {
    const said = ask.answers.find(({ patterns }) =>
      patterns.some((one) => fits(one, text, values)),
    );
    const words = text.trim() ? said?.words : "Nothing stands there yet.";
    return {
      text,
      right: text.trim() !== "" && said?.right === true,
      words: fill(words ?? "", values) ?? "",
    };
  }
  const wrong = judge(
    ask,
    text,
    values,
    `${text.trim() ? "That is no number" : "Nothing stands there"} yet. One number is wanted.`,
  );
  return { text, right: !wrong, words: wrong || (fill(ask.right, values) ?? "") };
}

/** Holds an answer in words against a pattern: case, spaces and a full stop do not matter. */
function fits(pattern: string, text: string, values: Values): boolean {
  const bare = text.trim().replace(/[\s.!?"'`]+$|^["'`]+/g, "");
  // A line at the shell's prompt must fit to its end.
  const wanted = (fill(pattern, values) ?? "").toLowerCase();
  return match(`1$ ${wanted}`, `1$ ${bare.toLowerCase()}`, {}) !== undefined;
}

/** What is wrong with an answer to a question for a number; "" if nothing is. */
function judge(ask: NumberAsk, text: string, values: Values, noNumber: string): string {
  // 62,843 and 62 843 are numbers to a person, and 195.3125 is what a pocket calculator says.
  if (/^\s*\d+[.,](?!\d{3}\s*$)\d+\s*$/.test(text)) {
    return "A whole number is wanted: leave off what stands behind the point.";
  }
  // One number among words is the number.
  const [alone = text, more] = text.match(/\d[\d\s,.']*/g) ?? [];
  const bare = (more === undefined ? alone : text).replace(/[\s,.']/g, "");
  const right = rightAnswer(ask, values);
  if (!/^\d+$/.test(bare) || right === undefined) return noNumber;
  const typed = Number(bare);
  if (typed === Number(right)) return "";
  const name = /\{(\w+)\.hi\}/.exec(ask.answer)?.[1] ?? "";
  const why = diagnosePort(typed, Number(values[`${name}.hi`]), Number(values[`${name}.lo`]));
  const words = ask.wrong[typed] ?? ask.wrong[why] ?? ask.wrong["other"] ?? "";
  return fill(words, { ...values, answer: bare }) ?? "";
}

/** Sums of products: all that a question needs. */
function evaluate(sum: string): number {
  return sum
    .split("+")
    .map((product) => product.split("*").reduce((left, right) => left * Number(right), 1))
    .reduce((left, right) => left + right, 0);
}
