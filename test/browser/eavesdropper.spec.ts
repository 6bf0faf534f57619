import { expect, test, type Locator, type Page } from "@playwright/test";
import { open, text, type } from "./page.ts";

const tab = (page: Page, name: string): Locator => page.getByRole("tab", { name });
const lines = (page: Page): Locator => page.locator(".tap-lines li");

/** How far the newest line stands below what can be seen of its box. */
const hidden = (box: Locator): Promise<number> =>
  box.evaluate((one) => one.scrollHeight - one.scrollTop - one.clientHeight);

test("the eavesdropper's tab stands at the newest packet when it is opened, and follows", async ({
  page,
}) => {
  await open(page, "#/learn/who-listens");
  const box = page.locator(".tap-scroll");
  const loot = page.locator(".tap-loot");
  for (const [line, answer] of [
    ["telnet files.example.net 21", "220 "],
    ["USER ftptest", "331 "],
    ["PASS guestpass", "230 "],
  ] as const) {
    await type(page, 1, line);
    await expect(text(page, 1)).toContainText(answer);
  }
  await tab(page, "Eavesdropper").press("Enter");
  await expect(lines(page).last()).toContainText("230 Login");
  expect(await hidden(box)).toBeLessThan(2);
  for (let i = 0; i < 12; i++) await type(page, 1, `PASS wrong${i}`);
  await expect(loot).toContainText("wrong11");
  await expect(lines(page).filter({ hasText: "Already logged in" })).toHaveCount(12);
  for (const one of [box, loot]) expect(await hidden(one)).toBeLessThan(2);

  // A reader who has scrolled up is left alone, and stands at the newest line when they come back.
  await box.evaluate(
    (one) =>
      new Promise((scrolled) => {
        one.addEventListener("scroll", scrolled, { once: true });
        one.scrollTo(0, 0);
      }),
  );
  await type(page, 1, "NOOP");
  await expect(lines(page).last()).toContainText("200");
  expect(await hidden(box)).toBeGreaterThan(100);
  await tab(page, "Ladder").press("Enter");
  await tab(page, "Eavesdropper").press("Enter");
  await expect.poll(() => hidden(box)).toBeLessThan(2);
  expect(await hidden(loot)).toBeLessThan(2);
});
