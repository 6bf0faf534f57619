/** The set-ups of the recordings, as `serve` has them too. */
import { referenceScenario } from "../../src/node/setups.ts";
import type { Scenario } from "../../src/sim/scenario.ts";

export { REFERENCE_SERVER as SERVER } from "../../src/node/setups.ts";

/** ProFTPD's set-up `main`, begun in the month of its recordings. */
export function referenceMain(): Scenario {
  return referenceScenario("proftpd", "main")!;
}
