/** An example for each verb and each code, as lines to be typed, which really are. */

/**
 * The lines of an example, in the notation: `1> PASV` is said to the server, `1$` and `2$` are
 * entered at a prompt, `{port}` is the port of the newest 227 or 229. The dialling, and the login
 * where one is needed, come first by themselves; the last line said is what the example is about.
 */
export interface Example {
  readonly lines: readonly string[];
  readonly login: boolean;
}

/** The example of a verb or a code, if there is one. */
export function exampleOf(word: string): Example | undefined {
  const text = EXAMPLES[word] ?? BEFORE[word];
  if (text === undefined) return undefined;
  return { lines: text === "" ? [] : text.split(" | "), login: !(word in BEFORE) };
}

const DOOR = "1> PASV | 2$ telnet files.example.net {port}";
const PUT = "2> A line of text. | 2> ^] | 2> quit";

/** Before the login. */
const BEFORE: Readonly<Record<string, string>> = {
  220: "",
  331: "1> USER ftptest",
  230: "1> USER ftptest | 1> PASS guestpass",
  530: "1> USER ftptest | 1> PASS guesspast",
  USER: "1> USER ftptest",
  PASS: "1> USER ftptest | 1> PASS guestpass",
  AUTH: "1> AUTH TLS",
  234: "1> AUTH TLS",
  533: "1> ENC AAAA",
  ENC: "1> ENC AAAA",
  MIC: "1> MIC AAAA",
  CONF: "1> CONF AAAA",
  ADAT: "1> ADAT AAAA",
  HOST: "1> HOST files.example.net",
  ACCT: "1> ACCT research",
};

const EXAMPLES: Readonly<Record<string, string>> = {
  REIN: "1> REIN",
  SMNT: "1> SMNT /pub",
  QUIT: "1> QUIT",
  PASV: "1> PASV",
  EPSV: "1> EPSV",
  PORT: "1> PORT 198,51,100,7,195,80",
  EPRT: "1> EPRT |1|198.51.100.7|50000|",
  LPSV: "1> LPSV",
  LIST: `${DOOR} | 1> LIST`,
  NLST: `${DOOR} | 1> NLST`,
  MLSD: `${DOOR} | 1> MLSD`,
  MLST: "1> MLST readme.txt",
  RETR: `${DOOR} | 1> RETR readme.txt`,
  REST: `1> TYPE I | 1> REST 12 | ${DOOR} | 1> RETR readme.txt`,
  STOR: `${DOOR} | 1> STOR new.txt | ${PUT}`,
  STOU: `${DOOR} | 1> STOU | ${PUT}`,
  APPE: `${DOOR} | 1> APPE readme.txt | ${PUT}`,
  ALLO: "1> ALLO 1000",
  ABOR: "1> ABOR",
  TYPE: "1> TYPE I",
  STRU: "1> STRU F",
  MODE: "1> MODE S",
  PWD: "1> PWD",
  XPWD: "1> XPWD",
  CWD: "1> CWD pub",
  XCWD: "1> XCWD pub",
  CDUP: "1> CWD pub | 1> CDUP",
  XCUP: "1> CWD pub | 1> XCUP",
  MKD: "1> MKD drafts",
  XMKD: "1> XMKD drafts",
  RMD: "1> RMD empty",
  XRMD: "1> XRMD empty",
  DELE: "1> DELE readme.txt",
  RNFR: "1> RNFR readme.txt",
  RNTO: "1> RNFR readme.txt | 1> RNTO welcome.txt",
  SYST: "1> SYST",
  NOOP: "1> NOOP",
  HELP: "1> HELP",
  STAT: "1> STAT",
  SIZE: "1> TYPE I | 1> SIZE readme.txt",
  MDTM: "1> MDTM readme.txt",
  MFMT: "1> MFMT 20260102030405 readme.txt",
  MFF: "1> MFF modify=20260102030405; readme.txt",
  FEAT: "1> FEAT",
  OPTS: "1> OPTS UTF8 ON",
  LANG: "1> LANG en",
  CLNT: "1> CLNT telnet",
  CSID: "1> CSID Name=telnet;",
  SITE: "1> SITE HELP",
  PBSZ: "1> PBSZ 0",
  PROT: "1> PROT P",
  CCC: "1> CCC",
  150: `${DOOR} | 1> LIST`,
  125: `${DOOR} | 1> LIST`,
  200: "1> TYPE I",
  202: "1> ALLO 1000",
  211: "1> FEAT",
  213: "1> TYPE I | 1> SIZE readme.txt",
  214: "1> HELP",
  215: "1> SYST",
  221: "1> QUIT",
  225: "1> ABOR",
  226: `${DOOR} | 1> LIST`,
  227: "1> PASV",
  228: "1> LPSV",
  229: "1> EPSV",
  250: "1> CWD pub",
  257: "1> PWD",
  350: "1> RNFR readme.txt",
  425: "1> LIST",
  426: `${DOOR} | 2> ^] | 2> quit | 1> RETR pub/big.txt`,
  450: "1> NLST nothing",
  500: "1> FOO",
  501: "1> PORT 1,2,3",
  502: "1> SMNT /pub",
  503: "1> RNTO welcome.txt",
  504: "1> MODE Z9",
  522: "1> EPRT |9|198.51.100.7|50000|",
  550: `${DOOR} | 1> RETR nothing.txt`,
  553: "1> STOR /",
  554: `1> TYPE I | 1> REST 99999 | ${DOOR} | 1> RETR readme.txt`,
};
