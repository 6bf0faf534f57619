/** What telnet knows at its own prompt, `telnet> `: its commands and their tables, in inetutils' words. */
import { fitting, namesOf, type Outcome } from "./telnet-settings.ts";

/** Each command with what `help` says of it, in its order. */
const COMMANDS = {
  close: "close current connection",
  logout: "forcibly logout remote user and close the connection",
  display: "display operating parameters",
  mode: "try to enter line or character mode ('mode ?' for more)",
  open: "connect to a site",
  quit: "exit telnet",
  send: "transmit special characters ('send ?' for more)",
  set: "set operating parameters ('set ?' for more)",
  unset: "unset operating parameters ('unset ?' for more)",
  status: "print status information",
  toggle: "toggle operating parameters ('toggle ?' for more)",
  slc: "change state of special characters ('slc ?' for more)",
  auth: "turn on (off) authentication ('auth ?' for more)",
  encrypt: "turn on (off) encryption ('encrypt ?' for more)",
  z: "suspend telnet",
  "!": "invoke a subshell",
  environ: "change environment variables ('environ ?' for more)",
  "?": "print help information",
} as const;

/** The name of a command. */
export type CommandName = keyof typeof COMMANDS;

const NAMES = namesOf(COMMANDS);

/** The words of a line; quotes hold one together. `!` needs no blank behind it. */
export function wordsOf(line: string): string[] {
  const text = line.replace(/^ *!(?=\S)/, "! ");
  return [...text.matchAll(/"([^"]*)"?|'([^']*)'?|[^ \t"']+/g)].map(
    ([all, double, single]) => double ?? single ?? all,
  );
}

/** The command that `typed` names, whole or abbreviated, or telnet's answer to it. */
export function findCommand(typed: string): { name: CommandName } | { refusal: string } {
  const word = typed.toLowerCase();
  // `help` is `?` by another name, and `h` already means it.
  if (word !== "" && "help".startsWith(word)) return { name: "?" };
  const [name, ...more] = fitting(NAMES, word);
  if (name === undefined) return { refusal: "?Invalid command" };
  return more.length > 0 ? { refusal: "?Ambiguous command" } : { name };
}

/** What Tab may complete at the prompt. */
export const completions: readonly string[] = NAMES.filter((name) => name.length > 1);

/** What `help` prints, about everything or about `topics`. */
export function helpLines(topics: readonly string[]): string[] {
  if (topics.length === 0) {
    const list = Object.entries(COMMANDS).map(([name, what]) => `${name.padEnd(8)}\t${what}`);
    return ["Commands may be abbreviated.  Commands are:", "", ...list];
  }
  return topics.map((topic) => {
    const found = findCommand(topic);
    if ("name" in found) return COMMANDS[found.name];
    const kind = found.refusal.startsWith("?Amb") ? "Ambiguous" : "Invalid";
    return `?${kind} help command ${topic}`;
  });
}

/** What `send` can send: the command's code, or where there is none, its own name. */
const SEND = {
  ao: [245, "Send Telnet Abort output"],
  ayt: [246, "Send Telnet 'Are You There'"],
  brk: [243, "Send Telnet Break"],
  ec: [247, "Send Telnet Erase Character"],
  el: [248, "Send Telnet Erase Line"],
  escape: ["escape", "Send current escape character"],
  ga: [249, "Send Telnet 'Go Ahead' sequence"],
  ip: [244, "Send Telnet Interrupt Process"],
  nop: [241, "Send Telnet 'No operation'"],
  eor: [239, "Send Telnet 'End of Record'"],
  abort: [238, "Send Telnet 'Abort Process'"],
  susp: [237, "Send Telnet 'Suspend Process'"],
  eof: [236, "Send Telnet End of File Character"],
  synch: [242, "Perform Telnet 'Synch operation'"],
  getstatus: ["getstatus", "Send request for STATUS"],
  "?": ["?", "Display send options"],
} satisfies Record<string, readonly [number | string, string]>;

/** What `send WORDS` comes to: lines to print, or what to send in its order. */
export function parseSend(
  words: readonly string[],
): Outcome | { readonly codes: readonly (number | "escape" | "getstatus")[] } {
  const names = namesOf(SEND);
  const refused = (...lines: string[]): Outcome => ({ lines, ok: false });
  if (words.length === 0) {
    return refused("need at least one argument for 'send' command", "'send ?' for help");
  }
  const codes: (number | "escape" | "getstatus")[] = [];
  for (const word of words) {
    if (word === "?" || (word !== "" && "help".startsWith(word.toLowerCase()))) {
      return refused(...names.map((name) => `${name.padEnd(16)}${SEND[name][1]}`));
    }
    const [name, ...more] = fitting(names, word);
    if (name === undefined || more.length > 0) {
      const how = more.length > 0 ? "Ambiguous" : "Unknown";
      return refused(`${how} send argument '${word}'`, "'send ?' for help.");
    }
    const [code] = SEND[name];
    if (typeof code === "number" || code === "escape" || code === "getstatus") codes.push(code);
  }
  return { codes };
}

const MODES = {
  character: ["Disable LINEMODE option", "(or disable obsolete line-by-line mode)"],
  line: ["Enable LINEMODE option", "(or enable obsolete line-by-line mode)"],
  isig: ["Enable signal trapping"],
  "-isig": ["Disable signal trapping"],
  edit: ["Enable character editing"],
  "-edit": ["Disable character editing"],
  softtabs: ["Enable tab expansion"],
  "-softtabs": ["Disable character editing"],
  litecho: ["Enable literal character echo"],
  "-litecho": ["Disable literal character echo"],
  "?": ["Print help information"],
} satisfies Record<string, readonly string[]>;

/** What `mode WORDS` comes to. */
export function parseMode(
  words: readonly string[],
  connected: boolean,
): Outcome | { readonly mode: "character" | "line" } {
  const names = namesOf(MODES);
  const refused = (...lines: string[]): Outcome => ({ lines, ok: false });
  const [word, tooMuch] = words;
  if (word === undefined || tooMuch !== undefined) {
    return refused("'mode' command requires an argument", "'mode ?' for help.");
  }
  const [name, ...more] = fitting(names, word);
  if (name === undefined || more.length > 0) {
    const how = more.length > 0 ? "Ambiguous" : "Unknown";
    return refused(`${how} mode '${word}' ('mode ?' for help).`);
  }
  if (name === "?") return refused(...modeHelp());
  if (!connected) return refused("?Need to be connected first.", "'mode ?' for help.");
  if (name === "character" || name === "line") return { mode: name };
  return refused("?Need to have LINEMODE option enabled first.", "'mode ?' for help.");
}

function modeHelp(): string[] {
  const row = (name: string, text: string): string => `${name.padEnd(16)}${text}`;
  const lines = ["format is:  'mode Mode', where 'Mode' is one of:", ""];
  for (const [name, [first = "", ...rest]] of Object.entries<string[]>(MODES)) {
    if (name === "isig") {
      lines.push("", row("", "These require the LINEMODE option to be enabled"));
    }
    if (name === "?") lines.push("");
    lines.push(row(name, first), ...rest.map((text) => row("", text)));
  }
  return lines;
}
