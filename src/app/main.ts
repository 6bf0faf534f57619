/** The page: from the address to what stands below the top bar. */
import { ahead } from "./after-paint.ts";
import { lessons } from "virtual:lessons";
import { el } from "./el.ts";
import { notice } from "./notice.ts";
import type { Opened, Page } from "./page.ts";
import { parseRoute, type Route } from "./route.ts";
import { themeButton } from "./theme.ts";
import { isStored, sandboxKey } from "./recording.ts";
import { loadServers } from "./servers.ts";
import { witness } from "./witness.ts";
import { openWorkspace, type WorkspaceOptions } from "./workspace.ts";
import "./style/main.css";

/** Pages that are loaded when they are asked for. */
const PAGES: Readonly<Partial<Record<Route["page"], () => Promise<Page>>>> = {
  home: () => import("./home/home.ts"),
  reference: () => import("./reference/page.ts"),
  stamps: () => import("./stamps/page.ts"),
  author: () => import("./author/page.ts"),
  link: () => import("./author/link.ts"),
  teach: () => import("./teach/page.ts"),
};

const root = document.documentElement;
const byId = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element;
};
const frame = byId("frame");
const main = byId("main");
const page = byId("page");
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
  page.replaceChildren();
  missing.hidden = true;
  present.hidden = true;
  mark(route);

  try {
    if (route.page === "unknown") notFound("There is no page at this address.");
    else if (route.page === "sandbox") await sandbox(route.scenario, route.type, mine);
    else if (route.page === "learn" || route.page === "present")
      await lesson(route.page, route.slug, mine);
    else await other(route, mine);
  } catch (error) {
    if (mine !== turn) throw error;
    notLoaded();
    console.error(error);
  }
  if (!first && mine === turn) heading().focus();
}

async function other(route: Route, mine: number): Promise<void> {
  if (route.page === "home") title(undefined);
  const module = await PAGES[route.page]?.();
  if (mine !== turn || !module) return;
  const place = { page, frame, title, workspace: workspace.bind(undefined, mine) };
  const opened: Opened = await module.open(place, route);
  if (mine === turn) leave = opened.leave;
  else opened.leave();
}

async function sandbox(asked: string, line: string, mine: number): Promise<void> {
  const { scenarios } = await import("virtual:scenarios");
  if (mine !== turn) return;
  const name = asked || "sandbox";
  const load = scenarios[name];
  if (!load) {
    notFound("There is no sandbox of this name.");
    return;
  }
  title("Sandbox");
  const key = sandboxKey(name);
  const [extras, scenario] = await Promise.all([import("./extras.ts"), load()]);
  const close = await workspace(mine, { key, scenario, extras, line, watch: witness() });
  if (mine === turn) leave = close;
}

/** A workspace in the frame. A stored session is played again: its servers have to be there. */
async function workspace(mine: number, options: WorkspaceOptions): Promise<() => void> {
  if (isStored(options.key)) await loadServers(options.scenario);
  return mine === turn ? openWorkspace(frame, options) : () => undefined;
}

async function lesson(kind: "learn" | "present", slug: string, mine: number): Promise<void> {
  const load = Object.hasOwn(lessons, slug) && lessons[slug];
  if (!load) {
    notFound("There is no lesson of this name.");
    return;
  }
  const { default: loaded } = await load();
  if (mine !== turn) return;
  title(loaded.title, "Lessons");
  const scenario = await loaded.world();
  if (mine !== turn) return;
  if (kind === "learn") {
    present.hidden = false;
    present.setAttribute("href", `#/present/${slug}`);
    const { place } = loaded;
    const key = `learn.${slug}`;
    const watch = witness(loaded);
    const close = await workspace(mine, { key, scenario, lesson: loaded, place, watch });
    if (mine === turn) leave = close;
    ahead(projector);
    return;
  }
  const { openPresent } = await projector();
  const opened = await openPresent(frame, loaded, scenario);
  if (mine === turn) leave = opened;
  else opened();
}

function projector(): Promise<typeof import("./present.ts")> {
  return import("./present.ts");
}

/** The heading of what is shown, or the whole of it. */
function heading(): HTMLElement {
  const all = [...main.querySelectorAll<HTMLElement>("h1")];
  return all.find(({ offsetParent }) => offsetParent !== null) ?? main;
}

/** Marks the frame to draw and the tab we are in. */
function mark({ page: here }: Route): void {
  root.dataset["route"] = here === "link" ? "learn" : here;
  for (const tab of document.querySelectorAll(".tabs a")) {
    const of = tab.id.slice(4);
    const current = of === "learn" ? /^(?:home|learn|link)$/.test(here) : here === of;
    if (current) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
}

/** Names the page, and under what it stands. */
function title(name: string | undefined, above?: string, href = "#/"): void {
  document.title = name === undefined ? "Port 21: learn FTP by speaking it" : `${name} · Port 21`;
  crumbs.replaceChildren();
  if (above !== undefined) crumbs.append(el("a", { href }, above), " / ");
  if (name !== undefined) crumbs.append(el("b", { "aria-current": "page" }, name));
}

function notFound(words: string): void {
  instead(
    "Not found",
    words,
    "The address may be mistyped, or from another version of this site.",
    el("a", { class: "button strong", href: "#/" }, "See the course"),
    el("a", { class: "button", href: "#/sandbox" }, "Open the sandbox"),
  );
}

function notLoaded(): void {
  // The same is said here, and stays.
  document.getElementById("notices")?.replaceChildren();
  instead(
    "Not loaded",
    "This page did not load.",
    "Is the network there? Or this site was renewed since you opened it: a reload brings the new one.",
    el("button", { class: "strong", onclick: () => location.reload() }, "Reload"),
  );
}

/** What stands where there is no page to show. */
function instead(name: string, words: string, about: string, ...actions: HTMLElement[]): void {
  root.dataset["route"] = "unknown";
  title(name);
  missing.hidden = false;
  missing.replaceChildren(
    el("h1", { tabindex: -1 }, words),
    el("p", {}, about),
    el("div", { class: "actions" }, ...actions),
  );
}

/** What was typed while the search loads; undefined when it does not. */
let asked: string | undefined;
function search(): void {
  asked ??= "";
  void import("./search/search.ts")
    .then(({ openSearch }) => openSearch(asked))
    .finally(() => {
      asked = undefined;
    });
}
themeButton(byId("theme"));
byId("search").addEventListener("click", search);
// Before the workspace hears it, to which whoever just begins to type means a window.
addEventListener("keydown", (event) => {
  const { key, ctrlKey, metaKey, altKey, target } = event;
  const typing = target instanceof Element && target.matches("input, textarea, select");
  if (key.length > 1 || ctrlKey || metaKey || altKey || typing) return;
  if (asked === undefined && key !== "/") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (asked === undefined) search();
  else asked += key;
});
// The hash is the route, so a plain "#main" link would leave the page.
byId("skip").addEventListener("click", () => heading().focus());
// The network is gone, or the site was renewed since this page was opened.
addEventListener("vite:preloadError", () => {
  const reload = { label: "Reload", run: () => location.reload() };
  notice("A part of this page did not load. A reload brings you back to where you are.", reload);
});
addEventListener("hashchange", () => void go(false));
void go(true);
