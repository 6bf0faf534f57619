/** What is remembered of each conversation. */
import type { Octets } from "../sim/bytes.ts";
import { answerReader } from "./answers.ts";

/** One conversation. */
export interface Talk {
  /** Bytes of a line that is not whole yet, each way. */
  said: Octets;
  heard: Octets;
  /** Lines of a reply that is not whole yet. */
  lines: string[];
  /** Verbs whose last reply is still to come; the greeting is owed to "". */
  owed: string[];
  /** When the newest command left. */
  since: number;
  /** Reads what a learner who plays the server answers. */
  readonly answer: ReturnType<typeof answerReader>;
}

/** The conversation of a connection, made when it is asked for; `known` makes none. */
export function talkBook(): {
  of(conn: number): Talk;
  readonly known: (conn: number) => Talk | undefined;
} {
  const talks = new Map<number, Talk>();
  return {
    of(conn) {
      const talk = talks.get(conn) ?? {
        said: "",
        heard: "",
        lines: [],
        owed: [""],
        since: 0,
        answer: answerReader(),
      };
      talks.set(conn, talk);
      return talk;
    },
    known: (conn) => talks.get(conn),
  };
}

/** The password shows as dots, always eight of them: its length is nobody's business. */
export function veil(line: string): string {
  return line.replace(/^(\s*pass\s).+/i, "$1••••••••");
}
