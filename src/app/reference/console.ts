/** A small console in the page: an example played with a server of one's choice, and room to go on. */
import { el } from "../el.ts";
import type { Example } from "./examples.ts";
import { play, SERVERS, type Play, type Seen } from "./play.ts";

/** The console of an example, before it is run. */
export function exampleConsole(example: Example): HTMLElement {
  let server = SERVERS[0]![0];
  let session: Play | undefined;
  let shown = 0;
  const log = el("div", {
    class: "console-log",
    tabindex: 0,
    role: "log",
    "aria-label": "Session",
  });
  const input = el("input", {
    "aria-label": "Say something more to the server",
    placeholder: "Say something more",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
  });
  const more = el(
    "form",
    {
      hidden: true,
      onsubmit: (event: Event) => {
        event.preventDefault();
        if (input.value === "") return;
        session?.type(`1> ${input.value}`);
        input.value = "";
        draw();
      },
    },
    input,
    el("button", { class: "button" }, "Enter"),
  );
  const choice = el(
    "select",
    {
      "aria-label": "Server",
      onchange: () => {
        server = SERVERS[choice.selectedIndex]?.[0] ?? server;
        if (session) run();
      },
    },
    ...SERVERS.map(([, title]) => el("option", {}, title)),
  );
  const start = el("button", { class: "strong", onclick: () => run() }, "Run it");

  function run(): void {
    session = play(server, example);
    shown = 0;
    log.replaceChildren();
    log.hidden = false;
    more.hidden = false;
    draw();
    start.textContent = "Run it again";
  }

  function draw(): void {
    for (const seen of session?.seen.slice(shown) ?? []) log.append(seenLine(seen));
    shown = session?.seen.length ?? 0;
    log.scrollTop = log.scrollHeight;
  }

  log.hidden = true;
  return el("div", { class: "console" }, el("div", { class: "row" }, choice, start), log, more);
}

/** A line as a terminal shows it, with a mark for the second window. */
export function seenLine({ kind, window, text }: Seen): HTMLElement {
  const [, digit, rest = ""] = kind === "reply" ? (/^([1-6])(\d\d.*)$/.exec(text) ?? []) : [];
  const code = digit === undefined ? "" : digit + rest.slice(0, 2);
  return el(
    "p",
    { class: kind, "data-window": window },
    code !== "" && el("b", { "data-digit": digit }, code),
    code === "" ? text : rest.slice(2),
  );
}
