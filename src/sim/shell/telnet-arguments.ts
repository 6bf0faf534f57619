/** The command line of telnet, as getopt reads it: `parseArguments(words)`. */
import { keyOf } from "./telnet-names.ts";

/** What the command line asks for. */
export interface Arguments {
  readonly family: 4 | 6 | undefined;
  /** The escape character; undefined for none. */
  readonly escape: string | undefined;
  readonly user: string | undefined;
  /** The address to dial from. */
  readonly bind: string | undefined;
  /** Binary data in both ways (-8) or on the way out (-L), asked for where telnet opens a negotiation. */
  readonly binary: "both" | "out" | undefined;
  readonly host: string | undefined;
  readonly service: string | undefined;
}

/** A command line that starts nothing. */
export interface Refusal {
  readonly lines: readonly string[];
  readonly status: number;
}

/** Each option: its letter, its long name, what it is followed by, and what it does. */
const OPTIONS: readonly (readonly [string, string, string, string])[] = [
  ["4", "ipv4", "", "use only IPv4"],
  ["6", "ipv6", "", "use only IPv6"],
  ["8", "binary", "", "use an 8-bit data transmission"],
  ["a", "login", "", "attempt automatic login"],
  ["b", "bind", "ADDRESS", "bind to specific local ADDRESS"],
  ["c", "no-rc", "", "do not read the user's .telnetrc file"],
  ["d", "debug", "", "turn on debugging"],
  ["e", "escape", "CHAR", "use CHAR as an escape character"],
  ["E", "no-escape", "", "use no escape character"],
  ["K", "no-login", "", "do not automatically login to the remote system"],
  ["l", "user", "USER", "attempt automatic login as USER"],
  ["L", "binary-output", "", "use an 8-bit data transmission for output only"],
  ["n", "trace", "FILE", "record trace information into FILE"],
  ["r", "rlogin", "", "use a user-interface similar to rlogin"],
  ["x", "encrypt", "", "encrypt the data stream, if possible"],
  ["k", "realm", "REALM", "obtain tickets for the remote host in REALM"],
  ["X", "disable-auth", "ATYPE", "disable type ATYPE authentication"],
  ["?", "help", "", "give this help list"],
  ["", "usage", "", "give a short usage message"],
  ["V", "version", "", "print program version"],
];

const TRY = "Try 'telnet --help' or 'telnet --usage' for more information.";

/** `telnet` and `open` say it of themselves. */
export const usage = (command: "telnet" | "open"): string =>
  `usage: ${command} [-4] [-6] [-l user] [-b addr] [-a] host-name [port]`;

/** Reads the words behind `telnet`. Options may stand anywhere; behind `--` there are none. */
export function parseArguments(words: readonly string[]): Arguments | Refusal {
  const rest: string[] = [];
  const given = new Map<string, string>();
  const refuse = (line: string): Refusal => ({ lines: [`telnet: ${line}`, TRY], status: 64 });

  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--") {
      rest.push(...words.slice(at + 1));
      break;
    }
    if (word.startsWith("--")) {
      const [name = "", ...value] = word.slice(2).split("=");
      const fit = OPTIONS.filter(([, long]) => long.startsWith(name));
      const option = fit.length === 1 ? fit[0] : fit.find(([, long]) => long === name);
      if (option === undefined) {
        if (fit.length === 0) return refuse(`unrecognized option '${word}'`);
        const possible = fit.map(([, long]) => `'--${long}'`).join(" ");
        return refuse(`option '${word}' is ambiguous; possibilities: ${possible}`);
      }
      const [letter, long, follows] = option;
      if (follows === "" && value.length > 0) {
        return refuse(`option '--${long}' doesn't allow an argument`);
      }
      const follow = value.length > 0 ? value.join("=") : follows === "" ? "" : words[++at];
      if (follow === undefined) return refuse(`option '--${long}' requires an argument`);
      given.set(letter === "" ? long : letter, follow);
    } else if (word.startsWith("-") && word !== "-") {
      for (let i = 1; i < word.length; i++) {
        const letter = word[i] ?? "";
        const option = OPTIONS.find(([each]) => each === letter);
        if (option === undefined) return refuse(`invalid option -- '${letter}'`);
        if (option[2] === "") given.set(letter, "");
        else {
          const follow = word.slice(i + 1) || words[++at];
          if (follow === undefined) return refuse(`option requires an argument -- '${letter}'`);
          given.set(letter, follow);
          break;
        }
        if (letter === "4" || letter === "6") {
          // The later one counts.
          given.delete(letter === "4" ? "6" : "4");
        }
      }
    } else rest.push(word);
  }
  if (given.has("?")) return { lines: helpText(), status: 0 };
  if (given.has("usage")) return { lines: USAGE, status: 0 };
  if (given.has("V")) return { lines: VERSION, status: 0 };
  const [host, service, tooMuch] = rest;
  if (tooMuch !== undefined) return { lines: ["telnet: too many arguments"], status: 1 };
  if (host === "" || service === "") return { lines: [usage("telnet")], status: 1 };
  const escape = given.get("e");
  return {
    family: given.has("6") ? 6 : given.has("4") ? 4 : undefined,
    escape: given.has("E") ? undefined : escape === undefined ? "\x1d" : keyOf(escape),
    user: given.get("l"),
    bind: given.get("b"),
    binary: given.has("8") ? "both" : given.has("L") ? "out" : undefined,
    host,
    service,
  };
}

function helpText(): string[] {
  const lines = [
    "Usage: telnet [OPTION...] [HOST [PORT]]",
    "Login to remote system HOST (optionally, on service port PORT)",
    "",
    " General options:",
    "",
  ];
  for (const [letter, long, follows, what] of OPTIONS) {
    if (letter === "x") lines.push("", " Encryption control:", "");
    if (letter === "k") lines.push("", " Authentication and Kerberos options:", "");
    if (letter === "?") lines.push("");
    const short = letter === "" ? "    " : `-${letter}, `;
    const option = `--${long}${follows === "" ? "" : `=${follows}`}`;
    lines.push(`  ${short}${option.padEnd(23)}${what}`);
    if (letter === "k") lines.push(`${" ".repeat(29)}instead of the remote host's realm`);
  }
  return [
    ...lines,
    "",
    "Mandatory or optional arguments to long options are also mandatory or optional",
    "for any corresponding short options.",
    "",
    "Report bugs to <bug-inetutils@gnu.org>.",
  ];
}

const USAGE = [
  "Usage: telnet [-468acdEKLrx?V] [-b ADDRESS] [-e CHAR] [-l USER] [-n FILE]",
  "            [-k REALM] [-X ATYPE] [--ipv4] [--ipv6] [--binary] [--login]",
  "            [--bind=ADDRESS] [--no-rc] [--debug] [--escape=CHAR] [--no-escape]",
  "            [--no-login] [--user=USER] [--binary-output] [--trace=FILE]",
  "            [--rlogin] [--encrypt] [--realm=REALM] [--disable-auth=ATYPE]",
  "            [--help] [--usage] [--version] [HOST [PORT]]",
];

const VERSION = ["telnet (as GNU inetutils 2.4, in a simulation)"];
