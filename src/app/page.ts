/** A page that is loaded when it is asked for: everything but the workspace. */
import type { Route } from "./route.ts";
import type { WorkspaceOptions } from "./workspace.ts";

/** Where a page puts what it shows. */
export interface Place {
  readonly page: HTMLElement;
  /** The three columns, for a page that has a workspace in it. */
  readonly frame: HTMLElement;
  /** Opens a workspace in it, and gives back how to close it. */
  readonly workspace: (options: WorkspaceOptions) => Promise<() => void>;
  /** Names the page, and under what it stands. */
  readonly title: (name: string | undefined, above?: string, href?: string) => void;
}

/** A page that stands. */
export interface Opened {
  readonly leave: () => void;
}

/** A page's module. */
export interface Page {
  readonly open: (place: Place, route: Route) => Opened | Promise<Opened>;
}
