import { expect, test, type Page } from "@playwright/test";
import { violations } from "./axe.ts";
import { text } from "./page.ts";

const field = (page: Page) => page.getByRole("textbox", { name: "The lesson, as Markdown" });
const verdict = (page: Page) => page.getByRole("region", { name: "Editor" }).getByRole("status");

/** A lesson around some prose. */
const lesson = (prose: string): string =>
  `---\ntitle: Try it\nscenario: article\n---\n${prose}\n\n## Dial\n\n\`\`\`type 1\ntelnet ftptest.exavault.com 21\n\`\`\`\n\n\`\`\`goal\n1< 220\n\`\`\`\n`;

async function opened(page: Page): Promise<void> {
  await page.goto("./#/author");
  await expect(verdict(page)).toHaveText("It reads well. Check plays it, too.");
}

test("a lesson is written, seen and played beside the editor", async ({ page }) => {
  await opened(page);
  await field(page).focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("\n## One more\n");
  await expect(verdict(page)).toContainText("to mend");
  await page.getByRole("button", { name: /has nothing to do/ }).focus();
  await page.keyboard.press("Enter");
  await expect(field(page)).toBeFocused();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe("## One more");
  await field(page).fill(lesson("What is there?"));
  await expect(page.getByRole("heading", { level: 1, name: "Try it" })).toBeVisible();
  await expect(field(page)).toBeFocused();
  await page.getByRole("button", { name: "Type it" }).click();
  await expect(text(page, 1)).toContainText("220 ProFTPD");
});

test("a question of the front matter opens the lesson", async ({ page }) => {
  await opened(page);
  await field(page).fill(
    lesson("Let us see.").replace("title: Try it", "title: Try it\nquestion: Who hangs up?"),
  );
  await expect(page.locator(".panel-body")).toContainText("Try itWho hangs up?Let us see.");
});

test("check plays the lesson, and tells what does not hold", async ({ page }) => {
  await opened(page);
  await page.getByRole("button", { name: "Check" }).click();
  await expect(verdict(page)).toContainText(/^It holds: played \d+ times/);
  await field(page).fill(lesson("What is there?").replace("1< 220", "1< 221"));
  await expect(verdict(page)).toHaveText("It reads well. Check plays it, too.");
  await page.getByRole("button", { name: "Check" }).click();
  await expect(page.getByRole("button", { name: /does not reach the goal/ })).toBeVisible();
});

test("the draft survives a reload, and another one can be undone", async ({ page }) => {
  await opened(page);
  await field(page).fill(lesson("Mine, is it not?"));
  await expect(page.getByRole("heading", { level: 1, name: "Try it" })).toBeVisible();
  await page.reload();
  await expect(field(page)).toHaveValue(/Mine, is it not/);
  await page.locator("input[type=file]").setInputFiles({
    name: "other.md",
    mimeType: "text/markdown",
    buffer: Buffer.from(lesson("Another one?")),
  });
  await expect(field(page)).toHaveValue(/Another one/);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(field(page)).toHaveValue(/Mine, is it not/);
});

test("it is saved as it was written", async ({ page }) => {
  await opened(page);
  await field(page).fill(lesson("Saved?"));
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save" }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe("01-my-lesson.md");
  const stream = await download.createReadStream();
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  expect(Buffer.concat(parts).toString()).toBe(lesson("Saved?"));
});

test("a link holds the whole lesson", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await opened(page);
  await field(page).fill(lesson("Out of a link?"));
  await expect(page.getByRole("heading", { level: 1, name: "Try it" })).toBeVisible();
  await page.getByRole("button", { name: "Copy a link" }).click();
  await expect(page.getByText("The link is copied.")).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto(link);
  await expect(page.getByText("Out of a link?")).toBeVisible();
  await expect(page.getByText("A lesson from a link, not from this course")).toBeVisible();
  await page.getByRole("button", { name: "Type it" }).click();
  await expect(text(page, 1)).toContainText("220 ProFTPD");
});

test("a lesson of this site is opened by its path, and of no other site", async ({
  page,
  baseURL,
}) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.route("**/mine.md", (route) =>
    route.fulfill({ contentType: "text/markdown", body: lesson("By its path?") }),
  );
  await page.goto("./#/learn?from=mine.md");
  await expect(page.getByText("By its path?")).toBeVisible();
  await page.goto("./#/learn?from=https://example.com/evil.md");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This lesson cannot be opened");
  await expect(page.getByText("only be opened from this site")).toBeVisible();
  await page.goto("./#/learn?from=nothing.md");
  await expect(page.getByText("There is no file at /nothing.md.")).toBeVisible();
  expect(asked.filter((url) => !url.startsWith(baseURL!) && !url.startsWith("data:"))).toEqual([]);
});

test("a link that is damaged, or a bomb, is told and nothing more", async ({ page }) => {
  await page.goto("./#/learn?lesson=abc");
  await expect(page.getByText("The link is damaged")).toBeVisible();
  // 30 MB of the same letter are some 30 kB.
  const bomb = await page.evaluate(async () => {
    const stream = new Blob(["x".repeat(30_000_000)])
      .stream()
      .pipeThrough(new CompressionStream("deflate-raw"));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  });
  await page.goto(`./#/learn?lesson=${bomb}`);
  await expect(page.getByText("far too long for a lesson")).toBeVisible();
});

test("hostile Markdown runs nothing, reaches nobody and freezes nothing", async ({
  page,
  baseURL,
}) => {
  const asked: string[] = [];
  const dialogs: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await opened(page);
  const hostile =
    'Who? <script>alert(1)</script> <img src="http://evil.example/x.png" onerror="alert(2)"> ' +
    "<svg onload=alert(3)> <iframe src=http://evil.example></iframe> <style>*{display:none}</style>";
  await field(page).fill(lesson(hostile));
  const intro = page.locator("#frame .read .prose").first();
  await expect(intro).toContainText("<script>alert(1)</script>");
  await expect(intro.locator("script, img, svg, iframe, style")).toHaveCount(0);
  await field(page).fill(lesson("Who? [press](javascript:alert(4)) [or](data:text/html,x)"));
  await expect(page.getByRole("button", { name: /A link leads to/ })).toHaveCount(2);
  // Each of these could keep a careless reader busy for a long time.
  for (const slow of [
    "*".repeat(60_000),
    "[".repeat(60_000),
    ">".repeat(60_000),
    "`".repeat(60_000),
  ]) {
    await field(page).fill(lesson(`Who? ${slow}`));
    const before = Date.now();
    await page.getByRole("button", { name: "Open", exact: true }).focus();
    await page.evaluate(() => new Promise(requestAnimationFrame));
    expect(Date.now() - before).toBeLessThan(3000);
    await expect(verdict(page)).not.toHaveText("", { timeout: 10_000 });
  }
  await field(page).fill(lesson("x".repeat(300_000)));
  await expect(verdict(page)).toContainText("this one is longer");
  expect(dialogs).toEqual([]);
  expect(asked.filter((url) => !url.startsWith(baseURL!) && !/^(?:data|blob):/.test(url))).toEqual(
    [],
  );
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test("axe finds nothing in the editor", async ({ page }) => {
      await opened(page);
      expect(await violations(page)).toEqual([]);
      await field(page).fill("nothing");
      await expect(verdict(page)).toContainText("to mend");
      expect(await violations(page)).toEqual([]);
    });
  });
}
