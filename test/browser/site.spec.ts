import { expect, test } from "@playwright/test";
import { violations } from "./axe.ts";
import { LESSON, logIn, open, region, text, type } from "./page.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test("axe finds nothing at home", async ({ page }) => {
      await page.goto("./");
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });
    for (const route of [LESSON, "#/sandbox"]) {
      test(`axe finds nothing on ${route}`, async ({ page }) => {
        await open(page, route);
        expect(await violations(page)).toEqual([]);
        await logIn(page);
        await type(page, 1, "PASV");
        await expect(text(page, 1)).toContainText("227 Entering");
        await expect(page.getByRole("region", { name: "What crosses the wire" })).toContainText(
          "227",
        );
        expect(await violations(page)).toEqual([]);
      });
    }
  });
}

test("nothing is asked of another host", async ({ page, baseURL }) => {
  const foreign: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(baseURL!) && !url.startsWith("data:")) foreign.push(url);
  });
  await open(page, LESSON);
  await logIn(page);
  await page.goto("./#/sandbox");
  await expect(page.getByRole("heading", { name: "What you can type" })).toBeVisible();
  expect(foreign).toEqual([]);
});

test("routes have titles, and the focus follows", async ({ page }) => {
  await page.goto("./");
  await expect(page).toHaveTitle("Port 21: learn FTP by speaking it");
  await page.getByRole("link", { name: "Start the first lesson" }).click();
  await expect(page).toHaveTitle("Talk to a server by hand · Port 21");
  await expect(
    page.getByRole("heading", { level: 1, name: "Talk to a server by hand" }),
  ).toBeFocused();
  await page.getByRole("link", { name: "Sandbox", exact: true }).click();
  await expect(page).toHaveTitle("Sandbox · Port 21");
  await page.goBack();
  await expect(
    page.getByRole("heading", { level: 1, name: "Talk to a server by hand" }),
  ).toBeFocused();
});

for (const hash of ["#/nowhere", "#/learn/no-such-lesson", "#/learn/"]) {
  test(`${hash} is a friendly page`, async ({ page }) => {
    await page.goto(`./${hash}`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("There is no");
    await page.getByRole("link", { name: "See the course" }).click();
    await expect(page.getByRole("heading", { name: "Learn FTP by speaking it" })).toBeVisible();
  });
}

test("the frame of the page stands before any script", async ({ page }) => {
  await page.route("**/*.js", () => undefined);
  await page.goto("./", { waitUntil: "commit" });
  await expect(page.getByRole("heading", { name: "Learn FTP by speaking it" })).toBeVisible();
  await page.goto(`./?2${LESSON}`, { waitUntil: "commit" });
  await expect(page.locator(".window")).toHaveCount(2);
  await expect(page.locator(".window").first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "Learn FTP by speaking it" })).toBeHidden();
});

test("everything can be done from the keyboard", async ({ page }) => {
  await page.goto("./");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Start the first lesson" })).toBeFocused();
  await page.keyboard.press("Enter");
  // The focus is on the lesson's title: the next stop is the first command, to be typed for us.
  await expect(
    page.getByRole("heading", { level: 1, name: "Talk to a server by hand" }),
  ).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Type it" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(text(page, 1)).toContainText("220 ProFTPD");
  // Tab leaves a window: it is no trap.
  await page.keyboard.press("Tab");
  await expect(region(page, 2).getByRole("textbox")).toBeFocused();
  await page.keyboard.press("Alt+1");
  await expect(region(page, 1).getByRole("textbox")).toBeFocused();
});

test("whoever just begins to type means a window", async ({ page }) => {
  await open(page, LESSON);
  await page.keyboard.type("help");
  await expect(text(page, 1)).toContainText("$ help");
});

test("typing means a window after a right answer, too, and from a button", async ({ page }) => {
  await open(page, LESSON);
  await logIn(page);
  await type(page, 1, "PASV");
  await expect(text(page, 1)).toContainText("227 ");
  await page.keyboard.press("Alt+2");
  await page.getByRole("textbox", { name: /Which port/ }).fill("62843");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Open the second connection" })).toBeFocused();
  await page.keyboard.type("help");
  await expect(text(page, 2)).toContainText("$ help");
  await page.getByRole("button", { name: "Hint" }).focus();
  await page.keyboard.type("less");
  await expect(text(page, 2)).toContainText("$ helpless");
});

test("what is said to an answer is in sight, and the newest words are the only ones", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await open(page, LESSON);
  await logIn(page);
  await type(page, 1, "PASV");
  await expect(text(page, 1)).toContainText("227 ");
  await page.getByRole("textbox", { name: /Which port/ }).fill("62720");
  await page.getByRole("button", { name: "Check" }).click();
  const said = page.locator(".said:not(:empty)");
  await expect(said).toHaveText(/^Half way/);
  const foot = await page.locator(".panel-foot").boundingBox();
  await expect
    .poll(async () => {
      const box = await said.boundingBox();
      return box!.y + box!.height;
    })
    .toBeLessThan(foot!.y - 20);
  await type(page, 2, "telnet ftptest.exavault.com 62719");
  await expect(text(page, 2)).toContainText("refused");
  await expect(said).toHaveCount(1);
  await expect(said).not.toContainText("Half way");
});

test("whoever has hung up is offered the way back in place of the step's own line", async ({
  page,
}) => {
  await open(page, LESSON);
  await logIn(page);
  await expect(page.getByRole("button", { name: "Type it" })).toHaveCount(1);
  await page.getByRole("button", { name: "Hang up window 1" }).click();
  await expect(page.getByText("Dial again", { exact: true })).toBeVisible();
  const offered = page.locator(".card:visible");
  await expect(offered).toHaveText(/^telnet ftptest\.exavault\.com 21/);
  await type(page, 1, "telnet ftptest.exavault.com 21");
  await expect(offered).toHaveText(/^USER ftptest/);
});

test("the sandbox names who can be dialled, and the account", async ({ page }) => {
  await open(page, "#/sandbox");
  const panel = page.getByRole("region", { name: "Commands" });
  for (const words of ["ftptest.exavault.com", "files.example.net", "ftptest / guestpass"])
    await expect(panel).toContainText(words);
  await type(page, 1, "telnet files.example.net 21");
  await expect(text(page, 1)).toContainText("220 ");
  await type(page, 1, "USER ftptest");
  await type(page, 1, "PASS guestpass");
  await type(page, 1, "PASV");
  await expect(panel).toContainText("telnet files.example.net …");
});

test("type it types key by key, and a second press finishes it", async ({ page }) => {
  await open(page, LESSON);
  const button = page.getByRole("button", { name: "Type it" });
  await button.click();
  await expect(text(page, 1)).toContainText("$ t");
  await expect(text(page, 1)).not.toContainText("exavault.com 21");
  await button.click();
  await expect(text(page, 1)).toContainText("220 ProFTPD");
  await expect(page.getByRole("heading", { name: "Say who you are" })).toBeVisible();
});

test("a likely mistake is answered in words", async ({ page }) => {
  await open(page, LESSON);
  await type(page, 1, "telnet ftptest.exavault.com");
  const said = page.getByRole("status").filter({ hasText: "Without a port" });
  await expect(said).toContainText("Put 21 behind the name.");
  await page.getByRole("button", { name: "Hint" }).click();
  await expect(page.getByText("Three words with a space between")).toBeVisible();
});

test("the colours can be switched, and stay", async ({ page }) => {
  await page.goto("./");
  await page.getByRole("button", { name: "Switch to dark colours" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByRole("button", { name: "Switch to light colours" })).toBeVisible();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("the end of what leads to a step's card stands above the windows, whole", async ({
    page,
  }) => {
    await open(page, "#/learn/log-in");
    const now = page.locator(".now-text");
    for (const step of ["telnet files.example.net 21", "PASS guestpass", "USER nobody"]) {
      await page.getByRole("button", { name: step }).tap();
      await page.getByRole("button", { name: "Enter" }).tap();
    }
    await page.getByRole("button", { name: "Read", exact: true }).tap();
    await page.getByRole("button", { name: "Get in" }).tap();
    await page.getByRole("button", { name: "Go there" }).tap();
    await page.getByRole("button", { name: "Type", exact: true }).tap();
    await expect(now).toContainText("The account here is ftptest, and its password guestpass.");
    expect(await now.evaluate((box) => box.scrollHeight - box.clientHeight)).toBeLessThan(2);
  });

  test("the lesson can be typed, read and seen, and a listing does not wrap", async ({ page }) => {
    await open(page, LESSON);
    const field = page.getByRole("textbox", { name: "Type a line for window" });
    const send = async (window: number, line: string): Promise<void> => {
      await page.getByRole("button", { name: `Window ${window}`, exact: true }).tap();
      await field.fill(line);
      await page.getByRole("button", { name: "Enter" }).tap();
    };
    await page.getByRole("button", { name: "telnet ftptest.exavault.com 21" }).tap();
    await expect(field).toHaveValue("telnet ftptest.exavault.com 21");
    await page.getByRole("button", { name: "Enter" }).tap();
    await expect(text(page, 1)).toContainText("220 ");
    // What is to be done stands above the line, so that nobody has to turn to the lesson for it.
    await expect(page.getByRole("button", { name: "Now: Say who you are Read" })).toBeVisible();
    await expect(page.locator(".now-text")).toContainText("telnet");
    await send(1, "USER ftptest");
    await expect(text(page, 1)).toContainText("331 ");
    // A badge stands whole or not at all: there is no room for this one.
    await expect(page.locator('.badge[data-note="ready for you"]')).toBeHidden();
    await expect(page.locator('.badge[data-note="go on: password"]')).toBeVisible();
    await send(1, "PASS guestpass");
    await expect(text(page, 1)).toContainText("230 ");
    await send(1, "PASV");
    await expect(text(page, 1)).toContainText("227 ");
    await send(2, "telnet ftptest.exavault.com 62843");
    await expect(text(page, 2)).toContainText("Escape");
    await send(1, "LIST");
    await expect(text(page, 2)).toContainText(
      "-rw-rw----   1 ftptest  10002          29 Jun 12 14:59 .fspftpcheck.1591973977",
    );
    // A finger moves the window to the names.
    const touch = await page.context().newCDPSession(page);
    const { x, y } = (await text(page, 2).boundingBox())!;
    const finger = (kind: "touchStart" | "touchMove" | "touchEnd", left?: number) =>
      touch.send("Input.dispatchTouchEvent", {
        type: kind,
        touchPoints: left === undefined ? [] : [{ x: x + left, y: y + 60 }],
      });
    await finger("touchStart", 300);
    for (const left of [250, 180, 100, 40]) await finger("touchMove", left);
    await finger("touchEnd");
    const box = region(page, 2);
    expect(await box.evaluate((element) => element.scrollLeft)).toBeGreaterThan(200);
    expect(
      await box.evaluate((element) => element.scrollWidth - element.clientWidth),
    ).toBeGreaterThan(100);
    // What a finger has to hit is large enough for one.
    for (const name of ["Window 1", "Window 2", "Enter", "Hang up window 1", "Read", "Read ›"]) {
      const button = await page
        .getByRole("button", { name, exact: !name.endsWith("›") })
        .boundingBox();
      expect(button!.height, name).toBeGreaterThanOrEqual(44);
    }
    // What is offered fits the window that is typed in.
    const offered = page.getByRole("group", { name: "What you can type now" });
    await expect(async () => {
      // Chromium takes a tap right after a fling for the end of the fling.
      await page.getByRole("button", { name: "Window 2", exact: true }).tap();
      const first = offered.getByRole("button").first();
      await expect(first).toHaveText("in window 1 PASV", { timeout: 500 });
    }).toPass();
    // The page itself does not scroll sideways.
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      390,
    );
    await page.getByRole("button", { name: "See", exact: true }).tap();
    await expect(page.getByRole("region", { name: "What crosses the wire" })).toBeVisible();
    await page.getByRole("button", { name: "Read", exact: true }).tap();
    await expect(page.getByRole("heading", { name: "Read it where it arrives" })).toBeVisible();
  });

  for (const width of [320, 390, 690]) {
    test(`all four parts of the site are in the bar at ${width} pixels`, async ({ page }) => {
      await page.setViewportSize({ width, height: 844 });
      await page.goto("./#/");
      const tabs = page.getByRole("navigation", { name: "Parts of the site" });
      let right = 0;
      for (const name of ["Learn", "Sandbox", "Reference", "Stamps"]) {
        const box = (await tabs.getByRole("link", { name }).boundingBox())!;
        expect(box.x).toBeGreaterThanOrEqual(right);
        right = box.x + box.width;
      }
      for (const name of ["Search", /^Switch to/]) {
        const box = (await page.getByRole("button", { name }).boundingBox())!;
        expect(box.x).toBeGreaterThanOrEqual(right);
        right = box.x + box.width;
      }
      expect(right).toBeLessThanOrEqual(width);
    });
  }

  test("what is offered to type is the step's own, and the server the lesson's", async ({
    page,
  }) => {
    await open(page, "#/learn/log-in");
    const offered = page.getByRole("group", { name: "What you can type now" }).getByRole("button");
    await expect(offered.first()).toHaveText("telnet files.example.net 21");
    await open(page, "#/learn/what-your-client-did");
    await expect(offered.first()).toHaveText("ftp -d files.example.net");
    await expect(offered.last()).toHaveText("telnet files.example.net 21");
  });

  test("the page to write lessons opens at its top", async ({ page }) => {
    await page.goto("./#/author");
    await expect(page.getByText("It reads well")).toBeVisible();
    await expect(page.locator(".step[aria-current] h2")).toBeVisible();
    // What is drawn last is drawn in the frame after.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
    await expect(page.getByRole("heading", { level: 1, name: "Write a lesson" })).toBeInViewport();
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });
});
