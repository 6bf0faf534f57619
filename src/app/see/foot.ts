/** Keeps a box that scrolls at its newest line, until the reader scrolls up. */

/** What holds a box at its foot. */
export interface Foot {
  /** False once the reader has let go. */
  held: boolean;
  /** Shows the newest line if it is held. The last call of a change: it asks for a layout. */
  follow(): void;
  destroy(): void;
}

/** Holds `box`. Only the reader lets go, by scrolling up: a box that shrinks, or comes back into the page, does not. */
export function holdFoot(box: HTMLElement): Foot {
  let top = 0;
  const foot: Foot = {
    held: true,
    follow() {
      if (foot.held) box.scrollTop = box.scrollHeight;
    },
    destroy() {
      resized.disconnect();
    },
  };
  const resized = new ResizeObserver(() => {
    // Whoever opens it again wants what is new.
    if (box.clientHeight === 0) foot.held = true;
    foot.follow();
  });
  resized.observe(box);
  box.addEventListener("scroll", () => {
    const left = box.scrollHeight - box.scrollTop - box.clientHeight;
    if (left < 30) foot.held = true;
    else if (box.scrollTop < top - 1) foot.held = false;
    top = box.scrollTop;
  });
  return foot;
}
