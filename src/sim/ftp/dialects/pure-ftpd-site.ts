/** What Pure-FTPd has under SITE, and its small talk: HELP, FEAT, OPTS, TYPE, STRU, MODE, ALLO. */
import type { Turn } from "../state.ts";
import { isSane, look, mayRead } from "./pure-ftpd-paths.ts";
import { isGuest, setCount, tell, writer } from "./pure-ftpd-turn.ts";

const MISSING = "Missing argument";
const NO_FILE = "No file name";
const GUEST = "Anonymous users can not change perms";
/** The longest idle time that a client may ask for, in seconds. */
const LONGEST_IDLE = 2520;

/** The list of SITE's verbs, whatever is asked. */
export function help(turn: Turn): void {
  turn.session.notes.set("code", "214");
  const lines = ["The following SITE commands are recognized", "ALIAS", "CHMOD", "IDLE", "UTIME"];
  turn.send({ code: 214, lines: [...lines, "Pure-FTPd - http://pureftpd.org/"] });
}

/** One blank parts SITE's own verb from the rest. */
export function site(turn: Turn): void {
  const [, word = "", rest = ""] = /^([^ ]*)(?: ([^]*))?$/.exec(turn.argument ?? "") ?? [];
  switch (word.toUpperCase()) {
    case "":
      return tell(turn, 500, `SITE: ${MISSING}`);
    case "IDLE":
      return idle(turn, rest);
    case "TIME":
      return tell(turn, 211, new Date(turn.now).toISOString().slice(0, 19).replace("T", " "));
    case "HELP":
      return help(turn);
    case "CHMOD":
      return chmod(turn, rest);
    case "UTIME":
      return utime(turn, rest);
    case "ALIAS":
      return tell(turn, 502, rest === "" ? "Configuration error" : `Unknown alias ${rest}.`);
    default:
      return tell(turn, 500, `SITE ${word} is an unknown extension`);
  }
}

/** From now on, all clocks of this session. */
function idle(turn: Turn, text: string): void {
  if (text === "") return tell(turn, 501, `SITE IDLE: ${MISSING}`);
  const [, number, garbage = text] = /^ *([+-]?\d+)([^]*)$/.exec(text) ?? [];
  const seconds = Number(number ?? 0);
  if (garbage !== "") tell(turn, 501, `Garbage found after value : ${garbage}`);
  else if (seconds < 0 || seconds > LONGEST_IDLE) tell(turn, 501, "Value too large");
  else {
    for (const clock of ["idle", "accept", "stalled"]) setCount(turn, clock, seconds);
    turn.timer("idle", true);
    tell(turn, 200, `Idle time set to ${seconds} seconds`);
  }
}

/** Octal digits as far as they go, and what is none counts as 0. The top folder keeps its owner's rights. */
export function chmod(turn: Turn, text: string): void {
  if (text === "") return tell(turn, 501, MISSING);
  const path = text.replace(/^[^ ]* */, "");
  if (path === "") return tell(turn, 550, NO_FILE);
  const [, digits = ""] = /^ *([+-]?[0-7]*)/.exec(text) ?? [];
  const mode = Number.parseInt(digits, 8) || 0;
  if (mode < 0 || mode > 0o7777) return tell(turn, 501, "Invalid permissions");
  if (isGuest(turn)) return tell(turn, 550, GUEST);
  if (!isSane(turn, path)) return tell(turn, 553, `Prohibited file name: ${path}`);
  const found = look(turn, path);
  // It opens what it is to change, so it must be allowed to read it.
  const why =
    "error" in found
      ? found.error
      : !mayRead(turn, found.node)
        ? "Permission denied"
        : found.node.owner !== writer(turn).user
          ? "Operation not permitted"
          : undefined;
  if (why !== undefined) return tell(turn, 550, `Could not change perms on ${path}: ${why}`);
  if ("node" in found) found.node.mode = found.node.parent === null ? mode | 0o700 : mode;
  tell(turn, 200, `Permissions changed on ${path}`);
}

/** `name time time time UTC`, of which the first time counts, or MFMT's form. */
function utime(turn: Turn, text: string): void {
  if (text === "") tell(turn, 501, NO_FILE);
  else if (!/. /.test(text)) tell(turn, 501, MISSING);
  else if (!/ UTC$/i.test(text)) mfmtText(turn, text);
  else {
    const [, path, time = ""] = /^(.+) ([^ ]+) [^ ]* [^ ]* UTC$/i.exec(text) ?? [];
    if (path === undefined) tell(turn, 501, MISSING);
    else touch(turn, path, time);
  }
}

export const mfmt = (turn: Turn) => mfmtText(turn, turn.argument ?? "");

function mfmtText(turn: Turn, text: string): void {
  const path = /^[^ ]* +([^]*)$/.exec(text)?.[1] ?? "";
  if (path === "") tell(turn, 501, MISSING);
  else touch(turn, path, text);
}

/** Only the year must be one; month 13 is the next January, and what is left out counts as 0. */
function touch(turn: Turn, path: string, text: string): void {
  if (isGuest(turn)) return tell(turn, 550, GUEST);
  if (!isSane(turn, path)) return tell(turn, 553, `Prohibited file name: ${path}`);
  const numbers = /^ *(\d{1,4})(\d\d?)?(\d\d?)?(\d\d?)?(\d\d?)?(\d\d?)?/.exec(text)?.slice(1);
  const [year = 0, month = 0, ...rest] = numbers?.map((part) => Number(part ?? 0)) ?? [];
  const time = Date.UTC(year, month - 1, ...rest);
  if (year <= 1900 || time === -1000) return tell(turn, 501, "Can't get a time stamp");
  const found = look(turn, path);
  const person = writer(turn);
  const why =
    "error" in found
      ? found.error
      : found.node.owner === person.user
        ? undefined
        : "Operation not permitted";
  if (why !== undefined) return tell(turn, 550, `utime(${path}): ${why}`);
  if ("node" in found) found.node.mtime = time;
  tell(turn, 213, "UTIME OK");
}

/**
 * ESTP is offered only where PASV tells the true address, though it is known everywhere; ESTA is
 * offered everywhere, though it is known only there.
 */
export function feat(turn: Turn): void {
  const features = FEATURES.split(",");
  if (turn.env.setup.passive.announce === undefined) features.push("ESTP");
  turn.session.notes.set("code", "211");
  turn.send({ code: 211, lines: ["Extensions supported:", ...features, "End."] });
}

const FACTS = "type size sizd modify UNIX.mode UNIX.uid UNIX.gid unique".split(" ");
const FEATURES =
  "UTF8,EPRT,IDLE,MDTM,SIZE,MFMT,REST STREAM," +
  `MLST ${FACTS.map((fact) => `${fact}*;`).join("")},` +
  "MLSD,PRET,AUTH TLS,PBSZ,PROT,TVFS,ESTA,PASV,EPSV";

/** MLST with whatever is wished for: its facts stay the same. */
export function opts(turn: Turn): void {
  if (/^mlst /i.test(turn.argument ?? "")) {
    tell(turn, 200, ` MLST OPTS ${FACTS.map((fact) => `${fact};`).join("")}`);
  } else tell(turn, 504, "Unknown command");
}

/** Of a file to be fetched it says whether it could be. */
export function pret(turn: Turn): void {
  const path = /^retr ([^]*)$/i.exec(turn.argument ?? "")?.[1];
  const found = path === undefined || path === "" ? undefined : look(turn, path);
  const there = found && "node" in found && found.node.type === "file" && mayRead(turn, found.node);
  if (path === undefined || (there === true && isSane(turn, path)))
    tell(turn, 200, "Ready to proceed");
  else tell(turn, 550, "Sorry, but that file doesn't exist");
}

/** The first letter counts, and of L the next; the type of now is told whatever comes of it. */
export function type(turn: Turn): void {
  const { session, argument } = turn;
  const [letter = "", next = ""] = argument ?? "";
  let code = 200;
  const lines: string[] = [];
  if (/a/i.test(letter)) session.type = "A";
  else if (/i/i.test(letter) || (/l/i.test(letter) && !/[0-79]/.test(next))) {
    session.type = "I";
    if (/l/i.test(letter) && next !== "8") lines.push(MISSING);
  } else if (argument === null) {
    code = 501;
    lines.push(MISSING, "A(scii) I(mage) L(ocal)");
  } else {
    code = 504;
    const eight = "Only 8-bit bytes are supported, we're not 10 years ago";
    lines.push(/l/i.test(letter) ? eight : `Unknown TYPE: ${argument}`);
  }
  tell(turn, code, ...lines, `TYPE is now ${session.type === "A" ? "ASCII" : "8-bit binary"}`);
}

const onlyOne = (letter: string, refusal: string) => (turn: Turn) => {
  if (turn.argument === null) tell(turn, 501, MISSING);
  else if (turn.argument.toUpperCase() === letter) tell(turn, 200, `${letter} OK`);
  else tell(turn, 504, refusal);
};

export const stru = onlyOne("F", "Only F(ile) is supported");
export const mode = onlyOne("S", "Please use S(tream) mode");

/** A number from 0 up, and what is none counts as 0. */
export function allo(turn: Turn): void {
  const bytes = Number(/^ *([+-]?\d+)/.exec(turn.argument ?? "")?.[1] ?? 0);
  if (turn.argument === null || bytes < 0 || bytes >= 2 ** 63)
    tell(turn, 501, "Can't find file size");
  else tell(turn, 200, "A L'HUILE");
}
