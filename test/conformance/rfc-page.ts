/** docs/rfc.md: where the RFCs contradict themselves or leave a choice, and what the dialect `rfc` does. */
import { notes } from "../../src/sim/ftp/dialects/rfc-notes.ts";

/** The whole page. */
export function rfcPage(): string {
  const rows = notes.map(({ about, says, here }) => `| ${about} | ${says} | ${here} |`);
  return `# A strict reading of the RFCs

The dialect \`rfc\` is no server that was ever recorded: it answers as RFC 959 and its successors have
it. Where they contradict themselves or leave a choice, this is what it does. Made from
\`src/sim/ftp/dialects/rfc-notes.ts\`; do not edit.

| about | what the RFCs say | here |
|---|---|---|
${rows.join("\n")}
`;
}
