/** The card of one rung: what it says, what it means, and for a 227 how the port comes about. */
import { answerWords } from "../../explain/answers.ts";
import type { LadderReader } from "../../explain/ladder.ts";
import { whyNoData } from "../../explain/no-data.ts";
import { byteBits, type HostPort } from "../../explain/pasv.ts";
import { replyNote, replyWord } from "../../explain/replies.ts";
import type { Rung } from "../../explain/rung.ts";
import { isDialled } from "../../explain/status.ts";
import { isVerb } from "../../explain/tips.ts";
import { amount, commandWords, failure, sentence } from "../../explain/words.ts";
import { utf8Decode } from "../../sim/bytes.ts";
import { type Child, el } from "../el.ts";
import { codeMark, phrase } from "./phrase.ts";

/** What the card of `rung` holds. */
export function cardOf(rung: Rung, ladder: LadderReader, riddle: boolean): Child[] {
  const { tells } = rung;
  // Who plays the server is spoken to: no reply of theirs needs a card of its own.
  if (tells.kind === "command" && rung.way === "left") {
    return [title(["The client speaks"], ""), whole(tells.line), el("p", {}, "Now you answer.")];
  }
  /** A lesson asks for the port: it stands there only when the learner has dialled it. */
  const secret = ({ port }: HostPort) => riddle && !isDialled(ladder.connections, port);
  const note = rung.note === undefined ? null : el("p", { class: "tip" }, ...phrase(rung.note));
  switch (tells.kind) {
    case "reply": {
      const { code, verb, lines, hostPort, notYet } = tells;
      const { short, long, rfc } = replyNote(code, verb, lines[0]);
      const cause = whyNoData(rung, ladder.rungs);
      if (hostPort) {
        return [
          title([more(String(code), codeMark(code)), "Where to dial"], rfc),
          ...sum(hostPort, secret(hostPort)),
          note,
        ];
      }
      if (code === 0) {
        return [title(["No reply"], ""), whole(lines.join("\n")), note];
      }
      if (rung.way === "right") {
        return [
          title([more(String(code), codeMark(code)), capital(short)], "your answer"),
          whole(lines.join("\n")),
          note,
          el("p", {}, answerWords(code)),
        ];
      }
      return [
        title([more(String(code), codeMark(code)), capital(notYet ? "not yet" : short)], rfc),
        whole(lines.join("\n")),
        note,
        notYet ? null : el("p", {}, `${long}${moment(rung, ladder)}`),
        cause === undefined ? null : el("p", { class: "tip" }, ...phrase(cause)),
        el(
          "p",
          { class: "quiet" },
          `${code} begins with ${String(code)[0]}: ${replyWord(Math.floor(code / 100))}.`,
        ),
      ];
    }
    case "command":
      return [
        title(
          [more(tells.verb, capital(tells.verb.slice(0, 12) || "empty line"))],
          tells.during !== undefined ? `during ${tells.during}` : tells.early ? "typed ahead" : "",
        ),
        whole(tells.line),
        note,
        el("p", {}, commandWords(rung)),
      ];
    case "bytes":
      return [
        title(["Data"], amount(tells.length, tells.lines)),
        whole(
          utf8Decode(tells.head).replaceAll("\r\n", "\n").trimEnd() +
            (tells.head.length < tells.length ? "\n…" : ""),
        ),
        el("p", {}, sentence(rung, ladder.nameOf)),
      ];
    case "dial": {
      const { port } = tells.to;
      const asked = ladder.rungs.find(
        ({ id, tells: told }) =>
          id < rung.id && told.kind === "reply" && told.hostPort?.port === port,
      )?.tells;
      const numbers = asked?.kind === "reply" && asked.hostPort?.numbers;
      const stands = ladder.connections.find(({ conn }) => conn === rung.conn);
      if (rung.wire === "data" && stands?.state === "open" && !stands.taken && stands.sent === 0) {
        return [
          title(["Open and silent"], `your ${tells.from.port} → ${port}`),
          numbers && total(numbers, port),
          el(
            "p",
            { class: "tip" },
            ...phrase(
              "Nothing is said here: it will carry bytes when `LIST` asks on the blue line.",
            ),
          ),
        ];
      }
      return [
        title([tells.end === "open" ? "Dialled" : capital(failure(tells.end, tells.to.port))], ""),
        el("p", {}, ...phrase(sentence(rung, ladder.nameOf))),
      ];
    }
    default:
      return [
        title([HEADINGS[tells.kind]], ""),
        el("p", {}, ...phrase(sentence(rung, ladder.nameOf))),
      ];
  }
}

const HEADINGS = {
  "unknown-name": "Unknown name",
  listening: "Listening",
  taken: "Taken up",
  typed: "Typed into the data",
  signal: "A signal",
  tls: "TLS",
  lost: "Lost",
  close: "A close",
  again: "Once more",
  dropped: "Swallowed",
  rewritten: "Rewritten on the way",
  expected: "A box reads along",
  forgotten: "Forgotten",
  switch: "A switch",
  ping: "An echo",
} as const;

/** A verb or a code leads to its page of the reference, which opens over the session. */
function more(word: string, shown: Child): Child {
  if (!/^\d/.test(word) && !isVerb(word)) return shown;
  const href = `#/reference/${word}`;
  const onclick = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void import("../reference/links.ts").then(({ peekAt }) => peekAt(word));
  };
  return el("a", { class: "ref", href, onclick }, shown);
}

function title(words: Child[], aside: string): HTMLElement {
  return el("h3", {}, ...words.flatMap((word) => [word, " "]), el("small", {}, aside));
}

function whole(text: string): HTMLElement {
  // Many lines keep their columns as long as there is room; one line wraps.
  return text.includes("\n")
    ? el("pre", { tabindex: 0, style: `--letters:${longest(text)}` }, text)
    : el("pre", { class: "one-line" }, text);
}

function longest(text: string): number {
  return Math.max(...text.split("\n").map((line) => line.length));
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** For the replies around a transfer: what crossed between them. */
function moment(rung: Rung, ladder: LadderReader): string {
  if (rung.tells.kind !== "reply") return "";
  const { code } = rung.tells;
  const step = code === 150 || code === 125 ? 1 : code === 226 || code === 426 ? -1 : 0;
  if (step === 0) return "";
  for (let id = rung.id + step; ladder.rungs[id]; id += step) {
    const tells = ladder.rungs[id]?.tells;
    if (tells?.kind === "reply") break;
    if (tells?.kind === "lost") {
      return ` But ${amount(tells.length, 0)} came where nobody read any more, and were lost.`;
    }
    if (tells?.kind === "bytes") {
      const size = amount(tells.length, tells.lines);
      return step > 0
        ? ` Then came ${size} on the amber line.`
        : ` The data before it: ${size}, on the amber line.`;
    }
  }
  return "";
}

/** The six numbers, two of them as bits, and the port they make. */
function sum({ numbers, port }: HostPort, secret: boolean): Child[] {
  const [hi, lo] = [numbers[4], numbers[5]];
  const chips = numbers.flatMap((number, i) => [
    i > 0 && ",",
    el("span", { class: i < 4 ? "see-byte" : "see-byte port" }, String(number)),
  ]);
  const bits = (byte: number, label: string) =>
    el(
      "div",
      {},
      el(
        "div",
        { class: "bits", "aria-hidden": "true" },
        ...byteBits(byte).map((bit) => el("i", { class: bit ? "one" : "" }, String(bit))),
      ),
      el("small", {}, label),
    );
  return [
    el(
      "div",
      { class: "six-numbers" },
      el("div", {}, "(", ...chips.slice(0, 9), el("small", {}, "the address to dial")),
      el(
        "div",
        {},
        ...chips.slice(9),
        ")",
        el("small", { class: "amber" }, "the port, as two bytes"),
      ),
    ),
    el(
      "div",
      { class: "two-bytes" },
      bits(hi, `${hi}, the high byte: × 256`),
      bits(lo, `${lo}, the low byte`),
    ),
    total(numbers, secret ? undefined : port),
    el(
      "p",
      {},
      "A port is one 16-bit number. FTP writes it as two 8-bit numbers, each in decimal, and you put the halves together.",
    ),
  ];
}

/** The sum itself. Without a port it is still to be worked out. */
function total(numbers: HostPort["numbers"], port: number | undefined): HTMLElement {
  const [, , , , hi, lo] = numbers;
  return el(
    "p",
    { class: "sum" },
    `${hi} × 256 + ${lo} = `,
    port === undefined ? "" : `${hi * 256} + ${lo} = `,
    el("b", { class: "full" }, String(port ?? "?")),
  );
}
