/** The modules that src/node/lessons-plugin.ts makes out of `lessons/`. */

declare module "virtual:lessons" {
  /** A lesson in its place in the course, which counts from 1. */
  export type PlacedLesson = import("../lesson/lesson.ts").Lesson & {
    readonly place: {
      readonly number: number;
      readonly of: number;
      /** The lesson that comes after it. */
      readonly next?: { readonly slug: string; readonly title: string };
    };
    /** Its scenario. */
    readonly world: () => Promise<import("../sim/scenario.ts").Scenario>;
  };
  /** The course by slugs: as little as a page needs before it knows which lesson is meant. */
  export const lessons: Readonly<Record<string, () => Promise<{ default: PlacedLesson }>>>;
}

declare module "virtual:course" {
  /** A line of the table of contents. */
  export interface CourseEntry {
    readonly slug: string;
    readonly title: string;
    readonly minutes: number;
    /** Its place in the course, from 1. */
    readonly number: number;
    readonly part: string;
    /** The question it opens with. */
    readonly about: string;
    readonly steps: number;
    readonly teaches: readonly string[];
  }
  /** The course, in its order. */
  export const course: readonly CourseEntry[];
}

declare module "virtual:search" {
  /** What can be found in the lessons: each step is an entry, and each lesson. */
  export const texts: readonly {
    readonly slug: string;
    readonly lesson: string;
    /** The step's title; "" for the lesson itself. */
    readonly step: string;
    readonly text: string;
  }[];
  /** The networks to play in, and what each is about. */
  export const networks: readonly {
    readonly name: string;
    readonly title: string;
    readonly text: string;
  }[];
}

declare module "virtual:scenarios" {
  /** Every scenario by its name. */
  export const scenarios: Readonly<
    Record<string, () => Promise<import("../sim/scenario.ts").Scenario>>
  >;
}
