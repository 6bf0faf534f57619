/**
 * A session as it is stored: what was put in, never what came out. Playing the inputs again gives
 * the same trace, so reload, undo and sharing need nothing else.
 */
import { MOST_WINDOWS, type WorldInput } from "../sim/stage.ts";
import { dropStored, readStored, writeStored } from "./storage.ts";

/** Raised whenever the same inputs may give another trace than before. */
export const ENGINE = "4";

const LETTERS = {
  key: "k",
  paste: "p",
  "hang-up": "h",
  open: "o",
  close: "c",
  switch: "s",
} as const;

/**
 * One input: virtual time, window, kind, text. The kinds are k key, p paste, h hang-up, o open (the
 * text is the host), c close, s switch (window 1 is on, 0 is off, and the text is what is switched).
 */
export type RecordedInput = readonly [at: number, window: number, kind: string, text: string];

/** One answer to a question of the lesson: how many facts the trace held then, and the text. */
export type RecordedAnswer = readonly [facts: number, text: string];

/** How a window was arranged by hand: the name it was given ("" for none), and whether it is put away. */
export type WindowLook = readonly [window: number, name: string, hidden: boolean];

/** A window's name may be so long. */
export const LONGEST_NAME = 40;

/** A whole session. `facts` counts its trace: a replay that gives another count is not this one. */
export interface Recording {
  readonly engine: string;
  readonly scenario: string;
  readonly seed: number;
  readonly inputs: readonly RecordedInput[];
  readonly answers: readonly RecordedAnswer[];
  readonly now: number;
  readonly facts: number;
  /** No part of the world, but of what a person wants to find again. */
  readonly looks?: readonly WindowLook[];
}

/** An input as it is stored. */
export function pack(at: number, input: WorldInput): RecordedInput {
  const letter = LETTERS[input.kind];
  if (input.kind === "switch") return [at, input.on ? 1 : 0, letter, input.id];
  const text = "text" in input ? input.text : input.kind === "open" ? (input.host ?? "") : "";
  return [at, input.window, letter, text];
}

/** A stored input as the world takes it. */
export function unpack([, window, letter, text]: RecordedInput): WorldInput {
  switch (letter) {
    case LETTERS["hang-up"]:
      return { kind: "hang-up", window };
    case LETTERS.close:
      return { kind: "close", window };
    case LETTERS.open:
      return text === "" ? { kind: "open", window } : { kind: "open", window, host: text };
    case LETTERS.switch:
      return { kind: "switch", id: text, on: window === 1 };
    default:
      return { kind: letter === LETTERS.paste ? "paste" : "key", window, text };
  }
}

/** The key of the sandbox of a network. The sandbox without a name has one of its own. */
export function sandboxKey(scenario: string): string {
  return scenario === "sandbox" ? scenario : `sandbox.${scenario}`;
}

const storageKey = (key: string): string => `port21.session.${key}`;

/** Whether something is stored under `key`: then the servers must be there before the session opens. */
export function isStored(key: string): boolean {
  return readStored(storageKey(key)) !== undefined;
}

/**
 * The stored session of `key`. `trouble` says in a sentence why there was one that cannot be used.
 */
export function loadRecording(
  key: string,
  scenario: string,
): { recording?: Recording; trouble?: string } {
  const text = readStored(storageKey(key));
  if (text === undefined) return {};
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    // What cannot be read is told apart below.
  }
  if (!isRecording(stored)) {
    return { trouble: "The stored session could not be read, so this is a fresh start." };
  }
  if (stored.engine !== ENGINE) {
    return { trouble: "The site has changed since your last visit, so this is a fresh start." };
  }
  if (stored.scenario !== scenario) {
    return { trouble: "The stored session belongs to another server, so this is a fresh start." };
  }
  return { recording: stored };
}

/** Stores the session of `key`, whole: of two tabs the last to write wins. False: it cannot be stored. */
export function saveRecording(key: string, recording: Recording): boolean {
  return writeStored(storageKey(key), JSON.stringify(recording));
}

/** Forgets the stored session of `key`. */
export function dropRecording(key: string): void {
  dropStored(storageKey(key));
}

/** Calls `told` when another tab has stored this session. Gives back how to stop listening. */
export function onOtherTab(key: string, told: () => void): () => void {
  const listener = (event: StorageEvent): void => {
    if (event.key === storageKey(key) && event.newValue !== null) told();
  };
  addEventListener("storage", listener);
  return () => removeEventListener("storage", listener);
}

function isRecording(value: unknown): value is Recording {
  if (typeof value !== "object" || value === null) return false;
  const {
    engine,
    scenario,
    seed,
    inputs,
    answers,
    now,
    facts,
    looks = [],
  }: Partial<Record<keyof Recording, unknown>> = value;
  return (
    typeof engine === "string" &&
    typeof scenario === "string" &&
    isMoment(seed) &&
    isMoment(now) &&
    isMoment(facts) &&
    Array.isArray(inputs) &&
    inputs.every(isInput) &&
    inOrder(inputs, now) &&
    Array.isArray(answers) &&
    answers.every(isAnswer) &&
    Array.isArray(looks) &&
    looks.every(isLook)
  );
}

/** No session lasts longer than a year of its own time; a number beyond that would keep a page busy. */
const YEAR = 366 * 86_400_000;

function isMoment(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= YEAR;
}

function isInput(value: unknown): value is RecordedInput {
  return (
    Array.isArray(value) &&
    isMoment(value[0]) &&
    // A switch has 0 or 1 there.
    (value[1] === 0 || isWindow(value[1])) &&
    Object.values<unknown>(LETTERS).includes(value[2]) &&
    typeof value[3] === "string"
  );
}

/** Time runs forward, and not beyond the moment at which the session was stored. */
function inOrder(inputs: readonly RecordedInput[], now: number): boolean {
  return inputs.every(([at], i) => at >= (inputs[i - 1]?.[0] ?? 0) && at <= now);
}

function isWindow(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MOST_WINDOWS;
}

function isLook(value: unknown): value is WindowLook {
  return (
    Array.isArray(value) &&
    isWindow(value[0]) &&
    typeof value[1] === "string" &&
    value[1].length <= LONGEST_NAME &&
    typeof value[2] === "boolean"
  );
}

function isAnswer(value: unknown): value is RecordedAnswer {
  return Array.isArray(value) && isMoment(value[0]) && typeof value[1] === "string";
}
