/** The programs that list, make and remove files: ls, rm, echo and printf. */
import { utf8Encode } from "../bytes.ts";
import { atOnce } from "./basics.ts";
import { fileName, warn, written } from "./files.ts";
import { flagError, readFlags } from "./flags.ts";
import type { Computer, ProgramContext } from "./program.ts";
import { putOctets, unescape } from "./read-files.ts";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const HALF_A_YEAR = 15_778_476_000;

/** ls: the files of this computer. */
export const ls = atOnce((words, context) => {
  const { computer, screen } = context;
  const { flags, rest, wrong } = readFlags(words, "la1h");
  if (wrong !== undefined) {
    warn(context, flagError("ls", wrong));
    warn(context, "Try 'ls --help' for more information.");
    return 2;
  }
  if (computer === undefined) return 1;
  let status = 0;
  const names: string[] = [];
  const all = [...computer.files.keys()].toSorted();
  for (const name of rest.length > 0 ? rest : ["."]) {
    if (name === "." || name === "~" || name === "./") names.push(...all);
    else if (computer.files.has(fileName(name))) names.push(fileName(name));
    else {
      warn(context, `ls: cannot access '${name}': No such file or directory`);
      status = 2;
    }
  }
  if (flags.has("l")) longList(context, computer, names, rest.length === 0);
  else if (names.length > 0) {
    screen.say(`${names.join(flags.has("1") || context.terminal ? "\r\n" : "  ")}\r\n`);
  }
  return status;
});

function longList(
  { screen }: ProgramContext,
  computer: Computer,
  names: readonly string[],
  whole: boolean,
): void {
  const sizes = names.map((name) => computer.files.get(name)?.length ?? 0);
  const width = Math.max(0, ...sizes.map((size) => String(size).length));
  // A disk hands out blocks of 4 KiB; ls counts in 1 KiB.
  const blocks = sizes.reduce((sum, size) => sum + 4 * Math.ceil(size / 4096), 0);
  if (whole) screen.say(`total ${blocks}\r\n`);
  for (const [at, name] of names.entries()) {
    const when = date(written(computer, name), computer.net.now());
    screen.say(`-rw-r--r-- 1 you you ${String(sizes[at]).padStart(width)} ${when} ${name}\r\n`);
  }
}

function date(at: number, now: number): string {
  const day = new Date(at);
  const clock = [day.getUTCHours(), day.getUTCMinutes()].map((n) => String(n).padStart(2, "0"));
  const recent = at <= now && at > now - HALF_A_YEAR;
  return [
    MONTHS[day.getUTCMonth()],
    String(day.getUTCDate()).padStart(2),
    recent ? clock.join(":") : String(day.getUTCFullYear()).padStart(5),
  ].join(" ");
}

/** rm: removes files. */
export const rm = atOnce((words, context) => {
  const { flags, rest, wrong } = readFlags(words, "fv");
  const hint = "Try 'rm --help' for more information.";
  if (wrong !== undefined || (rest.length === 0 && !flags.has("f"))) {
    warn(context, wrong === undefined ? "rm: missing operand" : flagError("rm", wrong));
    warn(context, hint);
    return 1;
  }
  let status = 0;
  for (const name of rest) {
    if (context.computer?.files.delete(fileName(name)) === true || flags.has("f")) continue;
    warn(context, `rm: cannot remove '${name}': No such file or directory`);
    status = 1;
  }
  return status;
});

/** echo, as bash has it: -n without the line end, -e with backslashes. */
export const echo = atOnce((words, context) => {
  let at = 1;
  let bare = false;
  let escapes = false;
  for (; /^-[neE]+$/.test(words[at] ?? ""); at++) {
    bare ||= words[at]!.includes("n");
    escapes = words[at]!.includes("e") || (escapes && !words[at]!.includes("E"));
  }
  const text = utf8Encode(words.slice(at).join(" "));
  putOctets(context, (escapes ? unescape(text) : text) + (bare ? "" : "\n"));
});

/** printf: a pattern with backslashes, %s, %d, %c, %b and %%, used again until the words are gone. */
export const printf = atOnce((words, context) => {
  const [, pattern, ...values] = words;
  if (pattern === undefined) {
    warn(context, "printf: usage: printf [-v var] format [arguments]");
    return 2;
  }
  let status = 0;
  let octets = "";
  let at = 0;
  do {
    const before = at;
    let stop = false;
    octets += utf8Encode(pattern).replaceAll(
      /%(-?0?\d{0,3})([sdcbx%])|\\(?:x[0-9a-fA-F]{1,2}|[0-7]{1,3}|c|[nrtabfve\\"])/g,
      (all, width: string | undefined, letter: string | undefined) => {
        if (letter === undefined) return all === "\\c" ? "" : unescape(all);
        if (letter === "%") return "%";
        const value = values[at++] ?? "";
        if ((letter === "d" || letter === "x") && !/^-?(?:0x[\da-f]+|\d+)?$/i.test(value)) {
          warn(context, `printf: ${value}: invalid number`);
          status = 1;
        }
        return padded(convert(letter, value), width ?? "");
      },
    );
    // A pattern that takes no word would be written for ever.
    stop = at === before;
    if (stop) break;
  } while (at < values.length);
  putOctets(context, octets);
  return status;
});

function convert(letter: string, value: string): string {
  const number = Math.trunc(Number(value)) || 0;
  if (letter === "d") return String(number);
  if (letter === "x") return number.toString(16);
  const text = utf8Encode(value);
  return letter === "b" ? unescape(text) : letter === "c" ? text.slice(0, 1) : text;
}

function padded(text: string, width: string): string {
  const wide = Math.abs(Number(width));
  if (width.startsWith("-")) return text.padEnd(wide);
  return text.padStart(wide, width.startsWith("0") ? "0" : " ");
}
