import { expect, test, type Page } from "@playwright/test";
import { lines, open, region, text, type } from "./page.ts";

/** Logs in at the server with the larger files, and dials the port that it opens. */
async function ready(page: Page): Promise<void> {
  await open(page, "#/sandbox");
  for (const [line, reply] of [
    ["telnet files.example.net 21", "220 "],
    ["USER ftptest", "331 "],
    ["PASS guestpass", "230 "],
    ["PASV", "227 "],
  ] as const) {
    await type(page, 1, line);
    await expect(text(page, 1)).toContainText(reply);
  }
  const [, hi, lo] = /,(\d+),(\d+)\)/.exec((await lines(page, 1)).join("\n"))!;
  await type(page, 2, `telnet files.example.net ${Number(hi) * 256 + Number(lo)}`);
  await expect(text(page, 2)).toContainText("Escape character");
}

test("a large file leaves the page awake, and hanging up in the middle gives 426", async ({
  page,
}) => {
  await ready(page);
  await type(page, 1, "RETR pub/big.txt");
  await expect(text(page, 1)).toContainText("150 ");
  await expect(region(page, 2)).toContainText(/[\d,]{7,} bytes/);
  await page.keyboard.press("Alt+1");
  await page.keyboard.type("NOOP");
  await expect(text(page, 1)).toContainText("NOOP", { timeout: 1000 });
  // It is still under way.
  await expect(text(page, 1)).not.toContainText("226 ");
  await page.getByRole("button", { name: "Hang up window 2" }).click();
  await expect(text(page, 1)).toContainText("426 ");
  await expect(region(page, 2)).toContainText("closed by you");
});

test("what a file makes a terminal answer is never typed", async ({ page }) => {
  await ready(page);
  await type(page, 1, "RETR pub/terminal.txt");
  await expect(text(page, 1)).toContainText("226 ");
  await expect(text(page, 2)).toContainText("Its answer is not yours, so it is not typed.");
  await expect(region(page, 2)).toContainText("closed by the server");
  await type(page, 2, "clear");
  await expect.poll(() => lines(page, 2)).toEqual(["$"]);
  // All that went into window 2 is what was typed there.
  const typed = (): Promise<string> =>
    page.evaluate(() => {
      const stored = localStorage.getItem("port21.session.sandbox") ?? '{"inputs":[]}';
      const { inputs } = JSON.parse(stored) as { inputs: [number, number, string, string][] };
      return inputs.flatMap(([, window, , keys]) => (window === 2 ? [keys] : [])).join("");
    });
  await expect.poll(typed).toMatch(/^telnet files\.example\.net \d+\rclear\r$/);
});

test("bytes that are no UTF-8 stand as a terminal shows them, and nobody complains", async ({
  page,
}) => {
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  await open(page, "#/sandbox");
  await type(page, 1, "telnet proftpd.example.net 21");
  await expect(text(page, 1)).toContainText("220 ");
  await type(page, 1, "USER ftptest");
  await expect(text(page, 1)).toContainText("331 ");
  await type(page, 1, "PASS guestpass");
  await expect(text(page, 1)).toContainText("230 ");
  await type(page, 1, "STAT names");
  await expect(text(page, 1)).toContainText("gr\ufffdn.txt");
  await expect(text(page, 1)).toContainText("möwe.txt");
  await type(page, 2, "cat picture.png");
  await expect(text(page, 2)).toContainText("IEND");
  expect(complaints).toEqual([]);
});
