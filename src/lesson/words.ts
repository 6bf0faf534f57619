/** Words taken apart, so that a page can show them without reading any markup. */

/** A piece of words: plain, a command or value, or named after one of the two connections. */
export interface Word {
  readonly kind: "plain" | "code" | "control" | "data" | "stress";
  readonly text: string;
}

const MARKS: Readonly<Record<string, Word["kind"]>> = {
  "`": "code",
  "**": "control",
  "==": "data",
  "*": "stress",
};

/** Takes words apart at `code`, **control connection**, ==data connection== and *stress*. */
export function words(text: string): readonly Word[] {
  const found: Word[] = [];
  for (const part of text.split(/(`[^`]+`|\*\*.+?\*\*|==.+?==|\*\b[^*]+\b\*)/s)) {
    const [, mark = "", inner = part] = /^(`|\*\*|==|\*)(.+)\1$/s.exec(part) ?? [];
    if (part) found.push({ kind: MARKS[mark] ?? "plain", text: inner });
  }
  return found;
}
