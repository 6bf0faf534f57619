/** What a server forgets when one hangs up: the folder, the type, the mode, options and protection. */
import type { Keys, Step } from "./lesson.ts";
import { DIAL, TRANSFERS, verbOf } from "./lines.ts";

/** A line that sets such a state, to a value that the lesson knows. */
const STATE = /^(?:CWD|CDUP|TYPE|MODE|STRU|OPTS|PBSZ|PROT)\b[^{]*$/;
/** Of these only the newest counts. */
const ONE = /^(?:TYPE|MODE|STRU|PROT)$/;
/** Which commands rest on which of them. */
const RESTS: readonly (readonly [state: RegExp, on: RegExp])[] = [
  [/^(?:CWD|CDUP)\b/, new RegExp(`^(?:${TRANSFERS}|MLST|SIZE|MDTM|DELE|RNFR|MKD|RMD|PWD)$`)],
  [/^(?:TYPE|MODE|STRU)\b/, new RegExp(`^(?:${TRANSFERS}|REST|SIZE)$`)],
  [/^OPTS\b/, /^(?:LIST|NLST|MLSD|MLST)$/],
  [/^(?:PBSZ|PROT)\b/, new RegExp(`^(?:${TRANSFERS}|PASV|EPSV)$`)],
];

/** Whether a line sets a conversation up: who one is, or such a state. */
export function isSetup({ text }: Keys): boolean {
  return /^(?:USER|PASS)\b/.test(text) || isState(text);
}

/** Whether a line sets such a state. */
export function isState(line: string): boolean {
  return STATE.test(line);
}

/** Whether `verb` does something else without the state that `line` sets. */
export function restsOn(verb: string, line: string): boolean {
  return RESTS.some(([state, on]) => state.test(line) && on.test(verb));
}

/**
 * The lines of `steps` that set a state in `window` before the step at `begun`, in which its
 * conversation was begun, but for those whose place the lines since then and up to `keys` of `step` take.
 */
export function statesBefore(
  steps: readonly Step[],
  begun: number,
  window: number,
  step: Step,
  keys: Keys,
): readonly Keys[] {
  const here = ({ window: of }: Keys): boolean => of === window;
  // Where the step itself dials, a new conversation is meant.
  if (steps[begun]?.solution.some((line) => here(line) && DIAL.test(line.text))) return [];
  const lines = steps.slice(0, Math.max(0, begun)).flatMap((one) => one.solution.filter(here));
  const set: Keys[] = [];
  for (const line of lines.slice(lines.findLastIndex(({ text }) => DIAL.test(text)) + 1)) {
    if (!isState(line.text)) continue;
    const last = set.findLastIndex((one) => verbOf(one) === verbOf(line));
    // One type takes another's place, and the way up takes back the way down.
    if (/^(?:CDUP|CWD \.\.)$/.test(line.text)) {
      const down = set.findLastIndex((one) => /^CWD (?!\.\.|\/)/.test(one.text));
      if (down >= 0) set.splice(down, 1);
      else set.push(line);
      continue;
    }
    if (last >= 0 && ONE.test(verbOf(line))) set.splice(last, 1);
    set.push(line);
  }
  const later = steps
    .slice(begun, steps.indexOf(step))
    .flatMap((one) => one.solution)
    .concat(step.solution.slice(0, Math.max(0, step.solution.indexOf(keys))))
    .filter(here);
  return set.filter(
    (line) => !ONE.test(verbOf(line)) || !later.some((one) => verbOf(one) === verbOf(line)),
  );
}
