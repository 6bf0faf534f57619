/** Why not yet, and what now: what a lesson that is under way asks once something happens. */
import { deriver } from "./derive.ts";
import { mender } from "./repair.ts";
import type { Why } from "./run.ts";

/** All that can be said beside what the lesson says itself. */
export const why: Why = { deriver, mender };
