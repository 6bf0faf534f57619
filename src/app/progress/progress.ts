/** What a learner has done, as it is kept in the browser and as it travels in a file. */
import { readStored, writeStored } from "../storage.ts";

/** How far a lesson was taken. `done`: the day on which its last step was reached. */
export interface LessonProgress {
  readonly step: number;
  readonly of: number;
  readonly done?: string;
}

/** A code that was drawn from a server: by which command, in which lesson ("" is the sandbox), when. */
export interface Stamp {
  readonly line: string;
  readonly lesson: string;
  readonly on: string;
}

/** Everything that is kept. */
export interface Progress {
  readonly lessons: Readonly<Record<string, LessonProgress>>;
  readonly stamps: Readonly<Record<string, Stamp>>;
}

const KEY = "port21.progress";
const KIND = "port21-progress";
const VERSION = 1;
/** No honest file is larger, in characters. */
const LARGEST = 500_000;
const MOST = 1000;

/** What is kept by now. A store that cannot be read holds nothing. */
export function readProgress(): Progress {
  const read = parseProgress(readStored(KEY) ?? "");
  return typeof read === "string" ? { lessons: {}, stamps: {} } : read;
}

/** Adds to what is kept: a lesson never falls back, and the first stamp of a code stays. */
export function addProgress(more: Progress): Progress {
  const kept = readProgress();
  const lessons: Record<string, LessonProgress> = { ...kept.lessons };
  for (const [slug, now] of Object.entries(more.lessons)) {
    const before = lessons[slug];
    const done = before?.done ?? now.done;
    const step = Math.max(before?.step ?? 0, now.step);
    lessons[slug] = { step, of: now.of, ...(done !== undefined && { done }) };
  }
  const all = { lessons, stamps: { ...more.stamps, ...kept.stamps } };
  writeStored(KEY, writeProgress(all));
  return all;
}

/** As a file's text. */
export function writeProgress({ lessons, stamps }: Progress): string {
  return JSON.stringify({ kind: KIND, version: VERSION, lessons, stamps });
}

/** Reads a file's text: the progress, or one sentence that says why it is none. */
export function parseProgress(text: string): Progress | string {
  if (text.length > LARGEST) return "This file is far too large to be a progress file.";
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return "This is no progress file: it cannot be read as JSON.";
  }
  if (!isRecord(file) || file["kind"] !== KIND) {
    return "This is no progress file of Port 21.";
  }
  if (file["version"] !== VERSION) {
    return "This progress file is from another version of Port 21, which this one cannot read.";
  }
  const lessons = entriesOf(file["lessons"], /^[a-z\d-]{1,80}$/, isLesson);
  const stamps = entriesOf(file["stamps"], /^[1-6]\d\d$/, isStamp);
  if (!lessons || !stamps) return "This progress file is damaged, so nothing was taken from it.";
  return { lessons, stamps };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The entries of `value` if every one of them is sound, else nothing. */
function entriesOf<T>(
  value: unknown,
  name: RegExp,
  sound: (entry: unknown) => entry is T,
): Record<string, T> | undefined {
  if (!isRecord(value)) return undefined;
  const entries = Object.entries(value);
  if (entries.length > MOST) return undefined;
  const read: [string, T][] = [];
  for (const [key, entry] of entries) {
    if (!name.test(key) || !sound(entry)) return undefined;
    read.push([key, entry]);
  }
  return Object.fromEntries(read);
}

function isLesson(value: unknown): value is LessonProgress {
  if (!isRecord(value)) return false;
  const { step, of, done, ...more } = value;
  return (
    isCount(step) &&
    isCount(of) &&
    step <= of &&
    (done === undefined || isDay(done)) &&
    Object.keys(more).length === 0
  );
}

function isStamp(value: unknown): value is Stamp {
  if (!isRecord(value)) return false;
  const { line, lesson, on, ...more } = value;
  return (
    typeof line === "string" &&
    line.length <= 80 &&
    typeof lesson === "string" &&
    /^[a-z\d-]{0,80}$/.test(lesson) &&
    isDay(on) &&
    Object.keys(more).length === 0
  );
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MOST;
}

function isDay(value: unknown): value is string {
  return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value);
}
