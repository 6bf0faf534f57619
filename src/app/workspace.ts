/** A session on the page: what is read, the windows, and what crosses the wire. */
import { connectionReader } from "../explain/connections.ts";
import { controlKey, readDeed } from "../lesson/deed.ts";
import type { Lesson } from "../lesson/lesson.ts";
import type { LessonRun } from "../lesson/run.ts";
import type { Scenario } from "../sim/scenario.ts";
import type { WorldInput } from "../sim/stage.ts";
import { el } from "./el.ts";
import { afterPaint } from "./after-paint.ts";
import type { Extras } from "./extras.ts";
import { lateRun } from "./late-run.ts";
import { lessonPanel, type Place } from "./lesson-panel.ts";
import { notice } from "./notice.ts";
import { nowCard } from "./now-card.ts";
import { partTabs } from "./parts.ts";
import {
  loadRecording,
  dropRecording,
  sandboxKey,
  saveRecording,
  type RecordedAnswer,
  type Recording,
} from "./recording.ts";
import { loadedRun, loadedServers, loadServers } from "./servers.ts";
import { openSession } from "./session.ts";
import { typist } from "./typist.ts";
import { openWindows } from "./windows.ts";
import type { Watch } from "./witness.ts";

type ExtrasModule = typeof import("./extras.ts");

/** What a workspace is opened with. Without a lesson it is the sandbox, whose panel is an extra. */
export type WorkspaceOptions = {
  /** Names the session in the browser's store. */
  readonly key: string;
  readonly scenario: Scenario;
  /** Is told after each change: progress and stamps are read from there. */
  readonly watch?: Watch;
  /** A line that stands typed in window 1, without its Enter. */
  readonly line?: string;
} & (
  | { readonly lesson: Lesson; readonly place: Place; readonly extras?: undefined }
  | { readonly lesson?: undefined; readonly extras: ExtrasModule }
);

/** The workspace on the page: the key of its session, and how it goes on from another recording. */
let onPage: { readonly key: string; adopt(other: Recording): void } | undefined;

/** Fills `frame` with a workspace: the stored session if there is one. Gives back how to leave it. */
export function openWorkspace(frame: HTMLElement, options: WorkspaceOptions): () => void {
  const { recording, trouble } = loadRecording(options.key, options.scenario.name);
  if (trouble !== undefined) notice(trouble);
  let close = mount(recording);

  function mount(from: Recording | undefined): () => void {
    return build(frame, options, from, adopt, (old) => {
      close();
      dropRecording(options.key);
      close = mount(undefined);
      frame.querySelector<HTMLElement>(".read h1")?.focus();
      notice("Started over.", { label: "Undo", run: () => adopt(old) });
    });
  }
  /** Goes on from another recording. */
  function adopt(other: Recording): void {
    close();
    saveRecording(options.key, other);
    close = mount(other);
    const step = frame.querySelector<HTMLElement>("[aria-current] h2, .finish h2");
    (step ?? frame.querySelector<HTMLElement>(".read h1"))?.focus();
  }
  onPage = { key: options.key, adopt };
  return () => {
    onPage = undefined;
    close();
  };
}

/** Goes on with `recording` in the sandbox of its network. What stood there can be had back. */
function takeToSandbox(recording: Recording): void {
  const { scenario } = recording;
  const key = sandboxKey(scenario);
  const { recording: old } = loadRecording(key, scenario);
  saveRecording(key, { ...recording, answers: [] });
  location.hash = `#/${key.replace(".", "/")}`;
  if (!old || old.inputs.length === 0) return;
  const run = (): void => {
    if (onPage?.key === key) onPage.adopt(old);
    else saveRecording(key, old);
  };
  notice("This took the place of your last session here.", { label: "Undo", run });
}

/** One session's DOM. It lives as long as the session does. */
function build(
  frame: HTMLElement,
  options: WorkspaceOptions,
  recording: Recording | undefined,
  adopt: (other: Recording) => void,
  restart: (old: Recording) => void,
): () => void {
  const { key, scenario, lesson } = options;
  const session = openSession({ key, scenario, recording, onTrouble: (words) => notice(words) });
  const { facts } = session.world.trace;
  const connections = connectionReader();
  const feed = (input: WorldInput): void => session.feed(input);
  const keys = typist(feed);
  const stack = el("div", { class: "type" });
  const opened = openWindows(stack, scenario.learner.name, feed);
  const windows = opened.open;
  const parts = partTabs(frame, options.lesson?.title ?? "Sandbox");
  const stop = new AbortController();
  let extras: Extras | undefined;
  /** The window that was typed in last. */
  let active = 1;
  /** The window that is to have the focus as soon as it is there. */
  let wanted: number | undefined;

  const choose = (window: number): void => {
    active = window;
    for (const { dom, number } of windows.values()) {
      dom.toggleAttribute("data-active", number === window);
    }
    extras?.choose(window);
  };
  /** Sets a window's look, and lets go of what was set before. */
  const dress = (window: number, name: string, hidden: boolean): void => {
    const others = session.looks.filter(([number]) => number !== window);
    session.looks = name === "" && !hidden ? others : [...others, [window, name, hidden]];
    update();
  };
  /** Brings a window to the front, or has it opened first. */
  const show = (window: number): void => {
    const look = session.looks.find(([number]) => number === window);
    if (look?.[2]) dress(window, look[1], false);
    const host = scenario.windows?.[window - 1];
    if (!windows.has(window)) feed({ kind: "open", window, ...(host !== undefined && { host }) });
    choose(window);
  };
  const go = (window: number): void => {
    parts.show("type");
    show(window);
    wanted = windows.has(window) ? undefined : window;
    // Nothing that is typed from now on is meant for another window.
    if (wanted !== undefined && document.activeElement instanceof HTMLElement)
      document.activeElement.blur();
    windows.get(window)?.focus();
  };
  const type = (window: number, text: string, enter = true): void => {
    parts.show("type");
    show(window);
    keys.type(window, text, enter);
    // On a touch screen the focus would bring up the keyboard over what is being typed.
    if (!matchMedia("(pointer: coarse)").matches) go(window);
  };
  const startOver = (): void => restart(session.recording());

  /** Does what a lesson asks for beside typing. */
  const act = (text: string): void => {
    const deed = readDeed(text);
    if (deed?.kind === "skip" && session.world.next === undefined)
      notice("Nothing is on its way, so there is nothing to wait for.");
    else if (deed?.kind === "skip") session.skip();
    else if (deed?.kind === "wait") session.skip(deed.seconds * 1000);
    else if (deed) feed(deed);
  };
  /** Goes to the beginning of a step. */
  const begin = (step: number): void => {
    if (!lesson || !run) return;
    const old = session.recording();
    const now = { recording: old, step: run.step };
    import("./begin.ts")
      .then(({ recordingAt }) => recordingAt(step, lesson, scenario, now))
      .then((there) => {
        if (stop.signal.aborted) return;
        if (!there) {
          notice("That step cannot be reached from here. Start over to try again.");
          return;
        }
        adopt(there);
        notice("Here this step begins.", { label: "Undo", run: () => adopt(old) });
      })
      .catch(console.error);
  };

  const run = lesson && lateRun(lesson, () => loadedRun(lesson));
  if (run) replayAnswers(run, facts, session.answers);
  const panel =
    options.lesson &&
    run &&
    lessonPanel(options.lesson, run, options.place, {
      type(typed) {
        const { window, text } = typed;
        const control = controlKey(text);
        if (window === 0) act(text);
        else if (control === undefined) type(window, text);
        else {
          show(window);
          feed({ kind: "key", window, text: control });
          go(window);
        }
      },
      answer(text) {
        const { step } = run;
        const weigh = (): void => {
          run.read(facts);
          if (stop.signal.aborted || run.step !== step) return;
          run.answer(text);
          session.answer(text);
        };
        if (loadedServers(scenario)) weigh();
        // Whoever answers at once waits until answers can be weighed.
        else loadServers(scenario).then(weigh).catch(console.error);
      },
      begin,
      toSandbox() {
        takeToSandbox(session.recording());
      },
      startOver,
    });
  const now = options.lesson && run && nowCard(options.lesson, run, () => parts.show("read"));
  stack.prepend(...(now ? [now.dom] : []));
  /** Lets the windows on the page be those of the world, each as it was arranged. */
  const arrange = (): void => {
    const closed = opened.read(facts);
    if (closed.length > 0) {
      session.looks = session.looks.filter(([number]) => !closed.includes(number));
    }
    for (const [number, window] of windows) {
      const [, name = "", hidden = false] = session.looks.find(([at]) => at === number) ?? [];
      window.rename(name);
      window.dom.hidden = hidden;
    }
    const shown = [...windows.values()].filter(({ dom }) => !dom.hidden);
    stack.dataset["count"] = String(shown.length);
    stack.style.setProperty("--count", String(shown.length));
    if (shown.length > 0 && !shown.some(({ number }) => number === active)) {
      choose(shown[0]?.number ?? 1);
    }
    if (wanted !== undefined && windows.has(wanted)) {
      windows.get(wanted)?.focus();
      wanted = undefined;
    }
  };
  const update = (): void => {
    connections.read(facts);
    arrange();
    for (const window of windows.values()) {
      window.update(facts, connections.ofWindow(window.number));
    }
    run?.read(facts);
    panel?.update();
    now?.update();
    extras?.update();
    options.watch?.(facts, run);
  };

  frame.replaceChildren(
    parts.dom,
    el("section", { class: "read", "aria-label": panel ? "Lesson" : "Commands" }, panel?.dom),
    stack,
    el("div", { class: "see-column" }),
  );
  parts.show("type");
  stack.addEventListener("focusin", ({ target }) => {
    const at = target instanceof Element && target.closest<HTMLElement>(".window");
    if (at) choose(Number(at.dataset["window"]));
  });
  windowKeys(
    (window) => {
      if (windows.has(window)) go(window);
    },
    (pressed) => {
      const one = pressed.length === 1;
      const text = one ? pressed : { Enter: "\r", Backspace: "\x7f" }[pressed];
      if (wanted !== undefined && text) feed({ kind: "key", window: wanted, text });
      else if (one && pressed !== " ") go(active);
    },
    stop.signal,
  );

  const add = (module: ExtrasModule): void => {
    if (stop.signal.aborted) return;
    const sandbox = panel ? undefined : { type, startOver };
    const desk = { windows, session, go, dress, choose };
    const lab = { scenario, facts, feed, recording: () => session.recording(), adopt };
    const under = run && lesson && { lesson, run };
    extras = module.addExtras({
      frame,
      scenario,
      facts,
      connections,
      desk,
      lab,
      lesson: under,
      sandbox,
    });
    choose(active);
    extras.update();
  };
  if (options.extras) add(options.extras);
  else {
    afterPaint(() => {
      import("./extras.ts").then(add).catch(console.error);
    });
  }
  session.onChange(update);
  update();
  if (options.line) type(1, options.line, false);

  return () => {
    stop.abort();
    keys.stop();
    session.destroy();
    for (const window of windows.values()) window.destroy();
    extras?.destroy();
  };
}

/** Alt+1 to Alt+6 go to a window; whoever just begins to type means the one typed in last. */
function windowKeys(
  focus: (window: number) => void,
  begin: (key: string) => void,
  signal: AbortSignal,
): void {
  const listener = (event: KeyboardEvent): void => {
    const { key, code, altKey, ctrlKey, metaKey, target } = event;
    if (ctrlKey || metaKey) return;
    // By the key's place: with Alt a Mac writes another character there.
    if (altKey && /^Digit[1-6]$/.test(code)) {
      event.preventDefault();
      focus(Number(code[5]));
      return;
    }
    // A button, a heading, the picture: none of them is typed in.
    const nowhere = !(target instanceof Element && target.matches("input, textarea"));
    if (nowhere && !altKey) begin(key);
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
