/** Read: the lesson, with the step to be done open and the others folded. */
import type { Keys, Lesson, Piece } from "../lesson/lesson.ts";
import { fill } from "../lesson/goal.ts";
import type { LessonRun } from "../lesson/run.ts";
import { el, type Child } from "./el.ts";
import { foot } from "./foot.ts";
import { askForm } from "./ask.ts";
import { fillValues, prose, wordsElement } from "./prose.ts";

/** What the panel asks of the page. */
export interface LessonActions {
  readonly type: (keys: Keys) => void;
  readonly answer: (text: string) => void;
  readonly startOver: () => void;
}

/** Where the lesson stands in the course. */
export interface Place {
  readonly number: number;
  readonly of: number;
}

/** A panel that shows `run`. */
export function lessonPanel(
  lesson: Lesson,
  run: LessonRun,
  place: Place,
  actions: LessonActions,
): { dom: HTMLElement; update(): void } {
  const { steps } = lesson;
  const bars = el("div", { class: "bars", role: "img" }, ...steps.map(() => el("i")));
  const intro = prose(lesson.intro);
  const list = el("ol", { class: "steps" });
  const finish = el("div", { class: "finish", hidden: true });
  const said = el("div", { class: "said", role: "status" });
  const spoken = el("p", { class: "unseen", role: "status" });
  const hints = el("ul", { class: "hints" });
  const back = el("button", { class: "plain", onclick: goBack }, "← Back");
  const hint = el("button", { class: "plain", onclick: giveHint }, "Hint");
  const body = el(
    "div",
    { class: "panel-body" },
    el("p", { class: "count" }, `Lesson ${place.number} of ${place.of}`),
    el("h1", { tabindex: -1 }, lesson.title),
    bars,
    intro,
    list,
    finish,
    spoken,
  );
  const dom = el(
    "div",
    { class: "panel" },
    body,
    foot(back, hint, el("button", { class: "plain", onclick: actions.startOver }, "Start over")),
  );
  /** Done steps that were opened again. */
  const reopened = new Set<number>();
  let drawn = -1;
  let hinted = 0;
  let saidText = "";
  let ask: ReturnType<typeof askForm> | undefined;

  function card(keys: Keys): HTMLElement {
    const text = fill(keys.text, run.values);
    return el(
      "div",
      { class: keys.window === 1 ? "card" : "card data", "data-keys": keys.text },
      el("code", {}, text ?? keys.text.replace(/\{[^}]*\}/g, "…")),
      el(
        "button",
        {
          class: "strong",
          onclick: () => {
            const now = fill(keys.text, run.values);
            if (now !== undefined) actions.type({ window: keys.window, text: now });
          },
        },
        "Type it",
        el("span", { class: "unseen" }, `: in window ${keys.window}`),
      ),
    );
  }

  function piece(one: Piece, step: number): Child {
    if (one.kind === "prose") return prose(one.html);
    if (one.kind === "type") return card(one);
    const question = steps[step]?.ask;
    if (!question) return null;
    const form = askForm(question, step === run.step ? actions.answer : undefined);
    form.update(run.answers[step], run.values);
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
          el("div", { role: "status" }, hints),
        ),
      );
    }
    if (step > run.step) {
      return el("li", { class: "step" }, el("span", { class: "coming" }, title));
    }
    const open = reopened.has(step);
    return el(
      "li",
      { class: "step" },
      el("button", { "aria-expanded": String(open), onclick: () => fold(step) }, title),
      open &&
        el(
          "div",
          { class: "step-open step-again" },
          step === 0 && prose(lesson.intro),
          ...inside(),
        ),
    );
  }

  /** Draws one step anew and keeps the focus where it was. */
  function fold(step: number): void {
    if (!reopened.delete(step)) reopened.add(step);
    const item = stepItem(step);
    list.children[step]?.replaceWith(item);
    item.querySelector("button")?.focus();
    fillValues(item, run.values);
    back.disabled = lastFolded() < 0;
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
    const step = steps[run.step];
    const words = step?.hints[hinted];
    if (words !== undefined) {
      hinted++;
      hints.append(el("li", {}, wordsElement(fill(words, run.values) ?? words)));
    } else if (step && hints.querySelector(".card") === null) {
      const keys = step.solution.filter(({ text }) => fill(text, run.values) !== undefined);
      hints.append(el("li", {}, "This does it:"), ...keys.map((one) => el("li", {}, card(one))));
    }
    hint.disabled = words === undefined;
    hints.lastElementChild?.scrollIntoView({ block: "nearest" });
  }

  function drawSteps(): void {
    const before = drawn;
    drawn = run.step;
    hinted = 0;
    ask = undefined;
    hints.replaceChildren();
    reopened.clear();
    // What leads into the lesson has done its work once the first step is done.
    intro.hidden = run.step > 0;
    const focused = list.contains(document.activeElement);
    list.replaceChildren(...steps.map((_, step) => stepItem(step)));
    // Whoever stood in the step that is done (its question, say) goes on in the next one.
    if (focused) list.querySelector<HTMLElement>("[aria-current] h2")?.focus();
    for (const [at, bar] of [...bars.children].entries()) {
      bar.className = at < run.step ? "done" : at === run.step ? "now" : "";
    }
    bars.setAttribute("aria-label", `${run.step} of ${steps.length} steps done`);
    const over = run.step >= steps.length;
    back.disabled = run.step === 0;
    hint.disabled = over;
    finish.hidden = !over;
    if (over && finish.childElementCount === 0) {
      finish.append(
        prose(lesson.outro),
        el("a", { class: "button strong", href: "#/sandbox" }, "Try it without help: Sandbox"),
      );
    }
    if (before >= 0) {
      const now = steps[run.step]?.title ?? "that was the last step";
      spoken.textContent = `Done: ${steps[run.step - 1]?.title ?? ""}. Next: ${now}.`;
    }
    const current = over ? finish : list.querySelector(".step-open");
    requestAnimationFrame(() => {
      const tall = (current?.clientHeight ?? 0) > body.clientHeight;
      current?.scrollIntoView({ block: tall ? "start" : "nearest" });
    });
  }

  return {
    dom,
    update() {
      if (drawn !== run.step) drawSteps();
      fillValues(body, run.values);
      for (const one of list.querySelectorAll<HTMLElement>("[data-keys]")) {
        const text = fill(one.dataset["keys"] ?? "", run.values);
        const code = one.querySelector("code");
        if (text !== undefined && code && code.textContent !== text) code.textContent = text;
      }
      ask?.update(run.answers[run.step], run.values);
      const text = run.said?.text ?? "";
      if (text === saidText) return;
      saidText = text;
      said.replaceChildren(...(text === "" ? [] : [wordsElement(text)]));
      said.scrollIntoView({ block: "nearest" });
    },
  };
}
