/** The reference: all words on one page, and a page for each. */
import { glossary } from "../../explain/glossary.ts";
import { replyNote, replyWord } from "../../explain/replies.ts";
import { el, type Child } from "../el.ts";
import type { Opened, Place } from "../page.ts";
import type { Route } from "../route.ts";
import { codes, findEntry, verbs } from "./entries.ts";
import { entryDom } from "./entry.ts";
import "./reference.css";

/** Shows the reference, or one entry of it. */
export function open({ page, title }: Place, route: Route): Opened {
  const word = route.page === "reference" ? route.word : "";
  const entry = word === "" ? undefined : findEntry(word);
  title(entry ? entry.word : "Reference", entry ? "Reference" : undefined, "#/reference");
  if (entry) {
    page.replaceChildren(el("div", { class: "sheet" }, entryDom(entry, "h1"), around(entry.word)));
  } else page.replaceChildren(all(word));
  return { leave: () => page.replaceChildren() };
}

/** Everything, in three parts. */
function all(missed: string): HTMLElement {
  const groups = [1, 2, 3, 4, 5, 6].map((digit) =>
    codes.filter(({ code }) => code / 100 >= digit && code / 100 < digit + 1),
  );
  return el(
    "div",
    { class: "sheet wide" },
    el("h1", { tabindex: -1 }, "Reference"),
    missed !== "" &&
      el("p", { class: "lead" }, `There is no entry for “${missed}”. All there are:`),
    el(
      "p",
      { class: "lead" },
      "Every command, every reply code and every term of the course. Each command and most codes have an example that runs on the spot. Press ",
      el("kbd", {}, "/"),
      " to search.",
    ),
    el("h2", { id: "commands" }, "Commands"),
    el(
      "ul",
      { class: "verbs" },
      ...verbs.map(({ verb, purpose }) =>
        el(
          "li",
          {},
          el("a", { href: `#/reference/${verb}` }, el("code", {}, verb), el("span", {}, purpose)),
        ),
      ),
    ),
    el("h2", { id: "codes" }, "Reply codes"),
    el(
      "div",
      { class: "codes" },
      ...groups.map((group, at) =>
        el(
          "section",
          {},
          el("h3", {}, el("b", { "data-digit": at + 1 }, `${at + 1}yz`), ` ${replyWord(at + 1)}`),
          el(
            "ul",
            {},
            ...group.map(({ code }) =>
              el(
                "li",
                {},
                el(
                  "a",
                  { href: `#/reference/${code}` },
                  el("code", { "data-digit": at + 1 }, String(code)),
                  el("span", {}, replyNote(code).short),
                ),
              ),
            ),
          ),
        ),
      ),
    ),
    el("h2", { id: "terms" }, "Glossary"),
    el("dl", { class: "terms" }, ...Object.entries(glossary).flatMap(termRow)),
  );
}

function termRow([name, { text }]: [string, { readonly text: string }]): Child[] {
  const href = `#/reference/${encodeURIComponent(name)}`;
  return [el("dt", {}, el("a", { href }, name)), el("dd", {}, text)];
}

/** The neighbours in the alphabet, or in the row of codes. */
function around(word: string): HTMLElement {
  const lists = [
    verbs.map(({ verb }) => verb),
    codes.map(({ code }) => String(code)),
    Object.keys(glossary),
  ];
  const list = lists.find((each) => each.includes(word)) ?? [];
  const at = list.indexOf(word);
  const link = (name: string | undefined, before: boolean): Child =>
    name !== undefined &&
    el(
      "a",
      {
        class: "button",
        href: `#/reference/${encodeURIComponent(name)}`,
        rel: before ? "prev" : "next",
      },
      before ? `← ${name}` : `${name} →`,
    );
  return el(
    "nav",
    { class: "around", "aria-label": "Neighbours" },
    link(list[at - 1], true),
    el("a", { class: "button", href: "#/reference" }, "All of the reference"),
    link(list[at + 1], false),
  );
}
