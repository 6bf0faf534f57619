/** A page for whoever teaches with this one. */
import { el } from "../el.ts";
import type { Opened, Place } from "../page.ts";
import "../style/sheet.css";

/** Shows the page. */
export function open({ page, title }: Place): Opened {
  title("For teachers");
  page.replaceChildren(
    el(
      "div",
      { class: "sheet" },
      el("h1", { tabindex: -1 }, "Teaching with Port 21"),
      el(
        "p",
        { class: "lead" },
        "The page is a lesson book, a laboratory and a projector. It needs no account, sends nothing anywhere, and nobody can break anything that Start over does not mend.",
      ),
      el("h2", {}, "In front of a class"),
      el(
        "p",
        {},
        "Open a lesson and press ",
        el("b", {}, "Present"),
        ". Terminals and picture fill the screen, large enough for the back row, with a caption for each step. The arrow keys go step by step, ",
        el("kbd", {}, "T"),
        " hands you the keyboard for a question from the room, and ",
        el("kbd", {}, "Esc"),
        " gives it back.",
      ),
      el("h2", {}, "The same for everybody"),
      el(
        "p",
        {},
        "Ports and other accidents come from a number that belongs to each lesson. So the whole class is told the same port by the same 227, and can compare its sums. Whatever somebody types differently changes what follows, as on a real server.",
      ),
      el("h2", {}, "Without a network"),
      el(
        "p",
        {},
        "The site is a folder of static files. Any plain web server will do, on a stick or on the school's own machine. The servers that are dialled in the lessons live in the page, so no port has to be opened anywhere.",
      ),
      el("h2", {}, "How to see who got where"),
      el(
        "p",
        {},
        "Progress and stamps are kept in each learner's browser. On the page ",
        el("a", { href: "#/stamps" }, "Stamps"),
        " they can be saved as a file and handed in. A file is no proof: anybody can write one. Ask for the port instead.",
      ),
      el("h2", {}, "Your own lesson"),
      el(
        "p",
        {},
        "A lesson is one Markdown file. ",
        el("a", { href: "#/author" }, "Write one here"),
        ", with the lesson playing beside it, check that its solution really reaches its goals, and hand it to your class as a file or as a link that holds the whole lesson.",
      ),
    ),
  );
  return { leave: () => page.replaceChildren() };
}
