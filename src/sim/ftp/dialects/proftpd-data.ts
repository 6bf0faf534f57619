/**
 * What becomes of ProFTPD's data connection when a command fails. It remembers "passive" apart from
 * the socket, and where these two disagree the next transfer ends without a word.
 */
import type { Endpoint } from "../../facts.ts";
import { ABOR } from "../commands/abor.ts";
import { RNTO } from "../commands/change.ts";
import { EPRT, EPSV, PASV, PORT } from "../commands/port.ts";
import { RANG, RETR } from "../commands/retr.ts";
import { type CommandSpec, handledBy } from "../commands/spec.ts";
import { APPE, STOR, STOU } from "../commands/stor.ts";
import type { Turn } from "../state.ts";

/** The note that "passive" is set and its socket is gone. */
const LOST = "passive-lost";
/** The note of the last PORT, which is dialled again and again. */
const DIALS = "dials";

/** The listener is closed, and "passive" stays: what LIST and NLST do when they fail. */
export function lose(turn: Turn): void {
  const { session } = turn;
  if (session.passivePort > 0) session.notes.set(LOST, "");
  turn.drop();
}

/** Everything is forgotten, EPSV ALL and REST too: what a failed RETR or STOR does. */
export function forget(turn: Turn): void {
  const { session } = turn;
  session.notes.delete(LOST);
  session.onlyEpsv = false;
  session.restart = 0;
  session.rangeEnd = null;
  turn.drop();
}

/** The note that RNFR's path is forgotten, though RNTO alone may come. */
const NAMELESS = "rename-lost";

/** What is forgotten when a command is refused before its handler sees it. */
export function forgetFor(turn: Turn): void {
  if (/^(LIST|NLST|MLSD|RETR|STOR|APPE|STOU)$/.test(turn.verb) && turn.session.renaming !== null) {
    turn.session.notes.set(NAMELESS, "");
  }
  if (/^(LIST|NLST)$/.test(turn.verb)) lose(turn);
  else if (/^(RETR|STOR|APPE|STOU)$/.test(turn.verb)) forget(turn);
}

/** No socket though "passive" is set, or EPSV ALL wants one: nothing is dialled and nothing said. */
export function declines(turn: Turn): boolean {
  const { session } = turn;
  const mute = session.passivePort === 0 && (session.onlyEpsv || session.notes.has(LOST));
  if (mute) forgetFor(turn);
  return mute;
}

/** Where PORT of before said. */
export function dials({ session }: Turn): Endpoint | undefined {
  const [address = "", port] = session.notes.get(DIALS)?.split(" ") ?? [];
  return port === undefined ? undefined : { address, port: Number(port) };
}

/** A transfer that ends well clears what was lost; one that is refused forgets everything. */
function transferring(row: CommandSpec): CommandSpec {
  return handledBy(row, (turn) => {
    row.run(turn);
    if (turn.session.transfer === null) forget(turn);
  });
}

function agreeing(row: CommandSpec): CommandSpec {
  return handledBy(row, (turn) => {
    const { session } = turn;
    row.run(turn);
    if (session.opening !== null || session.active !== null) session.notes.delete(LOST);
    if (session.opening !== null) session.notes.delete(DIALS);
    else if (session.active !== null) {
      session.notes.set(DIALS, `${session.active.address} ${session.active.port}`);
    }
  });
}

/** Words in order: two numbers; a range; not in ASCII. From 1 to 0 takes the range back. */
function rang(turn: Turn): void {
  const { session, words } = turn;
  if (words.length !== 2) return turn.badArguments();
  if (!words.every((word) => /^(\+?\d+)?$/.test(word))) {
    return turn.reply(501, "RANG requires a value greater than or equal to 0");
  }
  const [from = 0, to = 0] = words.map(Number);
  if (from > to) {
    session.restart = 0;
    session.rangeEnd = null;
    if (from === 1 && to === 0) turn.reply(350, "Reset byte transfer range");
    else turn.reply(501, "RANG start must be less than end");
  } else if (session.type === "A") {
    turn.reply(551, "RANG: Transfer ranges not allowed in ASCII mode");
  } else {
    session.restart = from;
    session.rangeEnd = to + 1;
    const length = to - from + 1;
    const bytes = `${length} ${length === 1 ? "byte" : "bytes"}`;
    turn.reply(350, `Transferring byte range of ${bytes} starting from ${from}`);
  }
}

/** APPE and STOU do not go with RANG and REST. */
function unranged(row: CommandSpec, refuses: (turn: Turn) => string): CommandSpec {
  return handledBy(row, (turn) => {
    const what = refuses(turn);
    if (what === "") row.run(turn);
    else {
      turn.drop();
      if (what === "words") turn.badArguments();
      else turn.reply(550, `${row.verb} incompatible with ${what}`);
    }
  });
}

/** RNTO without RNFR's path is as if RNFR had not been. */
export const renaming = handledBy(RNTO, (turn) => {
  if (turn.session.notes.delete(NAMELESS)) turn.session.renaming = null;
  RNTO.run(turn);
});

const ranged = ({ session }: Turn) => session.rangeEnd !== null;

/** Their rows. */
export const data: readonly CommandSpec[] = [
  agreeing(PASV),
  agreeing(EPSV),
  agreeing(PORT),
  agreeing(EPRT),
  handledBy(RANG, rang),
  transferring(RETR),
  transferring(STOR),
  transferring(unranged(APPE, (turn) => (ranged(turn) && turn.argument !== null ? "RANG" : ""))),
  transferring(
    unranged(STOU, (turn) =>
      turn.words.length > 1
        ? "words"
        : ranged(turn)
          ? "RANG"
          : turn.session.restart > 0
            ? "REST"
            : "",
    ),
  ),
  handledBy(ABOR, (turn) => {
    ABOR.run(turn);
    turn.session.notes.delete(LOST);
    turn.session.onlyEpsv = false;
  }),
];
