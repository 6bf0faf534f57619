/** help, man and conveniences: what there is, in few words. */
import { rows } from "../ftp/commands/table.ts";
import { atOnce } from "./basics.ts";
import { warn } from "./files.ts";
import { pointer } from "./pointers.ts";

/** One program: how it is called, and what for. */
interface Entry {
  readonly usage: string;
  readonly does: string;
  readonly more?: readonly string[];
}

/** NAME stands for the host to recommend. */
const ENTRIES: Readonly<Record<string, Entry>> = {
  telnet: {
    usage: "telnet NAME PORT",
    does: "dials a port of another computer",
    more: [
      "telnet NAME 21         talks to an FTP server: each line is a command",
      "^] and then quit       leaves it",
    ],
  },
  nc: {
    usage: "nc NAME PORT",
    does: "dials too, and leaves every byte as it is",
    more: [
      "nc NAME PORT > x       keeps what comes in a file",
      "nc -N NAME PORT < x    sends a file, and closes at its end",
      "nc -l 50000            waits to be called: what PORT asks for",
      "nc -C NAME 21          ends lines with CR LF, as FTP wants them",
      "-v says what happens, -k takes one call after another, -w SECONDS gives up",
      "^D ends what you send; without -N the other side is not told. ^C leaves.",
    ],
  },
  ftp: {
    usage: "ftp -d NAME",
    does: "a real client, that shows each command it sends",
    more: [
      "ftp> ls, cd, get, put, pwd, binary, passive, quit ...; help tells them all",
      "-d shows what it sends, -p begins in passive mode, -A in active mode",
    ],
  },
  openssl: {
    usage: "openssl s_client ...",
    does: "telnet for TLS",
    more: [
      "openssl s_client -quiet -crlf -starttls ftp -connect NAME:21",
      "-sess_out FILE keeps the TLS session, -sess_in FILE takes it up again",
      "Without -quiet a line that begins with Q leaves, and R stays here.",
    ],
  },
  host: { usage: "host NAME", does: "tells the address of a name" },
  getent: { usage: "getent ahosts NAME", does: "tells all of them, as programs ask" },
  ping: {
    usage: "ping -c 3 NAME",
    does: "asks whether a computer is there",
    more: [
      "Without -c it goes on until ^C. -4 and -6 choose the kind of address.",
      "-s 1472 sends as much data as one packet holds: does the way carry it?",
    ],
  },
  ss: {
    usage: "ss -tan",
    does: "lists this computer's connections",
    more: ["ss -tln lists the ports on which something waits here to be called."],
  },
  ip: { usage: "ip addr", does: "tells this computer's own addresses" },
  hosts: { usage: "hosts", does: "lists the computers you can dial" },
  ls: { usage: "ls -l", does: "lists the files on this computer" },
  cat: { usage: "cat FILE", does: "shows a file" },
  head: { usage: "head FILE", does: "shows its first lines (-n 3: three of them)" },
  xxd: { usage: "xxd FILE", does: "shows its bytes as numbers" },
  wc: { usage: "wc FILE", does: "counts lines, words and bytes" },
  cmp: { usage: "cmp FILE FILE", does: "says where two files differ; silent if nowhere" },
  echo: { usage: "echo WORDS > FILE", does: "makes a file of a line" },
  printf: { usage: "printf 'a\\r\\n' > FILE", does: "the same, byte by byte" },
  rm: { usage: "rm FILE", does: "removes a file" },
  clear: { usage: "clear", does: "wipes this window" },
  history: { usage: "history", does: "tells what you typed here" },
  conveniences: {
    usage: "conveniences off",
    does: "telnet as bare as the real one; on again",
    more: [
      "on   telnet keeps a history, and Tab completes the verbs of FTP",
      "off  neither, as in the real one",
    ],
  },
  help: { usage: "help WORD", does: "more on a program, an FTP command or a reply code" },
};

const REFERENCE = "The reference on this page tells more.";

/** What the three digits of a reply say (RFC 959 §4.2.1). */
const FIRST = [
  "",
  "begun: another reply follows",
  "done",
  "go on: the server waits for the next command",
  "not now: the same may work later",
  "no: the same will not work again",
  "protected (RFC 2228)",
];
const SECOND = [
  "syntax",
  "information",
  "the connections",
  "the login",
  "something FTP left open",
  "files",
];

/** help: what there is, or one line on a word. */
export const help = atOnce((words, context) => {
  const { screen, computer } = context;
  const say = (text: string): void => screen.say(`${text}\r\n`);
  const known = computer?.hosts ?? [];
  const [, word] = words;
  if (word === undefined) {
    const width = Math.max(...Object.values(ENTRIES).map(({ usage }) => usage.length)) + 2;
    for (const { usage, does } of Object.values(ENTRIES)) say(usage.padEnd(width) + does);
    // Of many names none is the one that is meant.
    if (known.length === 1) say(`Begin with:  telnet ${known[0]?.name} 21`);
    else say("Begin with:  telnet NAME 21   (`hosts` tells the names)");
    return 0;
  }
  const entry = Object.hasOwn(ENTRIES, word) ? ENTRIES[word] : undefined;
  if (entry !== undefined) {
    say(`${entry.usage}: ${entry.does}`);
    for (const line of entry.more ?? []) say(`  ${line}`);
    return 0;
  }
  const row = rows.find(({ verb }) => verb === word.toUpperCase());
  if (row !== undefined) {
    say(`${row.syntax.replaceAll(" <SP> ", " ")}: ${row.purpose}`);
    say(`(RFC ${row.rfc}. ${REFERENCE})`);
    return 0;
  }
  const digits = /^([1-6])([0-5])\d$/.exec(word);
  if (digits !== null) {
    const [, first = "", second = ""] = digits;
    say(`${word}: ${FIRST[Number(first)]}; it is about ${SECOND[Number(second)]}`);
    say(`(${REFERENCE})`);
    return 0;
  }
  warn(context, `help: no help topics match \`${word}'`);
  const hint = pointer(word);
  if (hint !== undefined) warn(context, hint);
  return 1;
});

/** man: there are no pages here, but help. */
export const man = atOnce((words, context) => {
  const word = words.at(-1);
  if (words.length < 2 || word === undefined) {
    warn(context, "What manual page do you want?");
    warn(context, "For example, try 'help nc'.");
    return 1;
  }
  warn(context, `No manual entry for ${word}`);
  warn(context, `(There is a shorter one: help ${word})`);
  return 16;
});

/** conveniences: whether telnet helps beyond what a terminal does. */
export const conveniences = atOnce((words, context) => {
  const { computer, screen } = context;
  const [, word, more] = words;
  if (computer === undefined || more !== undefined || !["on", "off", undefined].includes(word)) {
    warn(context, "usage: conveniences [on | off]");
    return 2;
  }
  if (word !== undefined) {
    computer.conveniences = word === "on";
    context.record({ kind: "switch", id: "conveniences", on: word === "on" });
  }
  screen.say(
    computer.conveniences
      ? "Conveniences are on: telnet keeps a history and completes verbs.\r\n"
      : "Conveniences are off: telnet edits a line as a bare terminal does.\r\n",
  );
  return 0;
});
