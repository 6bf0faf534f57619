/** What each reply means, in a badge of few words and in a plain sentence or two. */

/** `short` is the badge (20 characters at most), `long` a sentence or two, `rfc` where it stands. */
export interface ReplyNote {
  readonly short: string;
  readonly long: string;
  readonly rfc: string;
}

/** A line that begins a reply or stands alone as one. `last` is false for "ddd-". */
export interface ReplyLine {
  readonly code: number;
  readonly rest: string;
  readonly last: boolean;
}

/**
 * The note on a reply, by the verb it answers where that matters, and by its `text` where servers use
 * a code for something else. Unknown codes go by their first digit.
 */
export function replyNote(code: number, verb = "", text = ""): ReplyNote {
  const word = verb.toUpperCase();
  const name = ALIKE[word] ?? word;
  const odd = BY_WORDS.find(
    ([of, words, , verbs = [name]]) => of === code && words.test(text) && verbs.includes(name),
  );
  const note =
    odd?.[2] ?? NOTES[`${code} ${name}`] ?? NOTES[code] ?? BY_DIGIT[Math.floor(code / 100)];
  const [short, long, rfc] = note ?? ["an odd number", "No reply of FTP begins with this digit."];
  return { short, long, rfc: `RFC ${rfc ?? SECTIONS[name] ?? RFC_OF_CODE[code] ?? "959 §4.2"}` };
}

/** What the first digit of a reply says. */
export function replyWord(firstDigit: number): string {
  return ["", "preliminary", "done", "go on", "not now", "no", "protected"][firstDigit] ?? "";
}

/** Reads one line, with or without its line end, as the first or last line of a reply. */
export function replyLine(text: string): ReplyLine | undefined {
  const [, code, mark, rest] = /^([1-6]\d\d)([ -])([^\r\n]*)\r?\n?$/.exec(text) ?? [];
  return code === undefined || rest === undefined
    ? undefined
    : { code: Number(code), rest, last: mark === " " };
}

type Note = readonly [short: string, long: string, rfc?: string];

/** Verbs that share their notes with another. */
const ALIKE: Readonly<Record<string, string>> = {
  NLST: "LIST",
  MLSD: "LIST",
  STOU: "STOR",
  APPE: "STOR",
  CDUP: "CWD",
  XCWD: "CWD",
  XCUP: "CWD",
  XPWD: "PWD",
  XMKD: "MKD",
  XRMD: "RMD",
  EPRT: "PORT",
};

/** Where RFC 959, or its successor, tells of a verb. */
const SECTIONS: Readonly<Record<string, string>> = {};
for (const [section, verbs] of [
  ["959 §4.1.1", "USER PASS ACCT CWD SMNT REIN QUIT"],
  ["959 §4.1.2", "PORT PASV TYPE STRU MODE"],
  ["959 §4.1.3", "RETR STOR ALLO RNFR RNTO ABOR DELE RMD MKD PWD LIST SITE SYST STAT HELP NOOP"],
  ["2389", "FEAT OPTS"],
  ["2428", "EPSV"],
  ["3659", "SIZE MDTM MLST REST"],
  ["2228", "AUTH ADAT PBSZ PROT CCC MIC CONF ENC"],
  ["7151", "HOST"],
] as const) {
  for (const verb of verbs.split(" ")) (SECTIONS as Record<string, string>)[verb] = section;
}

/** Codes that RFC 959 does not have. */
const RFC_OF_CODE: Readonly<Record<number, string>> = {
  ...Object.fromEntries(
    [232, 234, 235, 334, 335, 336, 431, 533, 534, 535, 536, 537, 631, 632, 633].map((code) => [
      code,
      "2228",
    ]),
  ),
  229: "2428",
  522: "2428",
  521: "4217",
};

const BY_DIGIT: Readonly<Record<number, Note>> = {
  1: ["more will come", "The server has begun. Another reply will say how it ended."],
  2: ["done", "The command is done."],
  3: ["go on", "The server has understood so far and waits for the next part."],
  4: ["not now", "It did not work this time. The same command may work later."],
  5: ["no", "The server will not do this. Saying the same again will not help."],
  6: ["protected", "A protected reply: what it says is inside, encoded."],
};

const PATH = "Look at the name, and at the folder you are in: PWD tells it.";
const LOGIN = "The server does this only for somebody it knows. Say USER, then PASS.";

const UNPROTECTED: Note = [
  "not your TLS",
  "The data connection is not protected as this server wants it: say PROT P first, or take up the TLS session of the control connection on it.",
  "4217 §10",
];

const WRONG: Note = [
  "wrong password",
  "Name or password are wrong. The server does not say which: that would help people who guess. Begin again with USER.",
];

const NOTES: Readonly<Record<string, Note>> = {
  110: ["restart marker", "A mark from which a broken transfer could be taken up again."],
  120: [
    "wait some minutes",
    "The server is not ready yet, and says in how many minutes it will be.",
  ],
  125: ["here it comes", "The data connection already stands, and the transfer begins on it."],
  150: [
    "here it comes",
    "The server has taken up the data connection and begins. What you asked for arrives there, not here.",
  ],
  "150 STOR": ["send it now", "The server reads from the data connection now, to its end."],
  200: ["done", "The server did as told."],
  "200 TYPE": [
    "type set",
    "From now on data travels in this form: A is text with CR LF line ends, I is every byte as it is.",
  ],
  "200 PORT": [
    "I will dial",
    "The server has noted the address and the port. It dials them when you ask for data.",
  ],
  "200 NOOP": [
    "still here",
    "Nothing was asked and nothing done. It shows that the line is alive.",
  ],
  "200 MODE": [
    "mode set",
    "This is how data is framed from now on. Hardly anybody leaves S, stream.",
  ],
  "200 STRU": ["structure set", "How files are built from now on. Hardly anybody leaves F, file."],
  "200 PBSZ": [
    "size agreed",
    "The buffer for protected data is agreed. With TLS it is always 0.",
    "4217",
  ],
  "200 PROT": ["protection set", "Whether data connections are encrypted from now on.", "4217"],
  202: ["not needed here", "The server understood, and has no use for this command."],
  211: ["how things stand", "A report of the server on itself."],
  "211 FEAT": ["what I can do", "What the server can do beyond RFC 959, one feature a line."],
  212: ["about a folder", "The state of a folder."],
  213: ["about a file", "The state of a file."],
  "213 SIZE": ["its size", "How many bytes a transfer of this file would carry."],
  "213 STAT": [
    "about that name",
    "What LIST would tell of it, said here on the control connection. RFC 959 has 212 for a folder and 213 for a file; servers are not so strict.",
  ],
  "213 MDTM": ["its time", "When the file was last changed, in UTC: year to second."],
  214: [
    "help",
    "For people, not programs: the commands this server knows. A * marks those it will not do.",
  ],
  215: [
    "kind of system",
    "What sort of system the server says it is. Nearly all say UNIX, so that clients know how to read LIST.",
  ],
  220: ["ready for you", "The server greets you and waits for the first command. It speaks first."],
  "220 HOST": ["host chosen", "The server speaks for this host name now."],
  221: ["goodbye", "The server says goodbye and closes the control connection."],
  225: ["open, unused", "The data connection stands, and nothing is running on it."],
  226: [
    "all sent",
    "Everything has been sent, and the close of the data connection marked its end. For more data, agree on a new one.",
  ],
  "226 STOR": [
    "all received",
    "The end of the data connection was the end of the file. It is stored.",
  ],
  "226 ABOR": ["stopped", "Whatever was running is over, and the server is ready."],
  227: [
    "agreed: you dial",
    "The server listens and names the place: four numbers for the address, two for the port. Nothing moves until you dial it.",
  ],
  228: ["agreed: you dial", "As 227, with an address of any length.", "1639"],
  229: [
    "agreed: you dial",
    "The server listens on the port it names. The address is the one you already speak to.",
  ],
  230: ["logged in", "The server knows you now, and does what your account may do."],
  "230 REIN": ["start afresh", "You are logged out, and the connection stays."],
  232: [
    "logged in, protected",
    "The protected line itself showed who you are: no password needed.",
  ],
  234: ["protection begins", "The next bytes on this line are the handshake that protects it."],
  235: ["protection stands", "The handshake of the security method is over, and it succeeded."],
  250: ["done", "The file or folder was dealt with."],
  "250 CWD": [
    "you are there",
    "The folder changed. Names without a / in front are looked for here.",
  ],
  "250 DELE": ["deleted", "The file is gone. FTP has no way to bring it back."],
  "250 RMD": ["removed", "The folder is gone."],
  "250 RNTO": ["renamed", "The file has its new name."],
  "250 STOR": ["all received", "The file is stored."],
  257: ["here is the name", "The name stands in quotes. A quote inside it is doubled."],
  "257 PWD": [
    "you are here",
    "The folder you are in, in quotes. The account's own folder is often shown as /.",
  ],
  "257 MKD": ["created", "The folder is made, and its whole name stands in quotes."],
  331: [
    "go on: password",
    "The name is noted. Most servers ask for a password whether they know the name or not.",
  ],
  332: ["go on: account", "The server wants an account too: ACCT."],
  334: [
    "go on: proof",
    "The security method is accepted, and the server waits for your part of it.",
  ],
  335: ["go on: more proof", "So far so good: the security exchange needs another part."],
  336: ["go on: challenge", "The server gives a question that the password has to answer."],
  350: ["go on", "Half done: the server waits for the command that completes it."],
  "350 RNFR": ["go on: new name", "The file is there. Say its new name with RNTO, at once."],
  "350 REST": ["go on: from there", "The next transfer begins at this byte."],
  421: [
    "closing the line",
    "The server ends the conversation: out of time, out of room, or going down. Dial again when you like.",
  ],
  425: [
    "no data connection",
    "The server has no data connection that it can use: none was agreed, the dialling failed, or what was dialled did not prove to be yours. Agree on a new one, then ask again.",
  ],
  426: [
    "cut off midway",
    "The data connection broke before everything was through. What arrived is not the whole.",
  ],
  430: ["wrong name", "Name or password are not right."],
  431: ["not available", "Something that protection needs is missing for now."],
  450: ["not now", "The file could not be had: it is missing, or busy."],
  451: ["failed inside", "Something went wrong on the server itself. It is not your doing."],
  452: ["no room", "The server's disk is full, or your share of it."],
  500: [
    "not understood",
    "The server does not know this word, or cannot read the line. Nothing happened; say it another way.",
  ],
  501: [
    "wrong argument",
    "The verb is right. What stands after it is missing, too much or malformed.",
  ],
  502: ["not done here", "The server knows this command and does not offer it."],
  "502 HELP": ["no such help", "The server has no help on that word."],
  503: ["out of order", "A right command at the wrong moment: another one has to come before it."],
  "503 PASS": [
    "out of order",
    "PASS comes right after USER, once. Either no name was given yet, or you are already logged in.",
  ],
  "503 HOST": [
    "too late",
    "HOST says which of its names the server is called by: before the login.",
  ],
  "503 RNTO": ["out of order", "RNTO comes right after RNFR, which names the file."],
  504: ["not with that word", "The command is known, but not with this parameter."],
  521: ["protect it first", "A data connection is not allowed with this level of protection."],
  522: ["other family", "The server does not speak that kind of address. It names those it does."],
  "522 LIST": UNPROTECTED,
  "522 RETR": UNPROTECTED,
  "522 STOR": UNPROTECTED,
  530: ["log in first", LOGIN],
  "530 PASS": WRONG,
  "530 USER": [
    "not let in",
    "The server will not log this user in: not now, or not without TLS. Its words say which.",
  ],
  532: ["account needed", "Storing files needs an account here: ACCT."],
  533: ["protect it first", "This command is refused until the line is protected as agreed."],
  534: ["not that secure", "The server refuses this level of protection."],
  535: ["proof refused", "The security exchange failed."],
  536: ["no such protection", "The security method in use cannot protect data this way."],
  537: ["no such protection", "The security method in use does not support this for commands."],
  550: ["not to be had", `It is not there, or it is not yours to touch. ${PATH}`],
  "550 CWD": [
    "no such folder",
    `There is no folder of that name here, or you may not enter. ${PATH}`,
  ],
  "550 RETR": [
    "no such file",
    `There is no file of that name here, or you may not read it. ${PATH}`,
  ],
  "550 SIZE": [
    "no size",
    "There is no such file, or you are in TYPE A, where a size would depend on line ends: say TYPE I first.",
  ],
  "550 STOR": ["not allowed", "You may not write there, or the folder does not exist."],
  "550 MKD": ["not created", "Something of that name is there already, or you may not write here."],
  "550 RMD": ["not removed", "It is not there, not empty, not a folder, or not yours."],
  551: ["page type unknown", "A transfer in pages cannot be done."],
  552: ["over your share", "The account's space is used up."],
  "553 STOR": [
    "not created",
    "The server could not make a file of that name: you may not write there, or the folder does not exist.",
  ],
  553: ["name not allowed", "The server does not want a file of that name."],
  554: [
    "bad restart point",
    "The transfer cannot begin at the byte that REST named.",
    "1123 §4.1.3.4",
  ],
  555: ["type mismatch", "The type in use does not fit this file.", "1123 §4.1.3.4"],
  631: ["signed reply", "A reply whose origin and wholeness are protected."],
  632: ["sealed reply", "A reply that nobody else can read or change."],
  633: ["secret reply", "A reply that nobody else can read."],
};

const NOT_THERE: Note = ["no such name", `There is nothing of that name here. ${PATH}`];

const NO_FOLDER: Note = [
  "no such folder",
  "The folder in which it is to lie does not exist. MKD makes one.",
];

const NOT_DIALLED: Note = [
  "will not dial there",
  "The server knows this command and will not dial what it names: an address that is not yours, a port below 1024, or numbers that it cannot read.",
];

/**
 * What some servers say with a code that the RFC has for something else, or for more than that; to
 * some verbs alone, if `verbs` are named.
 */
const BY_WORDS: readonly (readonly [
  code: number,
  words: RegExp,
  note: Note,
  verbs?: readonly string[],
])[] = [
  [500, /illegal|won't open a connection/i, NOT_DIALLED, ["PORT"]],
  [501, /foreign address/i, NOT_DIALLED, ["PORT"]],
  [225, /no transfer/i, ["nothing to stop", "Nothing was running, so nothing was broken off."]],
  [
    501,
    /sequence/i,
    ["out of order", "A right command at the wrong moment. RFC 959 has 503 for this."],
  ],
  [
    501,
    /ascii/i,
    [
      "not in type A",
      "In type A line ends may change on the way, so no byte can be named to go on from. Say TYPE I first.",
    ],
  ],
  [
    503,
    /already/i,
    [
      "logged in already",
      "Whoever is logged in need not say it again. To change, say REIN or dial anew.",
    ],
  ],
  [503, /missing/i, ["wrong argument", "What has to stand after it is missing."]],
  [522, /ssl|tls|session/i, UNPROTECTED],
  [530, /login (?:authentication failed|incorrect)/i, WRONG],
  [
    550,
    /ascii/i,
    [
      "not in type A",
      "In type A the size depends on line ends, and this server does not count them. Say TYPE I first.",
    ],
  ],
  [550, /no such file/i, NO_FOLDER, ["STOR", "MKD", "RNTO"]],
  [553, /no such file/i, NO_FOLDER],
  [
    550,
    /no such file|doesn't exist|check for file existence|not retrievable/i,
    NOT_THERE,
    ["SIZE", "MDTM", "MLST", "RNFR", "DELE"],
  ],
  [550, /exists/i, ["name is taken", "Something of that name is there already."]],
  [
    550,
    /is a directory|not a (?:regular|plain) file|only retrieve regular files/i,
    ["a folder", "A file is wanted, and that is a folder."],
  ],
  [550, /not a directory/i, ["no folder", "A folder is wanted, and that is a file."]],
  [550, /not empty/i, ["not empty", "Something still lies in that folder."]],
];
