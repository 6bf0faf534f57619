/** The foot of a presentation: the newest exchange, the line to be typed next, the caption, the keys. */
import { findHostPort } from "../explain/pasv.ts";
import { fill } from "../lesson/values.ts";
import type { Lesson } from "../lesson/lesson.ts";
import { deedWords } from "./deed-words.ts";
import { el, setText } from "./el.ts";
import type { Driver } from "./present-driver.ts";
import type { Exchange } from "./present-exchange.ts";
import type { Next, Script } from "./present-script.ts";
import { prose, wordsElement } from "./prose.ts";

/** What a key of the presentation does, by the name of its button. */
export type Act = "back" | "next" | "play" | "take" | "hold" | "blank" | "again";

/** What the bar is drawn from. */
export interface BarState {
  readonly driver: Driver;
  readonly script: Script;
  readonly next: Next;
  readonly exchange: Exchange | undefined;
  readonly hold: boolean;
  /** The window that somebody types in freely. */
  readonly taken: number | undefined;
}

/** Captions longer than this are set a little smaller: they have to fit in two lines. */
const LONG = 105;

/** Makes the bar; its buttons call `act`. */
export function presentBar(
  lesson: Lesson,
  act: (what: Act) => void,
): { dom: HTMLElement[]; update(state: BarState): void } {
  const { steps } = lesson;
  const exchange = el("p", { class: "exchange" });
  const strong = el("b");
  const faint = el("span");
  const line = el("p", { class: "next-line" }, strong, faint);
  const caption = el("div", { class: "caption", role: "status" });
  const place = el("span", { class: "place" });
  const button = (what: Act, key: string, ...does: (Node | string)[]): HTMLButtonElement =>
    el(
      "button",
      {
        type: "button",
        // A mouse leaves the focus where it is: space goes on meaning "play".
        onmousedown: (event: Event) => event.preventDefault(),
        onclick: () => act(what),
      },
      el("kbd", key.length === 1 && key > "Z" ? { class: "arrow" } : {}, key),
      ...does,
    );
  const play = el("span", {}, "play");
  const hold = el("span", {}, "hold replies");
  const buttons = {
    back: button("back", "←", el("span", { class: "unseen" }, "a step back")),
    next: button("next", "→", " step"),
    play: button("play", "space", " ", play),
    take: button("take", "T", " take over"),
    hold: button("hold", "H", " ", hold),
    blank: button("blank", "B", " blank"),
  };
  buttons.take.classList.add("take");
  const keys = el(
    "div",
    { class: "present-keys", role: "group", "aria-label": "Keys" },
    buttons.back,
    buttons.next,
    buttons.play,
    buttons.take,
    el("span", { class: "esc" }, el("kbd", {}, "Esc"), " back"),
    buttons.hold,
    buttons.blank,
    el(
      "span",
      { class: "foot-line" },
      el("button", { type: "button", onclick: () => act("again") }, "Start over"),
      place,
    ),
  );
  const dom = el(
    "section",
    { class: "bar", "aria-label": "Caption" },
    el("div", { class: "say" }, line, caption),
    keys,
  );
  let said = "";
  let exchanged: Exchange | undefined;
  let waited = false;

  function showExchange(newest: Exchange | undefined, held: boolean): void {
    if (newest === exchanged && held === waited) return;
    exchanged = newest;
    waited = held;
    if (!newest) {
      exchange.replaceChildren();
      return;
    }
    const { asked, window, code, lines = 1 } = newest;
    const note = (newest.note ?? "") + (lines > 1 ? ` · ${lines} lines` : "");
    const text = newest.text ?? (held ? "?" : "…");
    const length = asked.length + 3 + (code ? 4 : 0) + text.length + note.length * 0.85 + 2;
    exchange.style.setProperty("--letters", length.toFixed());
    exchange.style.setProperty("--hue", code ? `var(--digit-${String(code)[0]})` : "var(--soft)");
    exchange.replaceChildren(
      el("span", { class: window === 1 ? "control" : "data" }, asked),
      el("i", {}, " → "),
      ...(code ? [el("b", { class: "code" }, String(code)), " "] : []),
      ...numbers(text, code),
      " ",
      el("span", { class: "note" }, note),
    );
  }

  function showLine(state: BarState): void {
    const { driver, next, taken, script } = state;
    if (driver.held) return;
    let [typed, rest, look] = ["", "", "control"];
    if (taken !== undefined) [typed, look] = ["You are typing", ""];
    else if (driver.answered) {
      const answer = script.run.answers.findLast(Boolean);
      [typed, look] = [answer?.text ?? "", asks(lesson, script) ? "data" : ""];
    } else if (next.kind === "line") {
      typed = next.typed ?? "";
      rest = next.text.slice(typed.length);
      const { riddle } = script;
      if (riddle !== undefined && riddle !== driver.revealed && next.text.endsWith(riddle)) {
        rest = rest.slice(0, -riddle.length) + (rest && "?");
      }
      look = next.window === 1 ? "control" : "data";
    } else if (next.kind === "deed") {
      const deed = next.keys;
      const own = deed.window === 0;
      rest = own ? deedWords(deed, steps[script.run.step]) : deed.text.replace("^", "Ctrl+");
      if (own) look = "";
    } else if (next.kind === "question") {
      typed = driver.told + (driver.told === next.answer ? "" : "?");
      look = next.ask.kind === "number" && next.ask.answer.includes("{") ? "data" : "";
    } else if (next.kind === "end") [typed, look] = ["The end", ""];
    // While something is on its way, the line that was entered stays.
    else return;
    setText(strong, typed);
    setText(faint, rest);
    line.className = `next-line ${look}`;
    line.style.setProperty("--letters", String((typed + rest).length));
  }

  return {
    dom: [exchange, dom],
    update(state) {
      const { driver, next, script, taken } = state;
      showExchange(state.exchange, driver.held);
      showLine(state);
      if (next.kind !== "wait" || driver.held || taken !== undefined) {
        const words = captionWords(lesson, state);
        if (words !== said) {
          said = words;
          caption.replaceChildren(
            words === ""
              ? (prose(lesson.remember || lesson.outro).firstElementChild ?? "")
              : wordsElement(words),
          );
          caption.classList.toggle("long", (caption.textContent ?? "").length > LONG);
        }
      }
      setText(place, `step ${Math.min(script.run.step + 1, steps.length)} of ${steps.length}`);
      setText(play, driver.playing ? "pause" : "play");
      buttons.play.setAttribute("aria-pressed", String(driver.playing));
      setText(hold, state.hold ? "replies held" : "hold replies");
      buttons.hold.setAttribute("aria-pressed", String(state.hold));
      buttons.take.setAttribute("aria-pressed", String(taken !== undefined));
    },
  };
}

/** Whether the question answered last is about a data connection's numbers. */
function asks({ steps }: Lesson, { run }: Script): boolean {
  const ask = steps[run.answers.findLastIndex(Boolean)]?.ask;
  return ask?.kind === "number" && ask.answer.includes("{");
}

/** What the caption says; "" stands for the end of the lesson. */
function captionWords({ steps }: Lesson, { driver, next, script, taken }: BarState): string {
  const { run } = script;
  const near = run.said && run.said.kind !== "right" ? run.said.text : "";
  if (driver.held) return "What will the server answer? Guess.";
  if (taken !== undefined) return near || `In window ${taken}. \`Esc\` gives it back.`;
  if (driver.answered) return run.answers.findLast(Boolean)?.words ?? "";
  // What was typed freely has been spoken of; it stands where it is the reason for what comes next.
  if (next.kind === "line" && next.mends) return near || "First, back to where we were.";
  const step = steps[run.step];
  if (!step) return "";
  const { ask } = step;
  const options =
    ask?.kind === "choice" ? ` ${ask.options.map(({ label }) => label).join(" · ")}` : "";
  const words = step.caption || step.title;
  return emphasis(fill(words, run.values) ?? words.replace(/\{[^}]*\}/g, "…")) + options;
}

/** Captions know the two wires and code; other *emphasis* is left plain. */
function emphasis(text: string): string {
  return text.replace(/(?<!\*)\*([^*]+)\*(?!\*)/g, "$1");
}

/** A reply's words, the six numbers of a 227 tinted. */
function numbers(text: string, code: number | undefined): (Node | string)[] {
  const found = code === 227 ? findHostPort(text) : undefined;
  if (!found) return [text];
  const six = text.slice(found.start, found.end).split(",");
  return [
    text.slice(0, found.start),
    el("span", { class: "six" }, `${six.slice(0, 4).join(",")},`),
    el("b", { class: "six" }, six.slice(4).join(",")),
    text.slice(found.end),
  ];
}
