import { expect, test, type Page } from "@playwright/test";
import { LESSON, lines, logIn, open, text, type } from "./page.ts";

const KEY = "port21.session.learn.talk-to-a-server";
const done = (page: Page) => page.getByRole("img", { name: /of \d+ steps done/ });

test("a reload brings back the lesson, the step and the screens", async ({ page }) => {
  await open(page, LESSON);
  await logIn(page);
  await type(page, 1, "PASV");
  await expect(text(page, 1)).toContainText("227 Entering");
  await page.getByRole("textbox", { name: /Which port/ }).fill("62720");
  await page.getByRole("button", { name: "Check" }).click();
  await expect(page.getByText("Half way")).toBeVisible();
  await page.keyboard.press("Alt+1");
  await page.keyboard.type("half a li");
  await expect(text(page, 1)).toContainText("half a li");
  const before = [await lines(page, 1), await lines(page, 2)];

  await page.reload();
  await expect(text(page, 1)).toContainText("half a li");
  expect([await lines(page, 1), await lines(page, 2)]).toEqual(before);
  await expect(done(page)).toHaveAccessibleName(/^4 of/);
  await expect(page.getByText("Half way")).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "fresh start" })).toHaveCount(0);
  // The session goes on where it stood.
  await page.keyboard.press("Alt+1");
  await page.keyboard.type("ne");
  await page.keyboard.press("Enter");
  await expect(text(page, 1)).toContainText("500 HALF not understood");
});

test("the right answer counts after a reload, too", async ({ page }) => {
  await open(page, LESSON);
  await logIn(page);
  await type(page, 1, "PASV");
  await expect(text(page, 1)).toContainText("227 Entering");
  await page.getByRole("textbox", { name: /Which port/ }).fill("62843");
  await page.keyboard.press("Enter");
  await expect(done(page)).toHaveAccessibleName(/^5 of/);
  await expect(page.getByRole("heading", { name: "Open the second connection" })).toBeFocused();
  await page.reload();
  await expect(done(page)).toHaveAccessibleName(/^5 of/);
});

test("start over clears the session, and can be undone", async ({ page }) => {
  await open(page, LESSON);
  await logIn(page);
  const before = await lines(page, 1);
  await page.getByRole("button", { name: "Start over" }).click();
  await expect(text(page, 1)).not.toContainText("telnet");
  await expect(done(page)).toHaveAccessibleName(/^0 of/);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(text(page, 1)).toContainText("230 User ftptest logged in");
  expect(await lines(page, 1)).toEqual(before);
  await page.reload();
  await expect(text(page, 1)).toContainText("230 User ftptest logged in");
});

for (const [what, stored] of [
  ["broken", "{ not JSON"],
  ["of another shape", '{"engine":1,"inputs":"many"}'],
  [
    "of another engine",
    '{"engine":"0","scenario":"article","seed":21,"inputs":[],"answers":[],"now":0,"facts":2}',
  ],
  [
    "of another trace",
    '{"engine":"1","scenario":"article","seed":21,"inputs":[],"answers":[],"now":0,"facts":99}',
  ],
] as const) {
  test(`a stored session that is ${what} gives a fresh start, and the page says so`, async ({
    page,
  }) => {
    await page.addInitScript(({ key, value }) => localStorage.setItem(key, value), {
      key: KEY,
      value: stored,
    });
    await open(page, LESSON);
    await expect(page.getByText("fresh start")).toBeVisible();
    await type(page, 1, "history");
    await expect(text(page, 1)).toContainText("1  history");
  });
}

test("a browser that stores nothing is told of, and works", async ({ page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await open(page, LESSON);
  await type(page, 1, "history");
  await expect(text(page, 1)).toContainText("1  history");
  await expect(page.getByText("a reload will start afresh")).toBeVisible();
});

test("two tabs do not spoil each other's session: what was typed last is kept", async ({
  page,
  context,
}) => {
  await open(page, LESSON);
  const other = await context.newPage();
  await open(other, LESSON);
  await type(page, 1, "help");
  await expect(other.getByText("open in another tab")).toBeVisible();
  await type(other, 2, "history");
  await expect(page.getByText("open in another tab")).toBeVisible();
  await page.close();
  await other.reload();
  await expect(text(other, 2)).toContainText("history");
  await expect(other.getByText("fresh start")).toHaveCount(0);
});

test("time stands still while the page is hidden", async ({ page }) => {
  await page.clock.install();
  await open(page, LESSON);
  const hide = (hidden: boolean): Promise<void> =>
    page.evaluate((value) => {
      Object.defineProperty(document, "hidden", { configurable: true, value });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  await page.keyboard.press("Alt+1");
  await page.keyboard.type("telnet ftptest.exavault.com 21");
  await hide(true);
  await page.keyboard.press("Enter");
  await page.clock.runFor(5_000);
  await expect(text(page, 1)).toContainText("Trying");
  // The answer takes a few hundredths of a second of the world's time, which has not passed.
  await expect(text(page, 1)).not.toContainText("Connected");
  await hide(false);
  await page.clock.runFor(5_000);
  await expect(text(page, 1)).toContainText("Connected");
});
