/** SITE as ProFTPD has it: CHMOD, CHGRP, HELP (mod_site), and with Debian's other modules some more. */
import type { Octets } from "../../bytes.ts";
import { mayNotWrite } from "../commands/change.ts";
import { SITE } from "../commands/site.ts";
import { type CommandSpec, handledBy } from "../commands/spec.ts";
import type { Turn } from "../state.ts";
import { setGroup, setMode } from "./proftpd-facts.ts";
import { CONTACT, helpSite } from "./proftpd-help.ts";
import { wordsOf } from "./proftpd-line.ts";
import { joined } from "./proftpd-paths.ts";

/** What modules add to SITE. */
export interface SiteModule {
  /** Lines of SITE HELP. */
  help(turn: Turn): readonly string[];
  /** Answers a word of its own; false: it is none. */
  answers(turn: Turn, verb: string, words: readonly Octets[]): boolean;
}

/** Rules in order: a word; the login, which HELP and unknown words do not need. */
function site(turn: Turn, module: SiteModule | undefined): void {
  const { argument, session } = turn;
  const words = wordsOf(argument ?? "", true);
  const [name, what, ...path] = words;
  if (name === undefined) return turn.reply(500, "'SITE' requires parameters");
  const verb = name.toUpperCase();
  if (module?.answers(turn, verb, words)) return;
  if (verb === "HELP") return siteHelp(turn, what, module?.help(turn) ?? []);
  if (verb !== "CHMOD" && verb !== "CHGRP") {
    return turn.reply(500, `'SITE ${verb}' not understood`);
  }
  if (session.login.stage !== "in") {
    turn.say("login-first", {});
    turn.say("login-first", {});
  } else if (what === undefined || path.length === 0) {
    const whole = [verb, ...words.slice(1)].join(" ").trimEnd();
    turn.reply(500, `'SITE ${whole}' not understood`, "SITE not understood");
  } else changeFile(turn, verb, what, joined(path));
}

/** Rules in order: the path must be there; the mode or group must be one; the right to change it. */
function changeFile(turn: Turn, verb: string, what: string, path: Octets): void {
  const { env, session, person, argument } = turn;
  const found = env.tree.find(path, session.folder, person);
  if ("error" in found) {
    const why = found.error.replace("Not a directory", "No such file or directory");
    return turn.reply(550, `${path}: ${why}`);
  }
  let why: string | undefined;
  if (verb === "CHMOD") {
    const mode = modeOf(what, found.node.mode);
    if (mode === undefined) return turn.reply(550, `'${what}': invalid mode`);
    why = mayNotWrite(turn) ? "Permission denied" : setMode(turn, found, mode);
    if (why !== undefined) return turn.reply(550, `${argument ?? ""}: ${why}`);
  } else {
    why = setGroup(turn, found, what);
    if (why !== "Invalid argument" && mayNotWrite(turn)) why = "Permission denied";
    if (why !== undefined) return turn.reply(550, `${path}: ${why}`);
  }
  turn.reply(200, `SITE ${verb} command successful`);
}

/**
 * An octal number (or one that C would take for hexadecimal behind a 0); or one clause of chmod's
 * signs. "=" takes all other bits away, and without "who" the umask 022 is minded.
 */
function modeOf(text: string, from: number): number | undefined {
  const number = text.startsWith("0") ? text : `0${text}`;
  if (/^0[0-7]*$/.test(number)) return Number(`0o${number}`);
  if (/^0x[\da-f]+$/i.test(number)) return Number(number);
  const [, who = "", how = "", what = ""] = /^([ugoa]*)([-+=])([rwxstugo]+)$/.exec(text) ?? [];
  if (how === "") return undefined;
  const kept: Record<string, number> = { u: 0o7700, g: 0o7070, o: 0o7007, a: 0o7777, "": 0o7755 };
  const copy = (shift: number) => ((from >> shift) & 7) * 0o111;
  const rights: Record<string, number> = { r: 0o444, w: 0o222, x: 0o111, s: 0o4000, t: 0o1000 };
  Object.assign(rights, { u: copy(6), g: copy(3), o: copy(0) });
  let bits = 0;
  for (const letter of what) bits |= rights[letter] ?? 0;
  let mode = how === "=" ? 0 : from;
  for (const letter of who === "" ? [""] : who) {
    const change = bits & (kept[letter] ?? 0);
    mode = how === "-" ? mode & ~change : mode | change;
  }
  return mode;
}

const INTRODUCTION = "The following SITE commands are recognized (* =>'s unimplemented)";
const SYNTAX: Readonly<Record<string, string>> = {
  HELP: "[<sp> site-command]",
  CHGRP: "<sp> group <sp> pathname",
  CHMOD: "<sp> mode <sp> pathname",
};

function siteHelp(turn: Turn, about: string | undefined, more: readonly string[]): void {
  const verb = about?.toUpperCase();
  const end = `Direct comments to ${CONTACT}`;
  if (verb === undefined || verb === "SITE") {
    turn.reply(214, INTRODUCTION, ...more, ...helpSite, end);
  } else if (verb in SYNTAX) {
    turn.reply(214, INTRODUCTION, ...more, `Syntax: SITE ${verb} ${SYNTAX[verb]}`, end);
  } else turn.reply(502, `Unknown command 'SITE ${turn.argument}'`);
}

/** Its row. Whether a login is wanted depends on the second word. */
export const siteRow = (module: SiteModule | undefined): CommandSpec =>
  handledBy({ ...SITE, login: false }, (turn) => site(turn, module));
