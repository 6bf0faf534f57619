/** The projector beside its plain run: deeds, and more windows than two. */
import { expect, test } from "@playwright/test";
import { LESSON, open, region, text, type } from "./page.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("one key does the deeds as well, in words, up to the end", async ({ page }) => {
  test.setTimeout(120_000);
  await open(page, "#/present/firewall-at-the-server");
  const next = page.locator(".next-line");
  const seen = new Set<string>();
  await expect(async () => {
    seen.add(await next.innerText());
    await page.keyboard.press("ArrowRight");
    await expect(next).toHaveText("The end", { timeout: 150 });
  }).toPass({ timeout: 110_000, intervals: [0] });
  const shown = [...seen].join("\n");
  expect(shown).toContain("Let time pass");
  expect(shown).not.toMatch(/^(?:skip|wait \d+|switch .+)$/m);
  await expect(text(page, 2)).toContainText("mirror.example.net");
});

for (const [width, height] of [
  [1280, 720],
  [1920, 1080],
] as const) {
  test(`of three windows the two in use stand open, at ${width} × ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const key = "port21.session.learn.talk-to-a-server";
    await open(page, LESSON);
    await page.getByRole("button", { name: "+ Window" }).click();
    await type(page, 3, "history");
    await expect(text(page, 3)).toContainText("1  history");
    await expect
      .poll(() => page.evaluate((name) => localStorage.getItem(name), key))
      .toContain('"\\r"');
    // The same session, for the projector.
    await page.goto("./#/");
    await page.evaluate((name) => {
      localStorage.setItem(name.replace("learn", "present"), localStorage.getItem(name) ?? "");
    }, key);
    await page.goto("./#/present/talk-to-a-server");
    await expect(text(page, 3)).toContainText("1  history");
    await page.keyboard.press("ArrowRight");
    await expect(text(page, 1)).toContainText("220 ");
    await expect(text(page, 3)).toBeVisible();
    await expect(text(page, 2)).toBeHidden();
    await expect(region(page, 2).locator(".window-bar")).toBeVisible();
    for (const number of [1, 2, 3]) {
      const box = (await region(page, number).boundingBox())!;
      expect(box.y + box.height).toBeLessThan(height * 0.76);
    }
    for (const number of [1, 3]) {
      const screen = (await text(page, number).boundingBox())!;
      const box = (await region(page, number).boundingBox())!;
      expect(screen.x + screen.width).toBeLessThanOrEqual(box.x + box.width);
      expect(screen.y + screen.height).toBeLessThanOrEqual(box.y + box.height);
    }
  });
}
