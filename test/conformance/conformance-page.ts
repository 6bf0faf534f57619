/** docs/conformance.md: how near each dialect comes to its server, and where it does not. */
import type { Comparison } from "./compare.ts";
import { EXPLAINED } from "./explained.ts";
import { COLLECTIONS, compareWith, figuresLine, HELD, scriptsFor } from "./held.ts";

/** Plays every script at every dialect and writes down what comes of it. */
export async function conformancePage(): Promise<string> {
  const lines: string[] = [];
  for (const [dialect, server] of HELD) {
    for (const { of, collection } of COLLECTIONS) {
      const results: Comparison[] = [];
      for (const script of scriptsFor(server, collection)) {
        results.push(await compareWith(dialect, server, script, collection));
      }
      if (results.length > 0) lines.push(figuresLine(dialect, of, results));
    }
  }
  const reasons = Object.entries(EXPLAINED).flatMap(([dialect, scenarios]) =>
    Object.entries(scenarios).flatMap(([scenario, why]) =>
      Object.entries(why).map(
        ([reason, steps]) =>
          `- \`${dialect}\`, \`${scenario}\`, command ${steps.join(", ")}: ${reason}`,
      ),
    ),
  );
  return `# Held to real servers

Made by playing scripts at our server and comparing with recordings of the real one, byte for byte
but for ports, times and what else changes from run to run; do not edit. \`npm test\` plays all of
them in memory; \`node test/conformance/play.mjs HOST:PORT\` plays them over sockets at any server.

“The reference” are the open scenarios, 141 scripts; “played” counts those that were recorded at that
server. “What was observed since” are scripts of our own, played at the real servers when a rule was
not clear. “connection” is whether and when the server closed each control connection.

| dialect | scripts | played | equal |
|---|---|---|---|
${lines.join("\n")}

## What differs, and why

${reasons.length === 0 ? "Nothing that these scripts show." : reasons.join("\n")}
`;
}
