/** Counts what vitest ran. What went wrong outside a test counts as a failure as well. */
import type { Reporter, SerializedError, TestModule } from "vitest/node";
import { leaveCounts, type Counts } from "./counts.ts";

export default class CountingReporter implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    unhandled: readonly SerializedError[],
    reason: string,
  ): void {
    const counts: Counts = { passed: 0, failed: unhandled.length, skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        // "pending" is a test that never came to run.
        counts[state === "pending" ? "failed" : state] += 1;
      }
      // A module that did not load, and hooks around a module or suite that threw.
      counts.failed += module.errors().length;
      for (const suite of module.children.allSuites()) counts.failed += suite.errors().length;
    }
    if (reason !== "passed" && counts.failed === 0) counts.failed = 1;
    leaveCounts(counts);
  }
}
