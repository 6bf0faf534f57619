/** What the tests of the built page have in common: opening it, typing into it, reading it. */
import { expect, type Locator, type Page } from "@playwright/test";

/** The lesson's address. */
export const LESSON = "#/learn/talk-to-a-server";

/** Opens a route and waits until its windows stand. */
export async function open(page: Page, route: string): Promise<void> {
  await page.goto(`./${route}`);
  await expect(text(page, 1)).toContainText("$");
  await expect(text(page, 2)).toContainText("$");
}

/** Window 1 or 2 as a person finds it. */
export function region(page: Page, window: number): Locator {
  return page.getByRole("region", { name: new RegExp(`^Window ${window}`) });
}

/** The text on a window's screen. */
export function text(page: Page, window: number): Locator {
  return region(page, window).locator(".xterm-rows");
}

/** Types a line into a window on the real keyboard. */
export async function type(page: Page, window: number, line: string): Promise<void> {
  await page.keyboard.press(`Alt+${window}`);
  await page.keyboard.type(line);
  await page.keyboard.press("Enter");
}

/** The lines on a window's screen, without what is empty at its end. */
export async function lines(page: Page, window: number): Promise<string[]> {
  const rows = await text(page, window).locator("> div").allTextContents();
  return rows
    .map((row) => row.replaceAll("\u00a0", " ").trimEnd())
    .join("\n")
    .trimEnd()
    .split("\n");
}

/** Logs in and asks for a port, in window 1. */
export async function logIn(page: Page): Promise<void> {
  await type(page, 1, "telnet ftptest.exavault.com 21");
  await expect(text(page, 1)).toContainText("220 ");
  await type(page, 1, "USER ftptest");
  await expect(text(page, 1)).toContainText("331 ");
  await type(page, 1, "PASS guestpass");
  await expect(text(page, 1)).toContainText("230 ");
}
