/** The windows on the page are those that the trace says are open, in the order of their numbers. */
import type { Fact } from "../sim/facts.ts";
import type { WorldInput } from "../sim/stage.ts";
import { terminalWindow, type TerminalWindow } from "./terminal.ts";

/** Keeps the windows of one session. */
export interface Windows {
  readonly open: ReadonlyMap<number, TerminalWindow>;
  /** Opens and closes what the new facts tell of. Gives back the numbers of those that were closed. */
  read(facts: readonly Fact[]): readonly number[];
}

/** Windows in `stack`; those of another computer than `learner` bear its name. */
export function openWindows(
  stack: HTMLElement,
  learner: string,
  feed: (input: WorldInput) => void,
): Windows {
  const open = new Map<number, TerminalWindow>();
  let next = 0;
  return {
    open,
    read(facts) {
      const closed: number[] = [];
      for (; next < facts.length; next++) {
        const fact = facts[next];
        if (fact?.kind === "window-closed") {
          open.get(fact.window)?.destroy();
          open.delete(fact.window);
          closed.push(fact.window);
        } else if (fact?.kind === "window") {
          const { window: number, host } = fact;
          const window = terminalWindow({ number, host, foreign: host !== learner }, feed);
          open.set(number, window);
          const behind = [...stack.children].find(
            (each) => each instanceof HTMLElement && Number(each.dataset["window"]) > number,
          );
          stack.insertBefore(window.dom, behind ?? stack.querySelector(".desk"));
        }
      }
      return closed;
    },
  };
}
