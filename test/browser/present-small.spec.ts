import { expect, test, type Locator, type Page } from "@playwright/test";
import { region, text } from "./page.ts";

const button = (page: Page, name: string): Locator =>
  page.getByRole("button", { name, exact: true });

async function open(page: Page): Promise<void> {
  await page.goto("./#/present/talk-to-a-server");
  await expect(text(page, 1)).toContainText("$");
}

/** How many pixels of an element's own content do not fit into it. */
const clipped = (element: Locator): Promise<number> =>
  element.evaluate((one) =>
    Math.max(one.scrollHeight - one.clientHeight, one.scrollWidth - one.clientWidth),
  );

for (const [width, height] of [
  [390, 844],
  [844, 390],
] as const) {
  test.describe(`on a phone, ${width} × ${height}`, () => {
    test.use({
      viewport: { width, height },
      hasTouch: true,
      isMobile: true,
      reducedMotion: "reduce",
    });

    test("a tap leads through the lesson, and nothing is clipped", async ({ page }) => {
      await open(page);
      const place = page.locator(".place");
      const end = page.locator(".next-line").getByText("The end", { exact: true });
      const bar = page.getByRole("region", { name: "Caption" });
      for (let taps = 0; taps < 60 && !(await end.isVisible()); taps++) {
        const what = `after ${taps} taps, ${await place.textContent()}`;
        expect(await page.evaluate(() => document.documentElement.scrollWidth), what).toBe(width);
        for (const part of [bar, page.locator(".exchange"), page.locator(".caption")]) {
          expect(await clipped(part), what).toBeLessThanOrEqual(1);
        }
        const box = (await bar.boundingBox())!;
        expect(box.y + box.height, what).toBeLessThanOrEqual(height + 1);
        // One window stands open, and has room for some lines.
        const screens = page.locator(".window:not(.folded) .window-screen");
        await expect(screens).toHaveCount(1);
        expect((await screens.boundingBox())!.height, what).toBeGreaterThan(75);
        expect(
          (await page.locator(".stage .see-scroll").boundingBox())!.height,
          what,
        ).toBeGreaterThan(60);
        await button(page, "→ step").tap();
      }
      await expect(end).toBeVisible();
    });

    test("the window that speaks is the one that stands open", async ({ page }) => {
      await open(page);
      await expect(region(page, 1).locator(".window-screen")).toBeVisible();
      await expect(region(page, 2).locator(".window-screen")).toBeHidden();
      const second = page.locator(".window:not(.folded)").filter({ hasText: "port 62843" });
      await expect(async () => {
        await button(page, "→ step").tap();
        await expect(second).toBeVisible({ timeout: 200 });
      }).toPass();
      await expect(region(page, 1).locator(".window-screen")).toBeHidden();
    });
  });
}
