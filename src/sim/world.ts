/** A whole world: the stage of a scenario with its servers on it. */
import { buildTree } from "./fs/tree.ts";
import type { Dialect } from "./ftp/dialect.ts";
import { proftpd } from "./ftp/dialects/proftpd.ts";
import { startServer } from "./ftp/server.ts";
import type { DialectName, Scenario } from "./scenario.ts";
import { programs } from "./shell/programs.ts";
import { createStage, type Parts, type Site, type World } from "./stage.ts";

export type { World, WorldInput } from "./stage.ts";

/** The manners that servers can have, by name; whoever is missing is given ProFTPD's. */
export type Dialects = Readonly<Partial<Record<DialectName, Dialect>>>;

/** How a world is made. */
export interface WorldOptions {
  /** Where chance starts; the scenario's own seed if left out. */
  readonly seed?: number;
  readonly dialects?: Dialects;
}

/** Makes a world. Windows 1 and 2 are there from the beginning, each with its prompt. */
export function createWorld(scenario: Scenario, options: WorldOptions = {}): World {
  const stage = createStage(scenario, options.seed);
  stage.complete(parts(options.dialects));
  return stage;
}

/** All that a stage needs to become a world. */
export function parts(dialects: Dialects = {}): Parts {
  return { serve: (site) => startFtp(site, dialects), programs };
}

/** Starts the FTP server of a host. */
export function startFtp({ net, sink, setup, nextSession }: Site, dialects: Dialects = {}): void {
  const { owner = "ftp", group = owner, tree } = setup;
  startServer({
    net,
    sink,
    setup,
    nextSession,
    dialect: dialects[setup.dialect] ?? proftpd,
    tree: buildTree(tree, owner, group),
  });
}
