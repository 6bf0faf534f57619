/** What is wrong with a lesson, told to its author: the file, the line, and what to write instead. */

/** One thing to mend. Lines count from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** Thrown when a lesson cannot be read; its message lists every problem, one a line. */
export class LessonError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ file, line, text }) => `${file}:${line}: ${text}`).join("\n"));
    this.name = "LessonError";
    this.problems = problems;
  }
}

/** Notes a problem at a line of the file being read. */
export type Report = (line: number, text: string) => void;
