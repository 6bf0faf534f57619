/** The keys of a presentation. They are the page's own until somebody takes over a window. */
import type { Act } from "./present-bar.ts";

/** What the keys ask for; `window` is the one that T would take. */
export interface KeyTargets {
  act(what: Act): void;
  letter(): void;
  /** Whether a window has the keyboard. */
  taken(): boolean;
  take(window: number): void;
  giveBack(): void;
  /** Lifts the blank screen; false: there was none. */
  lift(): boolean;
}

const ACTS: Readonly<Record<string, Act>> = {
  ArrowRight: "next",
  PageDown: "next",
  Enter: "next",
  ArrowLeft: "back",
  PageUp: "back",
  " ": "play",
  t: "take",
  h: "hold",
  b: "blank",
  ".": "blank",
};

/** Listens until `signal` says stop. */
export function presentKeys(targets: KeyTargets, signal: AbortSignal): void {
  const onKey = (event: KeyboardEvent): void => {
    const { key, code, altKey, ctrlKey, metaKey, target, repeat } = event;
    if (/^(Shift|Control|Alt|AltGraph|Meta|CapsLock)$/.test(key)) return;
    const own = (): void => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    if (targets.lift()) {
      own();
      return;
    }
    // Alt+1 to Alt+6 go to a window everywhere on the site.
    if (altKey && !ctrlKey && !metaKey && /^Digit[1-6]$/.test(code)) {
      own();
      targets.take(Number(code[5]));
      return;
    }
    if (altKey || ctrlKey || metaKey) return;
    if (targets.taken()) {
      if (key !== "Escape") return;
      own();
      targets.giveBack();
      return;
    }
    const presses = key === " " || key === "Enter";
    if (presses && target instanceof Element && target.closest("a, button")) return;
    const act = ACTS[key.length === 1 ? key.toLowerCase() : key];
    if (act === undefined && key.length !== 1) return;
    own();
    // A key that is held down must not run through the lesson.
    if (repeat) return;
    if (act) targets.act(act);
    else targets.letter();
  };
  // Before xterm, which would keep Esc.
  addEventListener("keydown", onKey, { signal, capture: true });
}
