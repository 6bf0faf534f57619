/**
 * The parts of a world that come after its terminals: a learner sees the prompt first, and types
 * into it, while the larger half of the simulator is still on its way.
 */
import type { Lesson } from "../lesson/lesson.ts";
import type { LessonRun } from "../lesson/run.ts";
import type { Scenario } from "../sim/scenario.ts";
import type { Parts } from "../sim/stage.ts";

const loaded = new WeakMap<Scenario, Parts>();

/** What reads a lesson's session: with the servers, since nothing happens without them. */
let engine: ((lesson: Lesson) => LessonRun) | undefined;

/** Begins `lesson`, once what reads its session has been loaded. */
export function loadedRun(lesson: Lesson): LessonRun | undefined {
  return engine?.(lesson);
}

/** What completes the stage of `scenario`, once it has been loaded. */
export function loadedServers(scenario: Scenario): Parts | undefined {
  return loaded.get(scenario);
}

/** Loads what completes the stage of `scenario`: of the servers' manners those that it has. */
export async function loadServers(scenario: Scenario): Promise<Parts> {
  const [world, { lessonRun }, { why }] = await Promise.all([
    import("../sim/world.ts"),
    import("../lesson/run.ts"),
    import("../lesson/why.ts"),
  ]);
  engine = (lesson) => lessonRun(lesson, () => why);
  const parts = await world.loadParts(scenario);
  loaded.set(scenario, parts);
  return parts;
}
