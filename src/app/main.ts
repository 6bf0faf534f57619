/** The page: from the address to what stands below the top bar. */
import { lessons } from "virtual:lessons";
import { scenarios } from "virtual:scenarios";
import { el } from "./el.ts";
import { parseRoute, type Route } from "./route.ts";
import { themeButton } from "./theme.ts";
import { isStored } from "./recording.ts";
import { loadServers } from "./servers.ts";
import { openWorkspace } from "./workspace.ts";
import "./style/main.css";

/** The world of the sandbox, now and later: this host and account. */
const SANDBOX = "article";

const root = document.documentElement;
const byId = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element;
};
const frame = byId("frame");
const main = byId("main");
const missing = byId("not-found");
const crumbs = byId("crumbs");
const present = byId("present");
/** The frame as index.html draws it, to stand until a lesson has loaded. */
const skeleton = [...frame.children].map((child) => child.cloneNode(true));

let leave = (): void => undefined;
/** Counts the routes taken, so that what loads late for an earlier one is dropped. */
let turn = 0;

/** Shows the page of the present address. */
async function go(first: boolean): Promise<void> {
  const mine = ++turn;
  const route = parseRoute(location.hash);
  leave();
  leave = () => undefined;
  frame.replaceChildren(...skeleton.map((child) => child.cloneNode(true)));
  delete frame.dataset["part"];
  missing.hidden = true;
  present.hidden = true;
  mark(route);

  try {
    if (route.page === "home") title(undefined);
    else if (route.page === "sandbox") {
      title("Sandbox");
      const [extras, scenario] = await Promise.all([import("./extras.ts"), scenarios[SANDBOX]?.()]);
      if (isStored("sandbox")) await loadServers();
      if (mine === turn && scenario)
        leave = openWorkspace(frame, { key: "sandbox", scenario, extras });
    } else if (route.page === "unknown") notFound("There is no page at this address.");
    else await lesson(route.page, route.slug, mine);
  } catch (error) {
    if (mine !== turn) throw error;
    notFound("This page did not load. Is the network there? Reload to try again.");
    console.error(error);
  }
  if (!first && mine === turn) (main.querySelector<HTMLElement>(visibleHeading()) ?? main).focus();
}

async function lesson(page: "learn" | "present", slug: string, mine: number): Promise<void> {
  const entry = lessons.find((each) => each.slug === slug);
  if (!entry) {
    notFound("There is no lesson of this name.");
    return;
  }
  title(entry.title, "Lessons");
  const loaded = await entry.load();
  const scenario = await scenarios[loaded.scenario]?.();
  if (mine !== turn) return;
  if (!scenario) throw new Error(`no scenario ${loaded.scenario}`);
  if (page === "learn") {
    present.hidden = false;
    present.setAttribute("href", `#/present/${slug}`);
    const place = { number: entry.number, of: lessons.length };
    const key = `learn.${slug}`;
    if (isStored(key)) await loadServers();
    if (mine === turn) leave = openWorkspace(frame, { key, scenario, lesson: loaded, place });
    return;
  }
  const [{ openPresent }] = await Promise.all([import("./present.ts"), loadServers()]);
  if (mine === turn) leave = openPresent(frame, { lesson: loaded, scenario });
}

function visibleHeading(): string {
  if (!missing.hidden) return "#not-found h1";
  return root.dataset["route"] === "home" ? "#home h1" : "#frame h1";
}

/** Marks the frame to draw and the tab we are in. */
function mark(route: Route): void {
  root.dataset["route"] = route.page;
  for (const [id, page] of [
    ["tab-learn", "learn"],
    ["tab-sandbox", "sandbox"],
  ] as const) {
    const here = route.page === page || (page === "learn" && route.page === "home");
    if (here) byId(id).setAttribute("aria-current", "page");
    else byId(id).removeAttribute("aria-current");
  }
}

function title(name: string | undefined, above?: string): void {
  document.title = name === undefined ? "Port 21: learn FTP by speaking it" : `${name} · Port 21`;
  crumbs.replaceChildren();
  if (above !== undefined) crumbs.append(el("a", { href: "#/" }, above), " / ");
  if (name !== undefined) crumbs.append(el("b", { "aria-current": "page" }, name));
}

function notFound(words: string): void {
  root.dataset["route"] = "unknown";
  title("Not found");
  missing.hidden = false;
  missing.replaceChildren(
    el("h1", { tabindex: -1 }, words),
    el("p", {}, "The address may be mistyped, or from another version of this site."),
    el(
      "div",
      { class: "actions" },
      el("a", { class: "button strong", href: "#/" }, "See the course"),
      el("a", { class: "button", href: "#/sandbox" }, "Open the sandbox"),
    ),
  );
}

themeButton(byId("theme"));
for (const each of lessons) {
  const minutes = document.getElementById(`course-${each.number}`);
  if (minutes) minutes.textContent = `${each.minutes} minutes`;
}
// The hash is the route, so a plain "#main" link would leave the page.
byId("skip").addEventListener("click", () =>
  (main.querySelector<HTMLElement>(visibleHeading()) ?? main).focus(),
);
addEventListener("hashchange", () => void go(false));
void go(true);
