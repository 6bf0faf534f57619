/** What can be said of an attempt that the lesson itself has no words for. */
import type { NotationEvent } from "../explain/notation.ts";
import { tip } from "../explain/tips.ts";
import { match, type Values } from "./goal.ts";
import type { Step } from "./lesson.ts";

/** Says why `event` did not help in the step at index `step`, or undefined. */
export type Derive = (
  event: NotationEvent,
  step: number,
  values: Values,
  helped: boolean,
) => string | undefined;

/** A reader that remembers what was typed last, for the reply to it. */
export function deriver(steps: readonly Step[]): Derive {
  const lines = steps.map((step) => step.goal.flat().filter((line) => !line.startsWith("!")));
  /** "LIST" → the window where the lesson wants it. */
  const homes = new Map(
    lines.flat().flatMap((line) => {
      const [, window, verb] = /^(\d)> (\w+)/.exec(line) ?? [];
      return verb ? [[verb, window] as const] : [];
    }),
  );
  const typed = new Map<number | undefined, string>();

  return (event, step, values, helped) => {
    const { kind, text, window, line = "" } = event;
    const [, verb = "", argument] = /^(\S+) ?(.*)$/.exec(line) ?? [];
    const word = verb.toUpperCase();
    if (kind === "reply") {
      const [, before = "", rest = ""] = /^(\S+) ?(.*)$/.exec(typed.get(window) ?? "") ?? [];
      return helped ? undefined : tip(before, rest || null, event.code ?? 0);
    }
    if (kind === "line") typed.set(window, line);
    if (helped || window === undefined) return undefined;
    if (kind === "line" && !event.control && line) {
      return "Silence. Nobody reads commands on a ==data connection==: it carries bytes and nothing else. Talk in the other window.";
    }
    const fits = (wanted: readonly string[] | undefined, words: string): string | undefined =>
      wanted?.find((pattern) => match(pattern, words, values));
    const here = lines[step];

    if (kind === "line" || kind === "dial" || kind === "connected") {
      for (const other of [1, 2]) {
        if (other === window || !fits(here, `${other}${text.slice(1)}`)) continue;
        const what = kind === "line" ? `\`${word}\` is right` : "The port is right";
        return `${what}, but it belongs in window ${other}.`;
      }
    }
    if (kind === "run" && homes.has(word)) {
      const home = Number(homes.get(word));
      return home === window
        ? `\`${word}\` is a word for the server, and this \`$\` is your own computer. Dial the server first.`
        : `\`${word}\` is a word for the server: type it in window ${home}.`;
    }
    if (kind !== "line") return undefined;
    const meant = here?.find((pattern) => pattern.startsWith(`${window}> ${word} `))?.slice(3);
    if (meant && !/[*{]/.test(meant)) {
      return argument
        ? `Nearly. Here it is \`${meant}\`.`
        : `\`${word}\` wants more behind it: \`${meant}\`.`;
    }
    const asked = steps[step]?.solution.map((keys) => `${keys.window}> ${keys.text}`);
    if (fits(asked, text)) return undefined;
    if (lines.slice(0, step).some((earlier) => fits(earlier, text))) return undefined;
    return lines.slice(step + 1).some((later) => fits(later, text))
      ? `\`${word}\` comes later. First: ${steps[step]?.title ?? ""}.`
      : undefined;
  };
}
