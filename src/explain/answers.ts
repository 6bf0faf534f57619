/** What whoever plays the server answers, read as a client reads it. */

/** A line that was answered: its code, or 0 where a client finds none, and what helps here. */
export interface Answer {
  readonly code: number;
  readonly note: string | undefined;
}

/** Reads the lines of one conversation, in their order. */
export function answerReader(): (line: string) => Answer {
  /** The code of a reply of many lines that is not over. */
  let open: string | undefined;
  return (line) => {
    // RFC 959 §4.2 wants a blank behind the code. Clients do without.
    const [, code, mark] = /^(\d{3})([ -]|$)/.exec(line) ?? [];
    if (open !== undefined && (code !== open || mark === "-")) {
      const other = code !== undefined && code !== open;
      return { code: 0, note: other ? `This is still the ${open}. ${until(open)}` : undefined };
    }
    if (code === undefined) {
      return {
        code: 0,
        note: "A client looks for three digits at the start of a line, and waits.",
      };
    }
    open = mark === "-" ? code : undefined;
    const more = open && `The hyphen says that more lines follow. ${until(open)}`;
    return { code: Number(code), note: more };
  };
}

function until(code: string): string {
  return `The client waits for a line with \`${code}\` and no hyphen.`;
}

/** What an answer does, for the one who gives it. */
export function answerWords(code: number): string {
  return ANSWERS[code] ?? BY_DIGIT[Math.floor(code / 100)] ?? "No client knows what to make of it.";
}

const ANSWERS: Readonly<Record<number, string>> = {
  220: "You greet the client, for a server speaks first. Now the client says who it is.",
  331: "You want a password. The client says it next.",
  230: "You let the client in. It needs no other proof.",
  150: "You say that data is coming. It goes over the data connection, not this one.",
  221: "You say goodbye, and the client closes the connection.",
  226: "You say that the transfer is over.",
};

const BY_DIGIT: Readonly<Record<number, string>> = {
  1: "You have begun. The client waits for another reply, which says how it ended.",
  2: "You say that it is done. The client goes on.",
  3: "You say: so far, so good. The client says the next part.",
  4: "You say: not now. The client may try again later.",
  5: "You say no. The client does not get what it asked for.",
};
