/** A session on the page: what is read, the two windows, and what crosses the wire. */
import { connectionReader } from "../explain/connections.ts";
import type { Lesson } from "../lesson/lesson.ts";
import { lessonRun, type LessonRun } from "../lesson/run.ts";
import type { Scenario } from "../sim/scenario.ts";
import type { WorldInput } from "../sim/stage.ts";
import { el } from "./el.ts";
import { afterPaint } from "./after-paint.ts";
import type { Extras } from "./extras.ts";
import { lessonPanel, type Place } from "./lesson-panel.ts";
import { notice } from "./notice.ts";
import { nowCard } from "./now-card.ts";
import { partTabs } from "./parts.ts";
import {
  loadRecording,
  dropRecording,
  saveRecording,
  type RecordedAnswer,
  type Recording,
} from "./recording.ts";
import { openSession } from "./session.ts";
import { terminalWindow } from "./terminal.ts";
import { typist } from "./typist.ts";

type ExtrasModule = typeof import("./extras.ts");

/** What a workspace is opened with. Without a lesson it is the sandbox, whose panel is an extra. */
export type WorkspaceOptions = {
  /** Names the session in the browser's store. */
  readonly key: string;
  readonly scenario: Scenario;
} & (
  | { readonly lesson: Lesson; readonly place: Place; readonly extras?: undefined }
  | { readonly lesson?: undefined; readonly extras: ExtrasModule }
);

/** Fills `frame` with a workspace: the stored session if there is one. Gives back how to leave it. */
export function openWorkspace(frame: HTMLElement, options: WorkspaceOptions): () => void {
  const { recording, trouble } = loadRecording(options.key, options.scenario.name);
  if (trouble !== undefined) notice(trouble);
  let close = mount(recording);

  function mount(from: Recording | undefined): () => void {
    return build(frame, options, from, (old) => {
      close();
      dropRecording(options.key);
      close = mount(undefined);
      frame.querySelector<HTMLElement>("h1")?.focus();
      notice("Started over.", {
        label: "Undo",
        run() {
          close();
          saveRecording(options.key, old);
          close = mount(old);
        },
      });
    });
  }
  return () => close();
}

/** One session's DOM. It lives as long as the session does. */
function build(
  frame: HTMLElement,
  options: WorkspaceOptions,
  recording: Recording | undefined,
  restart: (old: Recording) => void,
): () => void {
  const { key, scenario } = options;
  const session = openSession({ key, scenario, recording, onTrouble: (words) => notice(words) });
  const { facts } = session.world.trace;
  const connections = connectionReader();
  const feed = (input: WorldInput): void => session.feed(input);
  const keys = typist(feed);
  const windows = [1, 2].map((number) => terminalWindow(number, feed));
  const parts = partTabs(frame);
  const stop = new AbortController();
  let extras: Extras | undefined;
  /** The window that was typed in last. */
  let active = 1;

  const choose = (window: number): void => {
    active = window;
    for (const { dom, number } of windows) dom.toggleAttribute("data-active", number === window);
    extras?.choose(window);
  };
  const type = (window: number, text: string, enter = true): void => {
    parts.show("type");
    choose(window);
    keys.type(window, text, enter);
    // On a touch screen the focus would bring up the keyboard over what is being typed.
    if (!matchMedia("(pointer: coarse)").matches) windows[window - 1]?.focus();
  };
  const startOver = (): void => restart(session.recording());

  const run = options.lesson && lessonRun(options.lesson);
  if (run) replayAnswers(run, facts, session.answers);
  const panel =
    options.lesson &&
    run &&
    lessonPanel(options.lesson, run, options.place, {
      type: (typed) => type(typed.window, typed.text),
      answer(text) {
        run.read(facts);
        run.answer(text);
        session.answer(text);
      },
      startOver,
    });
  const now = options.lesson && run && nowCard(options.lesson, run, () => parts.show("read"));
  const update = (): void => {
    connections.read(facts);
    for (const window of windows) window.update(facts, connections.ofWindow(window.number));
    run?.read(facts);
    panel?.update();
    now?.update();
    extras?.update();
  };

  frame.replaceChildren(
    parts.dom,
    el("section", { class: "read", "aria-label": panel ? "Lesson" : "Commands" }, panel?.dom),
    el("div", { class: "type" }, now?.dom, ...windows.map(({ dom }) => dom)),
    el("div", { class: "see-column" }),
  );
  parts.show("type");
  for (const { dom, number } of windows) dom.addEventListener("focusin", () => choose(number));
  const focus = (window: number): void => {
    parts.show("type");
    windows[window - 1]?.focus();
  };
  windowKeys(focus, () => active, stop.signal);

  const add = (module: ExtrasModule): void => {
    if (stop.signal.aborted) return;
    const sandbox = panel ? undefined : { type, startOver };
    const touch = { feed, choose };
    extras = module.addExtras({ frame, scenario, facts, connections, touch, sandbox });
    choose(active);
    extras.update();
  };
  if (options.extras) add(options.extras);
  else {
    afterPaint(() => {
      import("./extras.ts")
        .then(add)
        .catch(() => notice("The picture of the wire did not load. Reload to try again."));
    });
  }
  session.onChange(update);
  update();

  return () => {
    stop.abort();
    keys.stop();
    session.destroy();
    for (const window of windows) window.destroy();
    extras?.destroy();
  };
}

/** Alt+1 and Alt+2 go to a window; whoever just begins to type means the one typed in last. */
function windowKeys(
  focus: (window: number) => void,
  last: () => number,
  signal: AbortSignal,
): void {
  const listener = (event: KeyboardEvent): void => {
    const { key, code, altKey, ctrlKey, metaKey, target } = event;
    if (ctrlKey || metaKey) return;
    // By the key's place: with Alt a Mac writes another character there.
    if (altKey && (code === "Digit1" || code === "Digit2")) {
      event.preventDefault();
      focus(code === "Digit1" ? 1 : 2);
      return;
    }
    // A button, a heading, the picture: none of them is typed in.
    const nowhere = !(target instanceof Element && target.matches("input, textarea"));
    if (nowhere && !altKey && key.length === 1 && key !== " ") focus(last());
  };
  addEventListener("keydown", listener, { signal });
}

/** Gives the answers of a recording at their places: each when the trace was as long as then. */
function replayAnswers(
  run: LessonRun,
  facts: Parameters<LessonRun["read"]>[0],
  answers: readonly RecordedAnswer[],
): void {
  for (const [length, text] of answers) {
    run.read(facts.slice(0, length));
    run.answer(text);
  }
}
