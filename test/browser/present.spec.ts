import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { lines, open, region, text } from "./page.ts";

const PRESENT = "#/present/talk-to-a-server";
const DIAL = "telnet ftptest.exavault.com 21";

/** The line to be typed next, in large type. */
const next = (page: Page): Locator => page.locator(".next-line");
/** As much of it as stands in the window already. */
const typed = (page: Page): Locator => page.locator(".next-line b");
const caption = (page: Page): Locator =>
  page.getByRole("region", { name: "Caption" }).getByRole("status");
const exchange = (page: Page): Locator => page.locator(".exchange");

/** The lesson thing by thing: what the bar shows before each press. */
const THINGS = [
  DIAL,
  "USER ftptest",
  "PASS guestpass",
  "PASV",
  "?",
  "62843",
  "telnet ftptest.exavault.com 62843",
  "LIST",
  "?",
  "9",
  "LIST",
  "PASV",
  "telnet ftptest.exavault.com ?",
  /^telnet ftptest\.exavault\.com (?!62843)\d{5}$/,
  "LIST",
  "QUIT",
];

/** Presses `key` for each thing up to (not including) the one at `to`. */
async function goOn(page: Page, to: number, key = "ArrowRight", from = 0): Promise<void> {
  for (const thing of THINGS.slice(from, to)) {
    await expect(next(page)).toHaveText(thing);
    await page.keyboard.press(key);
  }
}

test.use({ contextOptions: { reducedMotion: "reduce" } });

for (const key of ["ArrowRight", "PageDown", "Enter"]) {
  test(`${key} alone leads through the whole lesson`, async ({ page }) => {
    await open(page, PRESENT);
    await goOn(page, THINGS.length, key);
    await expect(next(page)).toHaveText("The end");
    await expect(caption(page)).toContainText("You ask on one connection");
    await expect(page.locator(".place")).toHaveText("step 11 of 11");
    const shown = (await lines(page, 1)).join("\n");
    expect(shown).toContain(
      "226 Transfer complete\nQUIT\n221 Goodbye.\nConnection closed by foreign host.\n$",
    );
    // One press more has nothing to do.
    await page.keyboard.press(key);
    await expect(next(page)).toHaveText("The end");
  });
}

test("without reduced motion a line is typed key by key, and a second press finishes it", async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await open(page, PRESENT);
  await page.keyboard.press("ArrowRight");
  await expect(typed(page)).toHaveText(/^tel?n?e?t?/);
  expect((await typed(page).textContent())!.length).toBeLessThan(DIAL.length);
  await page.keyboard.press("ArrowRight");
  await expect(next(page)).toHaveText("USER ftptest");
});

test("the newest exchange and the picture go along", async ({ page }) => {
  await open(page, PRESENT);
  await goOn(page, 4);
  await expect(exchange(page)).toHaveText(
    "PASV → 227 Entering Passive Mode (67,208,93,232,245,123). agreed: you dial",
  );
  await expect(exchange(page).locator("b.six")).toHaveText("245,123");
  const picture = page.getByRole("region", { name: "What crosses the wire" });
  await expect(picture).toContainText("245 × 256 + 123 = 62720 + 123 =");
  // The port is asked for, so it is covered until it has been said.
  const port = picture.locator(".sum .full");
  const covered = await port.evaluate((chip) => getComputedStyle(chip).color);
  await goOn(page, 6, "ArrowRight", 4);
  await expect(next(page)).toHaveClass(/data/);
  await expect(port).not.toHaveCSS("color", covered);
  await goOn(page, 7, "ArrowRight", 6);
  await expect(exchange(page)).toContainText("62843 → Connected");
  await goOn(page, 8, "ArrowRight", 7);
  // All of the list can be counted.
  await expect(text(page, 2)).toContainText(".fspftpcheck.1591973977");
  expect((await lines(page, 2)).filter((line) => line.startsWith("-"))).toHaveLength(9);
});

test("the second port is the room's to work out: covered everywhere, then told, then typed", async ({
  page,
}) => {
  await open(page, PRESENT);
  await goOn(page, 12);
  await expect(next(page)).toHaveText("telnet ftptest.exavault.com ?");
  const picture = page.getByRole("region", { name: "What crosses the wire" });
  const port = picture.locator(".sum .full");
  const asked = await port.evaluate((chip) => getComputedStyle(chip).color);
  await expect(picture.locator(".rung.listening .text").last()).toBeHidden();
  await page.keyboard.press("ArrowRight");
  await expect(next(page)).toHaveText(THINGS[13]!);
  await expect(port).not.toHaveCSS("color", asked);
  expect((await lines(page, 2)).at(-1)).toBe("$");
  // Letters tell it digit by digit.
  await page.keyboard.press("ArrowLeft");
  await goOn(page, 12, "ArrowRight", 11);
  await expect(next(page)).toHaveText("telnet ftptest.exavault.com ?");
  await page.keyboard.type("x".repeat("telnet ftptest.exavault.com 5".length));
  await expect(next(page)).toHaveText(/^telnet ftptest\.exavault\.com \d\?$/);
});

test("a reply of several lines is told by its first", async ({ page }) => {
  await open(page, PRESENT);
  await goOn(page, 1);
  await expect(next(page)).toHaveText("USER ftptest");
  await page.keyboard.press("t");
  await page.keyboard.type("HELP");
  await page.keyboard.press("Enter");
  await expect(exchange(page)).toHaveText(/^HELP → 214 The following commands.*help · 9 lines$/);
  const help = page.locator(".see-card pre");
  await expect(help).toContainText("214 Direct comments");
  expect(await help.evaluate((pre) => pre.scrollWidth <= pre.clientWidth)).toBe(true);
});

for (const [width, height] of [
  [1600, 900],
  [1280, 720],
] as const) {
  test(`while the room counts, the list stands from its first line at ${width} × ${height}`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await open(page, PRESENT);
    await goOn(page, 9);
    await expect(next(page)).toHaveText("9");
    await expect(text(page, 2)).toContainText(/ \.\s*drwx.* \.\.\s*-rw/);
    await expect(region(page, 2)).toContainText("closed by the server");
    expect((await lines(page, 2))[0]).toMatch(/ \.$/);
    await page.keyboard.press("ArrowRight");
    await expect(text(page, 2)).toContainText("Connection closed by foreign host.");
  });
}

test("any letter types the next character of the line, one more enters it", async ({ page }) => {
  await open(page, PRESENT);
  await page.keyboard.type("x".repeat(DIAL.length));
  await expect(typed(page)).toHaveText(DIAL);
  expect(await lines(page, 1)).toEqual([`$ ${DIAL}`]);
  await page.keyboard.press("y");
  await expect(text(page, 1)).toContainText("220 ProFTPD");
  await expect(next(page)).toHaveText("USER ftptest");
  await page.keyboard.type("qwe");
  await expect(typed(page)).toHaveText("USE");
  // → types what remains.
  await page.keyboard.press("ArrowRight");
  await expect(text(page, 1)).toContainText("USER ftptest331 Password required");
  await goOn(page, 4, "ArrowRight", 2);
  // At a question they tell the answer, digit by digit.
  await expect(next(page)).toHaveText("?");
  await page.keyboard.type("zz");
  await expect(next(page)).toHaveText("62?");
});

test("take over, type something wrong, give it back, go on", async ({ page }) => {
  await open(page, PRESENT);
  await goOn(page, 1);
  await expect(next(page)).toHaveText("USER ftptest");
  await page.keyboard.press("t");
  await expect(next(page)).toHaveText("You are typing");
  await expect(caption(page)).toContainText("Esc gives it back");
  await page.keyboard.type("bother");
  await page.keyboard.press("Enter");
  await expect(text(page, 1)).toContainText("500 BOTHER not understood");
  // Half a right line stays, and the script types on from there.
  await page.keyboard.type("US");
  await page.keyboard.press("Escape");
  await expect(next(page)).toHaveText("USER ftptest");
  await expect(typed(page)).toHaveText("US");
  await page.keyboard.press("ArrowRight");
  await expect(text(page, 1)).toContainText("USER ftptest331");
  // Half a wrong one goes.
  await region(page, 1).locator(".xterm-screen").click();
  await expect(next(page)).toHaveText("You are typing");
  await page.keyboard.type("hbt. ");
  await page.keyboard.press("Escape");
  await expect(next(page)).toHaveText("PASS guestpass");
  await page.keyboard.press("ArrowRight");
  await expect(text(page, 1)).toContainText("PASS guestpass230");
});

test("what was said of something typed freely goes when it is given back", async ({ page }) => {
  await open(page, PRESENT);
  await goOn(page, 1);
  await expect(next(page)).toHaveText("USER ftptest");
  const step = await caption(page).innerText();
  await page.keyboard.press("t");
  await page.keyboard.type("PASS guestpass");
  await page.keyboard.press("Enter");
  await expect(caption(page)).not.toContainText("gives it back");
  await expect(text(page, 1)).toContainText("503 ");
  await expect(caption(page)).not.toHaveText(step);
  await page.keyboard.press("Escape");
  await expect(next(page)).toHaveText("USER ftptest");
  await expect(caption(page)).toHaveText(step);
});

test("whoever ran ahead while typing freely goes on ahead", async ({ page }) => {
  await open(page, PRESENT);
  await page.keyboard.press("T");
  for (const [line, reply] of [
    [DIAL, "220 "],
    ["USER ftptest", "331 "],
    ["PASS guestpass", "230 "],
    ["pasv", "227 "],
  ] as const) {
    await page.keyboard.type(line);
    await page.keyboard.press("Enter");
    await expect(text(page, 1)).toContainText(reply);
  }
  await page.keyboard.press("Escape");
  await goOn(page, 9, "ArrowRight", 4);
  await expect(next(page)).toHaveText("9");
});

test("a line that was hung up is dialled again, and said so", async ({ page }) => {
  await open(page, PRESENT);
  await goOn(page, 7);
  await expect(next(page)).toHaveText("LIST");
  await page.keyboard.press("t");
  await page.keyboard.press("Control+]");
  await page.keyboard.type("quit");
  await page.keyboard.press("Enter");
  await expect(text(page, 1)).toContainText("Connection closed.");
  await page.keyboard.press("Escape");
  await expect(caption(page)).toContainText("You hung up in window 1");
  for (const thing of [
    DIAL,
    "USER ftptest",
    "PASS guestpass",
    "PASV",
    /^telnet .* \d{5}$/,
    "LIST",
  ]) {
    await expect(next(page)).toHaveText(thing);
    await page.keyboard.press("ArrowRight");
  }
  await expect(next(page)).toHaveText("?");
  await expect(text(page, 1)).toContainText("226 Transfer complete");
});

test("a telnet left at its own prompt goes back to the server", async ({ page }) => {
  await open(page, PRESENT);
  await goOn(page, 1);
  await expect(next(page)).toHaveText("USER ftptest");
  await page.keyboard.press("t");
  await page.keyboard.press("Control+]");
  await expect(text(page, 1)).toContainText("telnet>");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowRight");
  await expect(text(page, 1)).toContainText("331 Password required");
});

test("held replies wait for the room's guess", async ({ page }) => {
  await page.clock.install();
  await open(page, PRESENT);
  await page.keyboard.press("h");
  await expect(page.getByRole("button", { name: "replies held" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await page.keyboard.press("ArrowRight");
  await expect(caption(page)).toHaveText("What will the server answer? Guess.");
  await page.clock.fastForward(5000);
  await expect(exchange(page)).toHaveText(/\?\s*$/);
  await expect(text(page, 1)).not.toContainText("Connected");
  await page.keyboard.press("ArrowRight");
  await expect(text(page, 1)).toContainText("220 ProFTPD");
  await expect(next(page)).toHaveText("USER ftptest");
  // Switched off, the answer comes by itself.
  await page.keyboard.press("ArrowRight");
  await expect(caption(page)).toContainText("Guess.");
  await page.keyboard.press("H");
  await expect(text(page, 1)).toContainText("331 Password");
});

test("B makes the screen black, and any key brings it back", async ({ page }) => {
  await open(page, PRESENT);
  const black = page.locator(".blank");
  for (const key of ["b", "."]) {
    await page.keyboard.press(key);
    await expect(black).toBeVisible();
    await page.keyboard.press("x");
    await expect(black).toBeHidden();
  }
  // That key did nothing else.
  await expect(typed(page)).toHaveText("");
});

test("← and PageUp take back the last thing, also after a reload", async ({ page }) => {
  await open(page, PRESENT);
  await goOn(page, 7);
  await expect(next(page)).toHaveText("LIST");
  await page.reload();
  await expect(next(page)).toHaveText("LIST");
  await expect(text(page, 2)).toContainText("Connected to");
  await page.keyboard.press("PageUp");
  await expect(next(page)).toHaveText(THINGS[6]!);
  expect(await lines(page, 2)).toEqual(["$"]);
  await page.keyboard.press("ArrowLeft");
  await expect(next(page)).toHaveText("?");
  await page.keyboard.press("ArrowLeft");
  await expect(next(page)).toHaveText("PASV");
  await expect(text(page, 1)).not.toContainText("227");
  await page.reload();
  await goOn(page, 5, "ArrowRight", 3);
  await expect(next(page)).toHaveText("62843");
  for (let back = 0; back < 8; back++) await page.keyboard.press("ArrowLeft");
  await expect(next(page)).toHaveText(DIAL);
  expect(await lines(page, 1)).toEqual(["$"]);
});

test("space plays by itself until space is pressed again", async ({ page }) => {
  await open(page, PRESENT);
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "pause" })).toBeVisible();
  await expect(text(page, 1)).toContainText("331 Password", { timeout: 15_000 });
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "play" })).toBeVisible();
  await expect(next(page)).toHaveText("PASS guestpass");
});

test("start over, and undo it; the lesson's own session is another", async ({ page }) => {
  await open(page, PRESENT);
  await goOn(page, 2);
  await expect(next(page)).toHaveText("PASS guestpass");
  await page.getByRole("button", { name: "Start over" }).click();
  await expect(next(page)).toHaveText(DIAL);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(next(page)).toHaveText("PASS guestpass");
  await page.getByRole("link", { name: "Leave" }).click();
  await expect(page).toHaveURL(/#\/learn\/talk-to-a-server$/);
  await expect(text(page, 1)).toContainText("$");
  expect(await lines(page, 1)).toEqual(["$"]);
  await expect(page.getByRole("link", { name: "Leave" })).toHaveCount(0);
});

test("with a modifier a key is the browser's, and a button has its own keys", async ({ page }) => {
  await open(page, PRESENT);
  for (const key of ["Control+b", "Alt+x", "Meta+h"]) await page.keyboard.press(key);
  await expect(page.locator(".blank")).toBeHidden();
  await expect(typed(page)).toHaveText("");
  await page.getByRole("button", { name: "hold replies" }).focus();
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "replies held" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await expect(page.getByRole("button", { name: "play" })).toHaveAttribute("aria-pressed", "false");
});

for (const [width, height] of [
  [1024, 768],
  [1280, 720],
  [1600, 900],
  [1920, 1080],
] as const) {
  test(`everything fits and can be read from afar at ${width} × ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page, PRESENT);
    for (let thing = 0; thing <= THINGS.length; thing++) {
      await expect(next(page)).toHaveText(THINGS[thing] ?? "The end");
      const bar = await page.getByRole("region", { name: "Caption" }).boundingBox();
      expect(bar!.y + bar!.height).toBeLessThanOrEqual(height + 1);
      for (const part of [next(page), caption(page), page.locator(".present-keys")]) {
        const box = await part.boundingBox();
        expect(box!.y).toBeGreaterThanOrEqual(bar!.y);
        expect(box!.y + box!.height).toBeLessThanOrEqual(bar!.y + bar!.height);
        expect(box!.x + box!.width).toBeLessThanOrEqual(width);
      }
      expect(await exchange(page).evaluate((line) => line.scrollWidth <= line.clientWidth)).toBe(
        true,
      );
      const size = await caption(page).evaluate((words) =>
        Number.parseFloat(getComputedStyle(words).fontSize),
      );
      expect(size).toBeGreaterThanOrEqual(height * 0.0319);
      await page.keyboard.press("ArrowRight");
    }
    for (const window of [1, 2]) {
      const box = await region(page, window).boundingBox();
      const screen = await text(page, window).boundingBox();
      expect(screen!.x + screen!.width).toBeLessThanOrEqual(box!.x + box!.width);
      // 80 columns take nearly all of it: the type could not be much larger.
      expect(screen!.width).toBeGreaterThan(box!.width * 0.94);
    }
  });
}

/** The contrast of an element's text with the caption bar: axe passes mixed colours over. */
function contrast(element: Locator): Promise<number> {
  return element.evaluate((node) => {
    const pen = new OffscreenCanvas(1, 1).getContext("2d")!;
    const luminance = (colour: string): number => {
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0] = [...pen.getImageData(0, 0, 1, 1).data].map((byte) =>
        byte <= 10 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    };
    const both = [
      luminance(getComputedStyle(node).color),
      luminance(getComputedStyle(node.closest(".bar")!).backgroundColor),
    ];
    return Math.max(...both) / Math.min(...both);
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`what is still to be typed can be read in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page, PRESENT);
    const faint = page.locator(".next-line span");
    // Large text: WCAG 2.2 AA asks for 3:1.
    expect(await contrast(faint)).toBeGreaterThan(3);
    await goOn(page, 6);
    await expect(next(page)).toHaveClass(/data/);
    expect(await contrast(faint)).toBeGreaterThan(3);
  });

  test(`axe finds nothing in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page, PRESENT);
    await page.evaluate(
      readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"),
    );
    for (const [from, to] of [
      [0, 4],
      [4, 5],
      [5, 8],
    ] as const) {
      await goOn(page, to, "ArrowRight", from);
      await expect(next(page)).toHaveText(THINGS[to]!);
      const found = await page.evaluate(async () => {
        const axe = (
          window as unknown as {
            axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
          }
        ).axe;
        const { violations } = await axe.run();
        return violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`,
        );
      });
      expect(found).toEqual([]);
    }
  });
}
