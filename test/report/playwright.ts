/** Counts what Playwright ran. What went wrong outside a test counts as a failure as well. */
import type { FullResult, Reporter, Suite, TestCase } from "@playwright/test/reporter";
import { leaveCounts, type Counts } from "./counts.ts";

export default class CountingReporter implements Reporter {
  #suite: Suite | undefined;
  #errors = 0;
  #status: FullResult["status"] = "failed";

  onBegin(_config: unknown, suite: Suite): void {
    this.#suite = suite;
  }

  /** A file that does not load, a web server that does not start, a worker that dies. */
  onError(): void {
    this.#errors += 1;
  }

  onEnd(result: FullResult): void {
    this.#status = result.status;
  }

  /** The last call of all: errors while shutting down are known by now. */
  onExit(): Promise<void> {
    const counts: Counts = { passed: 0, failed: this.#errors, skipped: 0 };
    for (const test of this.#suite?.allTests() ?? []) counts[verdict(test)] += 1;
    if (this.#status !== "passed" && counts.failed === 0) counts.failed = 1;
    leaveCounts(counts);
    return Promise.resolve();
  }
}

function verdict(test: TestCase): keyof Counts {
  const outcome = test.outcome();
  if (outcome === "expected") return "passed";
  // A test that should have run and did not is no skipped test.
  if (outcome === "skipped" && test.expectedStatus === "skipped") return "skipped";
  return "failed";
}
