import xterm from "@xterm/headless";
import { describe, expect, it } from "vitest";
import { silence } from "../../src/app/reports.ts";

/** What a terminal says by itself when `text` is written to it. */
async function saidTo(text: string, silenced: boolean): Promise<string> {
  const terminal = new xterm.Terminal({
    allowProposedApi: true,
    windowOptions: { getWinSizeChars: true },
  });
  if (silenced) silence(terminal.parser);
  let said = "";
  terminal.onData((data) => (said += data));
  terminal.onBinary((data) => (said += data));
  await new Promise<void>((done) => terminal.write(text, done));
  terminal.dispose();
  return said;
}

describe("what a terminal answers by itself", () => {
  // Each of these makes xterm answer: the first assertion proves that the second can fail.
  const asking = {
    "what are you": "\x1b[c",
    "what are you, in full": "\x1b[>c",
    "are you well": "\x1b[5n",
    "where is the cursor": "\x1b[6n",
    "where is the cursor, DEC": "\x1b[?6n",
    "how large are you": "\x1b[18t",
    "is a mode set": "\x1b[4$p",
    "is a private mode set": "\x1b[?25$p",
    "how is text drawn": "\x1bP$qm\x1b\\",
  };
  for (const [question, sequence] of Object.entries(asking)) {
    it(`is not said: ${question}`, async () => {
      expect(await saidTo(sequence, false)).not.toBe("");
      expect(await saidTo(sequence, true)).toBe("");
    });
  }

  it("is not said in pieces or amid text either", async () => {
    const flood = Object.values(asking).join("words\r\n");
    expect(await saidTo(flood + flood, true)).toBe("");
  });

  it("leaves mouse, focus, paste and cursor keys alone", async () => {
    const terminal = new xterm.Terminal({ allowProposedApi: true });
    silence(terminal.parser);
    const modes = [1, 9, 47, 1000, 1002, 1003, 1004, 1006, 1049, 2004];
    const text = modes.map((mode) => `\x1b[?${mode}h`).join("");
    await new Promise<void>((done) => terminal.write(`${text}\x1b[?25;1000h\x1b[?45h`, done));
    expect(terminal.modes).toMatchObject({
      applicationCursorKeysMode: false,
      bracketedPasteMode: false,
      mouseTrackingMode: "none",
      sendFocusMode: false,
      reverseWraparoundMode: true,
    });
    expect(terminal.buffer.active.type).toBe("normal");
    terminal.dispose();
  });
});
