/** A finger on a window: up and down through what was said, sideways along lines that are too long. */
import type { Terminal } from "@xterm/xterm";

/**
 * Scrolls `term` by lines and `frame`, which it stands in, by pixels: xterm 6.0 does neither
 * (xterm.js #5489). All it does with touches is to keep them from the browser, so it gets none.
 */
export function followFinger(host: HTMLElement, frame: HTMLElement, term: Terminal): void {
  let from: Touch | undefined;
  /** How far the finger has moved that no line was scrolled for yet, in pixels. */
  let rest = 0;
  const listen = (
    type: "touchstart" | "touchmove" | "touchend",
    run: (at: Touch | undefined) => void,
  ): void => {
    host.addEventListener(
      type,
      (event) => {
        event.stopPropagation();
        run(event.touches[0]);
      },
      { passive: true },
    );
  };
  listen("touchstart", (at) => {
    from = at;
    rest = 0;
  });
  listen("touchend", (at) => {
    from = at;
  });
  listen("touchmove", (to) => {
    if (!to || !from) return;
    frame.scrollLeft += from.clientX - to.clientX;
    rest += from.clientY - to.clientY;
    from = to;
    const line = host.clientHeight / term.rows;
    const lines = Math.trunc(rest / line);
    term.scrollLines(lines);
    rest -= lines * line;
  });
}
