/** The files of a computer: what programs write there, and how they speak about them. */
import { concat, fromBytes, toBytes, utf8Decode, utf8Encode } from "../bytes.ts";
import type { Computer, ProgramContext, Screen } from "./program.ts";

/** So much one file may hold: a page that kept more would stand still. */
export const MOST_BYTES = 64 * 2 ** 20;

/** Takes bytes and puts them at the end of one file. */
export type Writer = (bytes: Uint8Array) => void;

/** Opens the file `name` for writing; `keep` what is in it. It is there, empty, from this moment on. */
export function writer(computer: Computer, name: string, keep = false): Writer {
  const { files } = computer;
  let room = (keep ? files.get(name) : undefined)?.slice() ?? new Uint8Array(0);
  let length = room.length;
  const show = (): void => {
    files.set(name, room.subarray(0, length));
    stamp(computer, name);
  };
  show();
  return (bytes) => {
    const taken = bytes.subarray(0, Math.max(0, MOST_BYTES - length));
    if (length + taken.length > room.length) {
      // Doubling, since a file that comes in pieces would otherwise be copied for each of them.
      const larger = new Uint8Array(Math.max(2 * room.length, length + taken.length, 4096));
      larger.set(room.subarray(0, length));
      room = larger;
    }
    room.set(taken, length);
    length += taken.length;
    show();
  };
}

/** When each file was written, in milliseconds since 1970. */
const times = new WeakMap<Computer, Map<string, number>>();

function stamp(computer: Computer, name: string): void {
  const known = times.get(computer) ?? new Map<string, number>();
  times.set(computer, known.set(name, computer.net.now()));
}

/** When the file was written; a file that was there from the beginning is as old as its first look. */
export function written(computer: Computer, name: string): number {
  const known = times.get(computer)?.get(name);
  if (known !== undefined) return known;
  stamp(computer, name);
  return computer.net.now();
}

/** A name of a file as it is typed: the home folder is the only one there is. */
export function fileName(typed: string): string {
  return typed.replace(/^(?:~\/|\.\/)+/, "");
}

/** Tells the trace what stands in a file now that it is written. */
export function recordFile(context: ProgramContext, name: string): void {
  const bytes = context.computer?.files.get(name);
  if (bytes !== undefined) {
    context.record({ kind: "file", window: context.window, name, bytes });
  }
}

/** A screen whose words and bytes go into a file; prompts and echo stay in the window. */
export function intoFile(screen: Screen, write: Writer): Screen {
  return {
    prompt: (text) => screen.prompt(text),
    echo: (text) => screen.echo(text),
    edit: (sequence) => screen.edit(sequence),
    say: (text) => write(toBytes(utf8Encode(text.replaceAll("\r\n", "\n")))),
    relay: (bytes) => write(bytes),
  };
}

/** Writes to standard error: to the window, wherever standard output goes. */
export function warn({ terminal, screen }: ProgramContext, text: string): void {
  (terminal ?? screen).say(`${text}\r\n`);
}

/** Writes bytes that came over `conn` to standard output, untouched; a terminal goes to a new line at LF. */
export function relay({ terminal, screen }: ProgramContext, bytes: Uint8Array, conn: number): void {
  screen.relay(terminal === undefined ? onlcr(bytes) : bytes, conn);
}

/** Writes a program's own bytes to standard output. */
export function put({ terminal, screen }: ProgramContext, bytes: Uint8Array): void {
  if (terminal === undefined) screen.say(utf8Decode(fromBytes(onlcr(bytes))));
  else screen.relay(bytes, 0);
}

/** What a terminal's driver makes of LF: CR LF. A CR that is there already is left alone. */
function onlcr(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let from = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) {
    if (bytes[at - 1] === 13) continue;
    parts.push(bytes.subarray(from, at), CR);
    from = at;
  }
  return from === 0 && parts.length === 0 ? bytes : concat([...parts, bytes.subarray(from)]);
}

const CR = Uint8Array.of(13);
