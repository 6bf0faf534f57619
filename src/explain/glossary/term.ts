/** How a term of the glossary is written down. */
import type { Term } from "../glossary.ts";

/** A theme's terms, by their names. */
export type Terms = Readonly<Record<string, Term>>;

/** One term. */
export function term(text: string, rfc = "", ...see: string[]): Term {
  return { text, ...(rfc === "" ? {} : { rfc }), ...(see.length === 0 ? {} : { see }) };
}
