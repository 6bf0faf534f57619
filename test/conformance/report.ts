/** Comparisons of many scenarios in words. */
import {
  addFigures,
  areaOf,
  type Comparison,
  type Difference,
  type Figures,
  figuresInWords,
  noFigures,
} from "./compare.ts";

/** The sum of many comparisons. */
export function sumOf(comparisons: Iterable<Comparison>): Figures {
  const sum = noFigures();
  for (const { figures } of comparisons) addFigures(sum, figures);
  return sum;
}

/** One line of figures for each area, and one for all. `results` is by scenario. */
export function tableByArea(results: ReadonlyMap<string, Comparison>): string {
  const areas = new Map<string, Comparison[]>();
  for (const [scenario, comparison] of results) {
    const area = areaOf(scenario);
    areas.set(area, [...(areas.get(area) ?? []), comparison]);
  }
  const lines = [...areas].map(
    ([area, comparisons]) => `${area.padEnd(12)} ${figuresInWords(sumOf(comparisons))}`,
  );
  return [...lines, `${results.size} scenarios: ${figuresInWords(sumOf(results.values()))}`].join(
    "\n",
  );
}

/** A difference as three lines. `names` are the two sides'. */
export function differenceInWords(
  { scenario, cmd, sent, kind, a, b }: Difference,
  names: readonly [string, string],
): string {
  const width = Math.max(...names.map((name) => name.length));
  const side = (name: string, value: string | null) =>
    `    ${name.padEnd(width)}  ${value === null ? "nothing" : shorten(JSON.stringify(value))}`;
  const command = sent === "" ? "(connect)" : shorten(JSON.stringify(sent));
  return [`${scenario} #${cmd} ${command}: ${kind}`, side(names[0], a), side(names[1], b)].join(
    "\n",
  );
}

function shorten(text: string): string {
  return text.length > 400 ? `${text.slice(0, 397)}...` : text;
}
