/** Writing a lesson: the Markdown at the left, what is wrong with it below, and the lesson itself beside it. */
import { course } from "virtual:course";
import { scenarios } from "virtual:scenarios";
import { el, setText } from "../el.ts";
import { notice } from "../notice.ts";
import type { Opened, Place } from "../page.ts";
import { readStored, writeStored } from "../storage.ts";
import { editor } from "./editor.ts";
import { LONGEST_SOURCE } from "./limits.ts";
import { packLesson } from "./pack.ts";
import { readDraft, ReadError, type Told } from "./reader.ts";
import { template } from "./template.ts";
import "./author.css";

const KEY = "port21.draft";
/** The draft's session in the browser's store. */
const SESSION = "author";
/** Milliseconds of quiet before a draft is read. */
const QUIET = 350;
const FILE = "draft.md";

/** Shows the page. */
export function open({ page, frame, title, workspace }: Place): Opened {
  title("Write a lesson");
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reading = new AbortController();
  let checking = new AbortController();
  let closePreview = (): void => undefined;
  let shown = "";
  let left = false;
  const slugs = course.map(({ slug }) => slug);

  const text = editor(() => {
    clearTimeout(timer);
    timer = setTimeout(() => void read(), QUIET);
  });
  const verdict = el("p", { class: "verdict", role: "status" });
  const problems = el("ul", { class: "problems" });
  const check = el("button", { class: "strong", onclick: () => void prove() }, "Check");
  const picker = el("input", {
    type: "file",
    accept: ".md,text/markdown,text/plain",
    class: "unseen",
    tabindex: -1,
    "aria-hidden": "true",
    onchange: () => {
      const [file] = picker.files ?? [];
      picker.value = "";
      if (file) void take(file);
    },
  });
  const button = (words: string, run: () => void): HTMLElement =>
    el("button", { class: "button", onclick: run }, words);
  page.replaceChildren(
    el(
      "section",
      { class: "author", "aria-label": "Editor" },
      el(
        "header",
        {},
        el("h1", { tabindex: -1 }, "Write a lesson"),
        el(
          "div",
          { class: "row" },
          check,
          button("Open", () => picker.click()),
          button("Save", save),
          button("Copy a link", () => void share()),
          button("New", () => replace(template, "A new lesson, from the template.")),
          picker,
        ),
      ),
      text.dom,
      el("div", { class: "report" }, verdict, problems),
    ),
  );
  text.value = readStored(KEY) ?? template;
  text.dom.addEventListener("dragover", (event) => event.preventDefault());
  text.dom.addEventListener("drop", (event) => {
    const [file] = event.dataTransfer?.files ?? [];
    if (!file) return;
    event.preventDefault();
    void take(file);
  });
  void read();

  /** Puts another draft in the place of this one, which can be had back. */
  function replace(draft: string, words: string): void {
    const old = text.value;
    text.value = draft;
    void read();
    const run = (): void => {
      text.value = old;
      void read();
    };
    notice(words, { label: "Undo", run });
  }

  async function take(file: File): Promise<void> {
    if (file.size > 4 * LONGEST_SOURCE) say([], "This file is far too long for a lesson.");
    else replace(await file.text(), `Opened ${file.name}.`);
  }

  function say(told: Told["problems"], words: string): void {
    const sorted = told.toSorted((a, b) => a.line - b.line);
    setText(verdict, words);
    text.mark(new Set(told.map(({ line }) => line)));
    problems.replaceChildren(
      ...sorted
        .slice(0, 50)
        .map(({ line, text: what }) =>
          el(
            "li",
            {},
            el("button", { onclick: () => text.goTo(line) }, el("b", {}, `Line ${line}`), what),
          ),
        ),
    );
  }

  async function read(): Promise<void> {
    const source = text.value;
    if (!writeStored(KEY, source)) setText(verdict, "This browser does not keep the draft.");
    reading.abort();
    checking.abort();
    reading = new AbortController();
    check.removeAttribute("disabled");
    try {
      const told = await readDraft({ source, file: FILE, slugs }, reading.signal);
      if (left) return;
      const { lesson } = told;
      if (told.problems.length === 0 && !(lesson.scenario in scenarios)) {
        const known = Object.keys(scenarios).join(", ");
        const words = `There is no scenario \`${lesson.scenario}\`. There are ${known}.`;
        say([{ line: 2, text: words }], "One thing to mend.");
      } else {
        say(told.problems, summary(told, "It reads well. Check plays it, too."));
        if (told.problems.length === 0) await preview(told);
      }
    } catch (error) {
      fail(error);
    }
  }

  function fail(error: unknown): void {
    if (!(error instanceof ReadError)) throw error;
    if (!left) say([], error.message);
  }

  async function preview({ lesson }: Told): Promise<void> {
    const now = JSON.stringify(lesson);
    if (now === shown) return;
    const scenario = await scenarios[lesson.scenario]?.();
    if (!scenario || left) return;
    shown = now;
    const part = frame.dataset["part"];
    const typing = document.activeElement;
    closePreview();
    const place = { number: 1, of: 1, name: "Your draft" };
    const mine = reading;
    const close = await workspace({ key: SESSION, scenario, lesson, place });
    // Somebody typed on while the servers loaded: the next preview is on its way.
    if (left || mine !== reading) {
      shown = "";
      close();
      return;
    }
    closePreview = close;
    frame.querySelector<HTMLElement>(`.parts [data-part="${part ?? "read"}"]`)?.click();
    if (typing instanceof HTMLElement) typing.focus();
  }

  /** Plays the draft in every way that it names. */
  async function prove(): Promise<void> {
    const source = text.value;
    checking.abort();
    checking = new AbortController();
    const { signal } = checking;
    check.setAttribute("disabled", "");
    setText(verdict, "Playing the lesson …");
    try {
      const told = await readDraft({ source, file: FILE, slugs }, signal);
      const scenario = await scenarios[told.lesson.scenario]?.();
      const proved = scenario
        ? await readDraft({ source, file: FILE, slugs, scenario }, signal)
        : told;
      if (left || signal.aborted) return;
      const well = `It holds: played ${proved.plays} times, in every way that it names.`;
      say(proved.problems, summary(proved, well));
    } catch (error) {
      fail(error);
    }
    check.removeAttribute("disabled");
  }

  function save(): void {
    const link = el("a", {
      href: URL.createObjectURL(new Blob([text.value], { type: "text/markdown" })),
      download: "01-my-lesson.md",
    });
    link.click();
    URL.revokeObjectURL(link.href);
    notice("Saved as 01-my-lesson.md.");
  }

  async function share(): Promise<void> {
    const packed = await packLesson(text.value);
    if (packed === undefined) {
      notice("This lesson is too long for a link. Save it as a file instead.");
      return;
    }
    const link = `${location.href.split("#")[0]}#/learn?lesson=${packed}`;
    try {
      await navigator.clipboard.writeText(link);
      notice("The link is copied. It holds the whole lesson.");
    } catch {
      // Not every page may write there.
      notice("The link stands behind this button: copy its address.", {
        label: "The lesson",
        run: () => void (location.hash = `#/learn?lesson=${packed}`),
      });
    }
  }

  return {
    leave() {
      left = true;
      clearTimeout(timer);
      reading.abort();
      checking.abort();
      writeStored(KEY, text.value);
      closePreview();
      page.replaceChildren();
    },
  };
}

function summary({ problems }: Told, well: string): string {
  if (problems.length === 0) return well;
  return problems.length === 1 ? "One thing to mend." : `${problems.length} things to mend.`;
}
