/** Search over the lessons, the reference and the networks: a dialog with a line to type in, and the findings. */
import { networks, texts } from "virtual:search";
import { glossary } from "../../explain/glossary.ts";
import { replyNote } from "../../explain/replies.ts";
import { el } from "../el.ts";
import { codes, verbs } from "../reference/entries.ts";
import { find, type Findable } from "./find.ts";
import "./search.css";

/** How many findings are shown. */
const MOST = 12;

const PAGES: readonly Findable[] = [
  {
    title: "Sandbox",
    kind: "page",
    href: "#/sandbox",
    text: "type what you like without a lesson",
  },
  {
    title: "Stamp card",
    kind: "page",
    href: "#/stamps",
    text: "progress export import reply codes",
  },
  { title: "Write a lesson", kind: "page", href: "#/author", text: "author editor markdown" },
  { title: "For teachers", kind: "page", href: "#/teach", text: "class present offline" },
];

const all: readonly Findable[] = [
  ...verbs.map(({ verb, purpose }): Findable => ({
    title: verb,
    kind: "command",
    href: `#/reference/${verb}`,
    text: purpose,
  })),
  ...codes.map(({ code }): Findable => {
    const { short, long } = replyNote(code);
    return {
      title: String(code),
      kind: "reply",
      href: `#/reference/${code}`,
      text: `${short}: ${long}`,
    };
  }),
  ...Object.entries(glossary).map(([name, { text }]): Findable => ({
    title: name,
    kind: "term",
    href: `#/reference/${encodeURIComponent(name)}`,
    text,
  })),
  ...networks.map(({ name, title, text }): Findable => ({
    title,
    kind: "network",
    href: `#/sandbox/${name}`,
    text,
  })),
  ...texts.map(({ slug, lesson, step, text }): Findable => ({
    title: step === "" ? lesson : `${lesson}: ${step}`,
    kind: step === "" ? "lesson" : "step",
    href: `#/learn/${slug}`,
    text,
  })),
  ...PAGES,
];

/** Opens the search, for `asked` at first. */
export function openSearch(asked = ""): void {
  if (document.querySelector("dialog.search")) return;
  let chosen = 0;
  let found: readonly Findable[] = [];
  const list = el("ul", { id: "findings", role: "listbox", "aria-label": "Findings" });
  const none = el("p", { class: "soft", role: "status" });
  const input = el("input", {
    type: "text",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": "findings",
    "aria-label": "Search lessons, reference and networks",
    placeholder: "A verb, a code, what went wrong …",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    oninput: () => look(),
    onkeydown: (event: Event) => {
      if (event instanceof KeyboardEvent) press(event);
    },
  });
  const dialog = el(
    "dialog",
    { class: "search", "aria-label": "Search" },
    input,
    list,
    none,
    el(
      "p",
      { class: "search-keys soft" },
      el("kbd", {}, "↑"),
      " ",
      el("kbd", {}, "↓"),
      " choose, ",
      el("kbd", {}, "Enter"),
      " opens, ",
      el("kbd", {}, "Esc"),
      " closes",
    ),
  );

  function look(): void {
    found = find(all, input.value).slice(0, MOST);
    chosen = 0;
    list.replaceChildren(
      ...found.map(({ title, kind, text, href }, at) =>
        el(
          "li",
          { id: `finding-${at}`, role: "option", onclick: () => go(href) },
          el("i", {}, kind),
          el("b", {}, title),
          el("span", {}, text.slice(0, 140)),
        ),
      ),
    );
    const empty = found.length > 0 || input.value.trim() === "";
    none.textContent = empty ? "" : "Nothing of that name.";
    choose();
  }

  function choose(): void {
    for (const [at, item] of [...list.children].entries()) {
      item.setAttribute("aria-selected", String(at === chosen));
      if (at === chosen) item.scrollIntoView({ block: "nearest" });
    }
    if (found.length > 0) input.setAttribute("aria-activedescendant", `finding-${chosen}`);
    else input.removeAttribute("aria-activedescendant");
  }

  function press(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      chosen = (chosen + step + found.length) % Math.max(1, found.length);
      choose();
    } else if (event.key === "Enter") {
      const one = found[chosen];
      if (one) go(one.href);
    } else return;
    event.preventDefault();
  }

  function go(href: string): void {
    dialog.close();
    location.hash = href;
  }

  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  input.value = asked;
  look();
  dialog.showModal();
  input.focus();
}
