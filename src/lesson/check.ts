/** All that is wrong with a lesson: how it is written, what it promises, and how it reads. */
import type { Scenario } from "../sim/scenario.ts";
import { rows } from "../sim/ftp/commands/table.ts";
import { dialects } from "../sim/ftp/dialects/all.ts";
import { createWorld, type World } from "../sim/world.ts";
import { withFiles } from "./files.ts";
import { inGlossary, lint, type Course } from "./lint.ts";
import { lineOf } from "./matter.ts";
import { type Part, type ReadLesson, readLesson } from "./parse.ts";
import { checkPlaces } from "./places.ts";
import type { Problem, Report } from "./problems.ts";
import { prove } from "./prove.ts";

/** A lesson as it is written, and where it belongs. */
export interface Draft {
  readonly source: string;
  /** Its path, for its slug and for what is told about it. */
  readonly file: string;
  readonly part?: Part;
  /** The slugs of the course, its own among them or not. */
  readonly slugs: readonly string[];
  /** The world it plays in, by the name that it gives; undefined if there is none. */
  readonly scenario: (name: string) => Scenario | undefined;
}

/** A draft as far as it could be read, and its problems in the order of their lines. */
export interface Checked extends ReadLesson {
  /** How many times it was played. */
  readonly plays: number;
}

/** Reads, plays and measures a lesson. One that cannot be read is not played. */
export function checkLesson({ source, file, part, slugs, scenario }: Draft): Checked {
  const read = readLesson(source, file, part);
  const problems: Problem[] = [...read.problems];
  const report: Report = (line, text) => problems.push({ file, line, text });
  let plays = 0;
  if (problems.length === 0) {
    const setup = scenario(read.lesson.scenario);
    if (setup === undefined) {
      report(
        lineOf("scenario", source) || 1,
        `There is no scenario \`${read.lesson.scenario}\` in lessons/scenarios/.`,
      );
    } else {
      const make = (): World => {
        plays++;
        return createWorld(setup, { dialects });
      };
      const { places } = read;
      const line = (of: object): number => places.get(of) ?? 1;
      const lesson = withFiles(read.lesson, scenario, (of, text) => report(line(of), text));
      const pairs = [[read.lesson, lesson], ...both(read.lesson.steps, lesson.steps)] as const;
      const all = pairs.flatMap(([old, now]) => [[old, now] as const, ...both(old.near, now.near)]);
      const moved = new Map(all.map(([old, now]) => [now, line(old)]));
      prove(
        { ...read, lesson, places: new Map<object, number>([...places, ...moved]) },
        make,
        report,
      );
      checkPlaces(read, setup, report);
    }
    lint(read, course([...slugs, read.lesson.slug]), report);
  }
  return { ...read, plays, problems: problems.toSorted((a, b) => a.line - b.line) };
}

/** Each of a list with what became of it. */
function both<T>(old: readonly T[], now: readonly T[]): (readonly [T, T])[] {
  return old.map((each, at) => [each, now[at] ?? each]);
}

const verbs: ReadonlySet<string> = new Set(rows.map(({ verb }) => verb));

function course(slugs: readonly string[]): Course {
  const isVerb = (word: string): boolean => verbs.has(word.toUpperCase());
  return {
    slugs,
    isVerb,
    inReference(path) {
      const word = decodeURIComponent(path).replaceAll("-", " ");
      return word === "" || isVerb(word) || /^[1-6]\d\d$/.test(word) || inGlossary(word);
    },
  };
}
