/**
 * Telnet's side of a connection, between keyboard and socket: `createWire(owner)`. It answers the
 * other side's wishes as inetutils 2.4 does, and knows what the terminal's mode follows from.
 * Without LINEMODE, AUTHENTICATION and ENCRYPT: those are refused, and neither a terminal without
 * an account nor an FTP server misses them.
 */
import { toBytes, type Octets } from "../bytes.ts";
import { createOptions, type Negotiation, type Verb } from "../protocol/telnet-options.ts";
import { AO, BRK, DM, DO, IAC, IP, OPTION, SB, SE, SUSP, WILL, WONT } from "../protocol/telnet.ts";
import { createReceiver, type Receiver } from "./nvt.ts";
import { commandName, describeSub, verbName } from "./telnet-names.ts";

const { BINARY, ECHO, SGA, STATUS, TIMING_MARK, LOGOUT } = OPTION;
const { TERMINAL_TYPE, NAWS, TERMINAL_SPEED, FLOW_CONTROL, NEW_ENVIRON } = OPTION;

/** What is granted when the server asks for it, and what it may do. */
const ACCEPT = {
  us: new Set([BINARY, SGA, TERMINAL_TYPE, NAWS, TERMINAL_SPEED, FLOW_CONTROL, NEW_ENVIRON]),
  them: new Set([BINARY, ECHO, SGA, STATUS]),
};

/** What the wire wants of telnet. */
export interface WireOwner {
  send(bytes: Uint8Array): void;
  readonly crmod: boolean;
  readonly autoflush: boolean;
  readonly autosynch: boolean;
  /** `toggle options`: each negotiation is told. */
  readonly options: boolean;
  /** The name given with -l, for NEW-ENVIRON. */
  readonly user: string | undefined;
  say(line: string): void;
  /** Output was thrown away, because a timing mark is still awaited. */
  flushed(): void;
}

/** One connection's telnet. */
export interface Wire {
  /** Takes bytes off the connection; gives what the terminal shows. */
  readonly receive: Receiver;
  /** Each key is sent at once. */
  readonly character: boolean;
  /** What is typed is shown by this side. */
  readonly echo: boolean;
  readonly binaryOut: boolean;
  readonly binaryIn: boolean;
  /** What a client on port 23 opens with; on any other port it only answers. */
  open(): void;
  /** `mode character` and `mode line`. */
  setCharacter(on: boolean): void;
  /** `set`, `unset` and `toggle` of binary; true if anything had to be asked. */
  setBinary(which: "in" | "out" | "both", on: boolean): boolean;
  /** Sends the commands, as `send ayt nop` does. */
  commands(codes: readonly number[]): void;
  /** ^C, ^\, ^Z, ^O: the command, and behind it a wish for a timing mark, up to which output is dropped. */
  signal(name: Signal): void;
  logout(): void;
}

/** What a key can make telnet send. */
export type Signal = keyof typeof SIGNALS;

const SIGNALS = { interrupt: IP, quit: BRK, susp: SUSP, flushoutput: AO } as const;

/** Makes the telnet of one connection. */
export function createWire(owner: WireOwner): Wire {
  const options = createOptions(ACCEPT);
  let flushing = false;

  const tell = (line: () => string): void => {
    if (owner.options) owner.say(line());
  };
  const negotiate = (wishes: readonly Negotiation[]): void => {
    for (const [verb, option] of wishes) {
      tell(() => `SENT ${verbName(verb, option)}`);
      owner.send(Uint8Array.of(IAC, verb, option));
    }
  };
  const subnegotiate = (option: number, parameters: Octets): void => {
    const bytes = toBytes(parameters);
    tell(() => `SENT ${describeSub(option, [...bytes])}`);
    const doubled = [...bytes].flatMap((byte) => (byte === IAC ? [IAC, IAC] : [byte]));
    owner.send(Uint8Array.of(IAC, SB, option, ...doubled, IAC, SE));
  };

  const receive = createReceiver({
    get binary() {
      return options.wanted("them", BINARY);
    },
    get crmod() {
      return owner.crmod;
    },
    get flushing() {
      return flushing;
    },
    flushed: () => owner.flushed(),
    negotiate(verb, option) {
      tell(() => `RCVD ${verbName(verb, option)}`);
      if (option === TIMING_MARK) timingMark(verb);
      else negotiate(options.heard(verb, option));
      // Asked once more for its size, a terminal tells it once more.
      if (verb === DO && option === NAWS) subnegotiate(NAWS, "\0\x50\0\x18");
    },
    subnegotiate(option, parameters) {
      tell(() => `RCVD ${describeSub(option, parameters)}`);
      // SEND is 1, IS is 0; who was not told DO first is not answered.
      if (parameters[0] !== 1 || !options.wanted("us", option)) return;
      if (option === TERMINAL_TYPE) subnegotiate(option, "\0XTERM");
      if (option === TERMINAL_SPEED) subnegotiate(option, "\x0038400,38400");
      if (option === NEW_ENVIRON) {
        subnegotiate(option, owner.user === undefined ? "\0" : `\0\0USER\x01${owner.user}`);
      }
    },
  });

  /** A mark in the stream and no state (RFC 860): DO is answered each time, WILL or WONT ends a flush. */
  function timingMark(verb: Verb): void {
    if (verb === DO) negotiate([[WILL, TIMING_MARK]]);
    if (verb === WILL || verb === WONT) flushing = false;
  }

  const commands = (codes: readonly number[]): void => {
    for (const code of codes) {
      tell(() => `SENT ${commandName(code)}`);
      // A real one sends the DM of a Synch as urgent data. This network has no urgent pointer:
      // the bytes are the same, only nobody is told to hurry.
      owner.send(Uint8Array.of(IAC, code));
    }
  };

  return {
    receive,
    get character() {
      return options.wanted("them", SGA);
    },
    get echo() {
      return !options.wanted("them", ECHO);
    },
    get binaryOut() {
      return options.wanted("us", BINARY);
    },
    get binaryIn() {
      return options.wanted("them", BINARY);
    },
    open() {
      negotiate(options.ask("them", SGA, true));
      for (const option of [TERMINAL_TYPE, NAWS, TERMINAL_SPEED, FLOW_CONTROL, NEW_ENVIRON]) {
        negotiate(options.ask("us", option, true));
      }
      negotiate(options.ask("them", STATUS, true));
    },
    setCharacter(on) {
      negotiate(options.ask("them", SGA, on));
      negotiate(options.ask("them", ECHO, on));
    },
    setBinary(which, on) {
      const asked = [
        ...(which === "out" ? [] : options.ask("them", BINARY, on)),
        ...(which === "in" ? [] : options.ask("us", BINARY, on)),
      ];
      negotiate(asked);
      return asked.length > 0;
    },
    commands,
    signal(name) {
      commands([SIGNALS[name]]);
      if (owner.autoflush) {
        negotiate([[DO, TIMING_MARK]]);
        flushing = true;
      }
      if (owner.autosynch && name !== "flushoutput") commands([DM]);
    },
    logout: () => negotiate([[DO, LOGOUT]]),
  };
}
