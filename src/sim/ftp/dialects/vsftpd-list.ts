/** Listings of vsftpd: LIST, NLST, and STAT with a path. It writes them itself, without ls. */
import type { Octets } from "../../bytes.ts";
import { type Directory, linkCount, may, type Node, pathOf, sizeOf } from "../../fs/tree.ts";
import { dateText, modeText } from "../listings.ts";
import { everything, type Row } from "../commands/list.ts";
import type { Turn } from "../state.ts";
import { linesStream } from "../stream.ts";
import { fits } from "./vsftpd-filter.ts";
import { ready, transfer } from "./vsftpd-transfer.ts";
import { isGuest, nodeAt, pathIn } from "./vsftpd-turn.ts";

/** What is to be listed: a folder, or what in it passes the filter. */
interface Wanted {
  /** Undefined: it cannot be opened. */
  readonly folder: Directory | undefined;
  /** As it was typed; "." if it was not. */
  readonly base: Octets;
  readonly options: Octets;
  readonly filter: Octets;
}

/**
 * Options come first and in one word, the rest is a folder; if it is none, it is a filter, behind
 * the path of a folder perhaps.
 */
function wanted(turn: Turn): Wanted {
  const [, options = "", rest = ""] = /^(?:-([^ ]*)(?: |$))?(.*)$/s.exec(turn.argument ?? "") ?? [];
  const filter = pathIn(turn, rest);
  if (filter === "") return { folder: folderAt(turn, "."), base: ".", options, filter };
  const folder = folderAt(turn, filter);
  if (folder !== undefined) return { folder, base: filter, options, filter: "" };
  const cut = filter.lastIndexOf("/");
  const base = cut < 0 ? "." : filter.slice(0, cut) || "/";
  return { folder: folderAt(turn, base), base, options, filter: filter.slice(cut + 1) };
}

/** A folder that may be read; a guest needs that everybody may. */
function folderAt(turn: Turn, path: Octets): Directory | undefined {
  const node = nodeAt(turn, path);
  return node?.type === "dir" && may(node, turn.person, 4) ? node : undefined;
}

/** The rows of a listing in their order, and how each is written. `full`: like ls -l; else names alone. */
function listing(turn: Turn, { folder, base, options, filter }: Wanted, full: boolean): Listing {
  const verbose = full || options.includes("l");
  const byTime = options.includes("t");
  const slashes = options.includes("F");
  const prefix = base === "." ? "" : base.replace(/\/?$/, "/");
  const line = ([node, name]: Row) => {
    const slash = slashes && node.type === "dir" ? "/" : "";
    if (verbose) return vsftpdLine(node, name, turn.now, turn) + slash;
    return prefix + name + (slashes && node.type === "link" ? "@" : slash);
  };
  const nothing = { rows: [], line };
  if (folder === undefined || !readable(turn, folder)) return nothing;
  // In a folder that was removed meanwhile not even the dots are left.
  if (folder.parent === null && folder !== turn.env.tree.root) return nothing;
  if ((verbose || byTime || slashes) && !may(folder, turn.person, 1)) return nothing;
  const all = options.includes("a") || filter.startsWith(".");
  const rows = [...everything(folder)].filter(([, name]) => {
    if (!all && name.startsWith(".")) return false;
    return filter === "" || fits(calledFor(turn, name), filter);
  });
  const backwards = options.includes("r");
  const age = (node: Node) => Math.floor(node.mtime / 1000) * (backwards ? -1 : 1);
  // What is equally old keeps its order.
  if (byTime) rows.sort(([one], [two]) => age(two) - age(one));
  else if (backwards) rows.reverse();
  return { rows, line };
}

interface Listing {
  readonly rows: readonly Row[];
  readonly line: (row: Row) => Octets;
}

const readable = (turn: Turn, folder: Directory) =>
  !isGuest(turn.session) || (folder.mode & 4) !== 0;

/**
 * The name that a filter is held against (observed): the last one of where the entry really leads,
 * looked up in the working folder, whichever folder is listed. Only if nothing is there its own.
 */
function calledFor({ session, env, person }: Turn, name: Octets): Octets {
  const found = env.tree.find(name, session.folder, person);
  if ("error" in found) return name;
  const path = pathOf(found.node);
  return path.slice(path.lastIndexOf("/") + 1) || "/";
}

/** One line of LIST: owners are numbers. */
export function vsftpdLine(node: Node, name: Octets, now: number, { env }: Turn): Octets {
  const { uid = 3100, gid = 3100 } = env.setup;
  const owner = numberOf(node.owner, uid).padEnd(8);
  const group = numberOf(node.group, gid).padEnd(8);
  const links = String(linkCount(node)).padStart(4);
  const size = String(sizeOf(node)).padStart(8);
  const arrow = node.type === "link" && node.target !== "" ? ` -> ${node.target}` : "";
  const date = dateOf(node.mtime, now);
  return `${modeText(node)} ${links} ${owner} ${group} ${size} ${date} ${name}${arrow}`;
}

/** What Debian has for these; everybody else is the account. */
const numberOf = (who: string, own: number) =>
  ({ root: "0", ftp: "104", nogroup: "65534" })[who] ?? (/^\d+$/.test(who) ? who : String(own));

const HALF_A_YEAR = 182 * 86_400_000;

/** `Jun 05 17:37`; the year instead of the time for what is older than 182 days, or of the future. */
function dateOf(mtime: number, now: number): string {
  const old = mtime > now || now - mtime > HALF_A_YEAR;
  // The present that `dateText` is told chooses between its two forms.
  return dateText(mtime, old ? Infinity : mtime).replace(/^(\w+)  /, "$1 0");
}

/** Rules in order: a data connection; then everything is well, also what cannot be opened. */
export function list(turn: Turn): void {
  if (!ready(turn)) return;
  const what = wanted(turn);
  const { verb } = turn;
  transfer(turn, {
    name: what.base,
    begin: (at) => at.say("list-begins", { ascii: false, verb }),
    stream() {
      const { rows, line } = listing(turn, what, verb === "LIST");
      return linesStream(rows, line);
    },
    done(at) {
      const { folder } = what;
      if (folder === undefined || !readable(at, folder)) {
        at.say("list-missing", { path: what.base, why: "", verb });
      } else at.say("no-files", { path: what.base });
    },
  });
}

/** STAT with a path: the same listing, hidden files too, over the control connection. */
export function statPath(turn: Turn): void {
  const what = wanted(turn);
  const { rows, line } = listing(turn, { ...what, options: `${what.options}a` }, true);
  // A name may have a line end in it, and is sent as it is.
  const lines = rows.flatMap((row) => line(row).split("\r\n"));
  turn.send({ code: 213, lines: ["Status follows:", ...lines, "End of status"], layout: "raw" });
}
