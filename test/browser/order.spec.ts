/** The steps of a lesson in any order: on, back, again, into the sandbox and home again. */
import { expect, test, type Locator, type Page } from "@playwright/test";
import { LESSON, lines, logIn, open, text, type } from "./page.ts";

const SANDBOX = "#/sandbox/article";

const done = (page: Page): Locator => page.getByRole("img", { name: /of \d+ steps done/ });
const current = (page: Page): Locator => page.locator(".step[aria-current] h2");
const step = (page: Page, name: string): Locator =>
  page.locator(".steps").getByRole("button", { name });
const press = (page: Page, name: string): Promise<void> =>
  page.getByRole("button", { name, exact: true }).press("Enter");
const toSandbox = (page: Page): Promise<void> => press(page, "Take this session to the sandbox");

test("a step that is skipped is done by the page, and does not count", async ({ page }) => {
  await open(page, LESSON);
  await expect(current(page)).toHaveText("Dial port 21");
  await press(page, "Skip step");
  await expect(current(page)).toHaveText("Say who you are");
  await expect(current(page)).toBeFocused();
  await expect(text(page, 1)).toContainText("220 ");
  await expect(done(page)).toHaveAccessibleName(/^0 of/);
  await press(page, "Undo");
  await expect(current(page)).toHaveText("Dial port 21");
  await expect(text(page, 1)).not.toContainText("220 ");
});

test("whoever answers the last question by the keyboard goes on at the end of the lesson", async ({
  page,
}) => {
  await open(page, "#/learn/log-in");
  await expect(current(page)).toHaveText("Begin at the wrong end");
  const last = page.getByRole("button", { name: "PASS and the password, readable" });
  while ((await last.count()) === 0) {
    const before = await current(page).innerText();
    await press(page, "Skip step");
    await expect(current(page)).not.toHaveText(before);
  }
  await last.press("Enter");
  await expect(page.locator(".finish h2")).toBeFocused();
});

test("a lesson goes on when the network has gone", async ({ page, context }) => {
  await open(page, LESSON);
  await expect(page.getByRole("region", { name: "What crosses the wire" })).toBeVisible();
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await press(page, "Skip step");
  await expect(current(page)).toHaveText("Say who you are");
  await type(page, 1, "USER ftptest");
  await expect(text(page, 1)).toContainText("331 ");
  await press(page, "Hint");
  await expect(page.locator(".hints li")).toHaveCount(1);
  await page.getByRole("link", { name: "Present" }).press("Enter");
  await expect(page.locator(".stage-windows")).toBeVisible();
});

test("a view that was never opened is there when the network has gone", async ({
  page,
  context,
}) => {
  await open(page, "#/learn/who-listens");
  const tab = page.getByRole("tab", { name: "Eavesdropper" });
  await expect(tab).toBeVisible();
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await tab.press("Enter");
  await expect(page.getByRole("tabpanel", { name: "Eavesdropper" })).not.toBeEmpty();
});

test("what does not load offers the reload", async ({ page, context }) => {
  await open(page, LESSON);
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await page.getByRole("button", { name: "Search" }).press("Enter");
  await expect(page.getByText("A part of this page did not load.")).toBeVisible();
  await context.setOffline(false);
  await press(page, "Reload");
  await expect(text(page, 1)).toContainText("$");
});

test("a page that does not load says so, and has the reload in itself", async ({
  page,
  context,
}) => {
  await page.goto("./");
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await page.getByRole("link", { name: "Sandbox" }).first().press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This page did not load.");
  await expect(page).toHaveTitle("Not loaded · Port 21");
  await expect(page.getByText("A part of this page")).toHaveCount(0);
  await context.setOffline(false);
  await page.getByRole("main").getByRole("button", { name: "Reload" }).press("Enter");
  await expect(text(page, 1)).toContainText("$");
});

test("however long a lesson is, the page around it has nothing to scroll to", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 700 });
  await open(page, LESSON);
  await page.evaluate(() => scrollTo(0, 1000));
  expect(await page.evaluate(() => scrollY)).toBe(0);
});

test("the answer is told once by hints, and praised once", async ({ page }) => {
  await open(page, "#/learn/the-pasv-sum");
  await step(page, "Do the sum").press("Enter");
  await press(page, "Go there");
  await expect(current(page)).toHaveText("Do the sum");
  const hint = page.getByRole("button", { name: "Hint", exact: true });
  for (let given = 1; given <= 2; given++) {
    await hint.press("Enter");
    await expect(page.locator(".hints li")).toHaveCount(given);
  }
  await expect(hint).toBeDisabled();
  await expect(page.getByRole("button", { name: "Skip step" })).toBeFocused();
  const [answer = ""] = (await page.locator(".hints li").last().innerText()).match(/\d{4,}/) ?? [];
  const praise = page.locator(".said").filter({ hasText: "Right" });
  await page.locator(".ask input").fill(answer);
  await press(page, "Check");
  await expect(praise).toBeVisible();
  await press(page, "← Back");
  await expect(page.locator(".step-again")).toBeVisible();
  await expect(praise).toHaveCount(1);
});

test("the focus goes on where a notice or a button goes away", async ({ page }) => {
  await open(page, LESSON);
  await press(page, "Hint");
  await press(page, "Hint");
  await press(page, "Hint");
  await expect(page.locator(".hints").getByRole("button", { name: "Type it" })).toBeFocused();
  await press(page, "Skip step");
  const undo = page.getByRole("button", { name: "Undo" });
  await expect(page.locator(".step[aria-current] h2")).toBeFocused();
  await expect(page.locator(".step[aria-current] h2")).toHaveCSS("outline-style", "solid");
  await undo.press("Enter");
  await expect(current(page)).toHaveText("Dial port 21");
  await expect(page.locator(".step[aria-current] h2")).toBeFocused();
  await press(page, "Skip step");
  const skip = page.getByRole("button", { name: "Skip step" });
  await skip.focus();
  await page.getByRole("button", { name: "Close this notice" }).press("Enter");
  await expect(skip).toBeFocused();
});

test("a coming step is gone to, and a step that is done is done again", async ({ page }) => {
  await open(page, LESSON);
  await type(page, 1, "telnet ftptest.exavault.com 21");
  await expect(current(page)).toHaveText("Say who you are");
  await step(page, "Ask where to fetch the data").press("Enter");
  await press(page, "Go there");
  await expect(current(page)).toHaveText("Ask where to fetch the data");
  await expect(text(page, 1)).toContainText("230 ");
  // Only the dial was the learner's own.
  await expect(done(page)).toHaveAccessibleName(/^1 of/);
  await type(page, 1, "PASV");
  await expect(done(page)).toHaveAccessibleName(/^2 of/);
  await expect(current(page)).not.toHaveText("Ask where to fetch the data");

  await step(page, "Say who you are").press("Enter");
  await press(page, "Do it now");
  await expect(current(page)).toHaveText("Say who you are");
  await expect(text(page, 1)).not.toContainText("331 ");
  await type(page, 1, "USER ftptest");
  await expect(text(page, 1)).toContainText("331 ");
  await expect(done(page)).toHaveAccessibleName(/^2 of/);
  await page.reload();
  await expect(text(page, 1)).toContainText("331 ");
  await expect(done(page)).toHaveAccessibleName(/^2 of/);
  await step(page, "Dial port 21").press("Enter");
  await press(page, "Do it again");
  await expect(current(page)).toHaveText("Dial port 21");
  await expect(text(page, 1)).not.toContainText("220 ");
});

test("back opens what was done, and the lesson goes on where it stood", async ({ page }) => {
  await open(page, LESSON);
  await logIn(page);
  const here = await current(page).textContent();
  await press(page, "← Back");
  await expect(page.getByText("Dial port 21").first()).toBeVisible();
  await expect(step(page, "Do it again")).toBeVisible();
  await expect(current(page)).toHaveText(here!);
  await type(page, 1, "PASV");
  await expect(current(page)).not.toHaveText(here!);
});

test("a session is taken to the sandbox and goes on there; the lesson stays where it was", async ({
  page,
}) => {
  await open(page, LESSON);
  await logIn(page);
  const before = await lines(page, 1);
  await toSandbox(page);
  await expect(page).toHaveURL(/#\/sandbox\/article$/);
  await expect(text(page, 1)).toContainText("230 ");
  expect(await lines(page, 1)).toEqual(before);
  await type(page, 1, "PWD");
  await expect(text(page, 1)).toContainText("257 ");
  await page.goBack();
  await expect(done(page)).toHaveAccessibleName(/^3 of/);
  await expect(text(page, 1)).toContainText("230 ");
  expect(await lines(page, 1)).toEqual(before);
});

test("what stood in the sandbox before can be had back", async ({ page }) => {
  await open(page, SANDBOX);
  await type(page, 2, "echo mine > note.txt");
  await expect(text(page, 2)).toContainText("echo mine");
  await page.goto(`./${LESSON}`);
  await expect(done(page)).toBeVisible();
  await logIn(page);
  await toSandbox(page);
  await expect(page).toHaveURL(/#\/sandbox\/article$/);
  await expect(text(page, 1)).toContainText("230 ");
  await expect(text(page, 2)).not.toContainText("echo mine");
  await press(page, "Undo");
  await expect(text(page, 2)).toContainText("echo mine");
  await expect(text(page, 1)).not.toContainText("230 ");
  await page.reload();
  await expect(text(page, 2)).toContainText("echo mine");
});

test("an untouched sandbox is taken without a word", async ({ page }) => {
  await open(page, LESSON);
  await logIn(page);
  await toSandbox(page);
  await expect(text(page, 1)).toContainText("230 ");
  await expect(page.getByRole("button", { name: "Undo" })).toHaveCount(0);
});
