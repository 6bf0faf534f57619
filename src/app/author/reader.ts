/** Has a draft read, or played, by a worker: it is given its time, and no more. */
import type { Lesson } from "../../lesson/lesson.ts";
import type { Problem } from "../../lesson/problems.ts";
import type { Scenario } from "../../sim/scenario.ts";
import { LONGEST_SOURCE } from "./limits.ts";

/** What the worker is asked. With a scenario the lesson is played, too. */
export interface Task {
  readonly source: string;
  readonly file: string;
  readonly slugs: readonly string[];
  readonly scenario?: Scenario;
}

/** What the worker tells. */
export interface Told {
  readonly lesson: Lesson;
  readonly problems: readonly Pick<Problem, "line" | "text">[];
  readonly plays: number;
}

/** Milliseconds that reading may take, and playing. */
const PATIENCE = { read: 4000, play: 60_000 };

/** Why there is nothing to show: one sentence. */
export class ReadError extends Error {}

/** Reads a draft. A later call makes an earlier one pointless: `signal` stops it. Throws a ReadError. */
export function readDraft(task: Task, signal: AbortSignal): Promise<Told> {
  return new Promise((resolve, reject) => {
    const fail = (words: string): void => reject(new ReadError(words));
    if (task.source.length > LONGEST_SOURCE) {
      const most = LONGEST_SOURCE.toLocaleString("en");
      fail(`A lesson may have ${most} characters; this one is longer.`);
      return;
    }
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    const end = (): void => {
      clearTimeout(timer);
      worker.terminate();
    };
    const giveUp = (): void => {
      end();
      fail("This draft takes far too long, so it was given up. What is in it that repeats?");
    };
    const timer = setTimeout(giveUp, task.scenario ? PATIENCE.play : PATIENCE.read);
    worker.addEventListener("message", ({ data }: MessageEvent<Told>) => {
      end();
      resolve(data);
    });
    worker.addEventListener("error", ({ message }) => {
      end();
      fail(`This draft could not be read: ${message || "the reader did not load"}.`);
    });
    signal.addEventListener("abort", end);
    worker.postMessage(task, []);
  });
}
