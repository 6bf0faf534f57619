/** Says what a session waits for when nothing moves for a while, and goes to that moment when asked. */
import type { ConnectionReader } from "../explain/connections.ts";
import type { Fact } from "../sim/facts.ts";
import { el, setText } from "./el.ts";
import type { Session } from "./session.ts";
import { duration, waitingReader } from "./waiting.ts";

/** A wait shorter than this is no wait, in milliseconds. */
const SHORT = 2000;
/** For so long nothing moves before it is said: when somebody asked for something, and else. */
const SOON = 1000;
const LATER = 5000;
/** How often the time that is left is told. */
const SECOND = 1000;

/**
 * Makes the chip. Alt+S presses its button. In a lesson it says nothing of a clock that only runs
 * somewhere: a server's idle time-out is no business of whoever sits and reads.
 */
export function skipChip(
  session: Session,
  connections: ConnectionReader,
  lesson: boolean,
): { dom: HTMLElement; update(facts: readonly Fact[]): void; destroy(): void } {
  const { world } = session;
  const reader = waitingReader();
  const stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let quietSince = performance.now();
  let count = -1;

  const words = el("span");
  const button = el(
    "button",
    {
      type: "button",
      title: "Skip ahead (Alt+S)",
      "aria-keyshortcuts": "Alt+S",
      onclick: () => session.skip(),
    },
    "Skip ahead",
  );
  const dom = el("div", { class: "wait", hidden: true }, words, button);

  function draw(): void {
    clearTimeout(timer);
    const { next } = world;
    const left = next === undefined ? 0 : next - session.now;
    const { words: what, asked, moves } = reader.of(connections.list);
    if (left <= SHORT && (dom.hidden || left <= 0 || moves)) {
      dom.hidden = true;
      // What happens then may leave no trace, as a packet that nobody answers.
      if (next !== undefined) timer = setTimeout(draw, SECOND);
      return;
    }
    if (!asked && lesson) {
      dom.hidden = true;
      return;
    }
    const rest = quietSince + (asked ? SOON : LATER) - performance.now();
    if (rest > 0 && (dom.hidden || !asked)) {
      dom.hidden = true;
      timer = setTimeout(draw, rest);
      return;
    }
    setText(words, `${what} ${duration(left)}`);
    dom.hidden = false;
    timer = setTimeout(draw, SECOND);
  }

  addEventListener(
    "keydown",
    (event) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyS") return;
      event.preventDefault();
      session.skip();
    },
    { signal: stop.signal },
  );

  return {
    dom,
    update(facts) {
      reader.read(facts);
      if (facts.length !== count) {
        count = facts.length;
        quietSince = performance.now();
      }
      draw();
    },
    destroy() {
      clearTimeout(timer);
      stop.abort();
    },
  };
}
