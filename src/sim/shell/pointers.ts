/** Where to turn after `command not found`, and other small words of the shell. */

const VERBS = new Set(
  (
    "USER PASS ACCT CWD CDUP SMNT QUIT REIN PORT PASV EPRT EPSV TYPE STRU MODE RETR STOR STOU APPE ALLO " +
    "REST RNFR RNTO ABOR DELE RMD MKD PWD LIST NLST MLST MLSD SITE SYST STAT HELP NOOP FEAT OPTS SIZE MDTM"
  ).split(" "),
);
/** Words that people bring from other computers, and what does that here. */
const INSTEAD = new Map(
  Object.entries({
    "sftp scp ssh": "That speaks SSH, another protocol altogether. Here it is FTP: ftp -d NAME",
    "lftp tnftp ncftp lukemftp":
      "The client here is called ftp, and -d shows what it sends: ftp -d NAME",
    "curl wget aria2c": "There, a program types FTP for you. Here you type it: telnet NAME 21",
    "ncat netcat socat": "Here that is nc: nc NAME PORT",
    "python python3 perl node":
      "Nothing is programmed here. Bytes can be made by hand: printf, echo and >",
    "ifconfig ipconfig": "Here that is: ip addr",
    netstat: "Here that is: ss -tan",
    "nslookup dig": "Here that is: host NAME",
    "nmap traceroute tracert mtr":
      "ping NAME asks whether it is there, nc -zv NAME 21 whether a port answers",
    "tcpdump wireshark tshark":
      "What crosses the wire is beside the windows all the time, no tool needed",
    dir: "Here, on this computer, that is: ls. On a server the word is LIST",
    "get put mget mput reget":
      "ftp NAME has that word. By hand it is RETR or STOR, and a data connection",
    "less more tail": "Here that is: cat FILE, or head FILE",
    "hexdump od": "Here that is: xxd FILE",
    "diff md5sum sha256sum":
      "Here that is: cmp FILE FILE. It says where they differ, and is silent if nowhere",
    "touch nano vi vim emacs": "A file is made with echo WORDS > FILE, or printf",
    "cp mv": "A copy is made with cat FILE > OTHER; rm FILE removes one",
    "cd pwd mkdir rmdir":
      "All files lie in one folder here. On a server the words are CWD, PWD and MKD",
    "sudo su": "There is no superuser here. From 1024 on, any port may be listened on",
    "ping6 traceroute6": "Here that is: ping -6 NAME",
  }).flatMap(([names, words]) => names.split(" ").map((name) => [name, words] as const)),
);

/**
 * A line or two beside `NAME: command not found` that say where the word belongs, if we know. A
 * shell does not know what other windows do, nor which server is meant: the words are as neutral.
 */
export function pointer(name: string): string | undefined {
  const instead = INSTEAD.get(name);
  if (instead !== undefined) return `(${instead}.)`;
  if (VERBS.has(name.toUpperCase())) {
    return "(That is a word for the server: it goes where you have dialled port 21.\r\n Not dialled yet? telnet NAME 21)";
  }
  if (/^(?:ftps?|sftp|https?):/.test(name)) {
    return "(An address for a browser. Here a name and a port are dialled: telnet NAME 21)";
  }
  if (/^\d{1,5}$/.test(name))
    return "(A port is dialled with its computer's name: telnet NAME PORT)";
  return undefined;
}
