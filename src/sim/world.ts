/** A whole world: the stage of a scenario with its servers on it. */
import { entryContents } from "./fs/contents.ts";
import { buildTree } from "./fs/tree.ts";
import { startCaller } from "./ftp/caller.ts";
import { dialectKey, type Dialects, loadDialects } from "./ftp/dialects/load.ts";
import { proftpd } from "./ftp/dialects/proftpd.ts";
import { startServer } from "./ftp/server.ts";
import { createInternet } from "./net/internet.ts";
import type { Scenario } from "./scenario.ts";
import { programs } from "./shell/programs.ts";
import { createStage, type Parts, type Site, type World } from "./stage.ts";

export type { World, WorldInput } from "./stage.ts";

export type { Dialects } from "./ftp/dialects/load.ts";

/** How a world is made. */
export interface WorldOptions {
  /** Where chance starts; the scenario's own seed if left out. */
  readonly seed?: number;
  /** The manners that its servers can have; whoever is missing is given ProFTPD's. */
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
  return {
    internet: createInternet,
    contents: (entry) => {
      const contents = entryContents(entry);
      return contents.slice(0, contents.size);
    },
    serve: (site) => startFtp(site, dialects),
    call: ({ net, setup }) => startCaller(net, setup),
    programs,
  };
}

/** The same for a stage of this scenario, with the manners that its servers have and no others. */
export async function loadParts(scenario: Scenario): Promise<Parts> {
  return parts(await loadDialects(scenario));
}

/** Starts the FTP server of a host. */
export function startFtp(site: Site, dialects: Dialects = {}): void {
  const { setup } = site;
  const { owner = "ftp", group = owner, tree } = setup;
  startServer({
    ...site,
    dialect: dialects[dialectKey(setup)] ?? dialects[setup.dialect] ?? proftpd,
    tree: buildTree(tree, owner, group),
  });
}
