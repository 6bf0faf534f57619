/** What each server says to an example: asked, not written down. */
import { el } from "../el.ts";
import { seenLine } from "./console.ts";
import type { Example } from "./examples.ts";
import { play, SERVERS } from "./play.ts";

/** A table of servers and their answers, filled as soon as the page has a moment. */
export function answersTable(example: Example): HTMLElement {
  const cells = SERVERS.map(([, title]) => ({ title, cell: el("td", {}, "…") }));
  const rows = cells.map(({ title, cell }) =>
    el("tr", {}, el("th", { scope: "row" }, title), cell),
  );
  let at = 0;
  const next = (): void => {
    const server = SERVERS[at];
    const cell = cells[at]?.cell;
    if (!server || !cell) return;
    at++;
    const { answer } = play(server[0], example);
    const lines = answer.slice(0, 4);
    cell.replaceChildren(
      ...lines.map((text) => seenLine({ kind: "reply", window: 1, text })),
      ...(answer.length > lines.length ? ["…"] : []),
    );
    if (lines.length === 0) cell.textContent = "(nothing)";
    setTimeout(next);
  };
  setTimeout(next);
  return el("table", { class: "answers" }, el("tbody", {}, ...rows));
}
