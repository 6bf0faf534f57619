/** The glossary: what each word of the course means, in a sentence or three. */
import { files } from "./glossary/files.ts";
import { network } from "./glossary/network.ts";
import { protocol } from "./glossary/protocol.ts";
import { trust } from "./glossary/trust.ts";

/** One term: its meaning, where it stands, and terms that explain it further. */
export interface Term {
  readonly text: string;
  /** As "959 §2.2". */
  readonly rfc?: string;
  readonly see?: readonly string[];
}

/** Every term by its name, in lower case but for names such as NAT. */
export const glossary: Readonly<Record<string, Term>> = Object.fromEntries(
  Object.entries({ ...protocol, ...network, ...files, ...trust }).toSorted(([a], [b]) =>
    a.toLowerCase() < b.toLowerCase() ? -1 : 1,
  ),
);
