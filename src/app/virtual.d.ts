/** The modules that src/node/lessons-plugin.ts makes out of `lessons/`. */

declare module "virtual:lessons" {
  /** A line of the table of contents. */
  export interface LessonEntry {
    readonly slug: string;
    readonly title: string;
    readonly minutes: number;
    /** Its place in the course, from 1. */
    readonly number: number;
    readonly part: string;
    readonly load: () => Promise<import("../lesson/lesson.ts").Lesson>;
  }
  /** The course, in its order. */
  export const lessons: readonly LessonEntry[];
}

declare module "virtual:scenarios" {
  /** Every scenario by its name. */
  export const scenarios: Readonly<
    Record<string, () => Promise<import("../sim/scenario.ts").Scenario>>
  >;
}
