/** What can be said of an attempt that the lesson itself has no words for. */
import type { NotationEvent } from "../explain/notation.ts";
import { slip, tip } from "../explain/tips.ts";
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
      return verb ? [[verb, Number(window)] as const] : [];
    }),
  );
  const [talk = 1] = homes.values();
  const dial = steps
    .flatMap(({ solution }) => solution)
    .find(({ text }) => text.startsWith("telnet "));
  const typed = new Map<number | undefined, string>();
  /** By window: the connection that stands there. */
  const stands = new Map<number | undefined, NotationEvent>();
  /** By window: the code of the last reply, and how many passwords were refused. */
  const codes = new Map<number | undefined, number>();
  const refused = new Map<number | undefined, number>();

  function replied({ window, code = 0 }: NotationEvent): string | undefined {
    const [, before = "", rest = ""] = /^(\S+) ?(.*)$/.exec(typed.get(window) ?? "") ?? [];
    codes.set(window, code);
    if (code === 530 && /^pass$/i.test(before)) refused.set(window, (refused.get(window) ?? 0) + 1);
    return tip(before, rest || null, code);
  }

  /** The server hung up on somebody in mid-lesson. */
  function closed(window: number | undefined): string {
    const why = /^quit\b/i.test(typed.get(window) ?? "")
      ? "You said goodbye, so the server closed."
      : codes.get(window) === 421
        ? "The server ended the conversation; its `421` says why."
        : codes.get(window) === 530 && refused.has(window)
          ? `That was wrong password number ${refused.get(window)}, so the server hung up.`
          : "The server hung up.";
    return `${why} Dial again; the steps you have done stay done.`;
  }

  return (event, step, values, helped) => {
    const { kind, text, window, conn, line = "" } = event;
    const [, verb = "", argument] = /^(\S+) ?(.*)$/.exec(line) ?? [];
    const word = verb.toUpperCase();
    if (kind === "reply") {
      const tipped = replied(event);
      return helped ? undefined : tipped;
    }
    if (kind === "line") typed.set(window, line);
    if (kind === "connected") {
      stands.set(window, event);
      for (const each of [typed, codes, refused]) each.delete(window);
    }
    if (/^(closed|reset)$/.test(kind) && stands.get(window)?.conn === conn) {
      stands.delete(window);
      if (event.by === "server" && window === talk && !helped) return closed(window);
    }
    if (helped || window === undefined) return undefined;
    if (kind === "prompt") {
      return stands.has(window)
        ? "This is telnet's own prompt. Enter alone goes back to the server, `quit` hangs up."
        : "You are in telnet's own prompt: type `quit`, then dial.";
    }
    if (kind === "unknown") {
      if (line.includes(":")) return "Between the name and the port stands a space, not a colon.";
      const name = dial?.text.split(" ")[1];
      return `No computer is called \`${line}\`. Is there a slip in the spelling? It is \`${name}\`.`;
    }
    if (kind === "line" && !event.control && line) {
      return "Silence. Nobody reads commands on a ==data connection==: it carries bytes and nothing else. Talk in the other window.";
    }
    const fits = (wanted: readonly string[] | undefined, words: string): string | undefined =>
      wanted?.find((pattern) => match(pattern, words, values));
    const here = lines[step];
    const home = homes.get(word) ?? talk;
    const astray = kind === "line" && home !== window;
    const back = `Window ${window} talks on port ${stands.get(window)?.port} now. Press Hang up there, and`;

    if (astray && !stands.has(home)) return `${back} dial in window ${home}.`;
    if (kind === "line" || kind === "dial" || kind === "connected") {
      for (const other of [1, 2]) {
        if (other === window || !fits(here, `${other}${text.slice(1)}`)) continue;
        const what = kind === "line" ? `\`${word}\` is right` : "The port is right";
        return `${what}, but it belongs in window ${other}.`;
      }
    }
    if (astray) return `${back} go on in window ${home}.`;
    if (kind === "run") return atPrompt(line, word, homes.get(word), window);
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

/** Of a line at the shell's prompt; `home` is the window of its first word, if a server knows that. */
function atPrompt(
  line: string,
  word: string,
  home: number | undefined,
  window: number,
): string | undefined {
  const words = line.split(/\s+/);
  const first = words[0] ?? "";
  if (home !== undefined) {
    return home === window
      ? `\`${word}\` is a word for the server, and this \`$\` is your own computer. Dial the server first.`
      : `\`${word}\` is a word for the server: type it in window ${home}.`;
  }
  if (first === "telnet") {
    return words.length > 3 ? "One name and one port, no more: `telnet NAME PORT`." : undefined;
  }
  if (first === "$") return "The `$` stands there already. Type only what comes after it.";
  if (word === "TELNET") return "Small letters, please: this computer knows only `telnet`.";
  return slip(word, "TELNET") ? "Did you mean `telnet`?" : undefined;
}
