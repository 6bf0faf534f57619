/** One step back: a recording, cut before the last thing that was done in it. */
import type { Scenario } from "../sim/scenario.ts";
import { createWorld } from "../sim/world.ts";
import { unpack, type Recording } from "./recording.ts";

/**
 * The session as it stood before the last line (or what is typed of one) or the last answer.
 * Undefined: nothing has been done yet.
 */
export function oneBack(recording: Recording, scenario: Scenario): Recording | undefined {
  const { inputs, answers } = recording;
  const enters = inputs.flatMap(([, , , text], at) => (/[\r\n]$/.test(text) ? [at] : []));
  const last = enters.at(-1) ?? -1;
  /** The first key of the last line. */
  const cut = (last === inputs.length - 1 ? (enters.at(-2) ?? -1) : last) + 1;
  const now = inputs[cut]?.[0] ?? recording.now;

  const world = createWorld(scenario, { seed: recording.seed });
  for (const input of inputs.slice(0, cut)) {
    if (input[0] > world.now) world.advance(input[0]);
    world.feed(unpack(input));
  }
  if (now > world.now) world.advance(now);
  const facts = world.trace.facts.length;

  const answer = answers.at(-1);
  // An answer given after that line was begun is the last thing, and changes no world.
  if (answer && (cut === inputs.length || answer[0] > facts)) {
    return { ...recording, inputs: [...inputs], answers: answers.slice(0, -1) };
  }
  if (cut === inputs.length) return undefined;
  return { ...recording, inputs: inputs.slice(0, cut), answers: [...answers], now, facts };
}
