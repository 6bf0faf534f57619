/**
 * Terminals answer questions: a program writes "what are you?" and the answer comes in as if it
 * had been typed. Bytes from a server may ask too (a downloaded file can hold anything), and an
 * answer must not turn up in the conversation. So every sequence that makes xterm answer, or that
 * changes what keys and the mouse send, is swallowed here.
 */
import type { IParser } from "@xterm/xterm";

/** The private modes that only change what is seen: 7 and 45 wrap lines (forth and back), 25 shows the cursor. */
const HARMLESS = new Set<unknown>([7, 25, 45]);

/** Makes a terminal that says nothing by itself. */
export function silence(parser: IParser): void {
  const swallow = (): boolean => true;
  // c, >c, =c: device attributes; n, ?n: status and cursor position; x: parameters; t: window;
  // $p, ?$p: the state of a mode; u: keyboard protocols; >q: the terminal's version.
  for (const final of ["c", "n", "x", "t"]) {
    for (const prefix of ["", "?", ">", "="]) {
      parser.registerCsiHandler(prefix === "" ? { final } : { prefix, final }, swallow);
    }
  }
  parser.registerCsiHandler({ intermediates: "$", final: "p" }, swallow);
  parser.registerCsiHandler({ prefix: "?", intermediates: "$", final: "p" }, swallow);
  for (const prefix of ["?", ">", "=", "<"])
    parser.registerCsiHandler({ prefix, final: "u" }, swallow);
  parser.registerCsiHandler({ prefix: ">", final: "q" }, swallow);
  // DECRQSS and XTGETTCAP ask for settings.
  parser.registerDcsHandler({ intermediates: "$", final: "q" }, swallow);
  parser.registerDcsHandler({ intermediates: "+", final: "q" }, swallow);
  // Colours asked for (and set: they are ours), clipboard, links.
  for (const code of [4, 5, 8, 10, 11, 12, 13, 14, 17, 19, 52, 104, 110, 111, 112]) {
    parser.registerOscHandler(code, swallow);
  }
  // Mouse (9, 1000–1006, 1015, 1016), focus (1004), bracketed paste (2004), cursor keys (1),
  // the other screen (47, 1047, 1049): a server sets none of them.
  for (const final of ["h", "l"]) {
    parser.registerCsiHandler(
      { prefix: "?", final },
      (params) => !params.every((mode) => HARMLESS.has(mode)),
    );
  }
  // DECPAM and DECPNM change what the number pad sends.
  parser.registerEscHandler({ final: "=" }, swallow);
  parser.registerEscHandler({ final: ">" }, swallow);
}
