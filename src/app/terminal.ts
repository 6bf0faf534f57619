/** One window: a title bar that says where its connection stands, and xterm below it. */
import { Terminal, type IMarker } from "@xterm/xterm";
import "@xterm/xterm/css/xterm.css";
import type { Connection } from "../explain/connections.ts";
import type { Fact } from "../sim/facts.ts";
import type { WorldInput } from "../sim/stage.ts";
import { el, setText } from "./el.ts";
import { peerText } from "./peer.ts";
import { silence } from "./reports.ts";
import { screenPainter, type Mark } from "./screen.ts";

/** As wide as terminals have always been; a listing line takes 78. */
const COLUMNS = 80;
const SCROLLBACK = 2000;
/** Badges are set in a narrower face at 11 px, so they need fewer cells than characters. */
const CELLS_PER_BADGE_CHARACTER = 0.82;
const BADGE_AIR = 10;

const narrow = matchMedia("(max-width: 959px)");
const notes = (): Promise<typeof import("../explain/replies.ts")> =>
  import("../explain/replies.ts");

/** A window with its terminal. */
export interface TerminalWindow {
  readonly dom: HTMLElement;
  readonly number: number;
  /** The title bar: what loads later adds to it. */
  readonly bar: HTMLElement;
  /** What it is called now, and whether that name was given to it. */
  readonly title: string;
  readonly named: boolean;
  /** A program has it. */
  readonly running: boolean;
  /** Gives it a name of its own; "" takes that away again. */
  rename(name: string): void;
  /** Draws what is new in the trace, and where the window's connection stands. */
  update(facts: readonly Fact[], connection: Connection | undefined): void;
  focus(): void;
  /** Keeps the first line of the newest data in sight, however much follows; or lets go of it. */
  showData(on: boolean): void;
  destroy(): void;
}

/** Where a window is. */
export interface WindowPlace {
  readonly number: number;
  /** The computer on which its shell runs. */
  readonly host: string;
  /** It is not the learner's own. */
  readonly foreign: boolean;
}

/** Makes a window. What the learner does there goes to `feed`. */
export function terminalWindow(
  { number, host: computer, foreign }: WindowPlace,
  feed: (input: WorldInput) => void,
): TerminalWindow {
  const name = el("span");
  const word = el("span", { class: "word" }, "connection");
  const peer = ["word", "", "word"].map((look) => el("span", { class: look }));
  const hangUp = el(
    "button",
    {
      class: "window-close",
      hidden: true,
      title: "Hang up: close the program in this window",
      "aria-label": `Hang up window ${number}`,
      onclick: () => {
        feed({ kind: "hang-up", window: number });
        term.focus();
      },
    },
    "Hang up",
  );
  const host = el("div", { class: "window-screen" });
  const bar = el(
    "header",
    { class: "window-bar" },
    el("b", {}, String(number)),
    el("span", { class: "window-name" }, name, word),
    el("span", { class: "dot" }),
    el("span", { class: "window-peer" }, ...peer),
    hangUp,
  );
  const dom = el("section", { class: "window", "data-window": number }, bar, host);
  const term = new Terminal({
    // Decorations, which carry the badges, are behind this switch.
    allowProposedApi: true,
    cols: COLUMNS,
    rows: 16,
    scrollback: SCROLLBACK,
    cursorBlink: false,
    cursorInactiveStyle: "outline",
    // It tells of every odd sequence in a file that somebody looks at.
    logLevel: "off",
    minimumContrastRatio: 4.5,
    theme: {
      background: "#10161f",
      foreground: "#d7dee8",
      cursor: "#e6eaf0",
      cursorAccent: "#10161f",
      selectionBackground: "#3a4a63",
    },
    // A link in a server's words is text here, not a way out of the page.
    linkHandler: { activate: () => undefined },
  });
  silence(term.parser);
  const painter = screenPainter(number);
  /** Left to itself xterm drops what is no UTF-8; a terminal shows � there. */
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let running = false;
  let nextFact = 0;
  /** The focus is to come here as soon as the terminal stands. */
  let awaited = false;
  let given = "";
  let title = "";
  /** The window in which a program was started last, and the port on which the one of this window listens. */
  let started = 0;
  let listening: number | undefined;
  /** Where the newest data begins, and whether that line is to stay in sight. */
  let dataLine: IMarker | undefined;
  let dataKept = false;

  const onData = (text: string): void => {
    // An escape sequence is one key; other text of several characters (an emoji, dictation) is as many.
    const keys = text.startsWith("\x1b") ? [text] : text;
    for (const key of keys) feed({ kind: "key", window: number, text: key });
  };
  /** The style sheet chooses the type, by the size of the page. */
  const dress = (): void => {
    const style = getComputedStyle(dom);
    term.options.fontFamily = style.getPropertyValue("--mono");
    term.options.fontSize = Number.parseFloat(style.fontSize);
    term.options.lineHeight = Number(style.getPropertyValue("--term-leading")) || 1.2;
  };
  const open = (): void => {
    dress();
    term.open(host);
    term.textarea?.setAttribute("aria-label", `Type in window ${number}`);
    // There the line below the windows is typed in: a tap here must not bring a keyboard up.
    if (narrow.matches && matchMedia("(pointer: coarse)").matches) {
      term.textarea?.setAttribute("inputmode", "none");
    }
    term.onData(onData);
    term.attachCustomKeyEventHandler(keyFilter(term));
    if (awaited) term.focus();
  };
  // Until it stands in the page there is nothing to measure.
  const sizes = new ResizeObserver(() => {
    if (host.clientHeight === 0) return;
    if (!term.element) open();
    dress();
    const cell = (host.querySelector(".xterm-screen")?.clientHeight ?? 0) / term.rows;
    const rows = Math.floor(host.clientHeight / cell);
    if (Number.isFinite(rows) && rows > 0 && rows !== term.rows) term.resize(COLUMNS, rows);
    keepData();
  });
  sizes.observe(host);

  // Caught before xterm sees it: a paste is one input, and no brackets are put around it.
  host.addEventListener(
    "paste",
    (event) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      event.preventDefault();
      event.stopImmediatePropagation();
      if (text !== "") feed({ kind: "paste", window: number, text });
    },
    { capture: true },
  );
  dom.addEventListener("click", (event) => {
    const onButton = event.target instanceof Element && event.target.closest("button, input");
    if (!onButton && !term.hasSelection()) term.focus();
  });
  if (navigator.maxTouchPoints > 0) {
    void import("./finger.ts").then(({ followFinger }) => followFinger(host, dom, term));
  }

  const mark = (what: Mark): void => {
    // The line has been written: with its line end the cursor stands below it.
    const written = what.kind !== "data" && term.buffer.active.cursorX === 0;
    const marker = term.registerMarker(written ? -1 : 0);
    if (what.kind === "data") dataLine = marker;
    else if (what.kind === "speaker") beside(marker, what.name, "speaker");
    else {
      // What replies mean is a table that loads after the terminal stands.
      void notes().then(({ replyNote }) => {
        const digit = String(Math.floor(what.code / 100));
        beside(marker, replyNote(what.code, what.verb, what.text).short, "badge", digit);
      });
    }
  };
  const beside = (marker: IMarker, text: string, look: string, digit?: string): void => {
    const line = term.buffer.active.getLine(marker.line);
    const width = Math.ceil(text.length * CELLS_PER_BADGE_CHARACTER) + 3;
    const length = line?.translateToString(true).length ?? COLUMNS;
    if (line === undefined || line.isWrapped || length + 1 + width > COLUMNS) return;
    // Where the right edge is out of sight the badge follows the text.
    const place = narrow.matches ? { x: length + 1 } : { anchor: "right" as const };
    const decoration = term.registerDecoration({ marker, width, layer: "top", ...place });
    decoration?.onRender((element) => {
      // Half a badge says nothing; the air around its words may be cut.
      const { offsetLeft, scrollWidth } = element;
      const end = host.offsetLeft - dom.offsetLeft + offsetLeft + scrollWidth - BADGE_AIR;
      element.style.visibility = narrow.matches && end > dom.clientWidth ? "hidden" : "";
      if (element.dataset["note"] !== undefined) return;
      // The words stand in the style sheet's `content`: nothing but what was printed is text here.
      element.dataset["note"] = text;
      element.classList.add(look);
      if (digit !== undefined) element.dataset["digit"] = digit;
    });
  };

  const keepData = (): void => {
    if (dataKept && dataLine && !dataLine.isDisposed) term.scrollToLine(dataLine.line);
  };

  const read = (fact: Fact): void => {
    if (fact.kind === "listen" && fact.host === computer && started === number) {
      listening = fact.port;
    } else if (fact.kind === "unlisten" && fact.host === computer && fact.port === listening) {
      listening = undefined;
    }
    if (!("window" in fact)) return;
    if (fact.kind === "run") started = fact.window;
    if (fact.window !== number) return;
    // What has just been typed begins at the left edge.
    if (fact.kind === "run") dom.scrollLeft = 0;
    if (fact.kind === "run") running = true;
    if (fact.kind === "attach" || fact.kind === "exit") listening = undefined;
    if (fact.kind === "exit" || isPrompt(fact)) running = false;
  };

  return {
    dom,
    number,
    bar,
    get title() {
      return title;
    },
    get named() {
      return given !== "";
    },
    get running() {
      return running;
    },
    rename(to) {
      given = to;
    },
    update(facts, connection) {
      for (const fact of facts.slice(nextFact)) read(fact);
      nextFact = facts.length;
      for (const piece of painter.read(facts)) {
        const note = piece.mark;
        const text = decoder.decode(piece.bytes, { stream: true });
        if (note) term.write(text, () => mark(note));
        else term.write(text);
      }
      if (dataKept) term.write("", keepData);
      const role = connection?.role ?? ROLES[number - 1] ?? "other";
      const kind =
        listening === undefined ? { control: "Control ", data: "Data ", other: "" }[role] : "";
      const held = given || (foreign ? computer : "");
      const rest = listening === undefined ? (connection ? "Connection" : "Terminal") : "Listening";
      title = held || (kind === "" ? rest : `${kind}connection`);
      setText(name, held === "" && kind !== "" ? kind : title);
      word.hidden = held !== "" || kind === "";
      const where = listening === undefined ? peerText(connection) : ["", `on port ${listening}`];
      for (const [at, part] of peer.entries()) setText(part, where[at] ?? "");
      dom.setAttribute("aria-label", `Window ${number}: ${title}`);
      // What it listens for is not what it was.
      dom.dataset["role"] = kind === "" && role === "control" ? "other" : role;
      dom.dataset["state"] = listening === undefined ? (connection?.state ?? "none") : "listening";
      hangUp.hidden = !running;
    },
    focus() {
      // A window that has just been made is typed into with the very next key.
      if (!term.element && host.clientHeight > 0) open();
      if (term.element) term.focus();
      else awaited = true;
      dom.scrollIntoView({ block: "nearest" });
    },
    showData(on) {
      if (on === dataKept) return;
      dataKept = on;
      // After all that is still to be written.
      term.write("", () => (on ? keepData() : term.scrollToBottom()));
    },
    destroy() {
      sizes.disconnect();
      term.dispose();
      dom.remove();
    },
  };
}

/** What the first windows are for, before they hold anything. */
const ROLES = ["control", "data"] as const;

/** The shell's prompt is back: it ends in "$ ", a program's own in "> ". */
function isPrompt(fact: Fact): boolean {
  return fact.kind === "print" && fact.who === "prompt" && fact.bytes.at(-2) === 0x24;
}

/** Which keys are the page's and not the terminal's: false leaves a key to the browser. */
function keyFilter(term: Terminal): (event: KeyboardEvent) => boolean {
  return (event) => {
    const { key, code, ctrlKey, altKey, metaKey, shiftKey } = event;
    if (key === "Tab" && !ctrlKey && !altKey && !metaKey) return false;
    if (/^F\d+$/.test(key)) return false;
    if (altKey && /^(Digit[1-6]|KeyS)$/.test(code)) return false;
    if (key === "ContextMenu" || (key === "F10" && shiftKey)) return false;
    const command = ctrlKey || metaKey;
    if (command && key.toLowerCase() === "v") return false;
    if (command && key.toLowerCase() === "c" && (term.hasSelection() || shiftKey)) {
      // Copied by the browser; the next Ctrl+C is the program's again.
      if (event.type === "keydown") setTimeout(() => term.clearSelection());
      return false;
    }
    return !(ctrlKey && !shiftKey && key.toLowerCase() === "r");
  };
}
