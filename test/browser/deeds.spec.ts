/** What a lesson asks for beside typing: a switch, and time that passes. */
import { expect, test, type Locator, type Page } from "@playwright/test";
import { open, text, type } from "./page.ts";

const LESSON = "firewall-at-the-server";
const WAIT = "Let both give up";
const SWITCH = "Take the firewall away";

const current = (page: Page): Locator => page.locator(".step[aria-current] h2");
/** Goes to a coming step from the keyboard: what comes before is done by the page. */
async function goTo(page: Page, name: string): Promise<void> {
  await page.locator(".steps").getByRole("button", { name }).press("Enter");
  await page.getByRole("button", { name: "Go there" }).press("Enter");
  await expect(current(page)).toHaveText(name, { timeout: 15_000 });
}

test("a card lets time pass, as often as it takes", async ({ page }) => {
  await open(page, `#/learn/${LESSON}`);
  await goTo(page, WAIT);
  await type(page, 1, "LIST");
  const act = page.locator(".step[aria-current]").getByRole("button", { name: "Do it" });
  await expect(async () => {
    await act.press("Enter", { timeout: 1000 });
    await expect(text(page, 2)).toContainText("Connection timed out", { timeout: 300 });
  }).toPass();
  await expect(text(page, 1)).toContainText("425 ");
  await expect(current(page)).not.toHaveText(WAIT);
});

test("a card switches a box, the map shows it, and a reload remembers", async ({ page }) => {
  await open(page, `#/learn/${LESSON}`);
  await goTo(page, SWITCH);
  await page.getByRole("button", { name: "Switch it" }).press("Enter");
  await page.getByRole("tab", { name: "Network" }).press("Enter");
  const map = page.getByRole("tabpanel", { name: "Network" }).locator(".lab-map");
  await expect(map.getByRole("switch", { checked: false })).toHaveCount(1);
  await page.reload();
  await expect(current(page)).toHaveText(SWITCH);
  await page.getByRole("tab", { name: "Network" }).press("Enter");
  await expect(map.getByRole("switch", { checked: false })).toHaveCount(1);
  await type(page, 1, "PASV");
  await expect(text(page, 1)).toContainText(/227 [^.]*\)\.?\s*$/);
  const port = page.locator(".see-card .sum .full");
  await page.getByRole("tab", { name: "Ladder" }).press("Enter");
  await expect(page.locator(".see-card .sum")).toBeVisible();
  const [hi, lo] = (await page.locator(".see-card .sum").innerText())
    .match(/(\d+) × 256 \+ (\d+)/)!
    .slice(1)
    .map(Number);
  await type(page, 2, `telnet mirror.example.net ${hi! * 256 + lo!}`);
  await expect(text(page, 2)).toContainText("Connected");
  await expect(port).toHaveText(String(hi! * 256 + lo!));
  await type(page, 1, "LIST");
  await expect(current(page)).not.toHaveText(SWITCH);
});
