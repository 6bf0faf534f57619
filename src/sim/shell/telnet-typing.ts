/** What typed text becomes on the wire: `createTyping(owner)`. */
import { toBytes, utf8Encode } from "../bytes.ts";
import { echoOf } from "./cooked.ts";
import type { Settings } from "./telnet-settings.ts";
import type { Wire } from "./telnet-wire.ts";

/** Where typed text goes. */
export interface TypingOwner {
  readonly settings: Settings;
  send(bytes: Uint8Array): void;
  echo(text: string): void;
  /** A whole line has been typed; of it, what stood there at a ^D or ^] was sent before. */
  line(text: string): void;
}

/** Sends what is typed. */
export interface Typing {
  /** A line, or with `whole` false what stands in it so far. */
  text(text: string, whole: boolean, wire: Wire): void;
  /** Keys in character mode: each goes out at once (RFC 857, RFC 858). */
  keys(text: string, wire: Wire): void;
  /** Forgets what was begun. */
  reset(): void;
}

/** Keys that send a command when they stand in a line that is read. */
const SIGNALS = ["interrupt", "quit", "susp", "flushoutput"] as const;

/** Makes the way from the keyboard to the wire. */
export function createTyping(owner: TypingOwner): Typing {
  const { keys, on } = owner.settings;
  let begun = "";

  function end(): void {
    owner.line(begun);
    begun = "";
  }

  /** Whether a line may hold keys that are no text: there are few such lines. */
  const special = (text: string): boolean =>
    /[\0-\x1f\x7f]/.test(text) ||
    [...SIGNALS, "echo" as const].some((name) => text.includes(keys[name] ?? "\0"));

  return {
    text(text, whole, wire) {
      begun += text;
      if (whole) end();
      for (const char of special(text) ? text : [text]) {
        const signal = SIGNALS.find((name) => keys[name] === char);
        if (signal) wire.signal(signal);
        else if (char === "\r" && !wire.binaryOut) owner.send(toBytes("\r\0"));
        // UTF-8 has no byte 255, so there is no IAC to double.
        else if (char !== keys.echo) owner.send(toBytes(utf8Encode(char)));
      }
      if (whole) owner.send(toBytes(wire.binaryOut ? "\n" : "\r\n"));
    },
    keys(text, wire) {
      for (const part of text.split(/(\r)/)) {
        if (part === "\r") end();
        else begun += part;
      }
      if (wire.echo) owner.echo(Array.from(text, echoOf).join(""));
      const octets = utf8Encode(text);
      const lineEnd = on.has("crlf") ? "\r\n" : "\r\0";
      owner.send(toBytes(wire.binaryOut ? octets : octets.replaceAll("\r", lineEnd)));
    },
    reset() {
      begun = "";
    },
  };
}
