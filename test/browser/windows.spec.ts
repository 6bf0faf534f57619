import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test, type Page } from "@playwright/test";
import { LESSON, lines, logIn, open, region, text, type } from "./page.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SANDBOX = "#/sandbox/article";
const KEY = "port21.session.sandbox.article";
/** Nobody answers at this address, and nobody says so. */
const NOWHERE = "telnet 203.0.113.99 21";

const add = (page: Page) => page.getByRole("button", { name: "+ Window" });
const chip = (page: Page, number: number) =>
  page
    .getByRole("group", { name: "Windows" })
    .getByRole("button", { name: new RegExp(`^${number} `) });

/** Opens the menu of a window from the keyboard and presses one of its lines. */
async function choose(page: Page, window: number, line: string): Promise<void> {
  await page.keyboard.press(`Alt+${window}`);
  await expect(page.getByRole("button", { name: `Menu of window ${window}` })).toBeVisible();
  await page.keyboard.press("Shift+F10");
  const item = page.getByRole("menu").getByText(line);
  await expect(page.getByRole("menuitem").first()).toBeFocused();
  for (const label of await page.getByRole("menu").locator("button").allTextContents()) {
    if (label.startsWith(line)) break;
    await page.keyboard.press("ArrowDown");
  }
  await expect(item).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toHaveCount(0);
}

async function paste(page: Page, content: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
    );
  }, content);
}

/** The session as the page keeps it. */
async function stored(page: Page): Promise<{ engine?: string; now?: number }> {
  const kept = await page.evaluate((key) => localStorage.getItem(key) ?? "{}", KEY);
  return JSON.parse(kept) as { engine?: string; now?: number };
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    type Results = { violations: { id: string; nodes: { html: string }[] }[] };
    const { axe: run } = globalThis as unknown as { axe: { run(): Promise<Results> } };
    const { violations: found } = await run.run();
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`),
    );
  });
}

test("up to six windows are opened and closed from the keyboard, and a reload keeps them", async ({
  page,
}) => {
  await open(page, SANDBOX);
  for (const number of [3, 4, 5, 6]) {
    await add(page).focus();
    await page.keyboard.press("Enter");
    await expect(region(page, number).getByRole("textbox")).toBeFocused();
    await page.keyboard.type(`help${number}`);
    await expect(text(page, number)).toContainText(`$ help${number}`);
  }
  await expect(add(page)).toBeDisabled();
  await choose(page, 4, "Close window");
  await choose(page, 1, "Close window");
  await expect(page.locator(".window")).toHaveCount(4);
  await expect(add(page)).toBeEnabled();
  // The focus is where one can type on.
  await page.keyboard.type("x");
  await expect(text(page, 2)).toContainText("$ x");
  await page.reload();
  await expect(text(page, 6)).toContainText("$ help6");
  await expect(page.locator(".window")).toHaveCount(4);
  await expect(region(page, 4)).toHaveCount(0);
  // The lowest free number is given again, to a window that is empty.
  await add(page).click();
  await add(page).click();
  await expect(region(page, 4).getByRole("textbox")).toBeFocused();
  await expect(text(page, 4)).toContainText("$");
  expect(await lines(page, 4)).toEqual(["$"]);
});

test("a hidden window goes on, and comes back with all it printed meanwhile", async ({ page }) => {
  await open(page, SANDBOX);
  await logIn(page);
  await type(page, 1, "PASV");
  await expect(text(page, 1)).toContainText("227 ");
  await type(page, 2, "telnet ftptest.exavault.com 62843");
  await expect(text(page, 2)).toContainText("Escape");
  await choose(page, 2, "Hide");
  await expect(region(page, 2)).toBeHidden();
  await expect(region(page, 1).getByRole("textbox")).toBeFocused();
  await page.keyboard.type("LIST\n");
  await expect(text(page, 1)).toContainText("226 ");
  await expect(chip(page, 2)).toContainText("something new");
  await page.reload();
  await expect(text(page, 1)).toContainText("226 ");
  await expect(region(page, 2)).toBeHidden();
  await page.keyboard.press("Alt+2");
  await expect(text(page, 2)).toContainText(".fspftpcheck.1592038283");
  await expect(chip(page, 2)).toBeHidden();
  await choose(page, 2, "Hide");
  await chip(page, 2).click();
  await expect(region(page, 2).getByRole("textbox")).toBeFocused();
});

test("a window is renamed, and keeps its name and its prompt", async ({ page }) => {
  await open(page, SANDBOX);
  await choose(page, 2, "Rename…");
  await page.keyboard.type("Downloads");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Window 2: Downloads" })).toBeVisible();
  await page.keyboard.type("help");
  await expect(text(page, 2)).toContainText("$ help");
  expect(await lines(page, 2)).toEqual(["$ help"]);
  await choose(page, 2, "Rename…");
  await page.keyboard.type("Nothing of this");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("region", { name: "Window 2: Downloads" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("region", { name: "Window 2: Downloads" })).toBeVisible();
  // Without a name it is called by what it holds again.
  await choose(page, 2, "Rename…");
  await page.keyboard.press("Delete");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Window 2: Data connection" })).toBeVisible();
});

test("a line for a window that is closed opens it first", async ({ page }) => {
  await open(page, LESSON);
  await choose(page, 1, "Close window");
  await expect(region(page, 1)).toHaveCount(0);
  await page.getByRole("button", { name: "Type it" }).click();
  await expect(text(page, 1)).toContainText("220 ProFTPD");
});

test("nobody waits for a clock: the time until something happens is skipped", async ({ page }) => {
  await open(page, SANDBOX);
  await type(page, 1, NOWHERE);
  const wait = page.locator(".wait");
  await expect(wait).toHaveText(/^Nothing answers\. The next try is in \d s/, { timeout: 15_000 });
  await wait.getByRole("button", { name: "Skip ahead" }).click();
  await page.keyboard.press("Alt+1");
  await expect(async () => {
    await page.keyboard.press("Alt+s");
    await expect(text(page, 1)).toContainText("Connection timed out", { timeout: 100 });
  }).toPass();
  await expect(wait).toBeHidden();
  const before = await lines(page, 1);
  await expect.poll(async () => (await stored(page)).now).toBeGreaterThan(120_000);
  await page.reload();
  await expect(text(page, 1)).toContainText("timed out");
  expect(await lines(page, 1)).toEqual(before);
  await expect(page.getByText("fresh start")).toHaveCount(0);
});

test("in a lesson nothing is said of a clock that only runs somewhere", async ({ page }) => {
  await page.clock.install();
  const wait = page.locator(".wait");
  for (const route of ["#/sandbox/firewall-three", "#/learn/firewall-at-the-server"]) {
    await page.goto(`./${route}`);
    await page.clock.runFor(2000);
    await expect(text(page, 1)).toContainText("$");
    await type(page, 1, "telnet files.example.net 21");
    await page.clock.runFor(2000);
    await expect(text(page, 1)).toContainText("220 ");
    // The server hangs up when nobody says anything for some minutes.
    await page.clock.runFor(20_000);
    if (route.includes("sandbox")) await expect(wait).toContainText("All is quiet");
    else await expect(wait).toBeHidden();
  }
});

test("the title of a window that is called says where, and not the caller's port", async ({
  page,
}) => {
  await open(page, SANDBOX);
  await logIn(page);
  await type(page, 2, "nc -l 50000");
  await expect(region(page, 2)).toContainText("on port 50000");
  await type(page, 1, "PORT 198,51,100,7,195,80");
  await expect(text(page, 1)).toContainText("200 ");
  await type(page, 1, "LIST");
  await expect(text(page, 1)).toContainText("226 ");
  await expect(region(page, 2)).toContainText("called on 50000, closed by the server after");
  await expect(region(page, 2).locator(".window-bar")).not.toContainText("port 20");
});

test("a title that has too little room keeps its count whole", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, SANDBOX);
  await logIn(page);
  await type(page, 2, "nc -l 50000");
  await type(page, 1, "PORT 198,51,100,7,195,80");
  await expect(text(page, 1)).toContainText("200 ");
  await type(page, 1, "LIST");
  await expect(text(page, 1)).toContainText("226 ");
  const bar = region(page, 2).locator(".window-peer");
  const count = bar.locator(".word").last();
  await expect(count).toHaveText(" after 837 bytes");
  // As little room as a longer title leaves.
  await bar.evaluate((peer: HTMLElement) => (peer.style.maxWidth = "200px"));
  const [outer, inner] = [await bar.boundingBox(), await count.boundingBox()];
  expect(inner!.x + inner!.width).toBeLessThanOrEqual(outer!.x + outer!.width + 1);
  expect(inner!.width).toBeGreaterThan(80);
});

test("a window that listens is no control connection any more", async ({ page }) => {
  await open(page, SANDBOX);
  await expect(region(page, 1)).toHaveAttribute("data-role", "control");
  await type(page, 1, "nc -l 50000");
  await expect(region(page, 1)).toContainText("on port 50000");
  await expect(region(page, 1)).toHaveAttribute("data-role", "other");
  await page.keyboard.press("Control+c");
  await expect(region(page, 1)).toHaveAttribute("data-role", "control");
});

test("a paste of a megabyte leaves the page alive, and says what is not kept", async ({ page }) => {
  await open(page, SANDBOX);
  await logIn(page);
  const noop = Array.from({ length: 1000 }, (_, at) => `NOOP ${at} ${"x".repeat(1000)}`).join("\n");
  await paste(page, `${noop}\n`);
  await type(page, 2, "history");
  await expect(text(page, 2)).toContainText("1  history");
  await expect(page.getByText("it cannot be stored")).toBeVisible();
  await page.reload();
  await expect(text(page, 1)).toContainText("230 ");
  await expect(page.getByText("fresh start")).toHaveCount(0);
});

test("many pasted lines are typed in their order", async ({ page }) => {
  await open(page, SANDBOX);
  await page.keyboard.press("Alt+1");
  await paste(page, "telnet ftptest.exavault.com 21\nUSER ftptest\nPASS guestpass\nPWD\nNOOP\n");
  await expect(text(page, 1)).toContainText(/331 .*230 .*257 .*200 /);
});

for (const [what, change] of [
  ["half a window", { inputs: [[0, 2.5, "o", ""]] }],
  ["a window too many", { inputs: [[0, 7, "o", ""]] }],
  [
    "time that runs backwards",
    {
      inputs: [
        [9, 1, "k", "a"],
        [3, 1, "k", "b"],
      ],
      now: 9,
    },
  ],
  ["keys after its end", { inputs: [[9, 1, "k", "a"]], now: 3 }],
  ["no end in sight", { now: 1e300 }],
  ["a kind that is none", { inputs: [[0, 1, "constructor", ""]] }],
  ["a name without an end", { looks: [[1, "x".repeat(41), false]] }],
  ["a look of nothing", { looks: [null] }],
] as const) {
  test(`a stored session with ${what} is refused`, async ({ page }) => {
    const base = { scenario: "article", seed: 21, inputs: [], answers: [], now: 0, facts: 4 };
    await open(page, SANDBOX);
    await type(page, 1, "help");
    await expect.poll(async () => (await stored(page)).engine).toBeTruthy();
    const { engine } = await stored(page);
    const hostile = JSON.stringify({ ...base, engine, ...change });
    await page.goto("about:blank");
    await page.addInitScript(([key, value]) => localStorage.setItem(key, value), [
      KEY,
      hostile,
    ] as const);
    await open(page, SANDBOX);
    await expect(page.getByText("could not be read")).toBeVisible();
  });
}

for (const [width, height, seen] of [
  [1280, 800, 3],
  [1920, 1080, 4],
] as const) {
  test(`${seen} windows stand whole at ${width} × ${height}, each with 80 columns`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await open(page, SANDBOX);
    for (let number = 3; number <= seen; number++) {
      await add(page).click();
      await expect(text(page, number)).toContainText("$");
    }
    for (let number = 1; number <= seen; number++) {
      const box = (await region(page, number).boundingBox())!;
      expect(box.y + box.height).toBeLessThan(height);
      expect(await text(page, number).locator("> div").count()).toBeGreaterThanOrEqual(8);
      const screen = (await text(page, number).boundingBox())!;
      expect(screen.x + screen.width).toBeLessThanOrEqual(box.x + box.width);
      expect(screen.y + screen.height).toBeLessThanOrEqual(box.y + box.height);
    }
    // More than fit are scrolled to by going there.
    for (let number = seen; number < 6; number++) await add(page).click();
    await page.keyboard.press("Alt+1");
    await expect(region(page, 1)).toBeInViewport({ ratio: 0.95 });
    await page.keyboard.press("Alt+6");
    await expect(region(page, 6)).toBeInViewport({ ratio: 0.95 });
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in menus, chips and waits, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page, SANDBOX);
    await add(page).click();
    await expect(region(page, 3).getByRole("textbox")).toBeFocused();
    await type(page, 3, NOWHERE);
    await choose(page, 2, "Hide");
    await expect(page.getByRole("button", { name: "Skip ahead" })).toBeVisible({ timeout: 15_000 });
    await page.getByRole("button", { name: "Menu of window 3" }).click();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(region(page, 3).getByRole("textbox")).toBeFocused();
    await choose(page, 3, "Rename…");
    expect(await violations(page)).toEqual([]);
  });
}

test("what telnet adds can be switched off, and a reload remembers", async ({ page }) => {
  await open(page, SANDBOX);
  await choose(page, 1, "Conveniences of telnet");
  await page.reload();
  await expect(text(page, 1)).toContainText("$");
  await page.getByRole("button", { name: "Menu of window 1" }).click();
  await expect(page.getByRole("menuitemcheckbox")).not.toBeChecked();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("a third window makes tabs of them", async ({ page }) => {
    await open(page, SANDBOX);
    await page.getByRole("button", { name: "Menu of window 2" }).tap();
    await page.getByRole("menuitem", { name: "New window" }).tap();
    await expect(region(page, 3)).toBeVisible();
    await expect(region(page, 1)).toBeHidden();
    const field = page.getByRole("textbox", { name: "Type a line for window 3" });
    await field.fill(NOWHERE);
    await page.getByRole("button", { name: "Enter", exact: true }).tap();
    await expect(text(page, 3)).toContainText("Trying");
    await chip(page, 1).tap();
    await expect(region(page, 1)).toBeVisible();
    await expect(region(page, 3)).toBeHidden();
    for (const number of [1, 2, 3]) {
      expect((await chip(page, number).boundingBox())!.height).toBeGreaterThanOrEqual(44);
    }
    await expect(page.getByRole("button", { name: "Skip ahead" })).toBeVisible({ timeout: 15_000 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      390,
    );
    expect(await violations(page)).toEqual([]);
  });
});

test("what another computer dials does not change the address of one's own", async ({ page }) => {
  await open(page, "#/learn/port-theft");
  await type(page, 3, "telnet careless.example.net 21");
  await expect(text(page, 3)).toContainText("220 ");
  const picture = page.getByRole("region", { name: "What crosses the wire" });
  await expect(picture.locator(".peer")).toContainText("203.0.113.71");
  await expect(picture.getByText("Your computer", { exact: true }).locator("..")).toContainText(
    "198.51.100.7",
  );
  await expect(picture.getByText("198.51.100.66", { exact: true })).toHaveCount(0);
});
