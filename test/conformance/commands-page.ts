/**
 * docs/commands.md: every command, its RFC section, what ours does with it in each dialect, and what
 * each recorded server was first heard to answer. Made from the tables and the recordings, never by
 * hand: `node test/conformance/write-pages.mjs` writes it, a test compares.
 */
import { commands } from "../../src/sim/ftp/commands/table.ts";
import type { CommandSpec } from "../../src/sim/ftp/commands/spec.ts";
import { dialects } from "../../src/sim/ftp/dialects/all.ts";
import { readRecording, recordedScenarios, SERVERS } from "./recordings.ts";

const NAMES: Readonly<Record<(typeof SERVERS)[number], string>> = {
  proftpd: "ProFTPD 1.3.8",
  vsftpd: "vsftpd 3.0.3",
  pureftpd: "Pure-FTPd 1.0.50",
  pyftpdlib: "pyftpdlib 1.5.7",
};

/** The whole page. */
export function commandsPage(): string {
  const rows = allRows();
  const heard = SERVERS.map((server) => firstAnswers(server));
  const ours = Object.values(dialects);
  const lines = rows.flatMap((spec) => {
    const recorded = SERVERS.map((server, i) => {
      const answer = heard[i]?.get(spec.verb);
      return `| ${NAMES[server]} | ${answer === undefined ? "*(not recorded)*" : code(answer)} |`;
    });
    const has = ours.filter(({ table }) => table.has(spec.verb)).map(({ name }) => name);
    return [
      `## ${spec.verb}`,
      "",
      `\`${spec.syntax}\` · RFC ${spec.rfc} · ${spec.purpose}${spec.login ? "" : " · also before the login"}`,
      "",
      `Ours: ${has.length === 0 ? "in no dialect" : has.join(", ")}.`,
      "",
      "| server | first heard |",
      "|---|---|",
      ...recorded,
      "",
    ];
  });
  return [
    "# Every command",
    "",
    "Made from the tables of commands and from the recordings of real servers; do not edit.",
    "“First heard” is the kindest answer in the recordings to this verb: what comes of it when it works, if it ever does.",
    "",
    ...lines,
  ].join("\n");
}

/** The base rows, and what only a dialect has, by verb. */
function allRows(): CommandSpec[] {
  const rows = new Map(commands.map((spec) => [spec.verb, spec]));
  for (const { table } of Object.values(dialects)) {
    for (const [verb, spec] of table) if (!rows.has(verb)) rows.set(verb, spec);
  }
  return [...rows.values()].toSorted((a, b) => (a.verb < b.verb ? -1 : 1));
}

/** For each verb the answer with the lowest first digit that a server was recorded to give. */
function firstAnswers(server: (typeof SERVERS)[number]): Map<string, string> {
  const best = new Map<string, string>();
  for (const scenario of recordedScenarios(server)) {
    const verbs = new Map<number, string>();
    for (const entry of readRecording(server, scenario).entries) {
      if (!("chan" in entry) || entry.chan !== "ctl" || entry.bytes === undefined) continue;
      if (entry.dir === ">") {
        verbs.set(entry.cmd, /^[A-Za-z]+/.exec(entry.bytes)?.[0].toUpperCase() ?? "");
        continue;
      }
      const verb = verbs.get(entry.cmd) ?? "";
      const old = best.get(verb);
      if (typeof entry.code !== "string") continue;
      if (old === undefined || rank(entry.bytes) < rank(old)) best.set(verb, entry.bytes);
    }
  }
  return best;
}

/** 2 is best, then 3, 1, 4, 5: a preliminary reply says less than what follows it. */
function rank(reply: string): number {
  return "23145".indexOf(reply.charAt(0));
}

function code(reply: string): string {
  const first = reply.split("\r\n")[0] ?? "";
  const short = first.length > 90 ? `${first.slice(0, 90)}…` : first;
  const printable = short
    .replace(/[^\x20-\x7e…]/g, "?")
    .replaceAll("|", "\\|")
    .replaceAll("`", "'");
  return `\`${printable}\`${reply.indexOf("\r\n") < reply.length - 2 ? " …" : ""}`;
}
