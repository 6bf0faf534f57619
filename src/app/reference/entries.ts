/** What the reference has an entry for: verbs, reply codes, terms. */
import { glossary, type Term } from "../../explain/glossary.ts";
import { card } from "../../explain/stamps.ts";
import type { CommandRow } from "../../sim/ftp/commands/spec.ts";
import { rows } from "../../sim/ftp/commands/table.ts";

/** One entry. */
export type Entry =
  | { readonly kind: "verb"; readonly word: string; readonly row: CommandRow }
  | { readonly kind: "code"; readonly word: string; readonly code: number; readonly rfc: string }
  | { readonly kind: "term"; readonly word: string; readonly term: Term };

/** Every verb, in the order of the alphabet. */
export const verbs: readonly CommandRow[] = rows.toSorted((a, b) => (a.verb < b.verb ? -1 : 1));

/** Codes that are no box of the stamp card and yet are heard. */
const ALSO = [
  { code: 228, rfc: "1639" },
  { code: 430, rfc: "" },
];

/** Every code, in order. */
export const codes: readonly { readonly code: number; readonly rfc: string }[] = [
  ...card,
  ...ALSO,
].toSorted((a, b) => a.code - b.code);

/** The entry of a word, however it is written: `control-connection` will do. */
export function findEntry(word: string): Entry | undefined {
  const row = rows.find(({ verb }) => verb === word.toUpperCase());
  const code = codes.find((each) => String(each.code) === word);
  if (code) return { kind: "code", word, ...code };
  const bare = (name: string): string => name.toLowerCase().replaceAll("-", " ");
  const name = Object.keys(glossary).find((each) => bare(each) === bare(word));
  const term = name === undefined ? undefined : glossary[name];
  // FEAT is a verb before it is a term.
  if (row) return { kind: "verb", word: row.verb, row };
  return name !== undefined && term ? { kind: "term", word: name, term } : undefined;
}
