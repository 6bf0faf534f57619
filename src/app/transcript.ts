/**
 * What is said in a window, line by line and with the name of who says it, for those who hear the
 * page: xterm's own text is only drawn.
 */
import { fromBytes, utf8Decode } from "../sim/bytes.ts";
import type { Fact } from "../sim/facts.ts";
import { el } from "./el.ts";

/** At most so many lines are kept, and a third of them are spoken of one change. */
const KEPT = 120;

/** The transcript of one window: a polite log that is not seen. */
export function transcript(window: number): {
  dom: HTMLElement;
  update(facts: readonly Fact[]): void;
} {
  const dom = el("div", {
    role: "log",
    "aria-label": `Transcript of window ${window}`,
    class: "unseen",
  });
  let next = 0;
  let rest = "";
  let last = "";
  let program = "shell";

  return {
    dom,
    update(facts) {
      const lines: string[] = [];
      const say = (who: string, line: string): void => {
        if (line.trim() === "") return;
        lines.push(who === last ? line : `${who}: ${line}`);
        last = who;
      };
      for (; next < facts.length; next++) {
        const fact = facts[next];
        if (fact === undefined || !("window" in fact) || fact.window !== window) continue;
        if (fact.kind === "window") {
          // Whatever was said under this number before was said in another window.
          lines.length = 0;
          dom.replaceChildren();
        } else if (fact.kind === "run") {
          say("you", fact.line);
          program = /^\s*(telnet|nc|ftp|ping)\b/.exec(fact.line)?.[1] ?? "shell";
        } else if (fact.kind === "line") say("you", fact.line);
        else if (fact.kind === "exit") program = "shell";
        else if (fact.kind === "print" && (fact.who === "server" || fact.who === "program")) {
          // Of a flood only the end is kept: there is nobody who would listen to it all.
          const parts = (rest + utf8Decode(fromBytes(fact.bytes.subarray(-16_384)))).split(/\r?\n/);
          rest = (parts.pop() ?? "").slice(-400);
          for (const part of parts.slice(-KEPT))
            say(fact.who === "server" ? "server" : program, part);
        }
      }
      if (lines.length === 0) return;
      const spoken = lines.slice(-KEPT / 3);
      if (spoken.length < lines.length)
        dom.append(el("p", {}, `${lines.length - spoken.length} more lines`));
      dom.append(...spoken.map((line) => el("p", {}, line)));
      while (dom.childElementCount > KEPT) dom.firstElementChild?.remove();
    },
  };
}
