/** An entry of the reference over the page, so that nobody has to leave a session to look it up. */
import { el } from "../el.ts";
import { entryDom } from "./entry.ts";
import { findEntry } from "./entries.ts";
import "./reference.css";

/** Shows what the reference says of `word`. */
export function peek(word: string): void {
  const entry = findEntry(word);
  if (!entry) return;
  const close = (): void => dialog.close();
  const href = `#/reference/${encodeURIComponent(entry.word)}`;
  const dialog = el(
    "dialog",
    { class: "peek", "aria-label": `Reference: ${entry.word}` },
    el("div", { class: "peek-body" }, entryDom(entry, "h2")),
    el(
      "footer",
      { class: "row" },
      el("button", { class: "strong", onclick: close }, "Back to the session"),
      el("a", { class: "plain", href }, "Open it in the reference"),
    ),
  );
  const gone = new AbortController();
  dialog.addEventListener("close", () => {
    gone.abort();
    dialog.remove();
  });
  // A click beside it closes it.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) close();
  });
  addEventListener("hashchange", close, { signal: gone.signal });
  document.body.append(dialog);
  dialog.showModal();
}
