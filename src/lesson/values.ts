/** What a session has named, and how it is written into a text. */

/** What a session has named so far: `data.port` → "62843". The bare name is the whole text. */
export type Values = Readonly<Record<string, string>>;

const PLACE = /\{(\w+)(?:\.(\w+))?(?:\|[^}]*)?\}/g;

/** Writes the values into a text. Undefined if one is not known yet. */
export function fill(text: string, values: Values): string | undefined {
  let whole = true;
  const filled = text.replace(PLACE, (_, name: string, part?: string) => {
    const value = values[part && part !== "text" ? `${name}.${part}` : name];
    if (value === undefined) whole = false;
    return value ?? "";
  });
  return whole ? filled : undefined;
}
