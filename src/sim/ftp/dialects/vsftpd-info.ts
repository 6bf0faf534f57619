/** What vsftpd tells and sets: FEAT, OPTS, STAT, SITE, TYPE, REST, SIZE, MDTM. */
import { timeText } from "../commands/facts.ts";
import type { Turn } from "../state.ts";
import { atoi } from "./vsftpd-port.ts";
import { statPath } from "./vsftpd-list.ts";
import { isGuest, nodeAt, pathIn, tell } from "./vsftpd-turn.ts";

export function feat(turn: Turn): void {
  const tls = turn.env.setup.tls !== undefined;
  const secure = (...verbs: string[]) => (tls ? verbs : []);
  const features = [
    ...secure("AUTH TLS"),
    "EPRT",
    "EPSV",
    "MDTM",
    "PASV",
    ...secure("PBSZ", "PROT"),
    "REST STREAM",
    "SIZE",
    "TVFS",
  ];
  turn.reply(211, "Features:", ...features, "End");
}

export function opts(turn: Turn): void {
  if (turn.argument?.toUpperCase() === "UTF8 ON") tell(turn, 200, "Always in UTF8 mode.");
  else tell(turn, 501, "Option not understood.");
}

/** How the session stands; with a path a listing. */
export function stat(turn: Turn): void {
  if (turn.argument !== null) return statPath(turn);
  const { session, env } = turn;
  const { idle } = env.setup.timeouts ?? {};
  const user = session.login.stage === "in" ? session.login.user : "";
  const lines = [
    `Connected to ${env.client.address}`,
    `Logged in as ${user}`,
    `TYPE: ${session.type === "A" ? "ASCII" : "BINARY"}`,
    "No session bandwidth limit",
    idle === undefined ? "No session timeout" : `Session timeout in seconds is ${idle}`,
    `Control connection is ${session.tls === "on" ? "encrypted" : "plain text"}`,
    `Data connections will be ${session.protection === "P" ? "encrypted" : "plain text"}`,
    `At session startup, client count was ${session.notes.get("clients") ?? 1}`,
    "vsFTPd 3.0.3 - secure, fast, stable",
  ].map((line) => `     ${line}`);
  turn.send({ code: 211, lines: ["FTP server status:", ...lines, "End of status"], layout: "raw" });
}

/** CHMOD is known only where anything may be written. */
export function site(turn: Turn): void {
  const [verb, rest] = cut(turn.argument ?? "");
  const known = turn.env.setup.readOnly === true ? ["UMASK", "HELP"] : ["CHMOD", "UMASK", "HELP"];
  const wanted = known.find((one) => one === verb.toUpperCase());
  if (wanted === "CHMOD") chmod(turn, rest);
  else if (wanted === "HELP") tell(turn, 214, known.join(" "));
  else if (wanted === undefined) tell(turn, 500, "Unknown SITE command.");
  else {
    if (rest !== "") turn.session.notes.set("umask", octalText(octal(rest)));
    const now = octalText(umaskOf(turn));
    tell(turn, 200, `${rest === "" ? "Your current UMASK is" : "UMASK set to"} ${now}`);
  }
}

/** What stands before the first blank, and behind it. */
function cut(text: string): [string, string] {
  const blank = text.indexOf(" ");
  return blank < 0 ? [text, ""] : [text.slice(0, blank), text.slice(blank + 1)];
}

function chmod(turn: Turn, rest: string): void {
  const [mode, name] = cut(rest);
  if (name === "") return tell(turn, 500, "SITE CHMOD needs 2 arguments.");
  const path = pathIn(turn, name);
  const node = nodeAt(turn, path);
  if (node === undefined || node.owner !== turn.person.user) {
    return turn.say("no-path", { path, why: "" });
  }
  node.mode = octal(mode);
  tell(turn, 200, "SITE CHMOD command ok.");
}

/** The octal digits that a text begins with; no more than 0777 comes of it. */
const octal = (text: string) => Number.parseInt(`0${/^[0-7]*/.exec(text)?.[0] ?? ""}`, 8) & 0o777;
const octalText = (mode: number) => (mode === 0 ? "0" : `0${mode.toString(8)}`);

/** The bits that new files and folders lack. */
export const umaskOf = ({ session }: Turn) => octal(session.notes.get("umask") ?? "022");

/** A alone, A N, I, L8 and L 8 are known. */
export function type(turn: Turn): void {
  const wanted = turn.argument?.toUpperCase() ?? "";
  if (!/^(A( N)?|I|L ?8)$/.test(wanted)) return turn.say("type-refused", { type: wanted });
  turn.session.type = wanted.startsWith("A") ? "A" : "I";
  turn.say("type-set", { type: turn.session.type });
}

/** A number of at most 15 digits; all else is 0. */
export function restart(turn: Turn): void {
  const wanted = turn.argument ?? "";
  turn.session.restart = /^\d{1,15}$/.test(wanted) ? Number(wanted) : 0;
  turn.say("restart-set", { value: String(turn.session.restart) });
}

export function size(turn: Turn): void {
  const path = pathIn(turn);
  const node = nodeAt(turn, path);
  if (node?.type === "file") tell(turn, 213, String(node.contents.size));
  else turn.say("no-path", { path, why: "" });
}

/**
 * Asks for the time of a file; with a time before a name (and nothing at all of the whole name) it
 * sets it: 8 digits, 14, or 14 with a fraction, of which only the first must be one.
 */
export function mdtm(turn: Turn): void {
  const { session, env, person } = turn;
  const path = turn.argument ?? "";
  const blank = path.indexOf(" ");
  const timed = blank === 8 || blank === 14 || (blank > 15 && path.charAt(14) === ".");
  const whole = nodeAt(turn, path);
  const sets = whole === undefined && timed && /^\d/.test(path);
  if (!sets || env.setup.readOnly === true || isGuest(session)) {
    const node = sets ? undefined : nodeAt(turn, pathIn(turn));
    // A home written as ~ is looked for too late.
    if (whole !== undefined && node?.type === "file") tell(turn, 213, timeText(node.mtime));
    else turn.say("no-path", { path, why: "" });
    return;
  }
  const node = nodeAt(turn, pathIn(turn, path.slice(blank + 1)));
  if (node?.type === "file" && node.owner === person.user) {
    node.mtime = momentOf(path.slice(0, blank));
    tell(turn, 213, "File modification time set.");
  } else tell(turn, 550, "Could not set file modification time.");
}

/** A time as C's mktime takes it: the thirteenth month is the next year's first. */
function momentOf(text: string): number {
  const part = (from: number, to: number) => atoi(text.slice(from, to));
  const day = [part(0, 4), part(4, 6) - 1, part(6, 8)] as const;
  return text.length < 14
    ? Date.UTC(...day)
    : Date.UTC(...day, part(8, 10), part(10, 12), part(12, 14));
}
