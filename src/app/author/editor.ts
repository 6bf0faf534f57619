/** A plain text field with the numbers of its lines beside it. */
import { el } from "../el.ts";

/** The field. */
export interface Editor {
  readonly dom: HTMLElement;
  value: string;
  /** Goes to a line and selects it. */
  goTo(line: number): void;
  /** Marks the lines that have something to mend. */
  mark(lines: ReadonlySet<number>): void;
}

/** An editor that tells `changed` whenever its text does. */
export function editor(changed: () => void): Editor {
  const numbers = el("div", { class: "editor-lines", "aria-hidden": "true" });
  const field = el("textarea", {
    class: "editor-text",
    "aria-label": "The lesson, as Markdown",
    spellcheck: "true",
    wrap: "off",
    autocapitalize: "off",
    oninput: () => {
      count();
      changed();
    },
    onscroll: () => {
      numbers.scrollTop = field.scrollTop;
    },
  });
  const dom = el("div", { class: "editor" }, numbers, field);
  let marked: ReadonlySet<number> = new Set();
  let drawn = "";

  function count(): void {
    const lines = field.value.split("\n").length;
    const key = `${lines} ${[...marked].join()}`;
    if (key === drawn) return;
    drawn = key;
    numbers.replaceChildren(
      ...Array.from({ length: lines }, (_, at) =>
        el("i", { class: marked.has(at + 1) && "bad" }, String(at + 1)),
      ),
    );
    numbers.scrollTop = field.scrollTop;
  }

  return {
    dom,
    get value() {
      return field.value;
    },
    set value(text) {
      field.value = text;
      count();
    },
    goTo(line) {
      const lines = field.value.split("\n");
      const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
      field.focus();
      field.setSelectionRange(before, before + (lines[line - 1]?.length ?? 0));
      const height = field.scrollHeight / Math.max(1, lines.length);
      field.scrollTop = Math.max(0, (line - 5) * height);
    },
    mark(lines) {
      marked = lines;
      count();
    },
  };
}
