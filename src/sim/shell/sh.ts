/**
 * What the shell does with one line, as the program `sh -c LINE`: it takes the line apart, opens
 * the files behind `<`, `>` and `>>`, starts the program, and says where an unknown word belongs.
 * It comes after the first prompt stands, so it may be as large as it likes; `shell.ts` may not.
 */
import { fileName, intoFile, recordFile, writer } from "./files.ts";
import { pointer } from "./pointers.ts";
import type { Program, ProgramContext, Start } from "./program.ts";
import { parseLine } from "./words.ts";

/** Reads as nothing, and keeps nothing (null(4)); of all paths that begin with a slash the one there is. */
const NULL = "/dev/null";

/** Makes the program `sh`, which starts those of `programs`. */
export function createSh(programs: Readonly<Record<string, Start>>): Start {
  return (words, context) => {
    let inner: Program | undefined;
    let over = false;
    const idle: Program = { name: "sh", typed() {}, hangUp() {} };
    const { screen, window, computer } = context;
    const say = (text: string): void => screen.say(`${text}\r\n`);
    const end = (status: number): Program => {
      context.exit(status);
      return idle;
    };

    const [, option, text] = words;
    if (option !== "-c" || text === undefined) {
      say("(This is the shell already: type a program's name, or help.)");
      return end(0);
    }
    const { foreign, unexpected, input, output, ...line } = parseLine(text, context.status ?? 0);
    const [name] = line.words;
    if (unexpected !== undefined) {
      say(`sh: syntax error near unexpected token \`${unexpected}'`);
      return end(2);
    }
    if (foreign !== undefined) {
      say(lacking(foreign));
      return end(2);
    }
    const start = name === undefined ? undefined : own(programs, name);
    if (computer === undefined) return end(1);
    let more: Partial<ProgramContext> = {};
    if (input !== undefined) {
      const bytes = input === NULL ? new Uint8Array() : computer.files.get(fileName(input));
      if (bytes === undefined) {
        say(`sh: ${input}: No such file or directory`);
        return end(1);
      }
      more = { input: bytes };
    }
    if (output?.name === NULL) {
      more = { ...more, screen: intoFile(screen, () => {}), terminal: screen };
    } else if (output !== undefined) {
      if (fileName(output.name) === "" || fileName(output.name).includes("/")) {
        say(`sh: ${output.name}: No such file or directory`);
        say("(All files lie in one folder here: a plain name, as list.txt.)");
        return end(1);
      }
      // As in sh, the file is emptied before the program is looked for.
      const write = writer(computer, fileName(output.name), output.append);
      more = { ...more, screen: intoFile(screen, write), terminal: screen };
    }
    /** Tells what the program has left in the file it was sent to. */
    const keep = (): void => {
      if (output !== undefined && output.name !== NULL) recordFile(context, fileName(output.name));
    };
    if (name === undefined) {
      keep();
      return end(0);
    }
    if (start === undefined) {
      keep();
      say(`${name}: command not found`);
      const hint = pointer(name);
      if (hint !== undefined) say(hint);
      return end(127);
    }
    const ended = (status: number): void => {
      if (over) return;
      over = true;
      keep();
      context.record({ kind: "exit", window, program: name, status });
      context.exit(status);
    };
    inner = start(line.words, { ...context, ...more, exit: ended });
    const running = inner;
    return {
      name,
      typed(typed) {
        if (!over) running.typed(typed);
      },
      hangUp() {
        if (over) return;
        over = true;
        running.hangUp();
        keep();
        // What a program killed by SIGHUP leaves as its status: 128 and the signal's number.
        context.record({ kind: "exit", window, program: name, status: 129 });
      },
    };
  };
}

function lacking(sign: string): string {
  if (sign.includes(">"))
    return "(Only plain > and >> are there: what goes to standard error stays in the window.)";
  if (/^\|&?$/.test(sign)) {
    return "(There are no pipes here. Put it into a file with > and read that: nc NAME PORT > list.txt)";
  }
  if (sign === "<<") return "(< reads a file here; << is not there.)";
  if (sign === "&") return "(Nothing runs in the background here: open another window for it.)";
  return "(One program a line, please.)";
}

/** A table's own entry: "constructor" is no program. */
const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
