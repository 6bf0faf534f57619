/** Two ladders of the same keys side by side: which rungs belong together, and where they part. */
import type { LadderReader } from "./ladder.ts";
import type { Rung } from "./rung.ts";
import { sentence } from "./words.ts";

/** One line of the comparison: the rung of each side, where it has one. */
export interface Pair {
  readonly left: Rung | undefined;
  readonly right: Rung | undefined;
}

/** More rungs than this are compared from the end only: what came before is taken to be alike. */
const MOST = 400;

/** Puts rungs that tell the same beside each other, in the order of both. */
export function align(left: readonly Rung[], right: readonly Rung[]): readonly Pair[] {
  const a = left.slice(-MOST);
  const b = right.slice(-MOST);
  const was = a.map(gist);
  const is = b.map(gist);
  // The longest common run of both, counted from the end (a table of lengths).
  const width = b.length + 1;
  const common = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const beside = common[(i + 1) * width + j + 1] ?? 0;
      const best = Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
      common[i * width + j] = was[i] === is[j] ? beside + 1 : best;
    }
  }
  const pairs: Pair[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && was[i] === is[j]) {
      pairs.push({ left: a[i++], right: b[j++] });
    } else if (
      j >= b.length ||
      (i < a.length && (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))
    ) {
      pairs.push({ left: a[i++], right: undefined });
    } else pairs.push({ left: undefined, right: b[j++] });
  }
  return pairs;
}

/** Where the two part, in a sentence or two; `names` head the two sides. */
export function verdict(
  pairs: readonly Pair[],
  names: readonly [left: string, right: string],
  nameOf: LadderReader["nameOf"],
): string {
  const weighty = ({ tells }: Rung) => tells.kind !== "switch" && tells.kind !== "again";
  const alone = ({ left, right }: Pair) => (left && right ? undefined : (left ?? right));
  const first = pairs.findIndex((pair) => {
    const rung = alone(pair);
    return rung !== undefined && weighty(rung);
  });
  if (first < 0) return "Nothing came out differently: these keys never met what was switched.";
  const rest = pairs.slice(first);
  const tell = (side: "left" | "right"): string => {
    const rungs = rest.flatMap((pair) => {
      const one = pair[side];
      return one && !(pair.left && pair.right) && weighty(one) ? [one] : [];
    });
    const rung = rungs.find(isFate) ?? rungs[0];
    return rung ? sentence(rung, nameOf) : "nothing more happens.";
  };
  const last = pairs
    .slice(0, first)
    .findLast(({ left }) => left?.tells.kind === "command" && left.way === "right")?.left;
  const until =
    last?.tells.kind === "command" ? `Up to \`${last.tells.line}\` both go alike. ` : "";
  return `${until}${capital(names[0])}: ${tell("left")} ${capital(names[1])}: ${tell("right")}`;
}

/** What decides: a reply, how a dial ended, data that came, a packet swallowed. */
function isFate({ tells }: Rung): boolean {
  return ["reply", "dial", "bytes", "dropped"].includes(tells.kind);
}

/** What makes two rungs tell the same, whichever ports chance gave and however long it took. */
function gist({ wire, way, tells }: Rung): string {
  const what = (() => {
    switch (tells.kind) {
      case "command":
      case "typed":
        return tells.line;
      case "reply":
        return [tells.code, tells.hostPort?.numbers.slice(0, 4)].join();
      case "dial":
        return [tells.end, tells.back, tells.to.address].join();
      case "bytes":
        return tells.length;
      case "listening":
        return tells.yours;
      case "close":
        return [tells.by, tells.reset].join();
      case "dropped":
        return [tells.box, tells.what].join();
      case "switch":
        return [tells.box, tells.on].join();
      default:
        return "";
    }
  })();
  return [wire, way, tells.kind, what].join(" ");
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
