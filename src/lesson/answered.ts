/** What was said in each window's conversation, and what can be said of a server's answer to it. */
import type { NotationEvent } from "../explain/notation.ts";
import { isProgram, isVerb, tip } from "../explain/tips.ts";
import type { Derived } from "./derive.ts";
import type { Step } from "./lesson.ts";
import { verbOf } from "./lines.ts";
import { loginRefusal, refusalOf } from "./refusals.ts";

/** Hears what is said, and finds words for refusals and hang-ups. */
export interface Answered {
  /** A line was entered in `window`. */
  entered(window: number | undefined, line: string): void;
  /** A conversation begins there: what was said before is forgotten. */
  begins(window: number | undefined): void;
  /** Somebody has answered there since it began. */
  speaks(window: number | undefined): boolean;
  /** The line that was entered there last, or "". */
  last(window: number | undefined): string;
  /** A line of a reply came while `step` was to be done: what it says of the line it answers. */
  reply(event: NotationEvent, step: Step | undefined): string | undefined;
  /** Why the server hung up. */
  hangUp(window: number): Derived;
}

/** The web's words, on which many servers hang up, and what they are in FTP. */
const WEB: Readonly<Record<string, string>> = {
  GET: "RETR",
  HEAD: "SIZE",
  POST: "STOR",
  PUT: "STOR",
  DELETE: "DELE",
};

/** Where somebody turns who has lost the thread. */
const LEAD = "What to say stands above, or *Hint* tells it.";

/** A reader; `ran` is the line by which a program was started in a window last. */
export function answered(ran: (window: number | undefined) => string | undefined): Answered {
  const typed = new Map<number | undefined, string>();
  /** By window: the lines that have no last reply yet, the oldest first. */
  const lined = new Map<number | undefined, string[]>();
  /** The windows in which the oldest of them has been answered with a 1. */
  const begun = new Set<number | undefined>();
  /** By window: the code of the last reply, and how many passwords were refused. */
  const codes = new Map<number | undefined, number>();
  const refused = new Map<number | undefined, number>();

  function reply(
    { window, code = 0, line = "" }: NotationEvent,
    step: Step | undefined,
  ): string | undefined {
    // A reply belongs to the oldest line that is owed one.
    const owed = lined.get(window) ?? [];
    // STAT alone is answered while the transfer before it goes on.
    if (code < 214 && code > 210 && begun.has(window) && /^stat\b/i.test(owed[1] ?? "")) {
      if (line[3] !== "-") owed.splice(1, 1);
      return undefined;
    }
    // A transfer that has begun is not refused as a word; its last reply may never come.
    if (code < 200) begun.add(window);
    else if (begun.delete(window) && code >= 500 && code < 505 && owed.length > 1) owed.shift();
    const said = owed[0] ?? typed.get(window) ?? "";
    if (code >= 200 && line[3] !== "-") owed.shift();
    const [, before = "", rest = ""] = /^(\S+) ?(.*)$/.exec(said) ?? [];
    codes.set(window, code);
    if (code === 530 && /^pass$/i.test(before)) refused.set(window, (refused.get(window) ?? 0) + 1);
    if (/^ftp\b/.test(ran(window) ?? "")) {
      // What the client sent is not what was typed, and its words are others.
      const says = code === 550 ? refusalOf(code, line) : undefined;
      return says?.replace("`LIST`", "`ls`").replace("`PWD`", "`pwd`");
    }
    const here = step?.solution.filter((keys) => keys.window === window) ?? [];
    // Before the login some servers say 530 to any word.
    const strange = isProgram(before) && (code === 500 || code === 530);
    const [program, whom] = said.split(" ");
    const there = step?.solution.find(
      (keys) => keys.window !== window && keys.text.startsWith(`${program} ${whom}`),
    );
    if (strange && there) {
      return `You are speaking to a server here. \`${before}\` is for the \`$\` of window ${there.window}.`;
    }
    if (strange && ran(window) === said.replace(/ +/g, " ").trim()) {
      return "You speak to that server already. Go on from here.";
    }
    if (strange && here.some(({ text }) => text.startsWith(before))) {
      return `You are still speaking to a server. Press Hang up, then \`${before}\` at the \`$\` of this window.`;
    }
    const whole = here.find(({ text }) => /^[A-Z]+ /.test(text) && text.endsWith(` ${said}`));
    if (code === 500 && whole && said !== "") {
      return `That went out as a command. Put the word in front: \`${whole.text}\`.`;
    }
    const paths = code !== 550 || !/^(?:port|eprt|pasv|epsv)$/i.test(before);
    const refusal = /^(?:user|pass)$/i.test(before)
      ? loginRefusal
      : paths
        ? refusalOf
        : () => undefined;
    const asked = step?.solution.some(({ text }) => verbOf({ window: 0, text }) === before);
    const unknown = code === 500 && /^[a-z]\S{0,19}$/i.test(before) && !isVerb(before) && !asked;
    return (
      tip(before, rest || null, strange ? 500 : code, verbsOf(step)) ??
      refusal(code, line) ??
      (unknown ? `This server knows no command \`${before}\`. ${LEAD}` : undefined)
    );
  }

  function hangUp(window: number): Derived {
    const last = typed.get(window) ?? "";
    const [word = ""] = /^\w+/.exec(last) ?? [];
    const code = codes.get(window);
    const ftp = WEB[word.toUpperCase()];
    if (code === 234) {
      return {
        text: "After `234` the server waits for the handshake of TLS, and what came was none.",
      };
    }
    if (/^quit$/i.test(word)) return { text: "You said goodbye, so the server closed." };
    if (ftp !== undefined) {
      const text = `\`${word}\` is a word of web browsers, and this server hangs up on those. In FTP it is \`${ftp}\`.`;
      return { text, tellsWhy: true };
    }
    if (code === 421) return { text: "The server ended the conversation; its `421` says why." };
    const times = refused.get(window);
    return {
      text:
        code === 530 && times !== undefined
          ? `That was wrong password number ${times}, so the server hung up.`
          : "The server hung up.",
    };
  }

  return {
    entered(window, line) {
      typed.set(window, line);
      lined.set(window, [...(lined.get(window) ?? []), line]);
    },
    begins(window) {
      for (const each of [typed, lined, begun, codes, refused]) each.delete(window);
    },
    speaks: (window) => codes.has(window),
    last: (window) => typed.get(window) ?? "",
    reply,
    hangUp,
  };
}

/** The server's words that a step's solution has. */
function verbsOf(step: Step | undefined): readonly string[] {
  return step?.solution.flatMap(({ text }) => /^[A-Z]{3,4}\b/.exec(text) ?? []) ?? [];
}
