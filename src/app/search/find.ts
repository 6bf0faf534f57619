/** Finding: names before texts, beginnings before middles, and one slip of the finger is forgiven. */

/** Something that can be found. */
export interface Findable {
  readonly title: string;
  readonly kind: "command" | "reply" | "term" | "network" | "lesson" | "step" | "page";
  readonly href: string;
  readonly text: string;
}

/** What fits `query`, the best first: every word of it, or else as many of its words as anything fits. */
export function find(all: readonly Findable[], query: string): Findable[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  const scored = all.flatMap((one) => {
    const title = wordsOf(one.title);
    const text = wordsOf(one.text);
    const points = words.map((word) => Math.max(4 * score(word, title), score(word, text)));
    const hits = points.filter((each) => each > 0).length;
    if (hits === 0) return [];
    const exact = one.title.toLowerCase() === query.trim().toLowerCase() ? 20 : 0;
    return [{ one, hits, points: exact + points.reduce((sum, each) => sum + each, 0) }];
  });
  const most = Math.max(...scored.map(({ hits }) => hits));
  return scored
    .filter(({ hits }) => hits === most)
    .toSorted((a, b) => b.points - a.points)
    .map(({ one }) => one);
}

/** 3: the word stands there; 2: one begins with it; 1: one is nearly it; 0: nothing like it. */
function score(word: string, among: readonly string[]): number {
  if (among.includes(word)) return 3;
  if (among.some((each) => each.startsWith(word))) return 2;
  return word.length > 3 && among.some((each) => oneSlip(word, each)) ? 1 : 0;
}

/** Whether one letter too many, too few or wrong makes `a` the beginning of `b`, or two stand swapped. */
function oneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const rest = (text: string, from: number): string => text.slice(from);
  return (
    rest(a, at + 1) === rest(b, at + 1) ||
    rest(a, at) === rest(b, at + 1) ||
    rest(a, at + 1) === rest(b, at) ||
    (a[at] === b[at + 1] && a[at + 1] === b[at] && rest(a, at + 2) === rest(b, at + 2))
  );
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
