/** The words for what happens on the road: a short one for the picture, a sentence beside it. */
import type { OnTheRoad } from "./rung.ts";

const PACKETS = { syn: "the first packet", data: "data", fin: "the close", rst: "the reset" };

const REASONS = {
  rule: "a rule forbids it",
  unknown: "it knows no such connection",
  size: "the packet is too large for this road",
  fault: "as was ordered",
};

/** The few words that stand in the picture. */
export function roadText(tells: OnTheRoad): string {
  switch (tells.kind) {
    case "again":
      return `dials ${tells.port} again, ${times(tells.attempt)} now`;
    case "dropped":
      return tells.box === undefined ? "lost on the road" : `swallowed: ${tells.box}`;
    case "rewritten":
      return `rewritten: ${tells.after}`;
    case "expected":
      return `${tells.box} will let ${tells.port} through`;
    case "forgotten":
      return `forgotten: ${tells.box}`;
    case "switch":
      return `${tells.box}: ${tells.on ? "on" : "off"}`;
    case "ping":
      return tells.lost === tells.times
        ? `ping ${tells.to}: no echo`
        : `ping ${tells.to}: ${round(tells.took)}`;
    default:
      return tells satisfies never;
  }
}

/** The small line below them. */
export function roadUnder(tells: OnTheRoad): string | undefined {
  switch (tells.kind) {
    case "again":
      return "nobody answers";
    case "dropped": {
      const what = tells.what === "data" ? bytes(tells.length) : PACKETS[tells.what];
      const often = tells.times > 1 ? `, ${times(tells.times)}` : "";
      const why = tells.box === undefined ? "" : `: ${REASONS[tells.why]}`;
      return `${what} for ${tells.port}${often}${why}`;
    }
    case "rewritten": {
      const opens = tells.port === undefined ? "" : `, and ${tells.port} is let through`;
      return `${tells.box} changed ${tells.before}${opens}`;
    }
    case "expected":
      return "it has read the port on the blue line";
    case "forgotten":
      return `port ${tells.port} was silent for too long`;
    case "switch":
      return undefined;
    case "ping":
      return tells.times > 1
        ? `${tells.times - tells.lost} of ${tells.times} came back`
        : undefined;
    default:
      return tells satisfies never;
  }
}

/** The same as a sentence. */
export function roadSentence(tells: OnTheRoad): string {
  switch (tells.kind) {
    case "again":
      return `Nobody has answered at port ${tells.port}, so the first packet leaves again, ${times(tells.attempt)} now. The waits double: 1 second, 2, 4, 8 …`;
    case "dropped": {
      const what = tells.what === "data" ? `${bytes(tells.length)} of data` : PACKETS[tells.what];
      const often = tells.times > 1 ? `, ${times(tells.times)}` : "";
      if (tells.box === undefined) {
        return `On the road something is lost: ${what} for port ${tells.port}${often}.`;
      }
      return `“${tells.box}” swallows ${what} for port ${tells.port}${often}: ${REASONS[tells.why]}.`;
    }
    case "rewritten": {
      const opens =
        tells.port === undefined ? "" : ` It also lets a connection to port ${tells.port} through.`;
      return `“${tells.box}” reads along on the control connection. It finds ${tells.before} and writes ${tells.after} in its place.${opens}`;
    }
    case "expected":
      return `“${tells.box}” reads along on the control connection, and will let a connection to port ${tells.port} through.`;
    case "forgotten":
      return `“${tells.box}” forgets the connection to port ${tells.port}, which was silent for too long. Neither end is told.`;
    case "switch":
      return `“${tells.box}” is ${tells.on ? "on" : "off"} from here on.`;
    case "ping":
      return tells.lost === tells.times
        ? `You ping ${tells.to}: no echo comes back.`
        : `You ping ${tells.to}: the echo is back after ${round(tells.took)}.`;
    default:
      return tells satisfies never;
  }
}

function bytes(length: number): string {
  return `${length.toLocaleString("en")} ${length === 1 ? "byte" : "bytes"}`;
}

function times(count: number): string {
  return count === 2 ? "twice" : `${count} times`;
}

function round(took: number | null): string {
  return `${Math.round(took ?? 0)} ms`;
}
