/** Where to turn after `command not found`, and other small words of the shell. */

const VERBS = new Set(
  (
    "USER PASS ACCT CWD CDUP SMNT QUIT REIN PORT PASV EPRT EPSV TYPE STRU MODE RETR STOR STOU APPE ALLO " +
    "REST RNFR RNTO ABOR DELE RMD MKD PWD LIST NLST MLST MLSD SITE SYST STAT HELP NOOP FEAT OPTS SIZE MDTM"
  ).split(" "),
);
const CLIENTS = new Set("ftp sftp lftp tnftp ncftp curl wget nc ncat netcat socat ssh".split(" "));
const FILES = new Set("ls dir cd pwd cat get put mget mput less more cp mv rm mkdir".split(" "));

/**
 * A line or two beside `NAME: command not found` that say where the word belongs, if we know. A
 * shell does not know what other windows do, nor which server is meant: the words are as neutral.
 */
export function pointer(name: string): string | undefined {
  if (FILES.has(name)) return "(There are no files on this side. Type help for what there is.)";
  if (VERBS.has(name.toUpperCase())) {
    return "(That is a word for the server: it goes where you have dialled port 21.\r\n Not dialled yet? telnet NAME 21)";
  }
  if (CLIENTS.has(name)) return "(Here you are the client yourself: telnet NAME 21)";
  if (/^\d{1,5}$/.test(name))
    return "(A port is dialled with its computer's name: telnet NAME PORT)";
  return undefined;
}

/** What all of `words` begin with. */
export function commonStart(words: readonly string[]): string {
  let [start = ""] = words;
  for (const word of words) while (!word.startsWith(start)) start = start.slice(0, -1);
  return start;
}
