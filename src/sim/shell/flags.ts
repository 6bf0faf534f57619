/** The options of a command line, as getopt(3) reads them: `readFlags(words, "46vw:")`. */

/** What stands on a command line. */
export interface Flags {
  /** Letter → its value, or "" for a letter without one; the last one counts. */
  readonly flags: ReadonlyMap<string, string>;
  readonly rest: readonly string[];
  /** A letter that is not known, or the one whose value is missing. */
  readonly wrong?: { readonly letter: string; readonly why: "unknown" | "no-value" };
}

/** Reads `words` (the program's name first). A letter with ":" behind it takes a value. */
export function readFlags(words: readonly string[], letters: string): Flags {
  const flags = new Map<string, string>();
  const rest: string[] = [];
  let onlyRest = false;
  for (let at = 1; at < words.length; at++) {
    const word = words[at]!;
    if (onlyRest || word === "-" || !word.startsWith("-")) rest.push(word);
    else if (word === "--") onlyRest = true;
    else {
      for (let i = 1; i < word.length; i++) {
        const letter = word.charAt(i);
        const place = letter === ":" ? -1 : letters.indexOf(letter);
        if (place < 0) return { flags, rest, wrong: { letter, why: "unknown" } };
        if (letters.charAt(place + 1) !== ":") {
          flags.set(letter, "");
          continue;
        }
        const value = i + 1 < word.length ? word.slice(i + 1) : words[++at];
        if (value === undefined) return { flags, rest, wrong: { letter, why: "no-value" } };
        flags.set(letter, value);
        break;
      }
    }
  }
  return { flags, rest };
}

/** What getopt prints about a wrong option. */
export function flagError(name: string, wrong: NonNullable<Flags["wrong"]>): string {
  return wrong.why === "unknown"
    ? `${name}: invalid option -- '${wrong.letter}'`
    : `${name}: option requires an argument -- '${wrong.letter}'`;
}

/** The end of a program that had nothing to wait for. */
export const finished = (name: string) => ({ name, typed() {}, hangUp() {} });
