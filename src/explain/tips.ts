/** A helping word beside a refusal, for what people type who know another program's words. */

/**
 * What each word means in FTP. Clients have their own words and translate them; somebody who
 * speaks FTP by hand has to say the protocol's.
 */
const CLIENT_WORDS: Readonly<Record<string, string>> = {
  LS: "LIST",
  DIR: "LIST",
  LL: "LIST",
  CD: "CWD",
  CHDIR: "CWD",
  GET: "RETR",
  RECV: "RETR",
  MGET: "RETR, once for each file",
  CAT: "RETR",
  PUT: "STOR",
  SEND: "STOR",
  MPUT: "STOR, once for each file",
  RM: "DELE",
  DEL: "DELE",
  DELETE: "DELE",
  ERASE: "DELE",
  MKDIR: "MKD",
  MD: "MKD",
  RMDIR: "RMD",
  RD: "RMD",
  MV: "RNFR, then RNTO",
  REN: "RNFR, then RNTO",
  RENAME: "RNFR, then RNTO",
  BYE: "QUIT",
  EXIT: "QUIT",
  CLOSE: "QUIT",
  LOGOUT: "QUIT",
  DISCONNECT: "QUIT",
  LOGIN: "USER, then PASS",
  PASSWORD: "PASS",
  PASSWD: "PASS",
  BIN: "TYPE I",
  BINARY: "TYPE I",
  ASCII: "TYPE A",
  PASSIVE: "PASV",
  SYSTEM: "SYST",
  STATUS: "STAT",
};

const VERBS =
  "USER PASS ACCT CWD CDUP QUIT PORT PASV EPRT EPSV TYPE RETR STOR LIST NLST PWD SYST NOOP HELP ABOR STAT DELE MKD RMD RNFR RNTO FEAT SIZE MDTM APPE STOU REST ALLO SITE MLSD MLST OPTS AUTH PBSZ PROT CCC MODE STRU REIN".split(
    " ",
  );

/** Those that need no word after them: a server that does not understand one alone does not have it. */
const ALONE =
  "CDUP QUIT PASV EPSV LIST NLST PWD SYST NOOP HELP ABOR STAT FEAT MLSD MLST STOU CCC REIN".split(
    " ",
  );

/** Programs of the learner's own computer that people type to a server. */
const PROGRAMS =
  /^(?:TELNET|FTP|NC|NETCAT|OPENSSL|CURL|WGET|LFTP|SSH|SFTP|PING|SS|IP|GETENT|XXD|CMP|WC|ECHO|PRINTF)$/;

/** Those with nothing after them. */
const BARE = "CDUP QUIT PASV PWD SYST NOOP ABOR FEAT CCC REIN".split(" ");

/** Whether a command does something with nothing after it. */
export function standsAlone(word: string): boolean {
  return ALONE.includes(word.toUpperCase());
}

/** Whether a word is a program of the learner's own computer. */
export function isProgram(word: string): boolean {
  // HOST in capitals is a command (RFC 7151).
  return word === "host" || PROGRAMS.test(word.toUpperCase());
}

/** Whether a word is a command of FTP, in capitals or not. */
export function isVerb(word: string): boolean {
  return VERBS.includes(word.toUpperCase());
}

/**
 * The tip beside a 500 or 501, with the words to type in backticks; undefined if there is none.
 * `wanted` are the verbs that somebody most likely meant, `text` is the reply.
 */
export function tip(
  verb: string,
  argument: string | null,
  code: number,
  wanted: readonly string[] = [],
  text = "",
): string | undefined {
  const word = verb.toUpperCase();
  if (code === 501 && argument !== null && ["PASV", "PWD", "CDUP", "SYST"].includes(word)) {
    return `\`${word}\` stands alone: nothing comes after it.`;
  }
  // Without a word after it a known verb has one fault alone, whatever the server calls it.
  const bare = !argument && VERBS.includes(word) && [504, 550, 553].includes(code);
  if (code !== 500 && code !== 501 && !bare) return undefined;
  if (VERBS.includes(word)) {
    if (code === 500 && ALONE.includes(word)) return `This server does not have \`${word}\`.`;
    // A refusal of what can stand alone is about something else.
    if (argument || ALONE.includes(word)) return undefined;
    const [wants, example] = EXAMPLES[word] ?? ["a word", "name"];
    return `\`${word}\` wants ${wants} after it, as in \`${word} ${example}\`.`;
  }
  if (code === 501) return undefined;
  if (word === "") return "An empty line is no command, and one that begins with a space neither.";
  if (isProgram(verb)) {
    return `You are still speaking to the server. \`${verb.toLowerCase()}\` is a word for your own computer: type it at a \`$\`.`;
  }
  if (/^\d{4,5}$/.test(word)) {
    return "A port is not said, it is dialled: `telnet` to it from the other window.";
  }
  if (word === "HOST:" || (word === "GET" && /\bHTTP\//i.test(argument ?? ""))) {
    return "That is HTTP, the web's language. In FTP it is `RETR` and a name.";
  }
  if (word === "HELO" || word === "EHLO") return "That is SMTP, for mail. FTP begins with `USER`.";
  const ftp = CLIENT_WORDS[word];
  if (/HTTP protocol/i.test(text)) {
    const means = ftp === undefined ? "" : ` In FTP it is \`${ftp}\`.`;
    return `\`${verb.toLowerCase()}\` is a word of web browsers, and this server hangs up on those.${means}`;
  }
  if (ftp !== undefined) {
    return `In FTP that is \`${ftp}\`. \`${verb.toLowerCase()}\` is the client's word.`;
  }
  // A word that is wanted here is no slip: this server does not have it.
  if (wanted.includes(word)) return undefined;
  const near = word.length > 2 && [...wanted, ...VERBS].find((known) => slip(word, known));
  if (near) return `Did you mean \`${near}\`?`;
  const glued = VERBS.find((known) => word.startsWith(known) && !BARE.includes(known));
  return glued ? `Between \`${glued}\` and what comes after it stands a space.` : undefined;
}

/** What has to stand after a verb, and an example. */
const EXAMPLES: Readonly<Record<string, readonly [string, string]>> = {
  USER: ["a name", "ftptest"],
  PASS: ["a password", "guestpass"],
  TYPE: ["a letter", "A"],
  MODE: ["a letter", "S"],
  STRU: ["a letter", "F"],
  PROT: ["a letter", "P"],
  CWD: ["a folder", "pub"],
  MKD: ["a name", "letters"],
  RMD: ["a folder", "letters"],
  RETR: ["a file", "readme.txt"],
  STOR: ["a name", "letter.txt"],
  APPE: ["a name", "letter.txt"],
  DELE: ["a file", "letter.txt"],
  SIZE: ["a file", "readme.txt"],
  MDTM: ["a file", "readme.txt"],
  RNFR: ["a name", "old.txt"],
  RNTO: ["a name", "new.txt"],
  PORT: ["six numbers", "198,51,100,7,195,149"],
  EPRT: ["an address and a port", "|1|198.51.100.7|50069|"],
  REST: ["a number of bytes", "100"],
  ALLO: ["a number of bytes", "100"],
  PBSZ: ["a number", "0"],
  AUTH: ["what is wanted", "TLS"],
  OPTS: ["a command and its option", "UTF8 ON"],
};

/** One slip of the finger apart: a letter too many, too few or wrong, or two that changed places. */
export function slip(typed: string, meant: string): boolean {
  let head = 0;
  while (head < typed.length && typed[head] === meant[head]) head++;
  const rest = typed.slice(head);
  const want = meant.slice(head);
  return (
    rest.slice(1) === want ||
    rest === want.slice(1) ||
    rest.slice(1) === want.slice(1) ||
    (rest.slice(2) === want.slice(2) && rest[0] === want[1] && rest[1] === want[0])
  );
}
