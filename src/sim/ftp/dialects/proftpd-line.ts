/** How ProFTPD takes a line apart (make_ftp_cmd, pr_str_get_word): C's white space, and quotes. */
import type { Octets } from "../../bytes.ts";
import { type Command, parseCommand } from "../../protocol/command.ts";
import { lexical } from "./proftpd-paths.ts";

/**
 * The verb ends at any white space, CR and LF too. A line that begins with white space has none. In
 * the argument CR NUL is CR (RFC 2640 §3.1); any other NUL ends the line, as it ends a string in C.
 */
export function proftpdCommand(line: Octets): Command {
  const known = bare.get(line);
  if (known !== undefined) return known;
  const command = takeApart(line);
  if (line.length <= 4 && command.typed === line && bare.size < MOST_BARE) bare.set(line, command);
  return command;
}

/** Lines that are a verb and nothing else come again and again. */
const bare = new Map<Octets, Command>();
const MOST_BARE = 256;

function takeApart(line: Octets): Command {
  const text = line.replace(/^\r/, "");
  const typed = /^[^\0\t-\r ]*/.exec(text)?.[0] ?? "";
  const rest = text.slice(typed.length);
  const argument = upToNul(
    rest.startsWith("\0") ? "" : rest.slice(1).replace(/(?<=.)\r\0/gs, "\r"),
  );
  const words = wordsOf(argument, false);
  const { verb } = parseCommand(typed);
  if (words.length === 0) return { verb, typed, argument: null, words };
  return { verb, typed, argument, words, path: lexical(verb, argument) };
}

function upToNul(text: Octets): Octets {
  const nul = text.indexOf("\0");
  return nul < 0 ? text : text.slice(0, nul);
}

/**
 * The words of an argument. A word may stand in quotes, where a backslash takes the next character
 * as it is. `exact` (SITE): each single blank separates, so that two make an empty word.
 */
export function wordsOf(text: Octets, exact: boolean): Octets[] {
  const words: Octets[] = [];
  for (let i = 0; ;) {
    if (!exact) while (isBlank(text[i])) i++;
    if (i >= text.length) return words;
    const quoted = text[i] === '"';
    if (quoted) i++;
    let word = "";
    for (; i < text.length && (quoted ? text[i] !== '"' : !isBlank(text[i])); i++) {
      if (quoted && text[i] === "\\" && i + 1 < text.length) i++;
      word += text[i];
    }
    words.push(word);
    i++;
  }
}

const isBlank = (char: string | undefined) => char !== undefined && /[\t-\r ]/.test(char);
