/**
 * Facts to what a terminal is written: who speaks is told by weight and colour, a reply by the
 * colour of its code, the six numbers of a 227 by amber. All of it is added here; the simulated
 * computer writes no colours for us.
 */
import { findHostPort } from "../explain/pasv.ts";
import { concat, fromBytes, toBytes, type Octets } from "../sim/bytes.ts";
import type { Fact } from "../sim/facts.ts";

/** What stands at the right edge of a line, beside the text and never in it. */
export type Mark =
  | {
      readonly kind: "reply";
      readonly code: number;
      readonly verb: string | undefined;
      readonly text: string;
    }
  | { readonly kind: "speaker"; readonly name: string }
  /** Here data begins to come. */
  | { readonly kind: "data" };

/** Bytes for the terminal. With a mark, they are the one line that the mark stands beside. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly mark?: Mark;
}

/** Of a flood of data only so much is worth writing: the rest has scrolled out of reach. */
const FLOOD = 256 * 1024;

const colour = (...rgb: number[]): string => `\x1b[38;2;${rgb.join(";")}m`;
const PLAIN = "\x1b[m";
const YOU = `\x1b[1m${colour(255, 255, 255)}`;
/** CAN and DECSTR first: whatever half a sequence a server left behind ends at the prompt. */
const PROMPT = `\x18\x1b[!p${colour(125, 138, 156)}`;
const DIGITS = [
  "",
  colour(154, 166, 182),
  colour(92, 201, 154),
  colour(195, 163, 255),
  colour(231, 150, 200),
  colour(255, 138, 148),
];
const ADDRESS = `${colour(242, 197, 138)}\x1b[48;2;43;34;24m`;
const PORT = `${colour(255, 190, 105)}\x1b[48;2;82;56;18m`;

/** Reads a growing trace and gives what is new on the screen of `window`. */
export function screenPainter(window: number): { read(facts: readonly Fact[]): Piece[] } {
  let next = 0;
  let program = "shell";
  let speaking: string | undefined;
  /** Control connections by number, each with the replies that have been sent and not shown yet. */
  const controls = new Map<number, { code: number; verb: string | undefined }[]>();
  const connOf = new Map<number, number>();
  const verbs = new Map<string, string>();
  /** Inside a reply of several lines: the code that ends it. */
  let inside: number | undefined;
  let midLine = false;

  const replies = (
    octets: Octets,
    conn: number,
    add: (text: Octets, mark?: Mark) => void,
  ): void => {
    for (const line of octets.split(/(?<=\n)/)) {
      const reply = midLine ? undefined : replyHead(line);
      midLine = !line.endsWith("\n");
      if (reply === undefined || (inside !== undefined && reply.code !== inside)) {
        add(line);
        continue;
      }
      const first = inside === undefined;
      inside = reply.last ? undefined : reply.code;
      const waiting = controls.get(conn) ?? [];
      // What a program kept for itself is passed over.
      const at = first ? waiting.findIndex(({ code }) => code === reply.code) : -1;
      const verb = at < 0 ? undefined : waiting.splice(0, at + 1).at(-1)?.verb;
      add(
        paintReply(line, reply.code),
        first ? { kind: "reply", code: reply.code, verb, text: line } : undefined,
      );
    }
  };

  return {
    read(facts) {
      const pieces: Piece[] = [];
      let run: Uint8Array[] = [];
      const flush = (): void => {
        if (run.length > 0) pieces.push({ bytes: concat(run) });
        run = [];
      };
      const add = (text: Octets, mark?: Mark): void => {
        if (mark) flush();
        if (mark) pieces.push({ bytes: toBytes(text), mark });
        else run.push(toBytes(text));
      };
      let flood = 0;
      for (; next < facts.length; next++) {
        const fact = facts[next];
        switch (fact?.kind) {
          case "session":
            connOf.set(fact.session, fact.conn);
            controls.set(fact.conn, []);
            break;
          case "command":
            verbs.set(`${fact.session} ${fact.command}`, fact.verb);
            break;
          case "reply":
            controls
              .get(connOf.get(fact.session) ?? 0)
              ?.push({ code: fact.code, verb: verbs.get(`${fact.session} ${fact.command}`) });
            break;
          case "window":
            // A window that was there before under this number is none of ours.
            if (fact.window === window) pieces.length = run.length = flood = 0;
            break;
          case "run":
            // Anything else is the shell's own: its programs, and what it says to a word that is none.
            if (fact.window === window)
              program = /^\s*(telnet|nc|ftp|ping)\b/.exec(fact.line)?.[1] ?? "shell";
            break;
          case "exit":
            if (fact.window === window) program = "shell";
            break;
          case "print": {
            if (fact.window !== window) break;
            if (fact.who === "server" && !controls.has(fact.conn)) {
              if (speaking !== "server") {
                flush();
                pieces.push({ bytes: new Uint8Array(), mark: { kind: "data" } });
              }
              run.push(fact.bytes);
              flood += fact.bytes.length;
              speaking = "server";
              midLine = false;
              break;
            }
            const octets = fromBytes(fact.bytes);
            if (fact.who === "server") replies(octets, fact.conn, add);
            else if (fact.who === "you") add(YOU + octets + PLAIN);
            else if (fact.who === "prompt") add(PROMPT + octets + PLAIN);
            else if (fact.who === "program" && speaking !== "program" && octets.trim() !== "") {
              const end = octets.indexOf("\n", octets.search(/\S/)) + 1 || octets.length;
              add(octets.slice(0, end), { kind: "speaker", name: program });
              if (end < octets.length) add(octets.slice(end));
            } else add(octets);
            if (fact.who !== "edit" && octets.trim() !== "") speaking = fact.who;
            break;
          }
          default:
            break;
        }
      }
      flush();
      return flood > FLOOD ? tail(pieces) : pieces;
    },
  };
}

/** The last of a flood, in one piece. */
function tail(pieces: readonly Piece[]): Piece[] {
  const bytes = concat(pieces.map((piece) => piece.bytes));
  return [{ bytes: bytes.subarray(-FLOOD) }];
}

/** "ddd " or "ddd-": the first or the last line of a reply. */
function replyHead(line: Octets): { code: number; last: boolean } | undefined {
  const [, code, mark] = /^([1-6]\d\d)([ -])/.exec(line) ?? [];
  return code === undefined ? undefined : { code: Number(code), last: mark === " " };
}

function paintReply(line: Octets, code: number): Octets {
  const digit = DIGITS[Math.floor(code / 100)] ?? "";
  const numbers = code === 227 ? findHostPort(line) : undefined;
  const head = digit + line.slice(0, 3) + PLAIN;
  if (!numbers) {
    const rest = line.slice(3);
    // Of a 229 the port alone names the data connection (RFC 2428 §3).
    return head + (code === 229 ? rest.replace(/(?<=\|{3})\d+/, `${PORT}$&${PLAIN}`) : rest);
  }
  const six = line.slice(numbers.start, numbers.end);
  // The fourth comma parts the address from the port.
  const cut = six.split(",", 4).join(",").length;
  return (
    head +
    line.slice(3, numbers.start) +
    ADDRESS +
    six.slice(0, cut) +
    PLAIN +
    six[cut] +
    PORT +
    six.slice(cut + 1) +
    PLAIN +
    line.slice(numbers.end)
  );
}
