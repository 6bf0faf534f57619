/**
 * How pyftpdlib finds lines and takes them apart. It knows nothing of telnet: the bytes of IAC
 * stand in the line like any others. A line ends at CR LF alone, cut in two or not; and the text is
 * UTF-8, in which each part that cannot be read becomes U+FFFD.
 */
import { fromBytes, type Octets, utf8Decode, utf8Encode } from "../../bytes.ts";
import type { Command } from "../../protocol/command.ts";
import type { Framer } from "../dialect.ts";
import { verbs } from "./pyftpdlib-verbs.ts";

/** Stands for a line that grew too long; no line can have this text. */
export const TOO_LONG = "\r\n";
/** More bytes than this without a line end are thrown away, and what follows counts as a new line. */
const LONGEST = 2048;
/** The largest piece in which networks hand on what was sent at once; the server reads four. */
const PIECE = 16_384;
/** The three bytes of U+FFFD. */
const UNREADABLE = "\xef\xbf\xbd";

/** A framer with nothing read yet. */
export function pyftpdlibFramer(): Framer {
  let held = "";
  let line = "";
  return (segment) => {
    const lines: Octets[] = [];
    const collect = (octets: Octets) => {
      line += octets;
      if (line.length <= LONGEST) return;
      lines.push(TOO_LONG);
      line = "";
    };
    held += fromBytes(segment);
    for (let end = held.indexOf("\r\n"); end >= 0; end = held.indexOf("\r\n")) {
      collect(held.slice(0, end));
      held = held.slice(end + 2);
      lines.push(readable(line));
      line = "";
    }
    // A piece of this size is hardly the last that the client sent in one go.
    if (segment.length >= PIECE && held.length < 4 * PIECE) return { lines, answers: "" };
    const cut = held.endsWith("\r") ? held.length - 1 : held.length;
    collect(held.slice(0, cut));
    held = held.slice(cut);
    return { lines, answers: "" };
  };
}

/** What is written in the place of bytes that are no UTF-8; they come as long as they belong together. */
type Mend = (bytes: Octets) => Octets;

const PARTS =
  /[\x00-\x7f]+|([\xc2-\xdf][\x80-\xbf]|(?:\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f])[\x80-\xbf]|(?:\xf0[\x90-\xbf]|[\xf1-\xf3][\x80-\xbf]|\xf4[\x80-\x8f])[\x80-\xbf]{2})|(?:\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f]|(?:\xf0[\x90-\xbf]|[\xf1-\xf3][\x80-\xbf]|\xf4[\x80-\x8f])[\x80-\xbf]?|[^])/g;

/** UTF-8 as Python decodes it with "replace": one U+FFFD for the longest beginning of a character (Unicode §3.9). */
export function readable(octets: Octets, mend: Mend = () => UNREADABLE): Octets {
  if (!/[\x80-\xff]/.test(octets)) return octets;
  return octets.replace(PARTS, (part: Octets, whole: Octets | undefined) =>
    whole !== undefined || part < "\x80" ? part : mend(part),
  );
}

/** How many characters UTF-8 octets are. */
export function lengthOf(octets: Octets): number {
  return octets.replace(/[\x80-\xbf]/g, "").length;
}

/** UTF-8 octets in upper case, as Python's `upper`. */
export function upper(octets: Octets): Octets {
  const text = /[\x80-\xff]/.test(octets) ? utf8Encode(utf8Decode(octets).toUpperCase()) : octets;
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/**
 * The verb is all before the first blank, and the argument begins one character after as many as
 * the verb has. SITE's subcommand belongs to the verb. Of a verb that nobody knows only the end
 * counts if that is ABOR, STAT or QUIT: before them may stand the bytes of telnet's Synch.
 */
export function pyftpdlibParse(line: Octets): Command {
  const typed = line.split(" ", 1)[0] ?? "";
  let verb = upper(typed);
  let argument = after(line, verb);
  if (verb === "SITE" && argument !== "") {
    verb = `SITE ${upper(argument.split(" ", 1)[0] ?? "")}`;
    argument = after(line, verb);
  }
  if (!verbs.has(verb)) verb = /(ABOR|STAT|QUIT)$/.exec(verb)?.[0] ?? verb;
  return { verb, typed, argument: argument === "" ? null : argument };
}

function after(line: Octets, verb: Octets): Octets {
  let characters = lengthOf(verb) + 1;
  let at = 0;
  while (characters-- > 0 && at < line.length) {
    at++;
    while (/[\x80-\xbf]/.test(line.charAt(at))) at++;
  }
  return line.slice(at);
}

/** A whole number as Python's `int` reads it: blanks around, a sign, single underscores; undefined if it is none. */
export function pythonInt(octets: Octets): bigint | undefined {
  const text = utf8Decode(octets).trim();
  const [, sign = "", digits = ""] = /^([+-]?)(\d+(?:_\d+)*)$/.exec(text) ?? [];
  if (digits === "") return undefined;
  const number = BigInt(digits.replaceAll("_", ""));
  return sign === "-" ? -number : number;
}
