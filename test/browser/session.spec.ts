import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { LESSON, lines, logIn, open, region, text, type } from "./page.ts";

/** The lines that the article shows after a marker line, up to a blank or prose line. */
const LISTING = `drwxrwx---   2 ftptest  10002           0 Jul  1 17:37 .
drwxrwx---   2 ftptest  10002           0 Jul  1 17:37 ..
-rw-rw----   1 ftptest  10002          29 Jun 12 14:59 .fspftpcheck.1591973977
-rw-rw----   1 ftptest  10002          29 Jun 13 01:57 .fspftpcheck.1592013477
-rw-rw----   1 ftptest  10002          29 Jun 13 03:16 .fspftpcheck.1592018214
-rw-rw----   1 ftptest  10002          29 Jun 13 03:27 .fspftpcheck.1592018870
-rw-rw----   1 ftptest  10002          29 Jun 13 05:09 .fspftpcheck.1592024965
-rw-rw----   1 ftptest  10002          29 Jun 13 07:04 .fspftpcheck.1592031888
-rw-rw----   1 ftptest  10002          29 Jun 13 08:31 .fspftpcheck.1592037063
-rw-rw----   1 ftptest  10002          29 Jun 13 08:38 .fspftpcheck.1592037484
-rw-rw----   1 ftptest  10002          29 Jun 13 08:51 .fspftpcheck.1592038283`.split("\n");

const WINDOW_1 = `$ telnet ftptest.exavault.com 21
Trying 67.208.93.232...
Connected to ftptest.exavault.com.
Escape character is '^]'.
220 ProFTPD Server (EV) [67.208.93.232]
USER ftptest
331 Password required for ftptest
PASS guestpass
230 User ftptest logged in
PASV
227 Entering Passive Mode (67,208,93,232,245,123).
LIST
150 Opening BINARY mode data connection for file list
226 Transfer complete
QUIT
221 Goodbye.
Connection closed by foreign host.
$`.split("\n");

const WINDOW_2 = [
  "$ telnet ftptest.exavault.com 62843",
  "Trying 67.208.93.232...",
  "Connected to ftptest.exavault.com.",
  "Escape character is '^]'.",
  ...LISTING,
  "Connection closed by foreign host.",
  "$",
];

for (const route of [LESSON, "#/sandbox/article"]) {
  test(`the session of the article, typed by hand, on ${route}`, async ({ page }) => {
    const errors: string[] = [];
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    page.on("pageerror", (error) => errors.push(error.message));
    await open(page, route);
    await logIn(page);
    await type(page, 1, "PASV");
    await expect(text(page, 1)).toContainText("227 Entering");
    await type(page, 2, "telnet ftptest.exavault.com 62843");
    await expect(text(page, 2)).toContainText("Escape character");
    await type(page, 1, "LIST");
    await expect(text(page, 1)).toContainText("226 ");
    await expect(text(page, 2)).toContainText("closed by foreign host");
    await type(page, 1, "QUIT");
    await expect(text(page, 1)).toContainText("closed by foreign host");
    expect(await lines(page, 1)).toEqual(WINDOW_1);
    expect(await lines(page, 2)).toEqual(WINDOW_2);
    // Among other things: the inline script of index.html has the hash that its policy names.
    expect(errors).toEqual([]);
  });
}

test("the title bar says where a connection stands", async ({ page }) => {
  await open(page, LESSON);
  await expect(region(page, 1)).toContainText("no connection");
  await logIn(page);
  await expect(region(page, 1)).toContainText("67.208.93.232 port 21");
  await type(page, 1, "PASV");
  await expect(text(page, 1)).toContainText("227 Entering");
  await type(page, 2, "telnet ftptest.exavault.com 62843");
  await expect(region(page, 2)).toContainText("67.208.93.232 port 62843, silent");
  await page.getByRole("button", { name: "Hang up window 2" }).click();
  await expect(region(page, 2)).toContainText("port 62843, closed by you");
});

test("the picture and the badges say what the windows say", async ({ page }) => {
  await open(page, LESSON);
  await logIn(page);
  const picture = page.getByRole("region", { name: "What crosses the wire" });
  await expect(picture).toContainText("User ftptest logged in");
  const badges = region(page, 1).locator(".badge");
  await expect(badges).toHaveCount(3);
  await expect(badges.nth(1)).toHaveAttribute("data-note", "go on: password");
  // They are no text: what can be read in a window is what was printed there.
  await expect(text(page, 1)).not.toContainText("go on");
});

test("in a lesson the picture keeps the port to itself until it is dialled; in the sandbox it tells", async ({
  page,
}) => {
  const picture = page.getByRole("region", { name: "What crosses the wire" });
  await open(page, LESSON);
  await logIn(page);
  await type(page, 1, "PASV");
  await expect(picture).toContainText("245 × 256 + 123 = ?");
  await expect(picture).not.toContainText("62843");
  await type(page, 2, "telnet ftptest.exavault.com 62843");
  await expect(picture).toContainText("62720 + 123 = 62843");
  await expect(picture.getByRole("heading", { name: "Open and silent" })).toBeVisible();
  // The second time round as well, in words too.
  await type(page, 1, "LIST");
  await expect(text(page, 1)).toContainText("226 ");
  await type(page, 1, "PASV");
  await expect(text(page, 1)).toContainText(/227.*227/);
  await expect(picture).toContainText(/\d+ × 256 \+ \d+ = \?/);
  const [, hi, lo] = /227 [^(]*\([^)]*,(\d+),(\d+)\)[^(]*$/.exec((await lines(page, 1)).join(" "))!;
  const port = Number(hi) * 256 + Number(lo);
  expect(port).not.toBe(62843);
  await picture.getByRole("button", { name: "In words" }).click();
  await expect(picture).toContainText("The server listens");
  await expect(picture).not.toContainText(String(port));
  await open(page, "#/sandbox");
  await logIn(page);
  await type(page, 1, "PASV");
  await expect(picture).toContainText("62720 + 123 = 62843");
});

test("what a paste holds is one input, and its lines run", async ({ page }) => {
  await open(page, "#/sandbox");
  await page.keyboard.press("Alt+1");
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/plain", "telnet ftptest.exavault.com 21\nUSER ftptest\n");
    const event = new ClipboardEvent("paste", {
      clipboardData: data,
      bubbles: true,
      cancelable: true,
    });
    document.activeElement?.dispatchEvent(event);
  });
  await expect(text(page, 1)).toContainText("331 Password required for ftptest");
});

test("what is read keeps to its column at 1280 × 800", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, LESSON);
  const column = page.locator(".panel");
  await expect(column.getByRole("button", { name: "Start over" })).toBeVisible();
  const sticksOut = await column.evaluate((panel) => {
    const { left, right } = panel.getBoundingClientRect();
    return Array.from(panel.querySelectorAll("*"), (each) => ({
      each,
      box: each.getBoundingClientRect(),
    }))
      .filter(({ box }) => box.width > 0 && (box.left < left || box.right > right))
      .map(({ each }) => each.outerHTML.slice(0, 80));
  });
  expect(sticksOut).toEqual([]);
});

test("each window has at least 80 columns by 16 rows at 1280 × 800", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, LESSON);
  for (const window of [1, 2]) {
    const rows = text(page, window).locator("> div");
    expect(await rows.count()).toBeGreaterThanOrEqual(16);
    const box = await region(page, window).boundingBox();
    const screen = await text(page, window).boundingBox();
    expect(screen!.width).toBeGreaterThanOrEqual(80 * 7);
    expect(screen!.x + screen!.width).toBeLessThanOrEqual(box!.x + box!.width);
    expect(screen!.y + screen!.height).toBeLessThanOrEqual(box!.y + box!.height);
  }
  // A line of 80 characters stays one line.
  await type(page, 1, "x".repeat(77));
  await expect(text(page, 1)).toContainText(`$ ${"x".repeat(77)}`);
  const see = await page.getByRole("region", { name: "What crosses the wire" }).boundingBox();
  expect(see!.width).toBeGreaterThanOrEqual(320);
});

for (const [width, height] of [
  [1280, 720],
  [1440, 900],
] as const) {
  test(`nothing in a window moves sideways at ${width} × ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, LESSON);
    for (const window of [1, 2]) {
      await type(page, window, `nonsense ${"x".repeat(90)}`);
      await expect(text(page, window)).toContainText("command not found");
      const moved = await region(page, window).evaluate((element) => {
        const parts = [element, ...element.querySelectorAll(".window-screen")];
        for (const part of parts) part.scrollLeft = 50;
        return parts.map((part) => part.scrollLeft);
      });
      expect(moved).toEqual([0, 0]);
      const box = await region(page, window).boundingBox();
      const screen = await text(page, window).boundingBox();
      expect(screen!.x - box!.x).toBeGreaterThanOrEqual(10);
    }
  });
}

test("the article's own text is what these tests compare with", () => {
  const article = readFileSync("test/reference/walkthrough-article.txt", "utf8");
  const squeeze = (line: string): string => line.replaceAll(/ +/g, " ").trim();
  const known = new Set(article.split(/\r?\n/).map(squeeze));
  const typed = new Set(["$", "QUIT", "221 Goodbye.", "Connection closed by foreign host."]);
  const shown = [...WINDOW_1, ...WINDOW_2].map((line) => squeeze(line).replace(/^\$ /, "> "));
  const unknown = shown.filter(
    (line) =>
      !known.has(line) && !known.has(`> ${line}`) && !typed.has(line) && !line.startsWith("PASS"),
  );
  expect(unknown).toEqual([]);
});
