/** Pure-FTPd's downloads: RETR, and REST before it. */
import type { Octets } from "../../bytes.ts";
import type { Contents } from "../../fs/contents.ts";
import { sizeOf } from "../../fs/tree.ts";
import type { Stream } from "../effect.ts";
import type { Turn } from "../state.ts";
import { contentsStream } from "../stream.ts";
import { isSane, look, mayRead } from "./pure-ftpd-paths.ts";
import { type Cut, Meter, openData } from "./pure-ftpd-port.ts";
import { count, setCount, tell } from "./pure-ftpd-turn.ts";

/** What downloads and uploads have in common. */
export const NO_NAME = "No file name";
export const DONE = "File successfully transferred";
export const ABORTED = "Transfer aborted";
export const UNSAFE = "ASCII resume is unsafe, please delete the file first";
/** REST in a text is refused when it comes to the transfer; the first byte may be skipped all the same. */
export const isUnsafe = ({ session }: Turn) => session.type === "A" && session.restart > 1;

const RESET = "Restart offset reset to 0";
/** Of what is longer it says how much there is. */
const SHORT = 4096;

/**
 * Rules in order: a name; no restart in a text; a name without backslash; it can be opened; it is as
 * long as REST says; it is a regular file. REST is used up whatever comes.
 */
export function retr(turn: Turn): void {
  const { session, argument: path } = turn;
  if (path === null) return tell(turn, 501, NO_NAME);
  const { restart } = session;
  const unsafe = isUnsafe(turn);
  session.restart = 0;
  if (unsafe) return tell(turn, 503, UNSAFE);
  if (!isSane(turn, path)) return tell(turn, 553, `Prohibited file name: ${path}`);
  const found = look(turn, path);
  if ("error" in found) return tell(turn, 550, `Can't open ${path}: ${found.error}`);
  const { node } = found;
  if (!mayRead(turn, node)) return tell(turn, 550, `Can't open ${path}: Permission denied`);
  const size = sizeOf(node);
  if (restart > size) {
    tell(turn, 554, `Restart offset ${restart} is too large for file size ${size}.`, RESET);
  } else if (node.type !== "file") tell(turn, 550, "I can only retrieve regular files");
  else sendFile(turn, path, node.contents, restart);
}

function sendFile(turn: Turn, path: Octets, contents: Contents, restart: number): void {
  const text = turn.session.type === "A";
  const meter = new Meter(text);
  const left = contents.size - restart;
  const end = (at: Turn, code: number, ...said: Octets[]) => {
    setCount(at, "downloaded", count(at, "downloaded") + meter.bytes);
    const lines = [...meter.take(), ...said, ...meter.speed(at)];
    if (lines.length > 0) tell(at, code, ...lines);
  };
  // A download that the client breaks off gets no last reply: what is left to say comes as one more 150.
  const cut = (at: Turn, why: Cut) => (why === "aborted" ? end(at, 226, ABORTED) : end(at, 150));
  const done = (at: Turn) =>
    end(at, 226, restart > 0 && left === 0 ? "Nothing left to download" : DONE);
  openData(turn, {
    name: path,
    polled: true,
    meter,
    more: left > SHORT ? [`${(left / 1024).toFixed(1)} kbytes to download`] : [],
    stream: () => counted(contents, restart, text, meter),
    done,
    // What has nothing to send does not find out.
    broken: (at) => (left === 0 ? done(at) : cut(at, "broken")),
    cut,
  });
}

/** The file's bytes; a text gets a CR before each LF, be there one already or not. */
function counted(contents: Contents, restart: number, text: boolean, meter: Meter): Stream {
  const stream = contentsStream(contents, restart, false);
  return {
    next(most) {
      const piece = stream.next(most);
      const bytes = piece && text ? withReturns(piece) : piece;
      meter.bytes += bytes?.length ?? 0;
      return bytes;
    },
  };
}

function withReturns(piece: Uint8Array): Uint8Array {
  const out = new Uint8Array(piece.length * 2);
  let length = 0;
  for (const byte of piece) {
    if (byte === 10) out[length++] = 13;
    out[length++] = byte;
  }
  return out.subarray(0, length);
}

/** One number from 0 to 2^63 - 1; any other forgets the one before. */
export function rest(turn: Turn): void {
  const { session, argument } = turn;
  session.restart = 0;
  if (argument === null) return tell(turn, 501, "No restart point");
  const wanted = /^ *[+-]?\d+$/.test(argument) ? BigInt(argument.replace("+", "")) : -1n;
  if (wanted < 0n || wanted >= 2n ** 63n) tell(turn, 554, "REST needs a numeric parameter", RESET);
  else {
    session.restart = Number(wanted);
    const but = session.type === "A" && wanted > 0n ? ". But we're in ASCII mode" : "";
    tell(turn, 350, `Restarting at ${wanted}${but}`);
  }
}
