/**
 * The receiving half of the Telnet protocol (RFC 854), for a terminal that grants no option:
 * `createReceiver(answer)`.
 */

const SE = 240;
const SB = 250;
const WILL = 251;
const WONT = 252;
const DO = 253;
const DONT = 254;
const IAC = 255;
const TIMING_MARK = 6;

const NUL = 0;
const LF = 10;
const CR = 13;

/** Interrupt Process, and DO TIMING-MARK behind it: what inetutils' telnet sends for ^C. */
export const INTERRUPT: readonly number[] = [IAC, 244, IAC, DO, TIMING_MARK];

/** Where the reader stands between two bytes, that may come in two packets. */
type State =
  | "data"
  | "cr"
  | "iac"
  | "sub"
  | "sub-iac"
  | typeof WILL
  | typeof WONT
  | typeof DO
  | typeof DONT;

/** Takes bytes as they come and gives back what a terminal is to show. */
export type Receiver = (bytes: Uint8Array) => Uint8Array;

/** Makes a receiver; `answer` sends the refusals that the other side's offers and wishes call for. */
export function createReceiver(answer: (bytes: Uint8Array) => void): Receiver {
  let state: State = "data";
  return (bytes) => {
    // Each lone LF becomes two bytes; nothing else grows.
    const shown = new Uint8Array(bytes.length * 2);
    const answers: number[] = [];
    let length = 0;
    for (const byte of bytes) {
      const before: State = state;
      state = "data";
      switch (before) {
        case "data":
        case "cr":
          if (byte === IAC) {
            state = "iac";
            break;
          }
          // CR NUL is a CR alone; CR is on the screen already.
          if (before === "cr" && byte === NUL) break;
          // The terminal driver (onlcr) makes CR LF of each LF.
          if (byte === LF && before !== "cr") shown[length++] = CR;
          shown[length++] = byte;
          if (byte === CR) state = "cr";
          break;
        case "iac":
          if (byte === IAC) shown[length++] = IAC;
          else if (byte === SB) state = "sub";
          else if (byte === WILL || byte === WONT || byte === DO || byte === DONT) state = byte;
          break;
        case "sub":
          state = byte === IAC ? "sub-iac" : "sub";
          break;
        case "sub-iac":
          state = byte === SE ? "data" : "sub";
          break;
        case WILL:
          // WILL TIMING-MARK answers our own DO; every other WILL is an offer.
          if (byte !== TIMING_MARK) answers.push(IAC, DONT, byte);
          break;
        case DO:
          answers.push(IAC, WONT, byte);
          break;
        case WONT:
        case DONT:
          break;
      }
    }
    if (answers.length > 0) answer(Uint8Array.from(answers));
    return shown.subarray(0, length);
  };
}
