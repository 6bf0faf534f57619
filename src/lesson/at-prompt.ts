/** What can be said of a line that was entered at the shell's prompt, and did not help. */
import { isVerb, slip } from "../explain/tips.ts";
import { fill, type Values } from "./values.ts";
import type { Keys, Step } from "./lesson.ts";
import { WINDOWS } from "./lines.ts";

/** What is known of a lesson where nobody talks yet. */
export interface Prompt {
  /** All lines of the lesson's solutions. */
  readonly typed: readonly Keys[];
  /** The windows in which the lesson wants this word for the server. */
  readonly homes: (word: string) => readonly number[];
  /** Whether somebody talks in this window. */
  readonly talks: (window: number) => boolean;
  /** Whether somebody has called in this window, to be served there. */
  readonly serves: (window: number) => boolean;
}

/** Programs that dial or listen: what came of it says more than how the line reads. */
const DIALS = /^(?:telnet|nc|ftp|openssl)$/;

/** Gives back what is to be said of such a line in `window` while `step` is to be done. */
export function promptReader({ typed, homes, talks, serves }: Prompt) {
  const programs = new Set(["telnet"]);
  for (const { text } of typed) {
    const [name = ""] = text.split(" ", 1);
    if (/^[a-z]{2,}$/.test(name)) programs.add(name);
  }
  const listens = typed.find(({ text }) => /^nc .*-\w*l/.test(text));
  const dials = typed.some(({ text }) => /^(?:telnet|nc) [^-]/.test(text));

  return (line: string, window: number, step: Step | undefined, values: Values) => {
    const [first = ""] = line.split(/\s+/, 1);
    const word = first.toUpperCase();
    const away = line === "QUIT" && (homes(line).includes(window) || !WINDOWS.some(talks));
    if (/^(?:quit|close)$/.test(line) || away) {
      return "There is nothing to leave here: this `$` is your own computer.";
    }
    const places = homes(word);
    if (places.length > 0 || (isVerb(word) && word !== "HELP")) {
      const called = WINDOWS.find((one) => one !== window && serves(one));
      if (called) return `\`${first}\` is said to whoever called: type it in window ${called}.`;
      if (listens && !dials) {
        return `\`${word}\` is said to somebody who has called. Listen first: \`${listens.text}\`, in window ${listens.window}.`;
      }
      const wanted = step?.solution.some(
        (keys) => keys.window === window && keys.text.startsWith(first),
      );
      const known = places.length > 0 ? places : WINDOWS.filter(talks);
      const [home = window] = wanted || known.includes(window) ? [window] : known;
      if (home !== window && talks(home)) {
        return `\`${word}\` is a word for the server: type it in window ${home}.`;
      }
      const where = home === window ? "" : ` in window ${home}`;
      return `\`${word}\` is a word for the server, and this \`$\` is your own computer. Dial the server${where} first.`;
    }
    if (first === "$") return "The `$` stands there already. Type only what comes after it.";
    const low = first.toLowerCase();
    if (programs.has(low)) {
      if (low !== first) return `Small letters, please: this computer knows only \`${low}\`.`;
      if (listens && /^nc \d+$/.test(line)) {
        return "With `-l` nc listens on a port. Without it nc dials, and wants a name before the port.";
      }
      return nearly(line, first, window, step, values);
    }
    if (/^[a-z][\w-]*(?:\.[\w-]+)+ \d+$/i.test(line)) {
      return `A program goes in front of the name: \`telnet ${line}\`.`;
    }
    // Two letters are a slip away from too many: `ls` is a word of its own beside `ss`.
    const turned = first.length === 2 ? `${first[1]}${first[0]}` : undefined;
    const near =
      first.length > 2
        ? [...programs].find((name) => slip(first, name))
        : turned !== undefined && first !== turned && programs.has(turned) && turned;
    return near ? `Did you mean \`${near}\`?` : undefined;
  };
}

/** What is to be said of an nc that can listen nowhere. */
export function unheard(line: string, step: Step | undefined): string | undefined {
  const [, port] = / (\d+)(?: |$)/.exec(line) ?? [];
  if (!/^nc .*-\w*l/.test(line) || step?.solution.some(({ text }) => text === line))
    return undefined;
  if (port === undefined) {
    return "`nc -l` wants a port to listen on, as in `nc -l 50000`.";
  }
  return Number(port) < 1024
    ? "Ports below 1024 are the system's own. Take a higher one, as in `nc -l 50000`."
    : undefined;
}

/** The right program with other words behind it than the step has. */
function nearly(
  line: string,
  program: string,
  window: number,
  step: Step | undefined,
  values: Values,
): string | undefined {
  if (DIALS.test(program)) return undefined;
  const same = step?.solution.filter(
    ({ window: of, text }) => of === window && text.startsWith(`${program} `),
  );
  const [keys] = same ?? [];
  const meant = keys && fill(keys.text, values);
  const known = same?.some(({ text }) => fill(text, values) === line.replace(/ +/g, " ").trim());
  return meant === undefined || known ? undefined : `Nearly. Here it is \`${meant}\`.`;
}
