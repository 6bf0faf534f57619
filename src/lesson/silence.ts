/** Why a server says nothing: it was asked to move something, and nobody has dialled its port. */
import type { NotationEvent } from "../explain/notation.ts";
import { namedPort } from "./goal.ts";

/** The lines that want a data connection. */
const MOVES = /^(?:LIST|NLST|MLSD|STOU|(?:RETR|STOR|APPE) .)/;

/** Hears each event; gives back what is to be said of a line that gets no answer. */
export type Silence = (event: NotationEvent) => string | undefined;

/** A reader at the beginning of a session. */
export function silence(): Silence {
  /** By window: the code and the port that its server named last, and that nobody has dialled. */
  const named = new Map<number, { code: number; port: string }>();
  /** By window: the command that waits for that dial. */
  const waits = new Map<number, string>();

  return (event) => {
    const { kind, window, port, code = 0, line = "", control } = event;
    if (kind === "dial" || kind === "connected") {
      for (const [talk, agreed] of named) if (agreed.port === String(port)) named.delete(talk);
    }
    if (window === undefined) return undefined;
    if (kind === "reply") {
      waits.delete(window);
      const now = namedPort(event);
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
      if (!MOVES.test(line.trim().toUpperCase())) return undefined;
      waits.set(window, verb);
      return `\`${verb}\` waits for its ==data connection==: ${dial}.`;
    }
    return undefined;
  };
}
