/** What ProFTPD says it can do, and agrees about: FEAT, OPTS, HOST, CLNT, CSID, LANG (mod_core, mod_lang, mod_facts). */
import { CLNT, CSID, FEAT, HOST, LANG, OPTS } from "../commands/features.ts";
import { type CommandSpec, handledBy } from "../commands/spec.ts";
import type { Turn } from "../state.ts";
import { FACTS } from "./proftpd-facts.ts";

const LANGUAGE = "C.UTF-8";

/** A star stands on the facts that MLST shows now. TLS adds its verbs, Debian's other modules theirs. */
function feat(turn: Turn): void {
  if (turn.argument !== null) return turn.badArguments();
  const { setup } = turn.env;
  const shown = turn.session.mlstFacts ?? FACTS;
  const mlst = FACTS.map((fact) => `${fact}${shown.includes(fact) ? "*" : ""};`).join("");
  const tls = setup.tls === undefined ? "" : "AUTH TLS,CCC,PBSZ,PROT,SSCN,";
  const stock = setup.options?.includes("stock")
    ? "SITE COPY,SITE MKDIR,SITE RMDIR,SITE SYMLINK,SITE UTIME,"
    : "";
  const all =
    `${tls}${stock}CLNT,CSID,EPRT,EPSV,HOST,LANG ${LANGUAGE}*,MDTM,MFF modify;UNIX.group;UNIX.mode;,` +
    `MFMT,MLST ${mlst},RANG STREAM,REST STREAM,SIZE,TVFS,UTF8`;
  turn.reply(211, "Features:", ...all.split(",").toSorted(), "End");
}

/** The second word is a command of its own: MLST and UTF8 have one. */
function opts(turn: Turn): void {
  const [name, ...rest] = turn.words;
  if (name === undefined) return turn.badArguments();
  if (rest.length > 7) return turn.reply(550, "OPTS: Invalid argument");
  const method = `OPTS ${name.toUpperCase()}`;
  const [what] = rest;
  if (method === "OPTS MLST" && rest.length < 2) return optsMlst(turn, what);
  const on = /^(on|yes|true|1)$/i.test(what ?? "");
  if (
    method === "OPTS UTF8" &&
    rest.length === 1 &&
    (on || /^(off|no|false|0)$/i.test(what ?? ""))
  ) {
    turn.reply(200, `UTF8 set to ${on ? "on" : "off"}`);
  } else if (/^OPTS (MLST|UTF8)$/.test(method)) turn.reply(501, `'${method}' not understood`);
  else turn.reply(500, `${method.replaceAll("_", " ")} not understood`);
}

/** Facts count only with their semicolon; those that nobody knows are passed over. */
function optsMlst(turn: Turn, wanted: string | undefined): void {
  const known = [...FACTS, "media-type"];
  const names = (wanted ?? "")
    .split(";")
    .slice(0, -1)
    .map((name) => name.toLowerCase());
  const chosen = names.flatMap((name) => known.find((fact) => fact.toLowerCase() === name) ?? []);
  turn.session.mlstFacts = chosen;
  turn.reply(
    200,
    wanted === undefined ? "MLST OPTS" : `MLST OPTS ${chosen.map((fact) => `${fact};`).join("")}`,
  );
}

/** Rules in order: one word; before the login, and before AUTH; no name but the address itself. */
function host(turn: Turn): void {
  const { session, env, words } = turn;
  const [name = ""] = words;
  if (words.length !== 1) turn.reply(500, "'HOST' not understood");
  else if (session.login.stage === "in" || session.tls === "on") {
    turn.say("bad-sequence", { verb: "HOST" });
  } else if (name.startsWith("[") || name.includes(":")) {
    turn.reply(501, `${name}: Invalid hostname provided`);
  } else if (name === env.address) turn.reply(220, "HOST command successful");
  else turn.reply(504, `${name}: Unknown hostname provided`);
}

/** Rules in order: before the login; at most one word; the one language there is, in any case. */
function lang(turn: Turn): void {
  const { session, words } = turn;
  const [tag] = words;
  if (session.login.stage === "in") turn.reply(500, "Unable to handle command");
  else if (words.length > 1) turn.badArguments();
  else if (tag === undefined) turn.reply(200, `Using default language ${LANGUAGE}`);
  else if (tag.toUpperCase() === LANGUAGE) turn.reply(200, `Using language ${tag}`);
  else turn.reply(504, `Language ${tag} not supported`);
}

/** Their rows. */
export const features: readonly CommandSpec[] = [
  handledBy(FEAT, feat),
  handledBy(OPTS, opts),
  handledBy(HOST, host),
  handledBy(CLNT, (turn) => turn.reply(200, "OK")),
  handledBy({ ...CSID, login: true }, (turn) =>
    turn.reply(200, "name=ProFTPD;version=1.3.8;casesensitive=1;"),
  ),
  handledBy(LANG, lang),
];
