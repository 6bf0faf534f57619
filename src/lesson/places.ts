/** Holds the computers that a lesson dials, and the switches that it turns, against its scenario. */
import type { Scenario } from "../sim/scenario.ts";
import { readFlags } from "../sim/shell/flags.ts";
import type { Keys } from "./lesson.ts";
import type { ReadLesson } from "./parse.ts";
import type { Report } from "./problems.ts";

/** The programs that dial or ask about a name, each with its letters as `readFlags` wants them. */
const DIALLERS: Readonly<Record<string, string>> = {
  telnet: "468acdEKLrxb:e:l:n:",
  nc: "46CdhklNnp:q:vw:z",
  ftp: "46AdeginpvV",
  ping: "46nqc:i:M:W:w:s:",
  host: "46at:v",
};

/** The name that a line of the shell dials or asks about; undefined if it has none, or a number alone. */
export function nameDialled(line: string): string | undefined {
  const words = line.trim().split(/\s+/);
  const [program = ""] = words;
  const letters = DIALLERS[program];
  let name: string | undefined;
  if (program === "openssl") {
    const at = words.indexOf("-connect");
    name = at < 0 ? undefined : words[at + 1]?.replace(/:[^:]*$/, "");
  } else if (letters !== undefined) {
    const { flags, rest } = readFlags(words, letters);
    // `nc -l` waits, and dials nobody.
    name = flags.has("l") && program === "nc" ? undefined : rest[0];
  }
  // What has no dot, or stands for anything, is nobody's name.
  return name && /^[a-z][\w-]*(?:\.[\w-]+)+$/i.test(name) ? name : undefined;
}

/** Reports each name that the scenario does not know, unless the step is about that, and each unknown switch. */
export function checkPlaces(
  { lesson, places, source }: ReadLesson,
  { name, hosts, learner, boxes = [], faults = [] }: Scenario,
  report: Report,
): void {
  const known = hosts.flatMap((host) => host.names);
  const switches = [...boxes, ...faults].map(({ id }) => id);
  const lines = source.split(/\r?\n/);
  const told = new Set<string>();
  /** Tells it once, at the first line from `of` on that has this text. */
  const tell = (of: object, text: string, words: string): void => {
    const from = (places.get(of) ?? 1) - 1;
    const found = lines.findIndex((line, at) => at >= from && line.includes(text));
    const at = found < 0 ? from : found;
    if (!told.has(`${at} ${words}`)) report(at + 1, words);
    told.add(`${at} ${words}`);
  };
  const instead = (all: readonly string[]): string => all.join(", ") || "none";

  const check = (of: object, texts: readonly string[], patterns: readonly string[]): void => {
    const meant = patterns.some((line) => /: unknown\b/.test(line));
    for (const text of texts) {
      const host = nameDialled(text);
      if (host && !meant && ![...known, learner.name].includes(host)) {
        tell(of, host, `The scenario ${name} has no \`${host}\`. There are ${instead(known)}.`);
      }
    }
    for (const text of [...texts, ...patterns]) {
      const [, id = ""] = /^(?:! ?)?(?:net: )?(?:switch|net: box) ([\w-]+) /.exec(`${text} `) ?? [];
      if (id && id !== "conveniences" && !switches.includes(id)) {
        tell(
          of,
          id,
          `The scenario ${name} has no \`${id}\` to switch. There are ${instead(switches)}.`,
        );
      }
    }
  };
  const textsOf = (keys: readonly Keys[]): string[] => keys.map(({ text }) => text);

  for (const near of lesson.near) check(near, textsOf(near.attempt), [near.on]);
  for (const step of lesson.steps) {
    const { body, goal, hints, near, solution, ways = [] } = step;
    const cards = body.flatMap((piece) => (piece.kind === "type" ? [piece] : []));
    const quoted = hints.flatMap((hint) =>
      [...hint.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code),
    );
    check(step, [...textsOf([...cards, ...solution, ...ways.flat()]), ...quoted], goal.flat());
    for (const each of near) check(each, textsOf(each.attempt), [each.on, ...goal.flat()]);
  }
}
