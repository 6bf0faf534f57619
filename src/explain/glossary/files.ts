/** What is carried, and in which form. */
import { term, type Terms } from "./term.ts";

/** Words about files and how they travel. */
export const files: Terms = {
  byte: term(
    "Eight bits, a number from 0 to 255. Two of them make a port.",
    "959 §2.2",
    "PASV sum",
  ),
  octet: term("A byte of exactly eight bits, as RFCs like to call it.", "", "byte"),
  type: term(
    "The form in which data travels, set with TYPE: A for text, I for bytes as they are, and E and L for machines of long ago. It is A until somebody says otherwise.",
    "959 §3.1.1",
    "ASCII",
    "image",
    "EBCDIC",
    "local type",
  ),
  ASCII: term(
    "The code in which the letters of English are the numbers 32 to 126. As a TYPE it is text: on the wire every line ends in CR LF, whatever the two computers use at home.",
    "959 §3.1.1.1",
    "type",
    "CR LF",
    "image",
  ),
  image: term(
    "TYPE I, also called binary: every byte as it is. The right type for everything but text, and for text as well when both ends are alike.",
    "959 §3.1.1.3",
    "type",
    "ASCII",
  ),
  EBCDIC: term(
    "The code for letters on IBM's large machines, where A is 193. FTP has TYPE E so that two of them need not translate twice.",
    "959 §3.1.1.2",
    "type",
  ),
  "local type": term(
    "TYPE L with a number of bits, for computers whose bytes had 7, 9 or 36 of them. Today only L 8 makes sense, and it means image.",
    "959 §3.1.1.4",
    "image",
    "byte",
  ),
  "format control": term(
    "The second letter of TYPE A: N for plain, T for telnet's page controls, C for the carriage control of Fortran printers. N is the default, and the others are for museums.",
    "959 §3.1.1.5",
    "type",
  ),
  structure: term(
    "How a file is built, set with STRU: F for one long run of bytes, R for records, P for pages.",
    "959 §3.1.2",
    "file structure",
    "record structure",
    "page structure",
  ),
  "file structure": term(
    "STRU F, the default: a file is one run of bytes from the first to the last.",
    "959 §3.1.2.1",
    "structure",
  ),
  "record structure": term(
    "STRU R: a file is a row of records, and their ends are marked on the wire. Systems whose files were stacks of punched cards thought this way.",
    "959 §3.1.2.2",
    "structure",
    "block mode",
  ),
  "page structure": term(
    "STRU P: a file is numbered pages, with holes between them. TOPS-20 had such files, and most servers of today answer 504.",
    "959 §3.1.2.3",
    "structure",
  ),
  "transmission mode": term(
    "How data is framed on its connection, set with MODE: S stream, B block, C compressed.",
    "959 §3.4",
    "stream mode",
    "block mode",
    "compressed mode",
  ),
  "stream mode": term(
    "MODE S, the default: the bytes of the file and nothing else. The end of the file is the close of the connection, so each file wants a new one, and a broken line looks like an end.",
    "959 §3.4.1",
    "transmission mode",
    "data connection",
  ),
  "block mode": term(
    "MODE B: data in blocks, each with a header of three bytes: a descriptor and a count. The end of the file is marked, so one connection can carry many files, and marks for a restart can be set.",
    "959 §3.4.2",
    "marker",
    "stream mode",
  ),
  "compressed mode": term(
    "MODE C: a byte that comes many times is sent once, with a count. It spared the telephone lines of 1985.",
    "959 §3.4.3",
    "transmission mode",
  ),
  marker: term(
    "A name for a place in a file, set by the sender in block or compressed mode. After an accident both begin again there. The 110 reply tells how the receiver calls the same place.",
    "959 §3.5",
    "restart",
    "block mode",
  ),
  mark: term(
    "Short for a marker: the place from which a broken transfer can go on. Telnet's data mark is another thing.",
    "959 §3.5",
    "marker",
    "Synch",
  ),
  restart: term(
    "To go on where a transfer broke: REST names the place, and RETR or STOR right behind it begins there. In stream mode the place is a number of bytes.",
    "3659 §5",
    "marker",
    "resume",
  ),
  resume: term(
    "What clients call a restart: ask how much arrived, send REST with that number, and fetch the rest.",
    "3659 §5",
    "restart",
  ),
  abort: term(
    "To break a transfer off with ABOR. A running one is answered twice, 426 for the transfer and 226 for the ABOR itself.",
    "959 §4.1.3",
    "Synch",
  ),
  upload: term("To send a file to the server: STOR, STOU or APPE.", "959 §4.1.3", "download"),
  download: term("To fetch a file from the server: RETR.", "959 §4.1.3", "upload"),
  append: term("To add to the end of a file that is there, with APPE.", "959 §4.1.3", "upload"),
  "unique name": term(
    "The name a server makes up for STOU, so that nothing is overwritten. It tells the name in its reply: in the 150 or 125, says RFC 1123.",
    "1123 §4.1.2.9",
    "upload",
  ),
  listing: term(
    "What LIST brings: the files of a folder, for people to read. No rule says how a line looks, and every client guesses.",
    "959 §4.1.3",
    "NLST",
    "MLSD",
  ),
  NLST: term(
    "The command for bare names, one a line, meant for programs.",
    "959 §4.1.3",
    "listing",
  ),
  MLSD: term(
    "The command for a listing that programs can rely on: facts with names, such as size and modify, in a form that is written down. MLST tells the same of one file.",
    "3659 §7",
    "fact",
    "listing",
  ),
  fact: term(
    "One thing told about a file in MLSD, as in type=file; or size=640;. OPTS MLST chooses which are told.",
    "3659 §7.5",
    "MLSD",
  ),
  pathname: term(
    "The name of a file as you give it to the server. With / in front it begins at the root, otherwise in the folder where you are.",
    "959 §2.2",
    "working directory",
  ),
  "working directory": term(
    "The folder where you are, which CWD changes and PWD tells. Names without / in front are looked for here.",
    "959 §4.1.1",
    "pathname",
  ),
  chroot: term(
    "A wall around a user: the server shows one folder as /, and nothing above it can be reached.",
    "",
    "pathname",
  ),
  permissions: term(
    "Who may read, write and enter: rwx for the owner, the group and everybody else, as the first column of a Unix listing shows.",
    "",
    "listing",
  ),
  quota: term(
    "The most room that one user's files may take. Over it, STOR earns a 552.",
    "959 §4.2",
    "upload",
  ),
  "UTF-8": term(
    "The code for all the letters of the world. Names in it travel since RFC 2640, and a server that can do it says UTF8 in FEAT.",
    "2640 §2.2",
    "ASCII",
    "FEAT",
  ),
  "Latin-1": term(
    "The code of Western computers before UTF-8, ISO 8859-1: a byte a letter, and ü is 252. Many an old file still has its name in it.",
    "",
    "UTF-8",
  ),
  UTC: term(
    "The time of the world without time zones. MDTM and MLSD tell times in it; LIST tells them as the server likes.",
    "3659 §2.3",
    "MLSD",
  ),
};
