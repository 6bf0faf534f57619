/** Read: the lesson, with the step to be done open and the others folded. */
import type { Keys, Lesson, Piece } from "../lesson/lesson.ts";
import { fill, type Values } from "../lesson/values.ts";
import type { Answer, LessonRun } from "../lesson/run.ts";
import { deedWords } from "./deed-words.ts";
import { el, type Child } from "./el.ts";
import { foot } from "./foot.ts";
import { askForm } from "./ask.ts";
import { hintList } from "./hints.ts";
import { fillValues, prose, wordsElement } from "./prose.ts";

/** What the panel asks of the page. */
export interface LessonActions {
  /** Types a line, or does a deed. */
  readonly type: (keys: Keys) => void;
  readonly answer: (text: string) => void;
  /** Goes to the beginning of a step, back or forth. */
  readonly begin: (step: number) => void;
  /** Goes on in the sandbox with the session as it stands. */
  readonly toSandbox: () => void;
  readonly startOver: () => void;
}

/** Where the lesson stands in the course. */
export interface Place {
  readonly number: number;
  readonly of: number;
  /** What is said instead of "Lesson 3 of 30", for a lesson that is not the course's. */
  readonly name?: string;
  /** The lesson that comes after it. */
  readonly next?: { readonly slug: string; readonly title: string } | undefined;
}

/** So many pixels at the foot of the panel fade out. */
const FADE = 26;

/** A panel that shows `run`. */
export function lessonPanel(
  lesson: Lesson,
  run: LessonRun,
  place: Place,
  actions: LessonActions,
): { dom: HTMLElement; update(): void } {
  const { steps } = lesson;
  const bars = el("div", { class: "bars", role: "img" }, ...steps.map(() => el("i")));
  const intro = el(
    "div",
    { class: "prose" },
    lesson.question && el("p", {}, el("strong", {}, lesson.question)),
    prose(lesson.intro),
  );
  const list = el("ol", { class: "steps" });
  const finish = el("div", { class: "finish", hidden: true });
  const said = el("div", { class: "said", role: "status" });
  const spoken = el("p", { class: "unseen", role: "status" });
  const hints = hintList(steps, run, card);
  /** The one line that brings a session back to where its step can be done. */
  const repair = el("div", { class: "repair" });
  const back = el("button", { class: "plain", onclick: goBack }, "← Back");
  const hint = el("button", { class: "plain", onclick: giveHint }, "Hint");
  const skip = el(
    "button",
    { class: "plain", onclick: () => actions.begin(run.step + 1) },
    "Skip step",
  );
  const body = el(
    "div",
    { class: "panel-body" },
    el("p", { class: "count" }, place.name ?? `Lesson ${place.number} of ${place.of}`),
    el("h1", { tabindex: -1 }, lesson.title),
    bars,
    intro,
    list,
    finish,
    el(
      "p",
      {},
      el(
        "button",
        { class: "plain", onclick: actions.toSandbox },
        "Take this session to the sandbox",
      ),
    ),
    spoken,
  );
  const dom = el(
    "div",
    { class: "panel" },
    body,
    foot(
      back,
      hint,
      skip,
      el("button", { class: "plain", onclick: actions.startOver }, "Start over"),
    ),
  );
  /** Done steps that were opened again. */
  const reopened = new Set<number>();
  let drawn = -1;
  let saidText = "";
  let answer: Answer | undefined;
  let mending = "";
  /** What was known when the step began: a step that asks for a new port has no use for the old one. */
  let stale: Values = {};
  let ask: ReturnType<typeof askForm> | undefined;

  function filled({ text }: Keys): string | undefined {
    const now = fill(text, run.values);
    const anew =
      /\{\w+\./.test(text) &&
      steps[run.step]?.solution.some((line) => /^(?:PAS|EPS)V$/.test(line.text));
    return anew && now !== text && now === fill(text, stale) ? undefined : now;
  }

  function card(keys: Keys, step = run.step): HTMLElement {
    const { window } = keys;
    const text = filled(keys);
    const deed = window === 0;
    const [does = ""] = keys.text.split(" ", 1);
    return el(
      "div",
      { class: window > 1 ? "card data" : "card", "data-keys": keys.text },
      deed
        ? el("span", {}, deedWords(keys, steps[step]))
        : el("code", {}, text ?? keys.text.replace(/\{[^}]*\}/g, "…")),
      el(
        "button",
        {
          class: "strong",
          onclick: ({ currentTarget }: Event) => {
            const now = filled(keys);
            if (now !== undefined) actions.type({ window, text: now });
            // What was typed stands in its window; a switch shows nowhere else in the lesson.
            if (deed && does === "switch" && currentTarget instanceof HTMLElement) {
              currentTarget.className = "button";
              currentTarget.textContent = "Switched ✓";
            }
          },
        },
        deed
          ? does === "switch"
            ? "Switch it"
            : "Do it"
          : /^\^.$/.test(keys.text)
            ? "Press it"
            : "Type it",
        !deed && el("span", { class: "unseen" }, `: in window ${window}`),
      ),
    );
  }

  function piece(one: Piece, step: number): Child {
    if (one.kind === "prose") return prose(one.html);
    if (one.kind === "type") return card(one, step);
    const question = steps[step]?.ask;
    if (!question) return null;
    const form = askForm(question, step === run.step ? actions.answer : undefined);
    // What is said about the step to be done stands in one place, the newest instead of the older;
    // and what is said to the last answer stands there too, as long as it does.
    const above = step === run.step - 1 && run.said?.kind === "right";
    form.update(step === run.step || above ? undefined : run.answers[step], run.valuesOf(step));
    if (step === run.step) ask = form;
    return form.dom;
  }

  function stepItem(step: number): HTMLElement {
    const { title, body: pieces } = steps[step] ?? { title: "", body: [] };
    const inside = (): Child[] => pieces.map((one) => piece(one, step));
    if (step === run.step) {
      return el(
        "li",
        { class: "step", "aria-current": "step" },
        el(
          "div",
          { class: "step-open" },
          el("h2", { tabindex: -1 }, title),
          ...inside(),
          said,
          repair,
          el("div", { role: "status" }, hints.dom),
        ),
      );
    }
    const open = reopened.has(step);
    const coming = step > run.step;
    const from = (label: string): Child =>
      el("button", { class: "button", onclick: () => actions.begin(step) }, label);
    return el(
      "li",
      { class: coming || run.done[step] ? "step" : "step passed" },
      el(
        "button",
        {
          class: coming && "coming",
          "aria-expanded": String(open),
          onclick: () => fold(step),
        },
        title,
      ),
      open &&
        el(
          "div",
          { class: "step-open step-again" },
          ...(coming
            ? ["What comes before is then done for you. ", from("Go there")]
            : [
                step === 0 && prose(lesson.intro),
                ...inside(),
                from(run.done[step] ? "Do it again" : "Do it now"),
              ]),
        ),
    );
  }

  /** Draws one step anew and keeps the focus where it was. */
  function fold(step: number): void {
    if (!reopened.delete(step)) reopened.add(step);
    const item = stepItem(step);
    list.children[step]?.replaceWith(item);
    item.querySelector("button")?.focus();
    fillStep(item, step);
    back.disabled = lastFolded() < 0;
  }

  /** A step that is done shows what was known then, and not what another step asks for now. */
  function fillStep(item: HTMLElement, step: number): void {
    const values = run.valuesOf(step);
    fillValues(item, values);
    for (const one of item.querySelectorAll<HTMLElement>("[data-keys]")) {
      const keys = { window: 0, text: one.dataset["keys"] ?? "" };
      const text = step < run.step ? fill(keys.text, values) : filled(keys);
      const code = one.querySelector("code");
      if (text !== undefined && code && code.textContent !== text) code.textContent = text;
    }
  }

  function lastFolded(): number {
    let step = run.step - 1;
    while (reopened.has(step)) step--;
    return step;
  }

  function goBack(): void {
    const step = lastFolded();
    if (step >= 0) fold(step);
  }

  function giveHint(): void {
    hints.give();
    hint.disabled = !hints.more;
    // A button that is out of use loses the focus.
    if (hint.disabled) (hints.dom.querySelector("button") ?? skip).focus();
    reveal(hints.dom.lastElementChild);
  }

  function drawSteps(): void {
    const before = drawn;
    drawn = run.step;
    stale = run.values;
    ask = undefined;
    hints.clear();
    reopened.clear();
    // What leads into the lesson has done its work once the first step is done.
    intro.hidden = run.step > 0;
    const focused = list.contains(document.activeElement);
    list.replaceChildren(...steps.map((_, step) => stepItem(step)));
    for (const [at, bar] of [...bars.children].entries()) {
      bar.className = run.done[at] ? "done" : at === run.step ? "now" : "";
    }
    const done = run.done.filter(Boolean).length;
    bars.setAttribute("aria-label", `${done} of ${steps.length} steps done`);
    const over = run.step >= steps.length;
    back.disabled = run.step === 0;
    hint.disabled = !hints.more;
    skip.disabled = over;
    finish.hidden = !over;
    if (over && finish.childElementCount === 0) {
      const { outro, remember, realLife } = lesson;
      const { next } = place;
      finish.append(
        // What the page did has been seen, and is not done.
        run.done.every(Boolean)
          ? el("h2", { tabindex: -1, class: "done" }, "Done")
          : el("h2", { tabindex: -1 }, "That is all"),
        ...(outro ? [prose(outro)] : []),
        ...(remember
          ? [el("div", { class: "remember" }, el("b", {}, "Remember"), prose(remember))]
          : []),
        ...(realLife ? [el("h3", {}, "The same in real life"), prose(realLife)] : []),
        next
          ? el("a", { class: "button strong", href: `#/learn/${next.slug}` }, `Next: ${next.title}`)
          : el("a", { class: "button strong", href: "#/sandbox" }, "Try it without help: Sandbox"),
      );
    }
    // What is said to the last answer has no step after it to open.
    if (over) finish.prepend(said);
    // Whoever stood in the step that is done (its question, say) goes on in the next one.
    if (focused) body.querySelector<HTMLElement>("[aria-current] h2, .finish h2")?.focus();
    if (before >= 0) {
      const now = steps[run.step]?.title ?? "that was the last step";
      spoken.textContent = `Done: ${steps[run.step - 1]?.title ?? ""}. Next: ${now}.`;
    }
    requestAnimationFrame(showStep);
  }

  function showStep(): void {
    // A lesson opens at its title.
    if (run.step === 0 && body.scrollTop === 0) return;
    const current = finish.hidden ? list.querySelector("[aria-current]") : finish;
    reveal(current);
  }
  /** Scrolls the lesson, and not the page around it, until `what` is seen: from its top if it is tall. */
  function reveal(what: Element | null): void {
    if (!what || body.clientHeight === 0) return;
    const box = body.getBoundingClientRect();
    const { top, bottom } = what.getBoundingClientRect();
    const over = top - box.top;
    const under = bottom - (box.bottom - FADE);
    if (over < 0 || under > 0) body.scrollTop += over < 0 ? over : Math.min(over, under);
  }
  // It may have been drawn while it was not seen.
  new ResizeObserver(showStep).observe(body);

  function drawRepair(): void {
    const keys = run.repair;
    const text = keys ? `${keys.window} ${keys.text}` : "";
    if (text === mending) return;
    mending = text;
    const dial = keys?.window === 1 && keys.text.startsWith("telnet");
    repair.replaceChildren(
      ...(keys ? [el("b", {}, dial ? "Dial again" : "First, again"), card(keys)] : []),
    );
    if (keys) requestAnimationFrame(() => reveal(repair));
  }

  return {
    dom,
    update() {
      if (drawn !== run.step) drawSteps();
      for (const [step, item] of [...list.children].entries()) {
        if (item instanceof HTMLElement) fillStep(item, step);
      }
      hints.update();
      fillValues(finish, run.values);
      ask?.update(undefined, run.values);
      drawRepair();
      const text = run.said?.text ?? "";
      const answered = run.answers[run.step];
      if (text === saidText && answered === answer) return;
      const newest =
        text !== saidText && text !== "" ? text : answered !== answer && answered?.words;
      saidText = text;
      answer = answered;
      said.replaceChildren(...(newest ? [wordsElement(newest)] : []));
      // What is said to a right answer belongs to the step before: it opens this one.
      said.classList.toggle("opening", newest === text && run.said?.kind === "right");
      if (newest) requestAnimationFrame(() => reveal(said));
    },
  };
}
