import { expect, test } from "@playwright/test";
import { violations } from "./axe.ts";
import { LESSON, logIn, open, text, type } from "./page.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    for (const [route, heading] of [
      ["#/reference", "Reference"],
      ["#/reference/RETR", "RETR"],
      ["#/reference/425", "425 no data connection"],
      ["#/reference/passive-mode", "passive mode"],
      ["#/teach", "Teaching with Port 21"],
    ] as const) {
      test(`axe finds nothing on ${route}`, async ({ page }) => {
        await page.goto(`./${route}`);
        await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
        const run = page.getByRole("button", { name: "Run it" });
        if (await run.isVisible()) {
          await run.click();
          await expect(page.getByRole("log")).toContainText("220 ");
        }
        expect(await violations(page)).toEqual([]);
      });
    }
  });
}

test("search opens with /, forgives a slip and leads to the entry, all from the keyboard", async ({
  page,
}) => {
  await page.goto("./");
  // What stands before any script does not listen yet.
  await expect(page.getByText("next", { exact: true })).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("pasive");
  const findings = page.getByRole("listbox", { name: "Findings" });
  await expect(findings.getByRole("option").first()).toContainText("passive mode");
  await page.getByRole("combobox").fill("227");
  await expect(findings.getByRole("option", { selected: true })).toContainText("227");
  await page.keyboard.press("ArrowDown");
  await expect(findings.getByRole("option").nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "227 agreed: you dial" })).toBeFocused();
  await page.keyboard.press("/");
  await page.keyboard.type("talk to a server");
  await expect(findings.getByRole("option").first()).toContainText("Talk to a server by hand");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("an example runs on the spot, with each server, and goes on as one likes", async ({
  page,
}) => {
  await page.goto("./#/reference/SYST");
  await page.getByRole("button", { name: "Run it" }).focus();
  await page.keyboard.press("Enter");
  const log = page.getByRole("log", { name: "Session" });
  await expect(log).toContainText("215 UNIX Type: L8");
  await page.getByRole("textbox", { name: "Say something more" }).focus();
  await page.keyboard.type("PWD");
  await page.keyboard.press("Enter");
  await expect(log).toContainText('257 "/" is the current directory');
  await page.getByRole("combobox", { name: "Server" }).selectOption("Pure-FTPd");
  await expect(log).not.toContainText("257");
  await expect(log).toContainText("220---------- Welcome to Pure-FTPd");
});

test("a list comes over a data connection, as it does anywhere", async ({ page }) => {
  await page.goto("./#/reference/LIST");
  await page.getByRole("button", { name: "Run it" }).click();
  const log = page.getByRole("log", { name: "Session" });
  await expect(log).toContainText("227 Entering Passive Mode");
  await expect(log.locator(".data").filter({ hasText: "readme.txt" })).toHaveCount(1);
  await expect(log).toContainText("226 ");
});

test("a reply code shows how each server puts it", async ({ page }) => {
  await page.goto("./#/reference/550");
  for (const [server, words] of [
    ["ProFTPD", "550 nothing.txt: No such file or directory"],
    ["vsftpd", "550 Failed to open file."],
    ["Pure-FTPd", "550 Can't open nothing.txt: No such file or directory"],
    ["pyftpdlib", "550 No such file or directory."],
  ] as const) {
    await expect(page.getByRole("row", { name: new RegExp(`^${server}`) })).toContainText(words);
  }
});

test("help PASV at the prompt leads to the reference, and back to the session", async ({
  page,
}) => {
  await open(page, "#/sandbox");
  await type(page, 1, "help PASV");
  await page.getByRole("button", { name: "Look it up" }).click();
  const entry = page.getByRole("dialog", { name: "Reference: PASV" });
  await expect(entry).toContainText("asks the server to listen", { ignoreCase: true });
  await page.keyboard.press("Escape");
  await expect(entry).toHaveCount(0);
  await expect(text(page, 1)).toContainText("help PASV");
});

test("a code in a lesson's prose leads to its entry", async ({ page }) => {
  await open(page, LESSON);
  await logIn(page);
  const link = page.locator("#frame .read a.ref").first();
  const word = await link.textContent();
  await link.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: `Reference: ${word}` })).toBeVisible();
  await page.getByRole("link", { name: "Open it in the reference" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(word!);
  await page.goBack();
  await expect(text(page, 1)).toContainText("230 ");
  // Started over, the lesson has its links still.
  await page.getByRole("button", { name: "Start over" }).click();
  await type(page, 1, "telnet ftptest.exavault.com 21");
  await expect(page.locator("#frame .read a.ref").first()).toBeVisible();
});

test("an example can be taken to the sandbox, where it stands typed", async ({ page }) => {
  await page.goto("./#/reference/PASV");
  await page.getByRole("link", { name: "sandbox", exact: true }).click();
  await expect(text(page, 1)).toContainText("$ PASV");
});

test("a word without an entry says so, and shows what there is", async ({ page }) => {
  await page.goto("./#/reference/XYZZY");
  await expect(page.getByText("There is no entry for “XYZZY”")).toBeVisible();
  await page.getByRole("link", { name: /^ABOR/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "ABOR" })).toBeFocused();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  for (const route of [
    "#/",
    "#/reference",
    "#/reference/LIST",
    "#/stamps",
    "#/author",
    "#/teach",
  ]) {
    test(`${route} does not scroll sideways`, async ({ page }) => {
      await page.goto(`./${route}`);
      await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(390);
    });
  }
});
