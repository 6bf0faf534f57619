/** Why a server says nothing: it was asked to move something, and nobody has dialled its port. */
import type { NotationEvent } from "../explain/notation.ts";

/** The commands that want a data connection. */
const MOVES = /^(?:LIST|NLST|MLSD|RETR|STOR|STOU|APPE)$/;

/** Hears each event; gives back what is to be said of a line that gets no answer. */
export type Silence = (event: NotationEvent) => string | undefined;

/** A reader at the beginning of a session. */
export function silence(): Silence {
  /** By window: the code and the port that its server named last, and that nobody has dialled. */
  const named = new Map<number, { code: number; port: number }>();
  /** By window: the command that waits for that dial. */
  const waits = new Map<number, string>();

  return ({ kind, window, port, code = 0, line = "", control }) => {
    if (kind === "dial" || kind === "connected") {
      for (const [talk, agreed] of named) if (agreed.port === port) named.delete(talk);
    }
    if (window === undefined) return undefined;
    if (kind === "reply") {
      waits.delete(window);
      const now = portOf(code, line);
      if (now !== undefined) named.set(window, { code, port: now });
    } else if (kind === "closed" || kind === "reset") {
      named.delete(window);
      waits.delete(window);
    } else if (kind === "line" && control) {
      const [verb = ""] = line.trim().toUpperCase().split(" ", 1);
      const agreed = named.get(window);
      if (verb === "PORT" || verb === "EPRT") named.delete(window);
      if (!agreed) return undefined;
      const dial = `dial the port that \`${agreed.code}\` named`;
      const before = waits.get(window);
      if (before !== undefined) {
        return `The server is still at \`${before}\` and reads this afterwards. First ${dial}.`;
      }
      if (!MOVES.test(verb)) return undefined;
      waits.set(window, verb);
      return `\`${verb}\` waits for its ==data connection==: ${dial}.`;
    }
    return undefined;
  };
}

/** The port that a 227 (RFC 959 §4.1.2) or a 229 (RFC 2428 §3) names. */
function portOf(code: number, line: string): number | undefined {
  if (code === 229) return Number(/\|(\d+)\|/.exec(line)?.[1]) || undefined;
  const [, high, low] = (code === 227 && /,(\d+),(\d+)\D*$/.exec(line)) || [];
  return high === undefined ? undefined : Number(high) * 256 + Number(low);
}
