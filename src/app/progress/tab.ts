/** How many stamps there are, beside the name of their tab. */
import { card } from "../../explain/stamps.ts";
import type { Progress } from "./progress.ts";

/** Writes the count, if there is one. */
export function countStamps({ stamps }: Progress): void {
  const count = card.filter(({ code }) => code in stamps).length;
  const tab = document.getElementById("tab-stamps");
  if (tab && count > 0) tab.dataset["count"] = String(count);
}
