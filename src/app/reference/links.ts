/** The ways into the reference: from prose, from a prompt, from anywhere else in the page. */
import { el } from "../el.ts";
import { findEntry } from "./entries.ts";

/** Where the reference tells of `word`: a verb, a code or a term. Undefined if it does not. */
export function referenceLink(word: string): string | undefined {
  const entry = findEntry(word);
  return entry && `#/reference/${encodeURIComponent(entry.word)}`;
}

/** Shows an entry over the page, once that has loaded. */
export function peekAt(word: string): void {
  void import("./peek.ts").then(({ peek }) => peek(word));
}

/** The word that a line at the `$` prompt asks about, as `help PASV` does, if there is an entry. */
export function onRun(line: string): string | undefined {
  const [, word = ""] = /^\s*(?:help|man|ftphelp)\s+(\S+)\s*$/i.exec(line) ?? [];
  const entry = findEntry(word);
  return entry && entry.kind !== "term" ? entry.word : undefined;
}

/** Makes links of the verbs and codes in a panel's prose, now and whenever it is drawn anew. */
export function linkWords(panel: Element | null): void {
  if (!panel) return;
  const link = (): void => {
    for (const step of panel.querySelectorAll(".panel-body > .prose, .step-open, .finish")) {
      linkOnce(step);
    }
  };
  link();
  new MutationObserver(link).observe(panel, { childList: true, subtree: true });
}

/** One link a word is enough, or whoever goes from stop to stop with the keyboard has far to go. */
function linkOnce(step: Element): void {
  const linked = new Set([...step.querySelectorAll("a.ref")].map((each) => each.textContent));
  for (const code of step.querySelectorAll(".prose code")) {
    const word = code.textContent;
    if (!/^(?:[A-Z]{3,4}|[1-6]\d\d)$/.test(word) || linked.has(word)) continue;
    const href = code.closest("a, pre") ? undefined : referenceLink(word);
    if (href === undefined) continue;
    linked.add(word);
    const link = el("a", { class: "ref", href });
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      peekAt(word);
    });
    code.replaceWith(link);
    link.append(code);
  }
}
