/** Pure-FTPd's folders and files: where one stands, what is made, removed, renamed, and asked for. */
import { type ChangeError, makeFolder, remove, rename } from "../../fs/change.ts";
import { may } from "../../fs/tree.ts";
import { timeText } from "../commands/facts.ts";
import type { Turn } from "../state.ts";
import { isLost, isSane, linesOf, look, place, reveal, stand } from "./pure-ftpd-paths.ts";
import { count, isGuest, setCount, tell, writer } from "./pure-ftpd-turn.ts";

const NO_FILE = "No file name";
const NO_FOLDER = "No directory name";
const GUEST_RENAME = "Anonymous users are not allowed to move/rename files";
/** A folder that is not there costs so many milliseconds, each further one as many more … */
const FAILURE = 100;
/** … and after so many the connection closes without a word. */
const TRIES = 50;

export const pwd = (turn: Turn) =>
  tell(turn, 257, `"${turn.session.folder}" is your current location`);

export const cdup = (turn: Turn) => go(turn, "..");

/** No path means `~`, the home, which is `/`. */
export const cwd = (turn: Turn) => go(turn, turn.argument ?? "~");

function go(turn: Turn, dir: string): void {
  const where = dir === "~" ? "/" : dir.startsWith("~/") ? `/${dir.slice(1)}` : dir;
  if (!isSane(turn, where)) return tell(turn, 553, `Prohibited file name: ${where}`);
  if (where === "." && isLost(turn)) {
    turn.session.folder += "/.";
    return tell(turn, 250, `OK. Current directory is ${turn.session.folder}`);
  }
  const found = look(turn, where);
  const why =
    "error" in found
      ? found.error
      : found.node.type !== "dir"
        ? "Not a directory"
        : may(found.node, turn.person, 1)
          ? undefined
          : "Permission denied";
  if (why === undefined && "node" in found) {
    setCount(turn, "lost", 0);
    stand(turn, found.node);
    return tell(
      turn,
      250,
      ...linesOf(turn, ".message"),
      `OK. Current directory is ${turn.session.folder}`,
    );
  }
  const lost = count(turn, "lost");
  setCount(turn, "lost", lost + 1);
  if (lost >= TRIES) return turn.hangUp();
  const answer = (at: Turn) => tell(at, 550, `Can't change directory to ${dir}: ${why}`);
  if (lost === 0) answer(turn);
  else turn.later(lost * FAILURE, answer);
}

export function mkd(turn: Turn): void {
  const path = reveal(turn.argument);
  if (path === "") return tell(turn, 501, NO_FOLDER);
  if (isGuest(turn)) {
    return tell(turn, 550, "Sorry, anonymous users are not allowed to create directories");
  }
  if (!isSane(turn, path)) return tell(turn, 553, "Prohibited directory name");
  const where = place(turn, path);
  const made = "error" in where ? where : makeFolder(where, writer(turn), turn.now);
  if ("error" in made) tell(turn, 550, `Can't create directory: ${made.error}`);
  else tell(turn, 257, `"${path}" : The directory was successfully created`);
}

export function rmd(turn: Turn): void {
  const { argument: path } = turn;
  if (path === null) return tell(turn, 550, NO_FOLDER);
  if (isGuest(turn)) {
    return tell(turn, 550, "Sorry, anonymous users are not allowed to remove directories");
  }
  if (!isSane(turn, path)) return tell(turn, 553, "Prohibited directory name");
  const why = whyKept(turn, path);
  if (why === undefined) tell(turn, 250, "The directory was successfully removed");
  else tell(turn, 550, `Can't remove directory: ${why}`);
}

/** rmdir(2): what it says of `.` and `..` it says before it looks. */
function whyKept(turn: Turn, path: string): ChangeError | undefined {
  const found = look(turn, path, false);
  if ("error" in found) return found.error;
  if (found.node.type !== "dir") return "Not a directory";
  if (/(^|\/)\.\/*$/.test(path)) return "Invalid argument";
  if (/(^|\/)\.\.\/*$/.test(path)) return "Directory not empty";
  return remove(found.node, writer(turn), turn.now);
}

export function dele(turn: Turn): void {
  const { argument: path } = turn;
  if (path === null) return tell(turn, 501, NO_FILE);
  if (isGuest(turn)) return tell(turn, 550, "Anonymous users can not delete files");
  if (!isSane(turn, path)) return tell(turn, 553, `Prohibited file name: ${path}`);
  const found = look(turn, path, false);
  const why =
    "error" in found
      ? found.error
      : found.node.type === "dir"
        ? "Invalid argument"
        : remove(found.node, writer(turn), turn.now);
  if (why === undefined) tell(turn, 250, `Deleted ${path}`);
  else tell(turn, 550, `Could not delete ${path}: ${why}`);
}

/** The name is remembered as it is, and read again when RNTO comes. */
export function rnfr(turn: Turn): void {
  const { argument: path, session } = turn;
  if (path === null) return tell(turn, 550, NO_FILE);
  if (isGuest(turn)) return tell(turn, 550, GUEST_RENAME);
  if (!isSane(turn, path)) return tell(turn, 553, `Prohibited file name: ${path}`);
  const found = look(turn, path, false);
  if ("error" in found) return tell(turn, 550, "Sorry, but that file doesn't exist");
  const before = session.renaming === null ? [] : ["Aborting previous rename operation"];
  session.renaming = { path, node: found.node };
  tell(turn, 350, ...before, "RNFR accepted - file exists, ready for destination");
}

/** A name that is prohibited leaves RNFR standing. */
export function rnto(turn: Turn): void {
  const { session } = turn;
  const { renaming } = session;
  const path = reveal(turn.argument);
  if (path === "") return tell(turn, 550, NO_FILE);
  if (isGuest(turn)) return tell(turn, 550, GUEST_RENAME);
  if (renaming === null) return tell(turn, 503, "Need RNFR before RNTO");
  if (!isSane(turn, path)) return tell(turn, 553, `Prohibited file name: ${path}`);
  session.renaming = null;
  const why = move(turn, renaming.path, path);
  if (why === undefined) tell(turn, 250, "File successfully renamed or moved");
  else tell(turn, 451, `Rename/move failure: ${why}`);
}

/** rename(2). */
export function move(turn: Turn, from: string, to: string): ChangeError | undefined {
  const dots = /(^|\/)\.{1,2}\/*$|^\/+$/;
  const found = look(turn, from, false);
  if ("error" in found) return found.error;
  const where = place(turn, to);
  if (dots.test(from) || dots.test(to)) return "Device or resource busy";
  if ("error" in where) return where.error;
  if (to.endsWith("/") && found.node.type !== "dir") return "Not a directory";
  // Linux has nothing to do here, and asks for no right to do it.
  if (where.folder.children.get(where.name) === found.node) return undefined;
  return rename(found.node, where, writer(turn), turn.now);
}

/** SIZE and MDTM: of a regular file alone, links followed. */
function ask(turn: Turn): void {
  const { argument: path, verb } = turn;
  if (path === null) return tell(turn, 501, "Missing argument");
  const found = look(turn, path);
  if ("error" in found) tell(turn, 550, "Can't check for file existence");
  else if (found.node.type !== "file") tell(turn, 550, "I can only retrieve regular files");
  else
    tell(
      turn,
      213,
      verb === "SIZE" ? String(found.node.contents.size) : timeText(found.node.mtime),
    );
}

export const size = ask;
export const mdtm = ask;
