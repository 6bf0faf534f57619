/** What is done in the first moments, before all of the page has come, is not lost. */
import { expect, test, type Page } from "@playwright/test";
import { open, region, text, type } from "./page.ts";

/** Holds the script that weighs answers, which comes with the servers, until `come` is called. */
async function hold(page: Page): Promise<{ come: () => void; held: () => number }> {
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
  return { come: () => come(), held: () => held };
}

test("an answer that is given before answers can be weighed is weighed later", async ({ page }) => {
  const { come, held } = await hold(page);
  await open(page, "#/learn/several-addresses");
  const box = page.locator(".ask input");
  await box.fill("7");
  await box.press("Enter");
  await expect.poll(held).toBeGreaterThan(0);
  const said = page.locator(".step-open > .said");
  await expect(said).toBeEmpty();
  come();
  await expect(said).not.toBeEmpty();
});

test("a new window has the next key, not the one after a frame", async ({ page }) => {
  await open(page, "#/sandbox/article");
  await type(page, 1, "help");
  await expect(text(page, 1)).toContainText("telnet");
  const add = page.getByRole("button", { name: "+ Window" });
  const focused = await add.evaluate((button: HTMLElement) => {
    button.click();
    return document.activeElement?.getAttribute("aria-label");
  });
  expect(focused).toBe("Type in window 3");
});

test("what is typed for a window that the servers are waited for with is typed there", async ({
  page,
}) => {
  const { come } = await hold(page);
  await open(page, "#/sandbox/article");
  await region(page, 1).getByRole("textbox").focus();
  await page.getByRole("button", { name: "+ Window" }).evaluate((add: HTMLElement) => add.click());
  await page.keyboard.type("help um");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("s");
  come();
  await expect(text(page, 3)).toContainText("$ help us");
  await expect(text(page, 1)).not.toContainText("help");
});
