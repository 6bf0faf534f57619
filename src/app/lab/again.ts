/** "Run the same keys again": the learner chooses other switches and sees both ladders. */
import { ownAddresses } from "../../explain/own-addresses.ts";
import type { Scenario } from "../../sim/scenario.ts";
import { el, setText } from "../el.ts";
import { unpack, type Recording } from "../recording.ts";
import { loadServers } from "../servers.ts";
import { openCompare } from "./compare.ts";
import type { LabOptions } from "./lab.ts";
import { playAgain, switchesAtFirst } from "./replay.ts";
import { switchButton } from "./switch.ts";

/** The panel, or undefined where there is nothing to switch. `now` tells how a switch stands. */
export function replayView(
  { scenario, recording, adopt }: LabOptions,
  now: (id: string) => boolean,
): { dom: HTMLElement; update(): void } | undefined {
  const { boxes = [], faults = [] } = scenario;
  const things = [...boxes, ...faults];
  if (things.length === 0) return undefined;
  /** What the learner has set here; the rest stands as it does now. */
  const chosen = new Map<string, boolean>();
  const switches = things.map(({ id, title }) => {
    const toggle = switchButton(`In the second run: ${title}`, (on) => {
      chosen.set(id, on);
      show();
    });
    return { id, title, toggle };
  });
  /** So many of the switches, from the `first` on. */
  const list = (count: number, first = 0): HTMLElement =>
    el(
      "ul",
      { class: "lab-faults" },
      ...switches
        .slice(first, first + count)
        .map(({ title, toggle }) =>
          el("li", {}, el("div", { class: "lab-words" }, el("b", {}, title)), toggle.dom),
        ),
    );
  const lead = el("p", { class: "lab-about" });
  const reason = el("p", { class: "lab-about", id: "again-why" });
  const button = el(
    "button",
    {
      type: "button",
      class: "button strong",
      "aria-describedby": "again-why",
      onclick: () => void run(),
    },
    "Run the same keys again",
  );
  const dom = el(
    "section",
    { class: "lab-part" },
    el("h3", {}, "The same keys, another network"),
    lead,
    list(boxes.length === 0 ? switches.length : boxes.length),
    boxes.length > 0 && faults.length > 0
      ? el("details", {}, el("summary", {}, "What is broken"), list(faults.length, boxes.length))
      : null,
    el("div", { class: "lab-actions" }, button),
    reason,
  );

  const wanted = (id: string): boolean => chosen.get(id) ?? now(id);
  const show = (): void => {
    for (const { id, toggle } of switches) toggle.set(wanted(id));
    const { inputs } = recording();
    const typed = inputs.some(([, , kind]) => kind === "k" || kind === "p");
    const { moved } = course(scenario, recording());
    const differs = things.some(({ id }) => moved.has(id) || wanted(id) !== now(id));
    button.disabled = !typed || !differs;
    button.title =
      typed && !differs
        ? "Set a switch the other way first: on the same network the same would come."
        : "";
    setText(reason, button.title);
    setText(
      lead,
      typed
        ? "Set how the network shall be in the second run, from its beginning. Everything you have typed is typed again, at the same moments, in a fresh world."
        : "First type something: it can then be typed again on another network.",
    );
  };

  async function run(): Promise<void> {
    await loadServers(scenario);
    const took = recording();
    const mine = playAgain(scenario, took);
    const wish = new Map(things.map(({ id }) => [id, wanted(id)]));
    const other = playAgain(scenario, took, wish);
    const { began, moved } = course(scenario, took);
    const before = (id: string): boolean => began.get(id) ?? now(id);
    const [left, right] = headings(scenario, now, wanted, moved);
    const [was] = ownAddresses(scenario, before);
    const [is] = ownAddresses(scenario, wanted);
    openCompare(
      scenario,
      "The same keys, twice",
      [
        { title: left, played: mine },
        { title: right, played: other, goOn: "Go on in this one" },
      ],
      adopt,
      was === is
        ? {}
        : {
            more: ` Mind that your computer’s own address is ${was} in the first run and ${is} in the second, and a \`PORT\` has to name the right one.`,
          },
    );
  }
  return { dom, update: show };
}

/** How the switches stood at the first key, and which of them were moved after it. */
function course(
  scenario: Scenario,
  { inputs }: Recording,
): { began: ReadonlyMap<string, boolean>; moved: ReadonlySet<string> } {
  const began = new Map(switchesAtFirst(scenario));
  const moved = new Set<string>();
  let typed = false;
  for (const recorded of inputs) {
    const input = unpack(recorded);
    if (input.kind === "key" || input.kind === "paste") typed = true;
    if (input.kind !== "switch" || !began.has(input.id)) continue;
    if (typed) moved.add(input.id);
    else began.set(input.id, input.on);
  }
  return { began, moved };
}

/** What tells the two apart: "with the NAT", "without it". What was `moved` on the way was both. */
export function headings(
  scenario: Scenario,
  was: (id: string) => boolean,
  is: (id: string) => boolean,
  moved: ReadonlySet<string> = new Set(),
): [string, string] {
  const things = [...(scenario.boxes ?? []), ...(scenario.faults ?? [])];
  const changed = things.filter(({ id }) => moved.has(id) || was(id) !== is(id));
  if (changed.length === 0) return ["As you played it", "Once more, nothing switched"];
  const say = (on: (id: string) => boolean): string =>
    changed.map(({ id, title }) => `${on(id) ? "with" : "without"} “${title}”`).join(", ");
  const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
  return [moved.size > 0 ? "As you played it" : capital(say(was)), capital(say(is))];
}

/** The switches as they stand now. */
export function present(
  scenario: Scenario,
  now: (id: string) => boolean,
): ReadonlyMap<string, boolean> {
  return new Map([...switchesAtFirst(scenario).keys()].map((id) => [id, now(id)]));
}
