/**
 * A terminal in cooked mode, as the kernel has it (N_TTY): `createCooked(screen, owner)`. Erase,
 * word erase, kill, reprint and literal next, and nothing else: every other control character is
 * shown as ^X and is part of the line. What a program prints meanwhile tears the line.
 */
import type { Editor } from "./editor.ts";
import type { Screen, Typed } from "./program.ts";
import { width } from "./width.ts";

/** Keys of a terminal by their names in termios; a key that was unset has no entry. */
export type TerminalKeys = Readonly<
  Partial<Record<"erase" | "worderase" | "kill" | "reprint" | "lnext", string | undefined>>
>;

/** What a cooked terminal asks of its owner. */
export interface CookedOwner {
  readonly keys: TerminalKeys;
  /** What is typed is shown. */
  echo(): boolean;
  line(text: string): void;
}

/** A cooked terminal. */
export interface Cooked extends Editor {
  /** The next key is to be taken as it is: ^V came before it. */
  readonly literal: boolean;
}

/** N_TTY_BUF_SIZE less the line end: what comes after is shown and dropped. */
const MAX_LINE = 4095;

/** How a character is echoed: control characters as ^X, a tab as itself. */
export const echoOf = (char: string): string => {
  const code = char.charCodeAt(0);
  if (code === 127) return "^?";
  return code < 32 && char !== "\t" ? `^${String.fromCharCode(code + 64)}` : char;
};

const isWord = (char: string | undefined): boolean =>
  char !== undefined && /[\p{L}\p{N}_]/u.test(char);

/** Makes a cooked terminal that echoes on `screen`. */
export function createCooked(screen: Pick<Screen, "echo" | "edit">, owner: CookedOwner): Cooked {
  let line: string[] = [];
  let literal = false;

  const echo = (text: string): void => {
    if (owner.echo()) screen.echo(text);
  };

  /** Columns up to the end of `chars`. A line begins at a multiple of eight: 0, or behind `telnet> `. */
  const columns = (chars: readonly string[]): number => {
    let at = 0;
    for (const char of chars) {
      if (char === "\t") at += 8 - (at % 8);
      else for (const each of echoOf(char)) at += width(each);
    }
    return at;
  };

  function erase(count: number, forget = true): void {
    if (count === 0) return;
    const left = line.slice(0, line.length - count);
    const back = columns(line) - columns(left);
    if (forget) line = left;
    if (owner.echo()) screen.edit(`\x1b[?45h${"\b\x1b[X".repeat(back)}`);
  }

  /** The last word with what stands behind it. */
  function lastWord(): number {
    let at = line.length;
    while (at > 0 && !isWord(line[at - 1])) at--;
    while (at > 0 && isWord(line[at - 1])) at--;
    return line.length - at;
  }

  function add(text: string): void {
    const chars = Array.from(text);
    line.push(...chars.slice(0, MAX_LINE - line.length));
    echo(chars.map(echoOf).join(""));
  }

  function enter(): void {
    const text = line.join("");
    line = [];
    echo("\r\n");
    owner.line(text);
  }

  function key(text: string): void {
    const { keys } = owner;
    if (literal) {
      literal = false;
      add(text);
    } else if (text === "\r" || text === "\n") enter();
    else if (text === keys.erase) erase(Math.min(1, line.length));
    else if (text === keys.worderase) erase(lastWord());
    else if (text === keys.kill) erase(line.length);
    else if (text === keys.lnext) {
      literal = true;
      // The caret waits below the cursor for its letter.
      echo("^\b");
    } else if (text === keys.reprint) {
      echo(`${echoOf(text)}\r\n${line.map(echoOf).join("")}`);
    } else add(text);
  }

  /** A paste up to the end of its first line; the rest may be for another reader. */
  function paste(input: Typed): Typed | undefined {
    const { text } = input;
    const end = text.search(/[\r\n]/);
    add(end < 0 ? text : text.slice(0, end));
    if (end < 0) return undefined;
    enter();
    const next = text.startsWith("\r\n", end) ? end + 2 : end + 1;
    return next < text.length ? { kind: "paste", text: text.slice(next) } : undefined;
  }

  return {
    get text() {
      return line.join("");
    },
    get literal() {
      return literal;
    },
    typed(input) {
      if (input.kind === "paste") return paste(input);
      key(input.text);
      return undefined;
    },
    hide: () => erase(line.length, false),
    show: () => echo(line.map(echoOf).join("")),
    leave: (mark) => echo(mark),
    clear() {
      line = [];
      literal = false;
    },
  };
}
