/** What is done in the first moments, before all of the page has come, is not lost. */
import { expect, test } from "@playwright/test";
import { open } from "./page.ts";

test("an answer that is given before answers can be weighed is weighed later", async ({ page }) => {
  let come = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    come = resolve;
  });
  let held = 0;
  await page.route("**/*.js", async (route) => {
    const response = await route.fetch();
    if ((await response.text()).includes("Nothing stands there")) {
      held++;
      await gate;
    }
    await route.fulfill({ response });
  });
  await open(page, "#/learn/several-addresses");
  const box = page.locator(".ask input");
  await box.fill("7");
  await box.press("Enter");
  await expect.poll(() => held).toBeGreaterThan(0);
  const said = page.locator(".step-open > .said");
  await expect(said).toBeEmpty();
  come();
  await expect(said).not.toBeEmpty();
});
