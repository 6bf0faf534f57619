/** The shell in one window: `createShell({ window, sink, computer, programs })`. */
import type { Sink } from "../trace/trace.ts";
import { createEditor } from "./editor.ts";
import { commonStart } from "./common-start.ts";
import type { Computer, Program, Start, Typed } from "./program.ts";
import { createScreen } from "./screen.ts";

/** What a shell is given. */
export interface ShellOptions {
  readonly window: number;
  readonly sink: Sink;
  readonly computer: Computer;
  /** What can be started, by name: looked up anew each time, for programs may come later. */
  readonly programs: Readonly<Record<string, Start>>;
}

/** A shell; its prompt stands on the screen as soon as it is made. */
export interface Shell {
  typed(input: Typed): void;
  /** Closes the running program by force; the prompt comes back. Without one, nothing happens. */
  hangUp(): void;
}

/** A paste may bring so many characters and lines; a page that took more would stand still. */
const MAX_PASTE = 2 ** 20;
const MAX_PASTED_LINES = 4096;
const DROPPED = "(That was too much to paste at once. The rest of it was dropped.)\r\n";

const CLEAR = "\x1b[H\x1b[2J\x1b[3J";

/** Makes a shell and prints its prompt. */
export function createShell(options: ShellOptions): Shell {
  const { window, sink, computer, programs } = options;
  const names = computer.hosts.map(({ name }) => name);
  const screen = createScreen(window, sink);
  const history: string[] = [];
  let program: Program | undefined;
  let status = 0;

  const say = (text: string): void => screen.say(`${text}\r\n`);
  const prompt = (): void => screen.prompt("$ ");
  const stay = (): void => say("(This window stays open.)");

  const editor = createEditor(
    screen,
    {
      line: run,
      interrupt() {
        screen.echo("\r\n");
        prompt();
      },
      endOfFile() {
        screen.echo("\r\n");
        stay();
        prompt();
      },
      complete,
      control(key) {
        if (key !== "\x0c") return;
        screen.edit(CLEAR);
        editor.hide();
        prompt();
        editor.show();
      },
    },
    history,
  );

  function run(line: string): void {
    sink.record({ kind: "run", window, line });
    // Programs come after the first prompt, and what understands a command line comes with them.
    const sh = programs["sh"];
    if (line.trim() === "" || sh === undefined) {
      prompt();
      return;
    }
    let over = false;
    const started = sh(["sh", "-c", line], {
      window,
      screen,
      net: computer.net,
      computer,
      history,
      status,
      record: (fact) => sink.record(fact),
      exit(code) {
        if (over) return;
        over = true;
        status = code;
        ended();
      },
    });
    // It may have ended already, as telnet does with a name that nobody has.
    if (!over) program = started;
  }

  function ended(): void {
    program = undefined;
    if (!screen.atLineStart) screen.say("\r\n");
    prompt();
  }

  function complete(before: string): string {
    const word = /\S*$/.exec(before)?.[0] ?? "";
    const first = before.trimStart() === word;
    const pool = first ? Object.keys(programs) : [...names, ...computer.files.keys()];
    const fitting = pool.filter((name) => name.startsWith(word)).toSorted();
    const only = fitting.length === 1;
    const rest = commonStart(fitting).slice(word.length) + (only ? " " : "");
    if (rest === "" && fitting.length > 1) {
      editor.leave("\r\n");
      say(fitting.join("  "));
      prompt();
      editor.show();
    }
    return rest;
  }

  prompt();
  return {
    typed(input) {
      const kept = input.kind === "paste" ? withinLimit(input.text) : input.text;
      let rest: Typed | undefined = { kind: input.kind, text: kept };
      while (rest !== undefined) {
        if (program !== undefined) {
          program.typed(rest);
          rest = undefined;
        } else rest = editor.typed(rest);
      }
      if (kept.length === input.text.length) return;
      if (program === undefined) {
        editor.leave("\r\n");
        screen.say(DROPPED);
        prompt();
        editor.show();
      } else screen.say(DROPPED);
    },
    hangUp() {
      if (program === undefined) return;
      program.hangUp();
      status = 129;
      ended();
    },
  };
}

/** A paste as far as it is taken: whole lines, so that nothing half is left standing. */
function withinLimit(text: string): string {
  const lineEnd = /\r\n|\r|\n/g;
  let end = 0;
  for (let lines = 0; lines < MAX_PASTED_LINES && lineEnd.test(text); lines++) {
    if (lineEnd.lastIndex > MAX_PASTE) return text.slice(0, end);
    end = lineEnd.lastIndex;
  }
  // The lines are within the limit; so may the last one be, which has no end.
  const last = lineEnd.lastIndex === 0 && text.length <= MAX_PASTE;
  return last ? text : text.slice(0, end);
}
