/**
 * The receiving half of the Telnet protocol (RFC 854): `createReceiver(owner)` parts the stream
 * into what a terminal shows and what is meant for telnet itself. Data that is no text comes out
 * damaged, as it does on a real screen: a CR NUL loses its NUL, an IAC and what follows is taken
 * for a command, and each lone LF becomes CR LF.
 */
import type { Verb } from "../protocol/telnet-options.ts";
import { DO, DONT, IAC, SB, SE, WILL, WONT } from "../protocol/telnet.ts";

const NUL = 0;
const LF = 10;
const CR = 13;

/** Where the reader stands between two bytes, that may come in two packets. */
type State = "data" | "cr" | "iac" | "sub" | "sub-iac" | Verb;

/** What a receiver asks of its owner, at each byte anew, and tells it. */
export interface ReceiverOwner {
  /** The other side sends BINARY (RFC 856): no end of line is an NVT's, and the terminal adds nothing. */
  readonly binary: boolean;
  /** `toggle crmod`: a lone CR is shown as CR LF. */
  readonly crmod: boolean;
  /** Output is thrown away until a timing mark comes. */
  readonly flushing: boolean;
  negotiate(verb: Verb, option: number): void;
  /** A whole subnegotiation: its option, then its parameters with IAC IAC undone. */
  subnegotiate(option: number, parameters: readonly number[]): void;
  /** Output came while `flushing`. */
  flushed?(): void;
}

/** Takes bytes as they come and gives back what a terminal is to show. */
export type Receiver = (bytes: Uint8Array) => Uint8Array;

/** Longer subnegotiations than this are cut off: none that telnet knows is. */
const MAX_SUB = 512;

/** Makes a receiver. */
export function createReceiver(owner: ReceiverOwner): Receiver {
  let state: State = "data";
  let sub: number[] = [];

  return (bytes) => {
    // A byte shows three at most: after a lone CR, CR LF and itself.
    const shown = new Uint8Array(bytes.length * 3 + 2);
    let length = 0;
    const show = (byte: number): void => {
      if (!owner.flushing) shown[length++] = byte;
      else owner.flushed?.();
    };
    const data = (byte: number, afterCr: boolean): void => {
      if (owner.binary) {
        show(byte);
        return;
      }
      if (afterCr && byte === NUL) return;
      if (afterCr && byte !== LF && owner.crmod) {
        show(CR);
        show(LF);
      }
      // The terminal driver (onlcr) makes CR LF of each LF.
      if (byte === LF && !afterCr) show(CR);
      show(byte);
      if (byte === CR) state = "cr";
    };
    /** The byte behind an IAC. */
    const command = (byte: number): void => {
      if (byte === IAC) data(IAC, false);
      else if (byte === SB) {
        state = "sub";
        sub = [];
      } else if (byte === WILL || byte === WONT || byte === DO || byte === DONT) state = byte;
      // GA, NOP, AYT and their like are for a host; a terminal passes over them.
    };
    for (const byte of bytes) {
      const before: State = state;
      state = "data";
      switch (before) {
        case "data":
        case "cr":
          if (byte === IAC) state = "iac";
          else data(byte, before === "cr");
          break;
        case "iac":
          command(byte);
          break;
        case "sub":
          state = byte === IAC ? "sub-iac" : "sub";
          if (byte !== IAC && sub.length < MAX_SUB) sub.push(byte);
          break;
        case "sub-iac":
          if (byte === IAC) {
            state = "sub";
            sub.push(IAC);
          } else if (byte === SE) {
            const [option, ...parameters] = sub;
            if (option !== undefined) owner.subnegotiate(option, parameters);
            // It was broken off by another command.
          } else command(byte);
          break;
        default:
          owner.negotiate(before, byte);
      }
    }
    return shown.subarray(0, length);
  };
}
