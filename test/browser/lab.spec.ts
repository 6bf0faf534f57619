import { readFileSync, readdirSync } from "node:fs";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { violations } from "./axe.ts";
import { LESSON, logIn, open, text, type } from "./page.ts";

const column = (page: Page): Locator => page.getByRole("region", { name: "What crosses the wire" });
const tab = (page: Page, name: string): Locator => column(page).getByRole("tab", { name });

/** The networks there are: every file but the schema. */
const SCENARIOS = readdirSync("lessons/scenarios").length - 1;

/** Goes to a tab of the See column, on the keyboard. */
async function see(page: Page, name: string): Promise<void> {
  await column(page).getByRole("tab", { selected: true }).focus();
  while (!(await tab(page, name).evaluate((one) => one === document.activeElement))) {
    await page.keyboard.press("ArrowRight");
  }
  await expect(tab(page, name)).toHaveAttribute("aria-selected", "true");
}

test("a lesson whose network hides nothing has the ladder alone", async ({ page }) => {
  await open(page, LESSON);
  await expect(column(page).getByRole("group", { name: /^The ladder/ })).toBeVisible();
  await expect(column(page).getByRole("tab")).toHaveCount(0);
});

test.describe("in the sandbox", () => {
  test.beforeEach(async ({ page }) => {
    await open(page, "#/sandbox");
    await expect(tab(page, "Ladder")).toBeVisible();
  });

  test("before the first dial the picture has the address that the computer has", async ({
    page,
  }) => {
    const ends = column(page).locator(".see-ends");
    await expect(ends).toContainText("198.51.100.7");
    await see(page, "Network");
    await column(page)
      .getByRole("switch", { name: "NAT at your home", exact: true })
      .press("Space");
    await see(page, "Ladder");
    await expect(ends).toContainText("192.168.1.10");
  });

  test("the tabs are walked with the arrow keys, round and round", async ({ page }) => {
    await tab(page, "Ladder").focus();
    await page.keyboard.press("ArrowLeft");
    await expect(tab(page, "Eavesdropper")).toBeFocused();
    await expect(column(page).getByRole("tabpanel", { name: "Eavesdropper" })).toBeVisible();
    await page.keyboard.press("ArrowRight");
    await expect(column(page).getByRole("tabpanel", { name: "Ladder" })).toBeVisible();
  });

  test("the map shows every host of the scenario, and a connection as it stands", async ({
    page,
  }) => {
    await logIn(page);
    await see(page, "Network");
    const map = column(page).getByRole("tabpanel", { name: "Network" });
    await expect(map.getByRole("listitem").first()).toContainText("Your computer");
    await expect(map).toContainText("ftptest.exavault.com");
    await expect(map.locator(".lab-wire.control.open")).toHaveCount(1);
    await type(page, 1, "QUIT");
    await expect(map.locator(".lab-wire")).toHaveCount(0);
  });

  test("of many hosts those stand on the map that are dialled, and the others behind a button", async ({
    page,
  }) => {
    await see(page, "Network");
    const rows = column(page).getByRole("tabpanel", { name: "Network" }).locator(".lab-place");
    const vsftpd = rows.filter({ hasText: "vsftpd.example.net" });
    const more = column(page).getByRole("button", { name: /^Show \d+ more hosts$/ });
    await expect(rows.filter({ hasText: "files.example.net" })).not.toHaveCount(0);
    await expect(vsftpd).toHaveCount(0);
    await more.press("Enter");
    await expect(vsftpd).toHaveCount(1);
    await column(page).getByRole("button", { name: "Show fewer hosts" }).press("Enter");
    await expect(vsftpd).toHaveCount(0);
    await page.getByRole("button", { name: "vsftpd.example.net", exact: true }).press("Enter");
    await expect(text(page, 1)).toContainText("220 (vsFTPd");
    await expect(vsftpd).toHaveCount(1);
    await expect(more).toBeVisible();
    // Window 1 is taken: the next one is dialled from window 2.
    await page.getByRole("button", { name: "files.example.net", exact: true }).press("Enter");
    await expect(text(page, 2)).toContainText("$ telnet files.example.net 21");
    await expect(text(page, 1)).not.toContainText("files.example.net");
    // What window 1 talks to is what is tried, until somebody chooses another.
    const choice = column(page).getByRole("combobox", { name: "On which server" });
    await expect(choice).toHaveValue("vsftpd.example.net");
    await choice.selectOption("pure-ftpd.example.net");
    await type(page, 1, "QUIT");
    await expect(text(page, 1)).toContainText("221 ");
    await expect(choice).toHaveValue("pure-ftpd.example.net");
  });

  test("what a row of the map has no room for is its title", async ({ page }) => {
    await see(page, "Network");
    const about = column(page).locator(".lab-map .lab-about[title]").first();
    await expect(about).toHaveAttribute("title", (await about.textContent()) ?? "");
  });

  test("PASV, PORT and EPSV are tried with one press, and one of them gone on with", async ({
    page,
  }) => {
    await see(page, "Network");
    await column(page).getByRole("button", { name: "Try all three" }).press("Enter");
    const rows = column(page).getByRole("table").getByRole("row");
    await expect(rows).toHaveText([
      /Way\s*What came of it/,
      /PASV\s*226 worked: 837 bytes/,
      /PORT\s*226 worked: 837 bytes/,
      /EPSV\s*226 worked: 837 bytes/,
    ]);
    await column(page).getByRole("button", { name: "Go in with PORT" }).press("Enter");
    await expect(text(page, 2)).toContainText("nc -l 50000");
    await expect(text(page, 1)).toContainText("226 ");
    // It is live, and stays so: a reload finds it again.
    await type(page, 1, "NOOP");
    await expect(text(page, 1)).toContainText("NOOP");
    await page.reload();
    await expect(text(page, 2)).toContainText("nc -l 50000");
  });

  test("two ways stand side by side in a dialog that Escape closes", async ({ page }) => {
    await see(page, "Network");
    await column(page).getByRole("button", { name: "Try all three" }).press("Enter");
    const both = column(page).getByRole("button", { name: "PASV and PORT side by side" });
    await both.press("Enter");
    const dialog = page.getByRole("dialog", { name: "PASV and PORT on this network" });
    await expect(dialog).toContainText("PASV: worked: 837 bytes. PORT: worked: 837 bytes.");
    await expect(dialog.locator(".compare-row")).not.toHaveCount(0);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(both).toBeFocused();
  });

  test("the eavesdropper reads the password and the list, and saves a capture", async ({
    page,
  }) => {
    await logIn(page);
    await see(page, "Eavesdropper");
    const panel = column(page).getByRole("tabpanel", { name: "Eavesdropper" });
    await expect(panel.locator("mark")).toHaveText("guestpass");
    await expect(panel).toContainText("ftptest / guestpass");
    await type(page, 1, "PWD");
    await expect(panel).toContainText("257 ");
    expect(await violations(page)).toEqual([]);
    const coming = page.waitForEvent("download");
    await panel.getByRole("button", { name: "Save as .pcap" }).press("Enter");
    const file = await coming;
    expect(file.suggestedFilename()).toMatch(/\.pcap$/);
    const bytes = readFileSync(await file.path());
    expect(bytes.readUInt32BE(0)).toBe(0xa1b2c3d4);
    expect(bytes.toString("latin1")).toContain("PASS guestpass\r\n");
  });

  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(colorScheme, () => {
      test.use({ colorScheme });
      test("axe finds nothing in the network", async ({ page }) => {
        await logIn(page);
        await see(page, "Network");
        await column(page).getByRole("button", { name: "Try all three" }).press("Enter");
        await expect(column(page).getByRole("table")).toBeVisible();
        expect(await violations(page)).toEqual([]);
      });
    });
  }

  test("other networks are listed under what they are about, and lead there", async ({ page }) => {
    await page.getByText("Other networks to play in").press("Enter");
    const networks = page.locator(".networks");
    await expect(networks.getByRole("heading", { name: "Firewalls" })).toBeVisible();
    // Whoever adds one says what it is about.
    await expect(networks.getByRole("heading", { name: "Others" })).toHaveCount(0);
    await expect(networks.getByRole("link")).toHaveCount(SCENARIOS - 1);
    const link = page.getByRole("link", { name: "The server of the walk-through" });
    await link.press("Enter");
    await expect(page).toHaveURL(/#\/sandbox\/article$/);
    await expect(text(page, 1)).toContainText("$");
  });
});

test.describe("behind a NAT", () => {
  const map = (page: Page): Locator => column(page).getByRole("tabpanel", { name: "Network" });
  const nat = (page: Page): Locator =>
    map(page).getByRole("switch", { name: /^(?!In the second)/ });

  test.beforeEach(async ({ page }) => {
    await open(page, "#/sandbox/nat-home");
    await type(page, 1, "telnet proftpd.example.net 21");
    await expect(text(page, 1)).toContainText("220 ");
    await type(page, 1, "USER ftptest");
    await expect(text(page, 1)).toContainText("331 ");
    await type(page, 1, "PASS guestpass");
    await expect(text(page, 1)).toContainText("230 ");
  });

  test("a switch is pressed, says so, and is there again after a reload", async ({ page }) => {
    await see(page, "Network");
    await expect(nat(page).first()).toHaveAttribute("aria-checked", "true");
    await nat(page).first().press("Space");
    await expect(nat(page).first()).toHaveAttribute("aria-checked", "false");
    await see(page, "Ladder");
    await expect(column(page)).toContainText(": off");
    // A name is never cut: its end may be what tells it from another.
    await expect(column(page).locator(".rung.switch .text")).toHaveCSS("white-space", "normal");
    await page.reload();
    await see(page, "Network");
    await expect(nat(page).first()).toHaveAttribute("aria-checked", "false");
  });

  test("what was switched on the way can be run again with it so from the start", async ({
    page,
  }) => {
    await see(page, "Network");
    const run = map(page).getByRole("button", { name: "Run the same keys again" });
    await expect(run).toBeDisabled();
    await nat(page).first().press("Space");
    await run.press("Enter");
    const dialog = page.getByRole("dialog", { name: "The same keys, twice" });
    await expect(dialog.getByRole("heading", { level: 3 })).toHaveText([
      "As you played it",
      /^Without “/,
    ]);
  });

  test("the same keys run again without it, and the other session is gone on with", async ({
    page,
  }) => {
    await type(page, 1, "NOOP");
    await expect(text(page, 1)).toContainText("200 ");
    await see(page, "Network");
    const run = map(page).getByRole("button", { name: "Run the same keys again" });
    await expect(run).toBeDisabled();
    await expect(run).toHaveAccessibleDescription(/^Set a switch the other way first/);
    await expect(map(page).getByText("Set a switch the other way first")).toBeVisible();
    await map(page)
      .getByRole("switch", { name: /^In the second run/ })
      .first()
      .press("Space");
    await expect(map(page).getByText("Set a switch the other way first")).toHaveCount(0);
    await run.press("Enter");
    const dialog = page.getByRole("dialog", { name: "The same keys, twice" });
    await expect(dialog.getByRole("heading", { level: 3 })).toHaveText([/^With “/, /^Without “/]);
    await expect(dialog.locator(".compare-row").filter({ hasText: "NOOP" })).toHaveCount(2);
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Go on in this one" }).press("Enter");
    await expect(dialog).toBeHidden();
    await expect(text(page, 1)).toContainText("NOOP");
    await see(page, "Network");
    await expect(nat(page).first()).toHaveAttribute("aria-checked", "false");
  });
});
