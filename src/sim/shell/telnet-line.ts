/**
 * The keyboard of telnet while it reads lines: `createTelnetLine(owner)`. It is a cooked
 * terminal, and with `conveniences` on a line editor with history and Tab in its place, so that
 * output does not tear the line. Which of them is asked at each key; what stands is carried over.
 */
import { createCooked, echoOf } from "./cooked.ts";
import { createEditor } from "./editor.ts";
import type { Computer, Screen, Typed } from "./program.ts";
import { completeFrom } from "./telnet-complete.ts";
import { keyName } from "./telnet-names.ts";
import type { KeyName } from "./telnet-settings.ts";

/** What the keyboard asks of telnet, and tells it. */
export interface LineOwner {
  readonly window: number;
  readonly screen: Screen;
  readonly computer?: Computer;
  readonly keys: Readonly<Record<KeyName, string | undefined>>;
  /** Whether what is typed is shown by this side. */
  echo(): boolean;
  line(text: string): void;
  /** ^C, ^\ and ^Z: the key stands on the screen, the line is forgotten. */
  signal(name: "interrupt" | "quit" | "susp"): void;
  /** ^D: what stood in the line, which goes on from there. */
  endOfFile(text: string): void;
  /** Whether ^] leads out: else it is a character like any other. */
  escapes(): boolean;
  /** ^], with what stood in the line. */
  escape(text: string): void;
  /** What Tab completes. */
  readonly words: readonly string[];
  /** Prints the prompt again, where there is one. */
  readonly prompt?: () => void;
}

/** A keyboard. */
export interface TelnetLine {
  /** Takes a key, or a paste up to its first line end; gives the rest back. */
  typed(input: Typed): Typed | undefined;
  /** Before and after something else is printed. */
  hide(): void;
  show(): void;
  /** Ends the line on the screen, with `mark` behind it; `show` puts it back. */
  leave(mark: string): void;
  clear(): void;
}

/** What the line editor knows and a cooked terminal does not: cursor keys, Tab, ^A and the like. */
const CONVENIENT = /^(?:[\x01\x02\x05\x06\x09\x0b\x0e\x10\x19]|\x1b.+)$/s;

/** What does nothing in an empty line. */
const MOVES = /^[\x01\x02\x05\x06\x0b]$/;

/** The windows of each computer in which it has been said. */
const told = new WeakMap<Computer, Set<number>>();
const NO_SUCH_KEY = "(A real telnet has no such key. To do without it: conveniences off, at $.)";

/** A paste brings no keys. */
const NO_TEXT = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g;

/** Makes a keyboard with a history of its own. */
export function createTelnetLine(owner: LineOwner): TelnetLine {
  const { screen, computer, window } = owner;
  const cooked = createCooked(screen, owner);
  const editor = createEditor(screen, {
    line: (text) => owner.line(text),
    complete: (before) => completeFrom(owner.words, before),
    control(key) {
      if (key !== owner.keys.reprint) return;
      editor.leave(`${echoOf(key)}\r\n`);
      editor.show();
    },
  });
  const right = (): typeof editor =>
    computer?.conveniences === true && owner.echo() ? editor : cooked;
  let reader = right();

  function choose(): void {
    const next = right();
    if (next === reader) return;
    const { text } = reader;
    reader.hide();
    reader.clear();
    reader = next;
    if (text !== "") reader.typed({ kind: "paste", text });
  }

  /** Says once in a window that a real telnet has no such key. */
  function confess(): void {
    if (computer === undefined || told.get(computer)?.has(window) === true) return;
    told.set(computer, (told.get(computer) ?? new Set()).add(window));
    if (owner.prompt || editor.text !== "") editor.leave("\r\n");
    screen.say(`${NO_SUCH_KEY}\r\n`);
    owner.prompt?.();
    editor.show();
  }

  /** Ends what stands in the line, and gives it. */
  function take(mark: string): string {
    const { text } = reader;
    reader.leave(mark);
    reader.clear();
    return text;
  }

  /** Keys that the terminal itself acts on; true if this was one. */
  function special(key: string): boolean {
    if (reader === cooked && cooked.literal) return false;
    const { keys } = owner;
    for (const name of ["interrupt", "quit", "susp"] as const) {
      if (key !== keys[name]) continue;
      take(keyName(key));
      owner.signal(name);
      return true;
    }
    if (key === keys.eof) owner.endOfFile(take(""));
    else if (key === keys.escape && owner.escapes()) {
      owner.escape(take(owner.echo() ? `${keyName(key)}\r\n` : ""));
    } else return false;
    return true;
  }

  /** One line of a paste at a time: the work must not grow with what is still to come. */
  function paste(text: string): Typed | undefined {
    const end = text.search(/[\r\n]/);
    const line = (end < 0 ? text : text.slice(0, end)).replaceAll(NO_TEXT, "");
    reader.typed({ kind: "paste", text: end < 0 ? line : `${line}\r` });
    const next = text.startsWith("\r\n", end) ? end + 2 : end + 1;
    return end < 0 || next >= text.length ? undefined : { kind: "paste", text: text.slice(next) };
  }

  return {
    typed(input) {
      choose();
      if (input.kind === "paste") return paste(input.text);
      if (special(input.text)) return undefined;
      const idle = editor.text === "" && MOVES.test(input.text);
      if (reader === editor && CONVENIENT.test(input.text) && !idle) confess();
      return reader.typed(input);
    },
    hide() {
      // On a real terminal nobody takes the line away before something else is printed.
      if (reader === editor) editor.hide();
    },
    show() {
      if (reader === editor) editor.show();
    },
    leave: (mark) => reader.leave(mark),
    clear() {
      if (reader === cooked) cooked.clear();
      else editor.clear();
    },
  };
}
