/** The ladder in words: what the picture shows, as sentences. */
import type { Endpoint } from "../sim/facts.ts";
import type { LadderReader } from "./ladder.ts";
import { replyNote } from "./replies.ts";
import { roadSentence } from "./road-words.ts";
import type { Rung } from "./rung.ts";

/** One rung as a sentence or two. Words in backticks are to be typed. */
export function sentence(rung: Rung, nameOf: LadderReader["nameOf"]): string {
  const under = rung.secret && rung.tells.kind !== "tls" ? "under TLS" : undefined;
  const aside = [rung.whose, under].filter((part) => part !== undefined).join(", ");
  const said = (aside && `(${aside}) `) + bare(rung, nameOf);
  return rung.note === undefined ? said : `${said} ${rung.note}`;
}

/** What there is to know of a command besides its words. */
export function commandWords({ tells, secret }: Pick<Rung, "tells" | "secret">): string {
  if (tells.kind === "command" && tells.verb === "PASS") {
    return secret
      ? "The dots are a courtesy of this picture. The password crossed inside TLS, where nobody on the way can read it."
      : "The dots are a courtesy of this picture. On the wire the password crossed as you typed it, for anybody on the way to read.";
  }
  return "You say it on the control connection. CR LF ends the line, and the server answers with a reply.";
}

/** Who stands at the far side of a rung. */
export function farSide({ far }: Pick<Rung, "far">): string {
  if (far === undefined) return "the server";
  return far === "client" ? "the client" : "the other side";
}

/** How long the other side let one wait, where that was long: "5 minutes later". */
export function later(rung: Rung, rungs: readonly Rung[]): string | undefined {
  let id = rung.id - 1;
  while (isMeanwhile(rungs[id]?.tells)) id--;
  const before = rungs[id];
  const seconds = Math.round((rung.at - (before?.at ?? rung.at)) / 1000);
  // Whoever reads takes their time: only what comes of itself tells of a wait.
  if (rung.way !== "left" || seconds < 20) return undefined;
  const minutes = Math.round(seconds / 60);
  if (seconds < 60) return `${seconds} seconds later`;
  return `${minutes} ${minutes === 1 ? "minute" : "minutes"} later`;
}

/** A packet that is lost or sent again, and what is typed ahead, are part of the wait. */
function isMeanwhile(tells: Rung["tells"] | undefined): boolean {
  return (
    tells?.kind === "again" ||
    tells?.kind === "dropped" ||
    (tells?.kind === "command" && tells.early)
  );
}

/** "837 bytes, 11 lines". */
export function amount(bytes: number, lines: number): string {
  const size = `${bytes.toLocaleString("en")} ${bytes === 1 ? "byte" : "bytes"}`;
  return lines > 0 ? `${size}, ${lines} ${lines === 1 ? "line" : "lines"}` : size;
}

/** The words on a dialled arrow that came to nothing, after so many seconds. */
export function failure(end: string, port: number, waited = 0): string {
  if (end === "refused") return `nobody listens on ${port}`;
  if (end === "turned-away") return "turned away";
  if (end === "no-route") return "no way there";
  if (end === "port-taken") return "this pair of ports is still taken";
  if (end === "given-up") return "given up";
  return waited > 9 ? `no answer for ${waited} seconds` : "no answer";
}

function bare(rung: Rung, nameOf: LadderReader["nameOf"]): string {
  const { tells } = rung;
  const on = rung.wire === "data" ? "data connection" : "connection";
  switch (tells.kind) {
    case "unknown-name":
      return `Nobody knows an address for the name ${tells.name || "(none)"}.`;
    case "dial":
      return dial(tells, rung, nameOf);
    case "command":
      if (rung.way === "left") return `The client says: ${tells.line}`;
      return tells.line === ""
        ? "You send an empty line."
        : `You say${ahead(tells)}: ${tells.line}`;
    case "reply": {
      const more = tells.lines.length > 1 ? ` and ${tells.lines.length - 1} more lines` : "";
      const text = (tells.lines[0] ?? "").replace(/\.$/, "") + more;
      if (rung.way === "right") return `You ${tells.code === 0 ? "say" : "answer"}: ${text}.`;
      if (tells.code === 0) return `The server sends a line that is no reply: ${text}`;
      if (tells.notYet) return `The server says: ${text}.`;
      return `The server says: ${text}, ${replyNote(tells.code, tells.verb, text).short}.`;
    }
    case "listening": {
      if (tells.yours) {
        const told =
          tells.tell === undefined
            ? ""
            : ` Now somebody has to be told to call: \`${tells.tell}\` does that.`;
        return `Your computer listens on port ${tells.port}.${told}`;
      }
      const instead = tells.ended > 0 ? `, and no more on ${tells.ended}` : "";
      const port = tells.port === undefined ? "the port of the next line" : `port ${tells.port}`;
      return `The server listens on ${port}${instead}. Nothing moves until somebody dials it.`;
    }
    case "taken":
      return tells.waited > 0
        ? `The server reads the ${amount(tells.waited, 0)} that waited on port ${tells.port}.`
        : `The server takes up the connection that waits on port ${tells.port}.`;
    case "bytes": {
      const who = {
        left: `${capital(farSide(rung))} sends`,
        right: "You send",
        none: "From server to server:",
      }[rung.way];
      const waits = tells.waits ? " They wait until the server takes them up." : "";
      return `${who} ${amount(tells.length, tells.lines)} on the ${on}.${waits}`;
    }
    case "typed":
      return `You type on the ${on}: ${tells.line}. ${
        rung.wire !== "data"
          ? rung.far === "self"
            ? "It comes to another program of your own."
            : "No FTP server reads it."
          : `The server reads no commands there${tells.waits ? ": it waits, as data" : ""}.`
      }`;
    case "signal":
      return `Telnet sends a signal of its own: ${tells.hex}.`;
    case "tls":
      return tells.on
        ? "TLS begins. From here on whoever listens on the way reads nothing of what is said."
        : "TLS ends. What follows is in the clear again.";
    case "lost":
      return tells.length === 1
        ? "1 byte arrives where nobody reads any more, and is lost."
        : `${amount(tells.length, 0)} arrive where nobody reads any more, and are lost.`;
    case "close":
      return close(tells, rung);
    default:
      return roadSentence(tells);
  }
}

function ahead({ early, during }: Tells<"command">): string {
  if (during !== undefined) return `, while the server is still at ${during}`;
  return early ? ", before the last answer has come" : "";
}

type Tells<K extends Rung["tells"]["kind"]> = Rung["tells"] & { kind: K };

function dial(tells: Tells<"dial">, rung: Rung, nameOf: LadderReader["nameOf"]): string {
  const { from, to, back, end, away, outside, waited } = tells;
  const target = (at: Endpoint) => `port ${at.port} of ${nameOf(at.address)}`;
  const fails = failure(end, to.port, waited);
  if (away !== undefined) {
    return end === "open"
      ? `${away} dials ${target(to)}: a connection that passes you by.`
      : `${away} dials ${target(to)}: ${fails}.`;
  }
  if (back) {
    if (end !== "open") {
      return rung.far === "client"
        ? `The client dials you, port ${to.port}: ${fails}.`
        : `The server dials you back, port ${to.port}: ${fails}.`;
    }
    return rung.wire === "control"
      ? `Somebody calls you on port ${to.port}: they take you for a server.`
      : `${capital(farSide(rung))} dials you, from its port ${(outside?.from ?? from).port} to your port ${to.port}: a data connection.`;
  }
  if (end !== "open") return `Your computer dials ${target(to)}: ${fails}.`;
  const seen =
    outside === undefined
      ? ""
      : outside.from.address === from.address
        ? ` Inside the NAT there it goes to ${outside.to.address} port ${outside.to.port}.`
        : ` Outside the NAT it comes from ${outside.from.address} port ${outside.from.port}.`;
  const what = rung.wire === "data" ? " This is a data connection." : "";
  return `Your computer connects from port ${from.port} to ${target(to)}.${what}${seen}`;
}

function close({ by, reset, unused, waiting }: Tells<"close">, rung: Rung): string {
  const { wire } = rung;
  if (by === "nobody") {
    return "Nothing comes back any more, whatever is sent: your computer gives the connection up.";
  }
  const who = by === "you" ? "You" : capital(farSide(rung));
  const verb = reset
    ? by === "you"
      ? "break off"
      : "breaks off"
    : by === "you"
      ? "close"
      : "closes";
  const what = wire === "other" ? "connection" : `${wire} connection`;
  if (unused && by === "you" && !reset) {
    const waits = waiting > 0 ? ` ${amount(waiting, 0)} wait there.` : "";
    return `You close the ${what} before the server has taken it up.${waits}`;
  }
  if (unused) {
    const lost = waiting > 0 ? `: ${amount(waiting, 0)} were not read` : "";
    return `${who} ${verb} the ${what}, which was never used${lost}.`;
  }
  return wire === "data" && by === "server" && !reset
    ? `${who} closes the data connection: that is the end of the data.`
    : `${who} ${verb} the ${what}.`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
