/** Why a server says nothing: it was asked to move something, and its data connection does not stand. */
import type { NotationEvent } from "../explain/notation.ts";
import type { Derived } from "./derive.ts";
import { namedPort } from "./goal.ts";
import { MOVES } from "./lines.ts";

/** What is to be said of a line that gets no answer. */
export interface Unanswered extends Derived {
  /** The line is not read before another one is done with, whatever comes after it. */
  readonly ahead: boolean;
}

/** Hears each event; gives back what is to be said of a line that gets no answer. */
export type Silence = (event: NotationEvent) => Unanswered | undefined;

/** How the data connection of a conversation was agreed on, and how far it has come. */
interface Agreed {
  /** The code of the reply that named the port; 0 for a PORT or EPRT. */
  readonly code: number;
  readonly port?: string;
  road: "named" | "dialled" | "stands";
}

/** A reader at the beginning of a session. */
export function silence(): Silence {
  /** By window: what was agreed there last. */
  const agreements = new Map<number, Agreed>();
  /** By window: the command that waits for its data connection. */
  const waits = new Map<number, string>();

  return (event) => {
    const { kind, window, port, code = 0, line = "", control } = event;
    for (const agreed of agreements.values()) {
      if (agreed.code > 0 && agreed.port !== String(port)) continue;
      if (kind === "dial") agreed.road = "dialled";
      else if (kind === "refused") agreed.road = "named";
      else if (kind === "called" || (kind === "connected" && agreed.code > 0)) {
        agreed.road = "stands";
      }
    }
    if (window === undefined) return undefined;
    if (kind === "reply") {
      waits.delete(window);
      const named = namedPort(event);
      if (named !== undefined) agreements.set(window, { code, port: named, road: "named" });
      // A transfer uses up what was agreed.
      else if (code < 200) agreements.delete(window);
      else if (code >= 400 && agreements.get(window)?.code === 0) agreements.delete(window);
    } else if (kind === "closed" || kind === "reset") {
      agreements.delete(window);
      waits.delete(window);
    } else if (kind === "line" && control) {
      const said = line.trim().toUpperCase();
      const [verb = ""] = said.split(" ", 1);
      const before = waits.get(window);
      const agreed = agreements.get(window);
      if (agreed && before !== undefined && agreed.road !== "stands") {
        const still = `The server is still at \`${before}\` and reads this afterwards`;
        if (agreed.code === 0) {
          return { text: `${still}: it dials you, and nobody answers yet.`, ahead: true };
        }
        return agreed.road === "dialled"
          ? { text: `${still}: the ==data connection== does not come about.`, ahead: true }
          : { text: `${still}. First ${dial(agreed)}.`, ahead: true };
      }
      if (/^(?:PORT|EPRT) ./.test(said)) agreements.set(window, { code: 0, road: "named" });
      // Of a file without a name nothing comes but a refusal.
      if (!agreed || !MOVES.test(verb) || /^(?:RETR|STOR|APPE)$/.test(said)) return undefined;
      waits.set(window, verb);
      if (agreed.code === 0 || agreed.road !== "named") return undefined;
      const text = `\`${verb}\` waits for its ==data connection==: ${dial(agreed)}.`;
      return { text, ahead: false, foretells: true };
    }
    return undefined;
  };
}

function dial({ code }: Agreed): string {
  return `dial the port that \`${code}\` named`;
}
