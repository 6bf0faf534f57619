/** The stamp card, and the learner's progress: to look at, to take along, to bring back. */
import { course } from "virtual:course";
import { card } from "../../explain/stamps.ts";
import { replyNote, replyWord } from "../../explain/replies.ts";
import { el, setText, type Child } from "../el.ts";
import { notice } from "../notice.ts";
import type { Opened, Place } from "../page.ts";
import {
  addProgress,
  parseProgress,
  readProgress,
  writeProgress,
  type Progress,
} from "../progress/progress.ts";
import { countStamps } from "../progress/tab.ts";
import "./stamps.css";

const DIGITS = [1, 2, 3, 4, 5, 6];

/** Shows the card. */
export function open({ page, title }: Place): Opened {
  title("Stamps");
  const counts = el("p", { class: "lead" });
  const boxes = el("div", { class: "stamp-rows" });
  const beyond = el("div", { class: "beyond" });
  const said = el("p", { class: "soft", role: "status" });
  const picker = el("input", {
    type: "file",
    accept: ".json,application/json",
    class: "unseen",
    tabindex: -1,
    "aria-hidden": "true",
    onchange: () => void bring(),
  });

  async function bring(): Promise<void> {
    const file = picker.files?.[0];
    picker.value = "";
    if (!file) return;
    // What is too large is not even read.
    const read =
      file.size > 2e6 ? parseProgress(" ".repeat(1e6)) : parseProgress(await file.text());
    if (typeof read === "string") {
      setText(said, `${read} Nothing was changed.`);
      return;
    }
    const before = readProgress();
    const after = addProgress(read);
    draw(after);
    const more = (name: "stamps" | "lessons"): number =>
      Object.keys(after[name]).length - Object.keys(before[name]).length;
    setText(said, `Brought in: ${more("stamps")} new stamps, ${more("lessons")} new lessons.`);
  }

  function draw(progress: Progress): void {
    const { lessons, stamps } = progress;
    countStamps(progress);
    const got = card.filter(({ code }) => code in stamps).length;
    const done = course.filter(({ slug }) => lessons[slug]?.done !== undefined).length;
    setText(
      counts,
      `${got} of ${card.length} stamps, ${done} of ${course.length} ${course.length === 1 ? "lesson" : "lessons"}.`,
    );
    boxes.replaceChildren(...DIGITS.map((digit) => rowOf(digit, progress)));
    const others = Object.keys(stamps).filter(
      (code) => !card.some((box) => String(box.code) === code),
    );
    beyond.replaceChildren(
      ...(others.length > 0
        ? [
            el(
              "p",
              { class: "soft" },
              `Beyond the card, and heard all the same: ${others.join(", ")}.`,
            ),
          ]
        : []),
    );
  }

  page.replaceChildren(
    el(
      "div",
      { class: "sheet wide" },
      el("h1", { tabindex: -1 }, "Stamp card"),
      el(
        "p",
        {},
        "A box for every reply code that the RFCs have. Whatever you get a server to say, in a lesson or in the sandbox, is stamped with the command that drew it. Some codes come by themselves, some want to be provoked, and a few no server alive will say.",
      ),
      counts,
      boxes,
      beyond,
      el("h2", {}, "Take it along"),
      el(
        "p",
        {},
        "Stamps and lessons done are kept in this browser only. A file carries them to another one; bringing it in adds to what is here and takes nothing away.",
      ),
      el(
        "p",
        { class: "actions" },
        el("button", { class: "button", onclick: takeAlong }, "Save as a file"),
        el("button", { class: "button", onclick: () => picker.click() }, "Bring in a file"),
        picker,
      ),
      said,
    ),
  );
  draw(readProgress());
  const changed = (event: StorageEvent): void => {
    if (event.key === null || event.key.startsWith("port21.progress")) draw(readProgress());
  };
  addEventListener("storage", changed);
  return {
    leave() {
      removeEventListener("storage", changed);
      page.replaceChildren();
    },
  };
}

function rowOf(digit: number, { stamps }: Progress): HTMLElement {
  const boxes = card.filter(({ code }) => Math.floor(code / 100) === digit);
  return el(
    "section",
    { "aria-labelledby": `row-${digit}` },
    el(
      "h2",
      { id: `row-${digit}` },
      el("b", { "data-digit": digit }, `${digit}yz`),
      ` ${replyWord(digit)}`,
    ),
    el(
      "ul",
      {},
      ...boxes.map(({ code, hint }) => {
        const stamp = stamps[code];
        const below: Child[] = stamp
          ? [
              el("b", {}, stamp.line === "" ? "it spoke by itself" : stamp.line),
              el("small", {}, `${titleOf(stamp.lesson)}, ${stamp.on}`),
            ]
          : [el("span", {}, hint)];
        return el(
          "li",
          {},
          el(
            "a",
            {
              class: stamp ? "stamp got" : "stamp",
              href: `#/reference/${code}`,
              "data-digit": digit,
              title: replyNote(code).short,
            },
            el("code", {}, String(code)),
            el("span", { class: "unseen" }, stamp ? "stamped by" : "still empty:"),
            ...below,
          ),
        );
      }),
    ),
  );
}

function titleOf(slug: string): string {
  return slug === "" ? "Sandbox" : (course.find((each) => each.slug === slug)?.title ?? slug);
}

function takeAlong(): void {
  const text = writeProgress(readProgress());
  const link = el("a", {
    href: URL.createObjectURL(new Blob([text], { type: "application/json" })),
    download: "port21-progress.json",
  });
  link.click();
  URL.revokeObjectURL(link.href);
  notice("Saved as port21-progress.json.");
}
