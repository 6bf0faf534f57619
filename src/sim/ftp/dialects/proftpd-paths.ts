/** How ProFTPD finds what a path names. It has more ways than one, and they differ. */
import type { Octets } from "../../bytes.ts";
import type { Found } from "../../fs/tree.ts";
import type { Turn } from "../state.ts";

/** As the kernel does: "~" is a name like any other. */
export function findRaw({ env, session, person }: Turn, path: Octets, follow = true): Found {
  const raw = path.startsWith("~") ? `./${path}` : path;
  return env.tree.find(raw, session.folder, person, follow);
}

/**
 * As its cache of stat(2) does, which LIST, STAT and MLST ask: dots are taken out of the path first,
 * and what ".." has brought back to the root loses its slash there, so it is looked for here.
 */
export function findCached({ env, session, person }: Turn, path: Octets, follow = true): Found {
  const whole = path.startsWith("/") ? path : `${session.folder}/${path}`;
  let clean = "";
  let slash = "/";
  for (const name of whole.split("/")) {
    if (name === "" || name === ".") continue;
    if (name === "..") clean = clean.slice(0, Math.max(clean.lastIndexOf("/"), 0));
    else if (clean !== "") clean += `/${name}`;
    else {
      clean = slash + name;
      slash = "";
    }
  }
  if (clean.startsWith("~")) clean = `./${clean}`;
  return env.tree.find(clean === "" ? "/" : clean, session.folder, person, follow);
}

/** Words of a path with blanks, as SITE gives them: blanks before the first are lost. */
export const joined = (words: readonly Octets[]): Octets => words.join(" ").replace(/^ +/, "");

/** "~" is the home, whose path on the disk leads nowhere behind the chroot; so it is no name for a file. */
export function isHome(turn: Turn, path: Octets | null): boolean {
  const { login } = turn.session;
  return path === "~" || (login.stage === "in" && path === `~${login.user}`);
}
