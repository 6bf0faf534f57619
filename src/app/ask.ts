/** A question of the lesson: a number to work out, answers to choose from, or one's own words. */
import { fill, type Values } from "../lesson/values.ts";
import type { Ask } from "../lesson/lesson.ts";
import type { Answer } from "../lesson/run.ts";
import { el } from "./el.ts";
import { wordsElement } from "./prose.ts";

/** A form for `ask`. Without `answer` it only shows what was asked and said. */
export function askForm(
  ask: Ask,
  answer: ((text: string) => void) | undefined,
): { dom: HTMLElement; update(latest: Answer | undefined, values: Values): void } {
  const question = el("div", { id: "question" });
  const reply = el("div", { class: "said", role: "status" });
  const dom = el(
    "div",
    { class: "ask", role: "group", "aria-label": "Question" },
    question,
    answer && (ask.kind === "choice" ? choices(ask.options, answer) : typedForm(ask.kind, answer)),
    reply,
  );
  let asked = "";
  let shown: Answer | undefined;
  return {
    dom,
    update(latest, values) {
      const words = fill(ask.words, values) ?? ask.words.replace(/\{[^}]*\}/g, "…");
      if (words !== asked) question.replaceChildren(wordsElement(words));
      asked = words;
      if (latest === shown) return;
      shown = latest;
      reply.replaceChildren(...(latest ? [wordsElement(latest.words)] : []));
    },
  };
}

function typedForm(kind: "number" | "text", answer: (text: string) => void): HTMLElement {
  const input = el("input", {
    class: kind,
    inputmode: kind === "number" ? "numeric" : "text",
    autocomplete: "off",
    "aria-labelledby": "question",
  });
  return el(
    "form",
    {
      onsubmit: (event: Event) => {
        event.preventDefault();
        answer(input.value);
      },
    },
    input,
    el("button", { class: "strong" }, "Check"),
  );
}

function choices(
  options: readonly { readonly label: string }[],
  answer: (text: string) => void,
): HTMLElement {
  const buttons = options.map(({ label }) =>
    el("button", { class: "button", onclick: () => answer(label) }, label),
  );
  return el("div", { class: "options" }, ...buttons);
}
