/** How a test runner's reporter tells test/run.mjs what it counted. */
import { writeFileSync } from "node:fs";

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Leaves the counts where run.mjs reads them; a runner started by hand keeps them to itself. */
export function leaveCounts(counts: Counts): void {
  const file = process.env["PORT21_COUNTS"];
  if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
}
