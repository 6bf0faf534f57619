/** Proves a lesson by playing it: what it promises happens, and nothing else is promised. */
import type { World } from "../sim/stage.ts";
import { match } from "./goal.ts";
import { fill } from "./values.ts";
import type { Keys, Near, TextAsk } from "./lesson.ts";
import { DIAL } from "./lines.ts";
import type { ReadLesson } from "./parse.ts";
import { player, type Player } from "./play.ts";
import type { Report } from "./problems.ts";
import { lessonRun } from "./run.ts";

/** Plays the lesson in every way it names, each time in a new world. */
export function prove(
  { lesson, places, source }: ReadLesson,
  make: () => World,
  report: Report,
): void {
  const { steps } = lesson;
  /** All lines that came in any of the plays. */
  const heard = new Set<string>();
  const begin = (upTo: number): Player | undefined => {
    const play = player(lesson, make());
    return play.upTo(upTo) ? play : undefined;
  };
  const over = (play: Player): void => play.events.forEach(({ text }) => heard.add(text));
  const place = (of: object | undefined): number => (of && places.get(of)) ?? 1;

  /** The solution, step by step. */
  const told: string[] = [];
  const whole = player(lesson, make());
  let solved = 0;
  for (; solved < steps.length; solved++) {
    const step = steps[solved]!;
    const before = whole.events.length;
    if (whole.run.step > solved) {
      report(
        place(step),
        `The solution of an earlier step does "${step.title}" too. Ask there for less, or here for something new.`,
      );
      break;
    }
    const reached = whole.solve();
    const lines = whole.events.slice(before).map(({ text }) => text);
    told.push(...lines);
    if (!reached) {
      report(
        places.get(step.goal) ?? place(step),
        `The solution does not reach the goal of "${step.title}". ${came(lines)} Change the solution, or ask for what really comes.`,
      );
      break;
    }
    const { said } = whole.run;
    if (said && said.kind !== "right") {
      report(
        place(step),
        `The solution of "${step.title}" is blamed: “${said.text}” Narrow the near miss that says so.`,
      );
    }
  }
  over(whole);
  for (const [step, words] of whole.blames) {
    report(
      place(steps[step]),
      `On the solution's own way “${words}” is said at "${steps[step]?.title}".`,
    );
  }
  for (const [step, { window, text }] of whole.offers) {
    report(
      place(steps[step]),
      `On the solution's own way “First, again ${window}> ${text}” is offered at "${steps[step]?.title}".`,
    );
  }

  /** An hour of doing nothing. */
  const idle = player(lesson, make());
  idle.advance(3_600_000);
  if (idle.run.step > 0) {
    report(
      place(steps[0]),
      `Whoever does nothing reaches "${steps[0]?.title}". Ask for something that is typed.`,
    );
  }
  if (solved < steps.length) return;

  /** What is said after the attempt, or undefined if it cannot be made here. */
  function tried(
    { on, words, attempt }: Near,
    at: number,
  ): [said: string, due: string] | undefined {
    const play = begin(at);
    if (!play) return undefined;
    const from = play.events.length;
    if (!play.type(attempt)) return undefined;
    const own = (): string => {
      const caught = play.events.map(({ text }) => match(on, text, play.run.values));
      return fill(words, { ...play.run.values, ...caught.findLast(Boolean) }) ?? words;
    };
    if (play.run.said?.text !== own()) play.world.settle();
    play.advance(play.world.now);
    over(play);
    const { said, step } = play.run;
    const lines = play.events.slice(from).map(({ text }) => text);
    const silence = `nothing was said. ${came(lines)}`;
    if (step !== at)
      return ["it reaches the goal. Make it a `way`, or let the goal ask for more.", own()];
    return [said === null ? silence : said.kind === "near" ? said.text : `“${said.text}”`, own()];
  }

  /** Whoever is offered a line to come back needs it: the solution alone does not lead on from there. */
  function proveOffers(keys: readonly Keys[], at: number, of: object): void {
    for (const length of keys.keys()) {
      const play = begin(at);
      if (!play?.type(keys.slice(0, length + 1))) return;
      const { repair, step } = play.run;
      if (step !== at) return;
      const again = steps[at]?.solution.some(
        ({ text }) => fill(text, play.run.values) === repair?.text,
      );
      // An answer that was read before is known without the line it was read from.
      const known = steps[at]?.ask !== undefined && steps[at].goal.length === 0;
      if (!repair || again || known || !play.solve()) continue;
      const typed = keys.slice(0, length + 1).map(({ window, text }) => `${window}> ${text}`);
      report(
        place(of),
        `After ${typed.join(" ⏎ ")} “First, again ${repair.window}> ${repair.text}” is offered, ` +
          `and "${steps[at]?.title}" can be done without it.`,
      );
      return;
    }
  }

  /** Whoever hangs up in a window that talks is led back: by what is offered, or in the lesson's own words. */
  function proveBack(at: number, window: number): void {
    const play = begin(at);
    if (!play || play.run.step !== at) return;
    play.hangUp(window);
    const led: string[] = [];
    let inWords = play.run.said?.kind === "near" && steps[at]!.near.some(isClose);
    for (let again = 0; play.run.step === at && !inWords && again < 3; again++) {
      while (play.run.repair && play.run.step === at && led.length < MOST_OFFERS) {
        led.push(`${play.run.repair.window}> ${play.run.repair.text}`);
        play.type([play.run.repair]);
      }
      if (play.run.step === at) play.solve();
      inWords = play.run.said?.kind === "near";
    }
    over(play);
    if (play.run.step > at || inWords) return;
    const cards = led.length === 0 ? "nothing" : led.join(" ⏎ ");
    report(
      place(steps[at]),
      `Whoever hangs up in window ${window} at "${steps[at]!.title}" is offered ${cards}, and does not get on. ` +
        "Write a near miss on `N: closed` in the step that says what to do.",
    );
  }
  const talking = new Set(
    steps.flatMap(({ solution }) =>
      solution.filter(({ text }) => DIAL.test(text)).map(({ window }) => window),
    ),
  );

  for (const [at, step] of steps.entries()) {
    if (at > 0) for (const window of talking) proveBack(at, window);
    for (const near of step.near) {
      const [said, due] = tried(near, at) ?? [];
      if (said === undefined) {
        report(place(near), "Its attempt uses a value that is not known yet in this step.");
      } else if (said !== due) {
        report(
          place(near),
          `This attempt should draw the words of \`near ${near.on}\`, but ${said}`,
        );
      }
      proveOffers(near.attempt, at, near);
    }
    for (const way of step.ways ?? []) {
      proveOffers(way, at, way);
      const play = begin(at);
      const typed = play?.type(way);
      if (play && typed && play.run.step === at) play.world.settle();
      play?.advance(play.world.now);
      if (play) over(play);
      if (!play || !typed) report(place(way), "This way uses a value that is not known yet.");
      else if (play.run.step === at) {
        const lines = play.events.map(({ text }) => text).slice(-6);
        report(place(way), `This way does not reach the goal of "${step.title}". ${came(lines)}`);
      }
    }
    if (step.ask?.kind === "text") proveText(step.ask, place(step.ask), report);
  }
  for (const near of lesson.near) {
    const hit = steps.some((_, at) => {
      const [said, due] = tried(near, at) ?? [];
      return said !== undefined && said === due;
    });
    if (!hit) {
      report(place(near), `In no step does this attempt draw the words of \`near ${near.on}\`.`);
    }
  }
  proveQuotes(source, told, heard, report);
}

/** No way back is longer. */
const MOST_OFFERS = 20;

/** Whether a near miss is about a hang-up. */
function isClose({ on }: Near): boolean {
  return /^\d: closed/.test(on);
}

function came(lines: readonly string[]): string {
  return lines.length === 0 ? "Nothing came." : `What came: ${lines.slice(-8).join(" ⏎ ")}.`;
}

/** Each answer in words gets its own diagnosis, not that of one before it. */
function proveText(ask: TextAsk, line: number, report: Report): void {
  const step = { title: "", body: [], goal: [], near: [], hints: [], solution: [], caption: "" };
  const rest = { slug: "", title: "", part: "", scenario: "", minutes: 1, needs: [], teaches: [] };
  const texts = { intro: "", outro: "", remember: "", realLife: "", near: [] };
  const steps = [{ ...step, ask }];
  for (const { patterns, words } of ask.answers) {
    for (const pattern of patterns) {
      // Values are the session's: what stands in braces is tried as it is.
      const sample = pattern.replaceAll("*", "") || "something else";
      const said = lessonRun({ ...rest, ...texts, steps }, () => undefined).answer(sample).words;
      if (!/[{]/.test(pattern + words) && said !== words) {
        report(
          line,
          `\`${sample}\` should be told “${words}”, but an earlier line says “${said}”.`,
        );
      }
    }
  }
}

/** Replies in backticks were really said; what stands in a `wire` block came in the solution, in order. */
function proveQuotes(
  source: string,
  told: readonly string[],
  heard: ReadonlySet<string>,
  report: Report,
): void {
  const lines = source.split(/\r?\n/);
  let fence = "";
  let next = 0;
  for (const [index, line] of lines.entries()) {
    const [, mark] = /^```(.*)$/.exec(line) ?? [];
    if (mark !== undefined) {
      fence = fence === "" ? mark.trim() || "text" : "";
      next = 0;
    } else if (fence === "wire" && line.trim()) {
      const found = told.findIndex((each, at) => at >= next && match(line.trim(), each, {}));
      if (found < 0)
        report(
          index + 1,
          `\`${line.trim()}\` does not come in this lesson's session, or not in this order.`,
        );
      else next = found + 1;
    } else if (fence === "" || !/^(?:goal|solution|way|type|hint)\b/.test(fence)) {
      for (const [, quoted = ""] of line.matchAll(/`([1-5]\d\d[ -][^`]+)`/g)) {
        if (quoted.includes("{")) continue;
        const said = [...heard].some((each) =>
          each.slice(3).startsWith(quoted.replace(/ ?…$/, "")),
        );
        if (!said)
          report(index + 1, `Nobody says \`${quoted}\` in this lesson. Quote what really comes.`);
      }
    }
  }
}
