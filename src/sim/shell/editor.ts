/**
 * The line editor of a window: `createEditor(screen, events, history?)`. Keys and pastes come in;
 * echo, cursor movements and events go out.
 *
 * It never needs the window's width. Forward it moves by writing the characters again, backward
 * by backspaces, and reverse wraparound (DECSET 45) takes a backspace at the left edge to the end
 * of the row above. So a line that wraps stays whole in a window of any width, even one that has
 * been resized.
 */
import type { Screen, Typed } from "./program.ts";
import { width } from "./width.ts";

/** What the owner of an editor wants to hear. Every one but `line` may be left out. */
export interface EditorEvents {
  /** A line was entered; its echo and the new line are on the screen already. */
  line(text: string): void;
  /** ^C: `^C` is echoed and the line is forgotten. */
  interrupt?(): void;
  /** ^D in an empty line. */
  endOfFile?(): void;
  /** Tab: answers what to insert at the cursor, given the text before it. */
  complete?(before: string): string;
  /** Any other control character, as "\x1d" or "\x0c". */
  control?(key: string): void;
}

/** A line editor. */
export interface Editor {
  /** What stands in the line. */
  readonly text: string;
  /**
   * Takes a key or a paste, up to the end of the first line entered; gives back the rest, since
   * the line may have started a program that wants it.
   */
  typed(input: Typed): Typed | undefined;
  /** Takes the line off the screen, so that something else can be written there. */
  hide(): void;
  /** Puts the line back, behind whatever stands on the screen now. */
  show(): void;
  /** Ends the line on the screen, with `mark` behind it, but keeps it for `show`. */
  leave(mark: string): void;
  /** Forgets the line, and takes it off the screen. */
  clear(): void;
}

/** As a terminal in cooked mode (N_TTY_BUF_SIZE): what comes after is refused. */
const MAX_LINE = 4096;

/** Keys that act on the line: what a terminal sends, and the letter of the act. */
const KEYS: Readonly<Record<string, string>> = {
  "\x7f": "backspace",
  "\b": "backspace",
  "\x1b[3~": "delete",
  "\x1b[D": "left",
  "\x1bOD": "left",
  "\x02": "left",
  "\x1b[C": "right",
  "\x1bOC": "right",
  "\x06": "right",
  "\x1b[H": "home",
  "\x1bOH": "home",
  "\x1b[1~": "home",
  "\x01": "home",
  "\x1b[F": "end",
  "\x1bOF": "end",
  "\x1b[4~": "end",
  "\x05": "end",
  "\x15": "kill-before",
  "\x0b": "kill-after",
  "\x17": "kill-word",
  "\x1bd": "kill-next-word",
  "\x19": "yank",
  "\x1bb": "word-left",
  "\x1b[1;5D": "word-left",
  "\x1b[1;3D": "word-left",
  "\x1bf": "word-right",
  "\x1b[1;5C": "word-right",
  "\x1b[1;3C": "word-right",
  "\x1b[A": "up",
  "\x1bOA": "up",
  "\x10": "up",
  "\x1b[B": "down",
  "\x1bOB": "down",
  "\x0e": "down",
  "\t": "complete",
  "\x03": "interrupt",
  "\x04": "end-of-file",
};

const WORD = /[\p{L}\p{M}\p{N}]/u;

/** Escape sequences and control characters. They are no part of a line that a paste can bring. */
const NOT_TEXT = /\x1b(?:\[[0-?]*[ -/]*[@-~]?|O.|.)?|[\0-\x1f\x7f-\x9f]/gsu;

/** Makes a line editor that writes on `screen`. `history` is added to. */
export function createEditor(
  screen: Pick<Screen, "echo" | "edit">,
  events: EditorEvents,
  history: string[] = [],
): Editor {
  // The line as it should be, one code point an element, and as it stands on the screen.
  let line: string[] = [];
  let cursor = 0;
  let shown: readonly string[] = [];
  let shownCursor = 0;
  // Where ↑ and ↓ stand in the history; at its end, the line that was being typed.
  let place = history.length;
  let draft: string[] = [];
  let killed: readonly string[] = [];

  /** Brings the screen from what is shown to `to`, with the cursor before element `at`. */
  function draw(to: readonly string[], at: number): void {
    let same = 0;
    while (same < to.length && same < shown.length && to[same] === shown[same]) same++;
    // A mark that joins the character before it is drawn together with that one.
    while (same > 0 && (isMark(to[same]) || isMark(shown[same]))) same--;
    let stands = shownCursor;
    if (same < shown.length) {
      screen.echo(shown.slice(stands).join(""));
      back("\b\x1b[X", cells(shown, same, shown.length));
      stands = same;
    }
    if (stands < to.length && (same < to.length || at > stands)) {
      const until = same < to.length ? to.length : at;
      screen.echo(to.slice(stands, until).join(""));
      stands = until;
    }
    back("\b", cells(to, at, stands));
    shown = to;
    shownCursor = at;
  }

  const back = (step: string, count: number): void => {
    if (count > 0) screen.edit(`\x1b[?45h${step.repeat(count)}`);
  };

  const set = (next: string[], at: number): void => {
    line = next;
    cursor = at;
    draw(line, cursor);
  };

  const insert = (text: string): void => {
    const room = MAX_LINE - line.length;
    // Two units at most make a character, so no more of a huge text need be taken apart.
    const added = Array.from(text.slice(0, 2 * room)).slice(0, room);
    if (added.length > 0) set(line.toSpliced(cursor, 0, ...added), cursor + added.length);
  };

  const leave = (mark: string): void => {
    draw(shown, shown.length);
    screen.echo(mark);
    shown = [];
    shownCursor = 0;
  };

  const forget = (): void => {
    line = [];
    cursor = 0;
    place = history.length;
  };

  function enter(): void {
    const text = line.join("");
    leave("\r\n");
    if (text !== "" && text !== history.at(-1)) history.push(text);
    forget();
    events.line(text);
  }

  /** The place of the character before or after the cursor, marks and all. */
  function neighbour(step: 1 | -1): number {
    let at = cursor + step;
    while (at > 0 && at < line.length && isMark(line[at])) at += step;
    return Math.max(0, Math.min(at, line.length));
  }

  /** The end of a word from `at` on, or its beginning if `step` goes back: words are letters and digits. */
  function wordEdge(step: 1 | -1): number {
    const char = (at: number): string => line[step > 0 ? at : at - 1] ?? "";
    const inside = (at: number): boolean => (step > 0 ? at < line.length : at > 0);
    let at = cursor;
    while (inside(at) && !WORD.test(char(at))) at += step;
    while (inside(at) && WORD.test(char(at))) at += step;
    return at;
  }

  function wordStart(): number {
    let at = cursor;
    while (at > 0 && line[at - 1] === " ") at--;
    while (at > 0 && line[at - 1] !== " ") at--;
    return at;
  }

  function recall(step: 1 | -1): void {
    const next = place + step;
    if (next < 0 || next > history.length) return;
    if (place === history.length) draft = line;
    place = next;
    const text = place === history.length ? draft : Array.from(history[place] ?? "");
    set(text, text.length);
  }

  const cut = (from: number, to: number): void => set(line.toSpliced(from, to - from), from);

  const kill = (from: number, to: number): void => {
    if (to > from) killed = line.slice(from, to);
    cut(from, to);
  };

  function act(what: string): void {
    if (what === "backspace") cut(neighbour(-1), cursor);
    else if (what === "delete") cut(cursor, neighbour(1));
    else if (what === "left") set(line, neighbour(-1));
    else if (what === "right") set(line, neighbour(1));
    else if (what === "home") set(line, 0);
    else if (what === "end") set(line, line.length);
    else if (what === "word-left") set(line, wordEdge(-1));
    else if (what === "word-right") set(line, wordEdge(1));
    else if (what === "kill-before") kill(0, cursor);
    else if (what === "kill-after") kill(cursor, line.length);
    else if (what === "kill-word") kill(wordStart(), cursor);
    else if (what === "kill-next-word") kill(cursor, wordEdge(1));
    else if (what === "yank") insert(killed.join(""));
    else if (what === "up") recall(-1);
    else if (what === "down") recall(1);
    else if (what === "complete") insert(events.complete?.(line.slice(0, cursor).join("")) ?? "");
    else if (what === "interrupt") {
      leave("^C");
      forget();
      events.interrupt?.();
    } else if (line.length > 0) cut(cursor, neighbour(1));
    else events.endOfFile?.();
  }

  /** Text with its line ends, whether typed or pasted. Tabs are spaces here. */
  function take(input: Typed): Typed | undefined {
    const { text } = input;
    const end = text.search(/[\r\n]/);
    const upTo = end < 0 ? text.length : end;
    insert(text.slice(0, upTo).replaceAll("\t", " ").replaceAll(NOT_TEXT, ""));
    if (end < 0) return undefined;
    const next = text.startsWith("\r\n", end) ? end + 2 : end + 1;
    enter();
    return next < text.length ? { kind: input.kind, text: text.slice(next) } : undefined;
  }

  return {
    get text() {
      return line.join("");
    },
    typed(input) {
      if (input.kind === "paste") return take(input);
      const what = KEYS[input.text];
      if (what !== undefined) act(what);
      else if (/^[\0-\x1f\x7f-\x9f]/.test(input.text) && !/^[\r\n]/.test(input.text)) {
        // An escape sequence without a meaning here is nothing.
        if (input.text.length === 1) events.control?.(input.text);
      } else return take(input);
      return undefined;
    },
    hide: () => draw([], 0),
    show: () => draw(line, cursor),
    leave,
    clear() {
      forget();
      draw(line, cursor);
    },
  };
}

const isMark = (char: string | undefined): boolean => char !== undefined && width(char) === 0;

function cells(chars: readonly string[], from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += width(chars[at] ?? "");
  return sum;
}
