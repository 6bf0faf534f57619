/** Lines that are right, in the wrong window; and right dials of the wrong server. */
import type { NotationEvent } from "../explain/notation.ts";
import { isProgram } from "../explain/tips.ts";
import type { Keys, Step } from "./lesson.ts";
import { DIAL, LISTEN } from "./lines.ts";
import { fill, type Values } from "./values.ts";

/** What is known of the windows. */
export interface Windows {
  /** The line by which a program was started there last. */
  readonly ran: (window: number) => string | undefined;
  /** Whether a connection stands there. */
  readonly stands: (window: number) => boolean;
}

/** Lines that dial a server to talk to it, and its name. */
const SERVER = /^telnet (?:-[46] )?([^-\s{]\S*) (?!\{)\S+$/;

/** Says so, where a line of the step, as it stands there, was entered in another window than its own. */
export function astray(
  { kind, window, line = "", control }: NotationEvent,
  step: Step | undefined,
  values: Values,
  { ran }: Windows,
): string | undefined {
  if (!step || window === undefined) return undefined;
  const typed = line.trim().replace(/ +/g, " ");
  const same = step.solution.filter((keys) => fill(keys.text, values) === typed);
  const [own] = same;
  // Where a goal speaks of this window too, it may be as good.
  const either = step.goal.flat().some((pattern) => pattern[0] === String(window));
  if (!own || same.some((keys) => keys.window === window)) return undefined;
  const [verb = ""] = typed.split(" ", 1);
  if (kind === "line" && control === true) {
    return isProgram(verb) && verb === verb.toLowerCase()
      ? `You are speaking to a server here. \`${verb}\` is for the \`$\` of window ${own.window}.`
      : undefined;
  }
  if (kind !== "run") return undefined;
  if (ran(own.window)?.startsWith("ftp ")) {
    return `\`${verb}\` is said at \`ftp>\`, in window ${own.window}.`;
  }
  if (either) return undefined;
  const back = LISTEN.test(own.text) ? "Stop it here with Ctrl+C" : "Press Hang up in this one";
  return DIAL.test(own.text) || LISTEN.test(own.text) || own.text.startsWith("ftp ")
    ? `That is right, but it belongs in window ${own.window}. ${back}, and type it there.`
    : undefined;
}

/** Says so, where another server than the lesson's own was dialled in `window`, or one that is talked to already. */
export function misdialled(
  window: number,
  steps: readonly Step[],
  step: number,
  { ran, stands }: Windows,
): string | undefined {
  const [line = "", server] = SERVER.exec(ran(window) ?? "") ?? [];
  if (server === undefined || /^[\d.]+$|:/.test(server)) return undefined;
  const speaksOf = ({ goal, solution, ways = [] }: Step): boolean =>
    goal.flat().some((pattern) => pattern[0] === String(window)) &&
    [...solution, ...ways.flat()].some(
      ({ text }) => SERVER.exec(text)?.[1] === server || text.includes(` ${server}:`),
    );
  // The step dials it elsewhere, and takes it from here too.
  if (steps[step] && speaksOf(steps[step])) return undefined;
  const dials = (of: Step): readonly Keys[] => of.solution.filter(({ text }) => SERVER.test(text));
  const mine = (keys: Keys): boolean => keys.window === window;
  const here = steps[step] ? dials(steps[step]).filter(mine) : [];
  const before = steps.slice(0, step).flatMap(dials);
  const due = here.length > 0 ? here : before.filter(mine).slice(-1);
  if (due.length > 0) {
    const [other] = due;
    return due.some(({ text }) => SERVER.exec(text)?.[1] === server)
      ? undefined
      : `That is \`${server}\`. Here another one is meant: press Hang up, then \`${other?.text}\`.`;
  }
  const place = before.findLast(({ text }) => text === line)?.window;
  if (place === undefined || steps.some((of) => dials(of).some(mine))) return undefined;
  return stands(place)
    ? `You speak to this server in window ${place} already. Press Hang up in this one.`
    : `That is said in window ${place}. Press Hang up in this one, and dial there.`;
}
