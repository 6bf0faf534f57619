/** The programs that read files: cat, head, wc, xxd and cmp, with the words of coreutils, diffutils and vim's xxd. */
import { fromBytes, toBytes } from "../bytes.ts";
import { atOnce } from "./basics.ts";
import { fileName, put, warn } from "./files.ts";
import { finished, flagError, readFlags, type Flags } from "./flags.ts";
import type { ProgramContext, Start } from "./program.ts";

const NO_FILE = "No such file or directory";

/** A file's bytes; `-`, or no name at all, is what stands behind `<`. */
function read({ computer, input }: ProgramContext, name: string): Uint8Array | undefined {
  return name === "-" ? (input ?? new Uint8Array(0)) : computer?.files.get(fileName(name));
}

/** Says what is wrong with the options, if anything is. */
function wrongFlags(context: ProgramContext, name: string, { wrong }: Flags): boolean {
  if (wrong === undefined) return false;
  warn(context, flagError(name, wrong));
  // cmp puts its name before the hint, the others do not.
  warn(context, `${name === "cmp" ? "cmp: " : ""}Try '${name} --help' for more information.`);
  return true;
}

/** What a program reads that was given no file and no `<`: the keyboard, which these do not. */
function nothingToRead(context: ProgramContext, name: string, names: readonly string[]): boolean {
  if (names.length > 0 || context.input !== undefined) return false;
  warn(context, `(${name} reads a file here: ${name} NAME. ls tells their names.)`);
  return true;
}

/** How much of a long file is written before the window may breathe, and ^C be heard. */
const PIECE = 65_536;
const PAUSE = 20;

/** cat: writes files. */
export const cat: Start = (words, context) => {
  const options = readFlags(words, "u");
  const names = options.rest;
  if (wrongFlags(context, "cat", options) || nothingToRead(context, "cat", names)) {
    context.exit(1);
    return finished("cat");
  }
  let status = 0;
  let over = false;
  const work = (function* () {
    for (const name of names.length > 0 ? names : ["-"]) {
      const bytes = read(context, name);
      if (bytes === undefined) {
        warn(context, `cat: ${name}: ${NO_FILE}`);
        status = 1;
      } else yield* pieces(bytes);
    }
  })();
  const leave = (code: number): void => {
    over = true;
    context.exit(code);
  };
  function go(): void {
    if (over) return;
    const { value, done } = work.next();
    if (done === true) leave(status);
    else {
      put(context, value);
      if (value.length < PIECE / 2) go();
      else context.net.after(PAUSE, go);
    }
  }
  go();
  return {
    name: "cat",
    typed({ kind, text }) {
      if (kind !== "key" || text !== "\x03" || over) return;
      (context.terminal ?? context.screen).echo("^C\r\n");
      leave(130);
    },
    hangUp() {
      over = true;
    },
  };
};

/** A file in pieces that end where a line does, so that no letter is cut in two. */
function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length;) {
    const lineEnd = bytes.length - at > PIECE ? bytes.lastIndexOf(10, at + PIECE - 1) + 1 : 0;
    const end = lineEnd > at + PIECE / 2 ? lineEnd : Math.min(bytes.length, at + PIECE);
    yield bytes.subarray(at, end);
    at = end;
  }
}

/** head: the beginning of files. */
export const head = atOnce((words, context) => {
  // `head -5` is older than `head -n 5`, and still used.
  const modern = words.map((word) => word.replace(/^-(\d+)$/, "-n$1"));
  const options = readFlags(modern, "n:c:");
  if (wrongFlags(context, "head", options)) return 1;
  const { flags, rest } = options;
  if (nothingToRead(context, "head", rest)) return 1;
  for (const [letter, what] of [
    ["n", "lines"],
    ["c", "bytes"],
  ] as const) {
    const value = flags.get(letter);
    if (value !== undefined && !/^\d{1,9}$/.test(value)) {
      warn(context, `head: invalid number of ${what}: ‘${value}’`);
      return 1;
    }
  }
  let status = 0;
  let before = "";
  for (const name of rest.length > 0 ? rest : ["-"]) {
    const bytes = read(context, name);
    if (bytes === undefined) {
      warn(context, `head: cannot open '${name}' for reading: ${NO_FILE}`);
      status = 1;
      continue;
    }
    if (rest.length > 1) context.screen.say(`${before}==> ${name} <==\r\n`);
    before = "\r\n";
    const first = flags.get("c");
    put(
      context,
      bytes.subarray(
        0,
        first === undefined ? lines(bytes, Number(flags.get("n") ?? 10)) : Number(first),
      ),
    );
  }
  return status;
});

/** How many bytes the first `wanted` lines have. */
function lines(bytes: Uint8Array, wanted: number): number {
  let end = 0;
  for (let line = 0; line < wanted; line++) {
    const next = bytes.indexOf(10, end);
    if (next < 0) return bytes.length;
    end = next + 1;
  }
  return end;
}

/** wc: lines, words and bytes. */
export const wc = atOnce((words, context) => {
  const options = readFlags(words, "lwc");
  if (wrongFlags(context, "wc", options)) return 1;
  const { flags, rest } = options;
  if (nothingToRead(context, "wc", rest)) return 1;
  const wanted = ["l", "w", "c"].map((letter) => flags.size === 0 || flags.has(letter));
  const rows: { counts: number[]; name: string }[] = [];
  let status = 0;
  for (const name of rest.length > 0 ? rest : ["-"]) {
    const bytes = read(context, name);
    if (bytes === undefined) {
      warn(context, `wc: ${name}: ${NO_FILE}`);
      status = 1;
    } else rows.push({ counts: count(bytes), name: rest.length > 0 ? name : "" });
  }
  if (rest.length > 1) {
    const total = [0, 1, 2].map((at) => rows.reduce((sum, { counts }) => sum + counts[at]!, 0));
    rows.push({ counts: total, name: "total" });
  }
  const width =
    rows.length > 1 ? String(Math.max(...rows.flatMap(({ counts }) => counts))).length : 0;
  for (const { counts, name } of rows) {
    const shown = counts.filter((_, at) => wanted[at]).map((n) => String(n).padStart(width));
    context.screen.say(`${[...shown, ...(name === "" ? [] : [name])].join(" ")}\r\n`);
  }
  return status;
});

function count(bytes: Uint8Array): number[] {
  let lineEnds = 0;
  let found = 0;
  let inWord = false;
  for (const byte of bytes) {
    if (byte === 10) lineEnds++;
    const space = byte === 32 || (byte >= 9 && byte <= 13);
    if (!space && !inWord) found++;
    inWord = !space;
  }
  return [lineEnds, found, bytes.length];
}

/** So many rows of xxd are enough for anybody to see; a window would stand still for more. */
const MOST_ROWS = 4096;

/** xxd: bytes as numbers, sixteen in a row. */
export const xxd = atOnce((words, context) => {
  const { flags, rest, wrong } = readFlags(words, "l:s:");
  const [name = "-"] = rest;
  const number = (letter: string, otherwise: number): number => {
    const value = Number(flags.get(letter) ?? otherwise);
    return Number.isInteger(value) && value >= 0 ? value : otherwise;
  };
  if (wrong !== undefined) {
    warn(context, "Usage:\r\n       xxd [-s seek] [-l len] [infile]");
    return 1;
  }
  if (nothingToRead(context, "xxd", rest)) return 1;
  const bytes = read(context, name);
  if (bytes === undefined) {
    warn(context, `xxd: ${name}: ${NO_FILE}`);
    return 2;
  }
  const from = number("s", 0);
  const end = Math.min(bytes.length, from + number("l", bytes.length));
  const rows: string[] = [];
  for (let at = from; at < end && rows.length < MOST_ROWS; at += 16) {
    rows.push(row(at, bytes.subarray(at, Math.min(end, at + 16))));
  }
  context.screen.say(rows.join(""));
  if (from + MOST_ROWS * 16 < end) {
    warn(
      context,
      `(and ${end - from - MOST_ROWS * 16} bytes more: xxd -s ${from + MOST_ROWS * 16} ${name})`,
    );
  }
  return 0;
});

function row(at: number, bytes: Uint8Array): string {
  const hex = Array.from(
    bytes,
    (byte, i) => byte.toString(16).padStart(2, "0") + (i % 2 ? " " : ""),
  );
  const text = fromBytes(bytes).replaceAll(/[^\x20-\x7e]/g, ".");
  return `${at.toString(16).padStart(8, "0")}: ${hex.join("").padEnd(41)}${text}\r\n`.replace(
    /: (.{40}) /,
    ": $1 ",
  );
}

/** cmp: where two files differ first; silence and status 0 where they do not. */
export const cmp = atOnce((words, context) => {
  const options = readFlags(words, "s");
  if (wrongFlags(context, "cmp", options)) return 2;
  const { flags, rest } = options;
  const [a, b] = rest;
  if (a === undefined || b === undefined) {
    warn(context, `cmp: missing operand after '${a ?? "cmp"}'`);
    warn(context, "cmp: Try 'cmp --help' for more information.");
    return 2;
  }
  const [one, two] = [read(context, a), read(context, b)];
  if (one === undefined || two === undefined) {
    warn(context, `cmp: ${one === undefined ? a : b}: ${NO_FILE}`);
    return 2;
  }
  const shorter = Math.min(one.length, two.length);
  let at = 0;
  while (at < shorter && one[at] === two[at]) at++;
  if (at === one.length && at === two.length) return 0;
  if (flags.has("s")) return 1;
  const line = fromBytes(one, 0, at).split("\n").length;
  if (at < shorter) context.screen.say(`${a} ${b} differ: byte ${at + 1}, line ${line}\r\n`);
  else {
    const short = one.length < two.length ? a : b;
    // GNU says "line" where the last byte ends one, "in line" within it.
    const where = fromBytes(one, at - 1, at) === "\n" ? `line ${line - 1}` : `in line ${line}`;
    warn(
      context,
      `cmp: EOF on ${short} ${at === 0 ? "which is empty" : `after byte ${at}, ${where}`}`,
    );
  }
  return 1;
});

/** What printf's backslashes mean, and the numbers behind them. */
const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
  e: "\x1b",
  "\\": "\\",
  '"': '"',
};

/** Octets in which backslashes have been read. */
export function unescape(octets: string): string {
  return octets.replaceAll(
    /\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3})|([nrtabfve\\"]))/g,
    (_all, hex?: string, octal?: string, letter?: string) => {
      if (letter !== undefined) return ESCAPES[letter] ?? letter;
      return String.fromCharCode(
        (hex === undefined ? Number.parseInt(octal ?? "0", 8) : Number.parseInt(hex, 16)) & 255,
      );
    },
  );
}

/** Writes octets to standard output. */
export const putOctets = (context: ProgramContext, octets: string): void =>
  put(context, toBytes(octets));
