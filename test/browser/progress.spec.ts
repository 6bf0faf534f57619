import { readFileSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import { violations } from "./axe.ts";
import { LESSON, logIn, open, text, type } from "./page.ts";

/** Hands the page a file, as the picker does. */
async function bringIn(page: Page, contents: string): Promise<void> {
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "p.json", mimeType: "application/json", buffer: Buffer.from(contents) });
}

const good = {
  kind: "port21-progress",
  version: 1,
  lessons: { "talk-to-a-server": { step: 9, of: 9, done: "2026-11-20" } },
  stamps: { 552: { line: "STOR big.bin", lesson: "", on: "2026-11-20" } },
};

test("what a server was made to say is stamped, with the command that drew it", async ({
  page,
}) => {
  await open(page, LESSON);
  await logIn(page);
  await type(page, 1, "RETR nothing.txt");
  await expect(text(page, 1)).toContainText("550 ");
  await page.getByRole("link", { name: /^Stamps/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Stamp card" })).toBeFocused();
  const box = page.getByRole("link", { name: /^550/ });
  await expect(box).toContainText("RETR nothing.txt");
  await expect(box).toContainText("Talk to a server by hand");
  await expect(page.getByRole("link", { name: /^230/ })).toContainText("PASS ••••");
  await expect(page.getByRole("link", { name: /^552/ })).toContainText(
    "Send more than your share of the disk.",
  );
  await page.reload();
  await expect(box).toContainText("RETR nothing.txt");
});

test("whoever starts over goes on collecting", async ({ page }) => {
  await open(page, LESSON);
  await logIn(page);
  await page.getByRole("button", { name: "Start over" }).click();
  await expect(text(page, 1)).not.toContainText("230 ");
  await type(page, 1, "telnet ftptest.exavault.com 21");
  await expect(text(page, 1)).toContainText("220 ");
  await type(page, 1, "FOO");
  await expect(text(page, 1)).toContainText("500 ");
  await page.getByRole("link", { name: /^Stamps/ }).click();
  await expect(page.getByRole("link", { name: /^500/ })).toContainText("FOO");
});

test("a lesson under way, and a lesson done, are marked at home and survive a reload", async ({
  page,
}) => {
  await open(page, LESSON);
  await logIn(page);
  await expect(page.getByRole("img", { name: /^3 of/ })).toBeVisible();
  await page.goto("./#/");
  const row = page.getByRole("link", { name: /Talk to a server by hand/ }).last();
  await expect(row).toContainText(/3 of \d+ steps/);
  await page.reload();
  await expect(row).toContainText(/3 of \d+ steps/);
  await page.goto("./#/stamps");
  await bringIn(page, JSON.stringify(good));
  await expect(page.getByRole("status").filter({ hasText: "Brought in" })).toBeVisible();
  await page.goto("./#/");
  await expect(row).toContainText("done");
  await expect(page.getByRole("link", { name: "Go on: Read a reply" })).toBeVisible();
});

test("progress goes out as a file and comes in again", async ({ page }) => {
  await page.goto("./#/stamps");
  await bringIn(page, JSON.stringify(good));
  await expect(page.getByRole("link", { name: /^552/ })).toContainText("STOR big.bin");
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as a file" }).focus();
  await page.keyboard.press("Enter");
  const file = readFileSync(await (await coming).path(), "utf8");
  expect(JSON.parse(file)).toEqual(good);
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await expect(page.getByRole("link", { name: /^552/ })).not.toContainText("STOR");
  await bringIn(page, file);
  await expect(page.getByRole("link", { name: /^552/ })).toContainText("STOR big.bin");
});

const twisted = (change: object): string => JSON.stringify({ ...good, ...change });
for (const [what, contents, words] of [
  ["no JSON", "hello", "cannot be read as JSON"],
  ["another file", '{"name":"port21"}', "no progress file of Port 21"],
  ["a later version", twisted({ version: 2 }), "another version"],
  ["a step beyond the last", twisted({ lessons: { a: { step: 9, of: 2 } } }), "damaged"],
  ["a code that is none", twisted({ stamps: { 999: good.stamps[552] } }), "damaged"],
  [
    "a prototype",
    '{"kind":"port21-progress","version":1,"lessons":{"__proto__":{"step":1,"of":1}},"stamps":{}}',
    "damaged",
  ],
  [
    "markup in an unknown field",
    twisted({ stamps: { 552: { ...good.stamps[552], html: "<img src=x onerror=alert(1)>" } } }),
    "damaged",
  ],
  ["far too much", twisted({ lessons: "x".repeat(3_000_000) }), "far too large"],
] as const) {
  test(`a file with ${what} changes nothing and is told why`, async ({ page }) => {
    await page.goto("./#/stamps");
    await bringIn(page, JSON.stringify(good));
    await expect(page.getByRole("link", { name: /^552/ })).toContainText("STOR big.bin");
    const before = await page.evaluate(() => localStorage.getItem("port21.progress"));
    await bringIn(page, contents);
    const said = page.getByRole("status").filter({ hasText: words });
    await expect(said).toContainText("Nothing was changed.");
    expect(await page.evaluate(() => localStorage.getItem("port21.progress"))).toBe(before);
  });
}

test("markup in a stamp is text", async ({ page }) => {
  await page.goto("./#/stamps");
  const line = "<img src=x onerror=alert(1)>";
  await bringIn(page, twisted({ stamps: { 552: { line, lesson: "", on: "2026-11-20" } } }));
  await expect(page.getByRole("link", { name: /^552/ })).toContainText(line);
  await expect(page.locator("#page img")).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test("axe finds nothing on the stamp card", async ({ page }) => {
      await page.goto("./#/stamps");
      await bringIn(page, JSON.stringify(good));
      await expect(page.getByRole("link", { name: /^552/ })).toContainText("STOR big.bin");
      expect(await violations(page)).toEqual([]);
      await page.goto("./#/");
      await expect(page.getByRole("link", { name: /^Go on/ })).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });
  });
}
