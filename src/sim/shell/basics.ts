/** The shell's own small programs: clear, history, echo, exit and their like. */
import { finished } from "./flags.ts";
import type { ProgramContext, Start } from "./program.ts";

const CLEAR = "\x1b[H\x1b[2J\x1b[3J";

/** A program that does its work at once; what it gives back is its status, 0 if nothing. */
export function atOnce(
  run: (words: readonly string[], context: ProgramContext) => number | void,
): Start {
  return (words, context) => {
    context.exit(run(words, context) ?? 0);
    return finished(words[0] ?? "");
  };
}

/** Wipes the window. */
export const clear = atOnce((_words, { screen, terminal }) => (terminal ?? screen).edit(CLEAR));

/** What was entered in this window. */
export const history = atOnce((_words, { screen, history: lines = [] }) => {
  for (const [at, line] of lines.entries()) {
    screen.say(`${String(at + 1).padStart(5)}  ${line}\r\n`);
  }
});

/** A window is closed by its own button. */
export const exit = atOnce((_words, { screen }) => screen.say("(This window stays open.)\r\n"));
