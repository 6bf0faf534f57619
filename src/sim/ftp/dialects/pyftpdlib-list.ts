/** How pyftpdlib writes an entry: LIST in the manner of `ls -lA`, and the facts of MLST and MLSD. */
import type { Octets } from "../../bytes.ts";
import { linkCount, type Node, sizeOf, type Tree } from "../../fs/tree.ts";
import { timeText } from "../commands/facts.ts";
import { modeText } from "../listings.ts";
import type { Turn } from "../state.ts";
import { readable } from "./pyftpdlib-framer.ts";
import { at, rights } from "./pyftpdlib-paths.ts";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const HALF_A_YEAR = 180 * 86_400_000;
const two = (number: number) => String(number).padStart(2, "0");

/** One line of LIST, without its end. */
export function pyftpdlibLine(node: Node, name: Octets, now: number): Octets {
  const { owner, group, mtime } = node;
  const links = String(linkCount(node)).padStart(3);
  const size = String(sizeOf(node)).padStart(8);
  const date = new Date(mtime);
  const day = `${MONTHS[date.getUTCMonth()]} ${two(date.getUTCDate())}`;
  const rest =
    now - mtime > HALF_A_YEAR
      ? ` ${date.getUTCFullYear()}`
      : `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  const arrow = node.type === "link" ? ` -> ${node.target}` : "";
  return `${modeText(node)} ${links} ${owner.padEnd(8)} ${group.padEnd(8)} ${size} ${day} ${rest} ${encodable(name + arrow)}`;
}

/** Each byte of a name that is no UTF-8 is written "?". */
export const encodable = (name: Octets) => readable(name, (bytes) => "?".repeat(bytes.length));

/** The facts that it has, those that are shown unless OPTS MLST says otherwise first. */
export const FACTS = "type perm size modify unique unix.mode unix.uid unix.gid".split(" ");
export const SHOWN = FACTS.slice(0, 5);

/** The facts of what is at a path, links followed, in the order of their names; undefined if there is nothing. */
export function factsOf(turn: Turn, path: Octets): string | undefined {
  const found = at(turn, path);
  if ("error" in found) return undefined;
  const { node } = found;
  const { setup, tree } = turn.env;
  const values: Readonly<Record<string, string | number>> = {
    type: node.type,
    perm: node.type === "dir" ? folderRights(rights(turn)) : rights(turn).replace(/[celmp]/g, ""),
    size: sizeOf(node),
    modify: timeText(node.mtime),
    unique: `801g${inode(tree, node).toString(16)}`,
    "unix.mode": `0o${(node.mode & 0o777).toString(8)}`,
    "unix.uid": setup.uid ?? 3100,
    "unix.gid": setup.gid ?? 3100,
  };
  const shown = turn.session.mlstFacts ?? SHOWN;
  return Object.keys(values)
    .filter((fact) => shown.includes(fact))
    .toSorted()
    .map((fact) => `${fact}=${values[fact]};`)
    .join("");
}

function folderRights(all: string): string {
  const own = all.replace(/[arw]/g, "");
  return own + (/[waf]/.test(all) ? "c" : "") + (all.includes("d") ? "p" : "");
}

const inodes = new WeakMap<Tree, WeakMap<Node, number>>();
const counts = new WeakMap<Tree, number>();

/** A number that stays with a node whatever it is called. */
function inode(tree: Tree, node: Node): number {
  let known = inodes.get(tree);
  if (known === undefined) inodes.set(tree, (known = new WeakMap()));
  let number = known.get(node);
  if (number === undefined) {
    number = (counts.get(tree) ?? 0x20_000) + 1;
    counts.set(tree, number);
    known.set(node, number);
  }
  return number;
}
