import { expect, test, type Locator, type Page } from "@playwright/test";
import { logIn, open, text, type } from "./page.ts";

const picture = (page: Page): Locator =>
  page.getByRole("region", { name: "What crosses the wire" });
const card = (page: Page): Locator => picture(page).getByRole("heading", { level: 3 });

test.beforeEach(async ({ page }) => {
  await open(page, "#/sandbox");
  await logIn(page);
  await expect(card(page)).toContainText("230");
});

test("a click on a line shows its card, and the newest comes back", async ({ page }) => {
  await picture(page).locator(".rung").filter({ hasText: "331" }).click();
  await expect(card(page)).toContainText("331 Go on: password");
  await picture(page).getByRole("button", { name: "Show the newest" }).click();
  await expect(card(page)).toContainText("230 Logged in");
  // So does whatever happens next.
  await picture(page).locator(".rung").filter({ hasText: "220" }).click();
  await expect(card(page)).toContainText("220");
  await type(page, 1, "PWD");
  await expect(card(page)).toContainText("257 You are here");
});

test("a line that dials looks like its neighbours", async ({ page }) => {
  const line = picture(page).locator(".rung.dial").first();
  await expect(line).toHaveCSS("display", "grid");
  await expect(line).toHaveCSS("text-decoration-line", "none");
});

test("up and down walk along the lines", async ({ page }) => {
  await picture(page)
    .getByRole("group", { name: /^The ladder/ })
    .focus();
  const seen = ["PASS", "331", "USER", "220", "Dialled", "Dialled"];
  for (const words of seen) {
    await page.keyboard.press("ArrowUp");
    await expect(card(page)).toContainText(words);
  }
  await page.keyboard.press("ArrowDown");
  await expect(card(page)).toContainText("220");
  await expect(picture(page).locator(".rung.pinned")).toHaveText(/220 ProFTPD/);
});

test("in words stand the same lines, in their order", async ({ page }) => {
  const flip = picture(page).getByRole("button", { name: "In words" });
  const rungs = picture(page).locator(".rung[data-id]");
  const items = picture(page).getByRole("listitem");
  await expect(rungs.first()).toBeVisible();
  await flip.click();
  await expect(flip).toHaveAttribute("aria-pressed", "true");
  await expect(rungs.first()).toBeHidden();
  await expect(items.first()).toBeVisible();
  const ids = (rows: Locator): Promise<(string | null)[]> =>
    rows.evaluateAll((all) => all.map((row) => row.getAttribute("data-id")));
  expect(await ids(items)).toEqual(await ids(rungs));
  await expect(items).toHaveText([
    /connects from port \d+ to port 21/,
    /The server says: 220/,
    /You say: USER ftptest/,
    /331/,
    /You say: PASS ••••••••/,
    /230 User ftptest logged in/,
  ]);
  await items.nth(3).click();
  await expect(card(page)).toContainText("331");
  await flip.click();
  await expect(rungs.first()).toBeVisible();
});

test("the card tells what a dialled port is for, until it is used", async ({ page }) => {
  await type(page, 1, "PASV");
  await expect(card(page)).toContainText("227 Where to dial");
  await type(page, 2, "telnet ftptest.exavault.com 62843");
  await expect(card(page)).toContainText("Open and silent");
  await type(page, 1, "LIST");
  await expect(text(page, 1)).toContainText("226 ");
  await picture(page).locator(".rung.data.dial").click();
  await expect(card(page)).toContainText("Dialled");
});

test("all six numbers of a 227 stand on its card, whatever was opened before", async ({ page }) => {
  // Each of these brings its own styles along.
  await page.goto("./#/reference/PASV");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.goto("./#/sandbox");
  await expect(text(page, 1)).toContainText("230 ");
  await type(page, 1, "PASV");
  await expect(card(page)).toContainText("227 Where to dial");
  const numbers = picture(page).locator(".six-numbers");
  await expect(numbers).toHaveText(/\(\s*67\s*,\s*208\s*,\s*93\s*,\s*232/, { useInnerText: true });
  await expect(numbers).toHaveText(/245\s*,\s*123\s*\)/, { useInnerText: true });
});

test("the card of a list shows the ends of its lines, where the names stand", async ({ page }) => {
  await type(page, 1, "STAT .");
  await expect(card(page)).toContainText("212");
  const list = picture(page).locator(".see-card pre");
  await expect(list).toContainText("drwx");
  const over = () => list.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  await expect.poll(over).toBeLessThanOrEqual(0);
});

test("bytes on a connection that is not FTP's are grey, and so are their dots", async ({
  page,
}) => {
  await type(page, 1, "QUIT");
  await expect(text(page, 1)).toContainText("221 ");
  await type(page, 2, "nc -l 8080");
  await type(page, 1, "nc 127.0.0.1 8080");
  await type(page, 2, "hello");
  const dots = picture(page).locator(".rung.other .arrow.bytes");
  await expect(dots.last()).toHaveCSS(
    "background-image",
    /^radial-gradient\(circle, rgb\(93, 104, 120\)/,
  );
});
