/** One rung as DOM: its bands, the words that crossed, the arrow, and a small line of meaning. */
import { placeIn } from "../../explain/pasv.ts";
import { replyNote } from "../../explain/replies.ts";
import { roadText, roadUnder } from "../../explain/road-words.ts";
import type { Band, Pending, Rung } from "../../explain/rung.ts";
import { amount, failure, farSide } from "../../explain/words.ts";
import { type Child, el } from "../el.ts";
import { codeMark, phrase } from "./phrase.ts";

interface Look {
  readonly line: "solid" | "dotted" | "bytes" | "none";
  /** The very words, or ours. */
  readonly text: Child[];
  /** True for words that crossed as they stand. */
  readonly mono?: boolean;
  readonly under?: string | undefined;
  /** It came to nothing. */
  readonly failed?: boolean;
}

type NameOf = (address: string) => string;

/** The row of a rung; `after` how long it came. */
export function rungRow(rung: Rung, nameOf: NameOf, after?: string): HTMLElement {
  const { line, text, mono, under, failed } = look(rung, nameOf);
  const notes = [after, rung.whose, under, rung.note]
    .filter((part) => part !== undefined)
    .join(". ");
  const { tells } = rung;
  const ports =
    tells.kind === "dial" && tells.end === "open" && rung.wire === "control"
      ? [tells.from.port, tells.to.port]
      : [];
  // The learner stands at the left, also where it was they who were called.
  if (tells.kind === "dial" && tells.back) ports.reverse();
  return el(
    "div",
    {
      class: `rung ${rung.wire} ${tells.kind}${isYours(rung) ? " yours" : ""}`,
      "data-id": rung.id,
      style: lanes(rung),
    },
    ...bandMarks(rung.bands),
    ...ports.map((port, i) => el("span", { class: i ? "end right" : "end" }, String(port))),
    el(
      "div",
      { class: mono ? "text mono" : "text" },
      rung.secret && el("i", { class: "lock", title: "under TLS" }),
      ...text,
    ),
    line !== "none" && el("div", { class: `arrow ${line} ${rung.way}${failed ? " failed" : ""}` }),
    notes !== "" && el("div", { class: "under" }, ...phrase(notes)),
  );
}

/** The row at the foot: the bands that stand now, and what is waited for. */
export function pendingRow(bands: readonly Band[], pending: readonly Pending[]): HTMLElement {
  return el(
    "div",
    { class: "rung pending", style: lanes({ bands, lane: 0 }) },
    ...bandMarks(bands),
    el(
      "div",
      { class: "waits" },
      ...pending.map(({ wire, text }) =>
        el(
          "div",
          { class: wire },
          el("div", { class: "arrow dotted" }),
          el("div", { class: "under" }, ...phrase(text)),
        ),
      ),
    ),
  );
}

function isYours({ tells }: Rung): boolean {
  return tells.kind === "listening" && tells.yours;
}

/** Lanes that are told apart; more connections than that share the innermost. */
const LANES = 3;

/** The lane of the arrow, and the innermost lane that words have to keep clear of. */
function lanes({ bands, lane }: Pick<Rung, "bands" | "lane">): string {
  const inner = Math.max(0, lane, ...bands.map((band) => band.lane));
  return `--lane:${Math.min(lane, LANES)};--inner:${Math.min(inner, LANES)}`;
}

function bandMarks(bands: readonly Band[]): HTMLElement[] {
  return bands.flatMap(({ wire, lane, dashed, state, side }) => {
    const mark = (at: string) =>
      el("i", {
        class: `band ${wire} ${state} ${at}${dashed ? " dashed" : ""}`,
        style: `--lane:${Math.min(lane, LANES)}`,
      });
    // Only one side listens.
    if (dashed) return [mark(side === "you" ? "left" : "right")];
    return [mark("left"), mark("right")];
  });
}

function look(rung: Rung, nameOf: NameOf): Look {
  const { tells } = rung;
  switch (tells.kind) {
    case "unknown-name":
      return { line: "none", text: [`nobody knows the name ${tells.name}`] };
    case "dial": {
      const { end, from, to, back, nth, away, outside, waited } = tells;
      const fails = failure(end, to.port, waited);
      if (away !== undefined) {
        const whom = `${away} dials ${nameOf(to.address)}`;
        const under = end === "open" ? whom : `${whom}: ${fails}`;
        return { line: "none", text: [`a dial past you, to port ${to.port}`], under };
      }
      if (end === "open") {
        const first = back
          ? `${farSide(rung)} dials you: ${(outside?.from ?? from).port} → ${to.port}`
          : `${rung.wire === "data" && nth === 1 ? "second" : "new"} connection, ${from.port} → ${to.port}`;
        const text =
          rung.wire === "control" ? `${back ? "calls" : "connects to"} port ${to.port}` : first;
        const under =
          outside && !back
            ? outside.from.address === from.address
              ? `inside: ${outside.to.address} port ${outside.to.port}`
              : `outside: ${outside.from.address} port ${outside.from.port}`
            : undefined;
        return { line: rung.wire === "control" ? "dotted" : "solid", text: [text], under };
      }
      const text = back ? `${farSide(rung)} dials you: port ${to.port}` : `dials port ${to.port}`;
      return { line: "dotted", text: [text], under: fails, failed: true };
    }
    case "command": {
      const under =
        tells.during !== undefined
          ? `the server is still at ${tells.during}`
          : tells.early
            ? "typed ahead: the last answer has not come yet"
            : undefined;
      const text = tells.line === "" ? [el("em", {}, "empty line")] : [tells.line];
      return { line: "solid", mono: true, text, under };
    }
    case "reply": {
      const { code, lines, verb } = tells;
      if (code === 0) return { line: "solid", mono: true, text: [lines.join(" ")] };
      const more = lines.length > 1 ? ` · ${lines.length} lines` : "";
      const short = rung.far === "client" && tells.hostPort ? "agreed: it dials" : undefined;
      const under = tells.notYet
        ? undefined
        : (short ?? replyNote(code, verb, lines[0]).short) + more;
      return { line: "solid", mono: true, text: [codeMark(code), ...replyText(tells)], under };
    }
    case "listening":
      return {
        line: "none",
        text: [
          tells.yours
            ? `you listen on ${tells.port}`
            : tells.port
              ? `listening on ${tells.port}`
              : "the server listens",
        ],
      };
    case "taken":
      return {
        line: "none",
        text: [
          tells.waited > 0
            ? `reads the ${amount(tells.waited, 0)} that waited`
            : "the server takes it up",
        ],
      };
    case "bytes":
      return {
        // What goes from server to server goes past the two columns.
        line: rung.way === "none" ? "none" : "bytes",
        text: [amount(tells.length, tells.lines)],
        under: tells.waits
          ? "they wait until the server takes them up"
          : rung.way === "none"
            ? "from server to server, past you"
            : undefined,
      };
    case "typed":
      return {
        line: "solid",
        mono: true,
        text: tells.line === "" ? [el("em", {}, "empty line")] : [tells.line],
        under: tells.waits
          ? "no commands are read here: it waits, as data"
          : rung.far === "self"
            ? undefined
            : "bytes that nobody reads",
      };
    case "signal":
      return { line: "dotted", mono: true, text: [tells.hex], under: "a signal of telnet's own" };
    case "tls":
      return {
        line: "none",
        text: [tells.on ? "TLS begins" : "TLS ends"],
        under: tells.on ? "nobody on the way can read on" : "in the clear again",
      };
    case "lost":
      return {
        line: rung.way === "none" ? "none" : "dotted",
        text: [`${amount(tells.length, 0)} lost`],
        failed: true,
      };
    case "close": {
      if (tells.by === "nobody") {
        return { line: "none", text: ["given up"], under: "nothing came back any more" };
      }
      const verb = tells.reset ? "broken off" : "closed";
      const by = tells.by === "you" ? "by you" : `by ${farSide(rung)}`;
      const { unused, waiting } = tells;
      const rest = waiting > 0 ? `, ${amount(waiting, 0)} unread` : "";
      const under = !unused
        ? undefined
        : tells.by === "server" || tells.reset
          ? `nobody had used it${rest}`
          : waiting > 0
            ? "what you sent waits for the server"
            : "nobody has used it yet";
      return { line: "dotted", text: [`${verb} ${by}`], under, failed: tells.reset };
    }
    default:
      return {
        line: rung.way === "none" ? "none" : "dotted",
        text: [roadText(tells)],
        under: roadUnder(tells),
        failed: tells.kind === "dropped",
      };
  }
}

/** What follows the code. Of a 227 or 229 the words fold, and the numbers of the port stay to be seen. */
function replyText({ code, lines }: Rung["tells"] & { kind: "reply" }): Child[] {
  const text = (lines[0] ?? "").slice(String(code).length);
  const [start, end] = placeIn(code, text) ?? [];
  if (start === undefined) return [text];
  const open = text.lastIndexOf("(", start);
  const shown = open < 0 ? start : open;
  return [
    " ",
    el("span", { class: "fold-mark" }, "…"),
    el("span", { class: "fold" }, text.slice(1, shown)),
    text.slice(shown, start),
    el("span", { class: "six" }, text.slice(start, end)),
    text.slice(end),
  ];
}
