/** A lesson under way: where its learner stands, read from the trace and the answers given. */
import { notationReader, type NotationEvent } from "../explain/notation.ts";
import { diagnosePort } from "../explain/pasv.ts";
import type { Fact } from "../sim/facts.ts";
import { deriver } from "./derive.ts";
import { bind, fill, match, watchGoal, type Values } from "./goal.ts";
import type { Ask, Keys, Lesson, NumberAsk, Step } from "./lesson.ts";
import { mender } from "./repair.ts";

/** One short sentence about the latest attempt. */
export interface Said {
  readonly text: string;
  /**
   * Why it did not reach the goal, written in the lesson (`near`) or derived from what was typed;
   * or what the lesson says to a right answer, as the next step opens.
   */
  readonly kind: "near" | "derived" | "right";
}

/** An answer to a step's question, and what is said to it. */
export interface Answer {
  readonly text: string;
  readonly right: boolean;
  readonly words: string;
}

/**
 * A reading: the same facts and answers, in the same order, give the same state. So a reload
 * replays the session and gives the answers again at their places.
 */
export interface LessonRun {
  /** Reads what the trace has become. */
  read(facts: readonly Fact[]): void;
  /** The index of the step to be done; the number of steps when all are done. */
  readonly step: number;
  /** For each step whether it is done. */
  readonly done: readonly boolean[];
  /** What the session has named. `fill(text, run.values)` writes it into a text. */
  readonly values: Values;
  readonly said: Said | null;
  /**
   * Where the session no longer stands as the step found it (the server hung up, a port is used
   * up): the next line that brings it back, to be offered in place of the step's own.
   */
  readonly repair: Keys | null;
  /** Answers the question of the present step. */
  answer(text: string): Answer;
  /** The last answer to each step's question. */
  readonly answers: readonly (Answer | undefined)[];
}

/** Begins a lesson. */
export function lessonRun(lesson: Lesson): LessonRun {
  const { steps } = lesson;
  const reader = notationReader();
  /** The values as they were at each event, for a step whose turn comes later. */
  const then: Values[] = [];
  const naming = steps.flatMap((step) => step.goal.flat()).filter((line) => /\{\w+\}/.test(line));
  const derive = deriver(steps);
  const answers: (Answer | undefined)[] = steps.map(() => undefined);
  let values: Values = {};
  let next = 0;
  let step = 0;
  let watch = watchGoal(steps[0]?.goal ?? []);
  /** Events from here on count for the present step. */
  let from = 0;
  let said: Said | null = null;
  const mend = mender(steps);
  let repair: Keys | null = null;

  /** The next step's turn. Whoever ran ahead has reached it already: what came before counts. */
  function turn(): void {
    said = null;
    repair = null;
    step++;
    watch = watchGoal(steps[step]?.goal ?? []);
    for (let at = from; at < then.length; at++) {
      const event = reader.events[at];
      if (event && watch.take(event, at, then[at] ?? {}) === "reached") {
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

  function take(event: NotationEvent, at: number): void {
    for (const line of naming) {
      const named = match(line, event.text, values) ?? {};
      for (const [name, text] of Object.entries(named)) values = bind(values, name, text);
    }
    then.push(values);
    if (event.kind === "line" || event.kind === "run" || event.by === "you") said = null;
    const current = steps[step];
    if (!current) return;
    const got = watch.take(event, at, values);
    const derived = derive(event, step, values, got !== undefined);
    if (got === "reached") {
      reached();
      return;
    }
    // The first words about an attempt stand, but being hung up on outweighs them.
    if (got || (said?.kind === "near" && event.kind !== "closed")) return;
    const near = nearMiss(current, event);
    if (near) said = { text: near, kind: "near" };
    else if (derived && (!said || /^(closed|prompt)$/.test(event.kind)))
      said = { text: derived, kind: "derived" };
  }

  function nearMiss(current: Step, event: NotationEvent): string | undefined {
    for (const { on, words } of [...current.near, ...lesson.near]) {
      const caught = match(on, event.text, values);
      if (caught) return fill(words, { ...values, ...caught });
    }
    // Somebody who dials a wrong sum has answered the question, wherever they stand.
    for (let at = Math.min(step, steps.length - 1); at >= 0; at--) {
      const ask = steps[at]?.ask;
      if (ask?.kind !== "number" || !ask.also) continue;
      const caught = match(ask.also, event.text, values)?.["answer"];
      return caught && judge(ask, caught, values, "");
    }
    return undefined;
  }

  /** While an answer is on its way nothing can be said of where the session stands. */
  function settle(): void {
    if (!mend.waits) repair = mend.before(steps[step], values);
  }

  return {
    answers,
    read(facts) {
      // Fact by fact, so that it makes no difference how often it is called.
      for (; next < facts.length; next++) {
        reader.read(facts, next + 1);
        mend.read(facts, next + 1);
        for (let at = then.length; at < reader.events.length; at++) {
          const event = reader.events[at];
          if (!event) continue;
          mend.hear(event);
          take(event, at);
          settle();
        }
      }
    },
    get step() {
      return step;
    },
    get done() {
      return steps.map((_, at) => at < step);
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
    answer(text) {
      const ask = steps[step]?.ask;
      const answer = ask ? weigh(ask, text, values) : { text, right: false, words: "" };
      if (ask) answers[step] = answer;
      if (answer.right) {
        turn();
        settle();
        if (answer.words && !said) said = { text: answer.words, kind: "right" };
      }
      return answer;
    },
  };
}

/** The right answer to a question, as soon as the values it needs are known. */
export function rightAnswer(ask: Ask, values: Values): string | undefined {
  if (ask.kind === "choice") return ask.options.find(({ right }) => right)?.label;
  const sum = fill(ask.answer, values);
  return sum === undefined ? undefined : String(evaluate(sum));
}

function weigh(ask: Ask, text: string, values: Values): Answer {
  if (ask.kind === "choice") {
    const option = ask.options.find(({ label }) => label === text);
    return { text, right: option?.right ?? false, words: fill(option?.words ?? "", values) ?? "" };
  }
  const wrong = judge(
    ask,
    text,
    values,
    `${text.trim() ? "That is no number" : "Nothing stands there"} yet. One number is wanted.`,
  );
  return { text, right: !wrong, words: wrong || (fill(ask.right, values) ?? "") };
}

/** What is wrong with an answer to a question for a number; "" if nothing is. */
function judge(ask: NumberAsk, text: string, values: Values, noNumber: string): string {
  // 62,843 and 62 843 are numbers to a person.
  const bare = text.replace(/[\s,.']/g, "");
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
