/** A command line taken apart: `parseLine(line)`. */

/** A command line: its words, and the files behind `<`, `>` and `>>`. */
export interface CommandLine {
  readonly words: readonly string[];
  readonly input?: string;
  readonly output?: { readonly name: string; readonly append: boolean };
  /** What of sh is written there that this shell does not have, as "|". */
  readonly foreign?: string;
  /** Where sh would say "syntax error near unexpected token". */
  readonly unexpected?: string;
}

const WORD = /(?:"(?:\\.|[^"\\])*"?|'[^']*'?|\\.|[^\s"'\\<>|&;]|\\$)+/y;
const SIGN = /<<?|(?:[12&]|(?=>))>>?(?:&\d)?|[|&;]+/y;

/** Quotes, backslashes, redirections and `$?` (the last `status`) do what they do in sh; nothing else is special. */
export function parseLine(line: string, status = 0): CommandLine {
  const words: string[] = [];
  let input: string | undefined;
  let output: CommandLine["output"];
  let pending: string | undefined;
  for (let at = 0; at < line.length;) {
    if (/\s/.test(line.charAt(at))) {
      at++;
      continue;
    }
    const sign = match(SIGN, line, at);
    const found = sign ?? match(WORD, line, at) ?? line.charAt(at);
    at += found.length;
    if (sign === undefined) {
      const word = unquote(found, String(status));
      if (pending === undefined) words.push(word);
      else if (pending === "<") input = word;
      else output = { name: word, append: pending.endsWith(">>") };
      pending = undefined;
    } else if (pending !== undefined) return { words, unexpected: sign };
    else if (!/^(?:<|1?>>?)$/.test(sign)) return { words, foreign: sign };
    else pending = sign;
  }
  if (pending !== undefined) return { words, unexpected: "newline" };
  return {
    words,
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output }),
  };
}

function match(pattern: RegExp, line: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(line)?.[0];
}

function unquote(word: string, status: string): string {
  return word.replaceAll(
    /"((?:\\.|[^"\\])*)"?|'([^']*)'?|\\(.)|\$\?/gsu,
    (all, double?: string, single?: string, escaped?: string) =>
      all === "$?"
        ? status
        : (double?.replaceAll(/\\(["\\$`])|\$\?/g, (_, kept?: string) => kept ?? status) ??
          single ??
          escaped ??
          ""),
  );
}
