/** What `set`, `unset`, `toggle` and `display` know: `createSettings()`, with inetutils' words. */
import { keyName, keyOf } from "./telnet-names.ts";

/** Keys that can be set, and which they are at first. */
const FIRST_KEYS = {
  echo: "\x05",
  escape: "\x1d",
  rlogin: undefined,
  tracefile: undefined,
  flushoutput: "\x0f",
  interrupt: "\x03",
  quit: "\x1c",
  eof: "\x04",
  erase: "\x7f",
  kill: "\x15",
  lnext: "\x16",
  susp: "\x1a",
  reprint: "\x12",
  worderase: "\x17",
  start: "\x11",
  stop: "\x13",
  forw1: undefined,
  forw2: undefined,
  ayt: "\x14",
};

/** What `set ?` says of each. */
const KEY_HELP = {
  echo: "character to toggle local echoing on/off",
  escape: "character to escape back to telnet command mode",
  rlogin: "rlogin escape character",
  tracefile: "file to write trace information to",
  flushoutput: "character to cause an Abort Output",
  interrupt: "character to cause an Interrupt Process",
  quit: "character to cause an Abort process",
  eof: "character to cause an EOF ",
  erase: "character to use to erase a character",
  kill: "character to use to erase a line",
  lnext: "character to use for literal next",
  susp: "character to cause a Suspend Process",
  reprint: "character to use for line reprint",
  worderase: "character to use to erase a word",
  start: "character to use for XON",
  stop: "character to use for XOFF",
  forw1: "alternate end of line character",
  forw2: "alternate end of line character",
  ayt: "alternate AYT character",
};

/** Lines that `set ?` puts between them. */
const BETWEEN: Readonly<Record<string, readonly string[]>> = {
  flushoutput: ["", "The following need 'localchars' to be toggled true"],
  erase: ["", "The following are for local editing in linemode"],
};

/** Switches: what `toggle ?` says, and how the switch is told. */
const SWITCHES = {
  autoflush: [
    "flushing of output when sending interrupt characters",
    "flush output when sending interrupt characters",
  ],
  autosynch: [
    "automatic sending of interrupt characters in urgent mode",
    "send interrupt characters in urgent mode",
  ],
  autologin: [
    "automatic sending of login and/or authentication info",
    "send login name and/or authentication information",
  ],
  authdebug: ["Toggle authentication debugging", ""],
  autoencrypt: ["automatic encryption of data stream", ""],
  autodecrypt: ["automatic decryption of data stream", ""],
  verbose_encrypt: ["Toggle verbose encryption output", ""],
  encdebug: ["Toggle encryption debugging", ""],
  skiprc: ["don't read ~/.telnetrc file", "skip reading of ~/.telnetrc file"],
  binary: ["sending and receiving of binary data", ""],
  inbinary: ["receiving of binary data", ""],
  outbinary: ["sending of binary data", ""],
  crlf: ["sending carriage returns as telnet <CR><LF>", ""],
  crmod: ["mapping of received carriage returns", "map carriage return on output"],
  localchars: [
    "local recognition of certain control characters",
    "recognize certain control characters",
  ],
  debug: ["debugging", "turn on socket level debugging"],
  netdata: [
    "printing of hexadecimal network data (debugging)",
    "print hexadecimal representation of network traffic",
  ],
  prettydump: [
    'output of "netdata" to user readable format (debugging)',
    'print user readable output for "netdata"',
  ],
  options: ["viewing of options processing (debugging)", "show option processing"],
  termdata: [
    "(debugging) toggle printing of hexadecimal terminal data",
    "print hexadecimal representation of terminal traffic",
  ],
} satisfies Record<string, readonly [string, string]>;

/** The switches that are on at first. */
const FIRST_ON = new Set<string>(["autoflush", "localchars"]);

/** The name of a key that can be set. */
export type KeyName = keyof typeof FIRST_KEYS;
/** The name of a switch. */
export type SwitchName = keyof typeof SWITCHES;

/** The settings of one telnet. */
export interface Settings {
  /** The keys as they are now; an unset one is undefined. */
  readonly keys: Readonly<Record<KeyName, string | undefined>>;
  readonly on: Pick<ReadonlySet<SwitchName>, "has">;
  /** Sets a key, as -e does. */
  setKey(name: KeyName, key: string | undefined): void;
  /** The session goes on: its mode says anew whether the terminal acts on control characters. */
  resumed(): void;
  /**
   * Carries a command out, `words` without its name. Gives what is said, and whether all was well:
   * then telnet goes back to the session.
   */
  run(command: "set" | "unset" | "toggle" | "display", words: readonly string[]): Outcome;
}

/** What a command of the prompt comes to. */
export interface Outcome {
  readonly lines: readonly string[];
  readonly ok: boolean;
}

/** How binary is switched: on the wire. False: nothing had to be asked. */
export type SetBinary = (which: "in" | "out" | "both", on: boolean) => boolean;

/** The names that `typed` abbreviates; a name in full stands alone. */
export function fitting<Name extends string>(names: readonly Name[], typed: string): Name[] {
  const word = typed.toLowerCase();
  const exact = names.filter((name) => name === word);
  return exact.length > 0 ? exact : names.filter((name) => name.startsWith(word));
}

/** The names of a table, as names and not as any strings. */
export const namesOf = <Name extends string>(table: Readonly<Record<Name, unknown>>): Name[] =>
  Object.keys(table).filter((name): name is Name => Object.hasOwn(table, name));
const row = (name: string, text: string): string => `${name.padEnd(16)}${text}`;
const HELP = row("?", "display help information");

/** Makes the settings as they are at first. */
export function createSettings(setBinary: SetBinary): Settings {
  const keyNames = namesOf(FIRST_KEYS);
  const switchNames = namesOf(SWITCHES);
  const keys: Record<KeyName, string | undefined> = { ...FIRST_KEYS };
  const isOn = new Set<SwitchName>(switchNames.filter((name) => FIRST_ON.has(name)));
  let tracefile = "(standard output)";

  const switchRows = (verb: string): string[] =>
    switchNames.flatMap((name) => [
      ...(name === "debug" ? [""] : []),
      row(name, `${verb} ${SWITCHES[name][0]}`),
    ]);
  const settingRows = (verb: string): string[] => [
    ...keyNames.flatMap((name) => [
      ...(BETWEEN[name] ?? []).map((text) => row("", text)),
      row(name, KEY_HELP[name]),
    ]),
    "",
    ...switchRows(verb),
    HELP,
  ];

  function turn(name: SwitchName, to: boolean): string[] {
    if (name === "binary" || name === "inbinary" || name === "outbinary")
      return turnBinary(name, to);
    if (to) isOn.add(name);
    else isOn.delete(name);
    if (name === "crlf") {
      return [`Will send carriage returns as telnet <CR><${to ? "LF" : "NUL"}>.`];
    }
    const [, words] = SWITCHES[name];
    return words === "" ? [] : [`${to ? "Will" : "Won't"} ${words}.`];
  }

  function turnBinary(name: "binary" | "inbinary" | "outbinary", to: boolean): string[] {
    const which = ({ binary: "both", inbinary: "in", outbinary: "out" } as const)[name];
    const where = { both: "with remote host", in: "on input", out: "on output" }[which];
    if (to) isOn.add(name);
    else isOn.delete(name);
    const mode = to ? "binary" : "network ascii";
    return [`${setBinary(which, to) ? "Negotiating" : "Already in"} ${mode} mode ${where}.`];
  }

  const unknown = (command: string, word: string, ambiguous: boolean): string =>
    `'${word}': ${ambiguous ? "ambiguous" : "unknown"} argument ('${command} ?' for help).`;

  function set(words: readonly string[]): Outcome {
    const [word = "", value] = words;
    const format = (of: string): Outcome => ({
      lines: [`Format is 'set ${of}'`, "'set ?' for help."],
      ok: false,
    });
    const found = fitting(keyNames, word);
    if (words.length > 0 && found.length === 0) {
      const [name, ...more] = fitting(switchNames, word);
      if (name === undefined || more.length > 0) {
        return { lines: [unknown("set", word, more.length > 0)], ok: false };
      }
      if (value !== undefined && value !== "on" && value !== "off") {
        return format("togglename [on|off]");
      }
      return { lines: turn(name, value !== "off"), ok: true };
    }
    if (words.length !== 2 || value === undefined) return format("Name Value");
    const [name, ...more] = found;
    if (name === undefined || more.length > 0) {
      return { lines: [unknown("set", word, true)], ok: false };
    }
    if (name === "tracefile") {
      tracefile = value;
      return { lines: [`tracefile set to "${value}".`], ok: true };
    }
    keys[name] = keyOf(value);
    return { lines: [`${name} character is '${keyName(keys[name])}'.`], ok: true };
  }

  /** `unset` and `toggle` take any number of names; the first unknown one ends the command. */
  function each(command: "unset" | "toggle", words: readonly string[]): Outcome {
    const lines: string[] = [];
    for (const word of words) {
      const found = command === "unset" ? fitting(keyNames, word) : [];
      const [key] = found;
      if (found.length === 1 && key !== undefined) {
        keys[key] = undefined;
        lines.push(`${key} character is 'off'.`);
        continue;
      }
      const [name, ...more] = found.length > 1 ? [] : fitting(switchNames, word);
      if (name === undefined || more.length > 0) {
        lines.push(unknown(command, word, found.length > 1 || more.length > 0));
        return { lines, ok: false };
      }
      lines.push(...turn(name, command === "toggle" ? !isOn.has(name) : false));
    }
    return { lines, ok: true };
  }

  const keyRow = (name: KeyName): string =>
    row(name, name === "tracefile" ? `"${tracefile}"` : `[${keyName(keys[name])}]`);
  const switchRow = (name: SwitchName): string[] => {
    const [, words] = SWITCHES[name];
    return words === "" ? [] : [`${isOn.has(name) ? "will" : "won't"} ${words}.`];
  };

  function display(words: readonly string[]): Outcome {
    if (words.length === 0) {
      return { lines: [...switchNames.flatMap(switchRow), "", ...keyNames.map(keyRow)], ok: true };
    }
    const lines: string[] = [];
    let ok = true;
    for (const word of words) {
      const [key, ...moreKeys] = fitting(keyNames, word);
      const [name, ...moreNames] = fitting(switchNames, word);
      const exact = key === word.toLowerCase() || name === word.toLowerCase();
      if (word === "?") continue;
      if (moreKeys.length + moreNames.length > 0 || (key && name && !exact)) {
        lines.push(`?Ambiguous argument '${word}'.`);
        ok = false;
      } else if (key) lines.push(keyRow(key));
      else if (name) lines.push(...switchRow(name));
      else {
        lines.push(`?Unknown argument '${word}'.`);
        ok = false;
      }
    }
    return { lines, ok };
  }

  return {
    keys,
    on: isOn,
    resumed: () => void isOn.add("localchars"),
    setKey(name, key) {
      keys[name] = key;
    },
    run(command, words) {
      if (command === "display") return display(words);
      const [first] = words;
      if (command === "set" && first === undefined) return set(words);
      if (first === undefined) {
        const article = `Need an argument to '${command}' command.  '${command} ?' for help.`;
        return { lines: [article], ok: false };
      }
      if (first === "?" || first === "help") {
        if (command === "toggle") return { lines: [...switchRows(command), "", HELP], ok: false };
        return { lines: settingRows(command === "set" ? "enable" : "disable"), ok: false };
      }
      return command === "set" ? set(words) : each(command, words);
    },
  };
}
