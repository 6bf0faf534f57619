/** What `toggle options` and `toggle netdata` call the bytes of telnet. */
import { fromBytes, toBytes } from "../bytes.ts";
import type { Verb } from "../protocol/telnet-options.ts";
import { DO, DONT, WILL, WONT } from "../protocol/telnet.ts";

const VERBS: Readonly<Record<Verb, string>> = {
  [WILL]: "WILL",
  [WONT]: "WONT",
  [DO]: "DO",
  [DONT]: "DONT",
};
const OPTIONS: Readonly<Record<number, string>> = {
  0: "BINARY",
  1: "ECHO",
  3: "SUPPRESS GO AHEAD",
  5: "STATUS",
  6: "TIMING MARK",
  18: "LOGOUT",
  24: "TERMINAL TYPE",
  31: "NAWS",
  32: "TSPEED",
  33: "LFLOW",
  34: "LINEMODE",
  35: "XDISPLOC",
  36: "OLD-ENVIRON",
  37: "AUTHENTICATION",
  38: "ENCRYPT",
  39: "NEW-ENVIRON",
};
/** The commands from 236 (EOF) to 249 (GA). */
const COMMANDS = "EOF SUSP ABORT EOR SE NOP DMARK BRK IP AO AYT EC EL GA".split(" ");

/** As "WILL ECHO". */
export const verbName = (verb: Verb, option: number): string =>
  `${VERBS[verb]} ${OPTIONS[option] ?? option}`;

/** As "IAC AYT". */
export const commandName = (code: number): string => `IAC ${COMMANDS[code - 236] ?? code}`;

/** As `IAC SB TERMINAL-TYPE IS "XTERM"`. */
export function describeSub(option: number, parameters: readonly number[]): string {
  const name = (OPTIONS[option] ?? `${option}`).replaceAll(" ", "-");
  if (option === 31) {
    const [a = 0, b = 0, c = 0, d = 0] = parameters;
    return `IAC SB ${name} ${a} ${b} (${a * 256 + b}) ${c} ${d} (${c * 256 + d})`;
  }
  const [first, ...rest] = parameters;
  if (first === 1) return `IAC SB ${name} SEND`;
  const text = fromBytes(Uint8Array.from(rest));
  if (first === 0) return `IAC SB ${name} IS "${text}"`;
  return `IAC SB ${name} ${parameters.join(" ")}`;
}

/** The lines of `toggle netdata`: 32 bytes a line, `way` is ">" or "<". */
export function hexLines(way: "<" | ">", bytes: Uint8Array): string[] {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0"));
  return Array.from(
    { length: Math.ceil(hex.length / 32) },
    (_, row) =>
      `${way} 0x${(row * 32).toString(16)}\t${hex.slice(row * 32, row * 32 + 32).join("")}`,
  );
}

/** A key as telnet writes it: `^C`, `^?`, `x`, and `off` for none. */
export function keyName(key: string | undefined): string {
  if (key === undefined) return "off";
  const code = key.charCodeAt(0);
  if (code === 127) return "^?";
  return code < 32 ? `^${String.fromCharCode(code + 64)}` : key;
}

/** A key from the words of `set` and of -e: `^C`, `^?`, a character; `off` and a lone `^` are none. */
export function keyOf(word: string): string | undefined {
  if (word === "off" || word === "" || word === "^") return undefined;
  if (word === "^?") return "\x7f";
  if (word.startsWith("^")) return fromBytes(toBytes(word[1]!.toUpperCase()).map((b) => b & 31));
  return word[0];
}
