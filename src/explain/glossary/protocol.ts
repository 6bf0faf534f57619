/** The conversation itself: who speaks, in which words, on which connection. */
import { term, type Terms } from "./term.ts";

/** Words about the protocol. */
export const protocol: Terms = {
  FTP: term(
    "The File Transfer Protocol: a client and a server talk in lines of text on one connection, and move files and lists over others. The rules are from 1985, and older ones reach back to 1971.",
    "959",
    "control connection",
    "data connection",
  ),
  RFC: term(
    "Request for Comments: the numbered documents in which the rules of the Internet are written down. FTP's is RFC 959, and some twenty others add to it or correct it.",
  ),
  "control connection": term(
    "The connection to port 21 on which client and server talk: commands one way, replies the other. It stands for the whole session and never carries a file.",
    "959 §2.2",
    "data connection",
    "reply",
  ),
  "data connection": term(
    "A second connection that carries one file or one list and nothing else. Both sides agree about it on the control connection, and in stream mode its close marks the end of the file.",
    "959 §2.2",
    "passive mode",
    "active mode",
  ),
  session: term(
    "All that happens on one control connection, from the greeting to the goodbye. Your login, your folder and the type you chose belong to it and end with it.",
    "",
    "control connection",
  ),
  client: term(
    "The program that dials and asks. In this course that is you, with telnet. Elsewhere it is FileZilla, lftp or curl, which say the same words for you.",
    "959 §2.3",
    "server",
    "user-PI",
  ),
  server: term(
    "The program that waits for calls, answers, and keeps the files. ProFTPD, vsftpd, Pure-FTPd and pyftpdlib are four well-known ones.",
    "959 §2.3",
    "client",
  ),
  command: term(
    "One line from the client: a verb of three or four letters, perhaps a space and an argument, and a CR LF. Every command gets an answer.",
    "959 §5.3",
    "verb",
    "argument",
    "reply",
  ),
  verb: term(
    "The first word of a command, such as LIST or RETR. Capitals and small letters count the same.",
    "959 §5.3",
    "command",
  ),
  argument: term(
    "What stands behind the verb: a file's name, a letter, six numbers. It goes on to the end of the line, spaces included.",
    "959 §5.3.2",
    "verb",
  ),
  reply: term(
    "What the server says to a command: three digits for programs, then words for people. A client goes by the digits, since every server chooses its own words.",
    "959 §4.2",
    "reply code",
    "multi-line reply",
  ),
  "reply code": term(
    "The three digits of a reply. The first says how it went, the second what it is about, the third which case it was.",
    "959 §4.2",
    "preliminary reply",
    "completion reply",
  ),
  "preliminary reply": term(
    "A reply that begins with 1: the server has begun, and another reply will tell how it ended. No new command should be sent before that one.",
    "959 §4.2",
    "reply code",
  ),
  "completion reply": term(
    "A reply that begins with 2: done, and the server is ready for the next command.",
    "959 §4.2",
    "reply code",
  ),
  "intermediate reply": term(
    "A reply that begins with 3: half done. The server waits for the command that belongs to it, as PASS belongs to USER.",
    "959 §4.2",
    "reply code",
  ),
  "transient refusal": term(
    "A reply that begins with 4: not now. The same command may well work later, so a client tries again.",
    "959 §4.2",
    "permanent refusal",
  ),
  "permanent refusal": term(
    "A reply that begins with 5: no. Sending the very same command again will not help.",
    "959 §4.2",
    "transient refusal",
  ),
  "multi-line reply": term(
    "A reply of several lines. The first has a hyphen behind its code, the last has the same code and a space, and whatever stands between them belongs to it.",
    "959 §4.2",
    "reply",
  ),
  greeting: term(
    "The 220 with which the server opens the conversation. A client waits for it before it says anything.",
    "959 §5.4",
    "banner",
  ),
  banner: term(
    "The words of a greeting, which often tell the server's name and version. Careful people let theirs tell less.",
    "",
    "greeting",
  ),
  login: term(
    "USER and PASS, and at times ACCT: telling the server who you are, and proving it.",
    "959 §4.1.1",
    "account",
    "anonymous FTP",
  ),
  account: term(
    "To most people, a name with a password. In RFC 959 it is a third thing beside them, told with ACCT: whom to charge. Hardly any server asks for it today.",
    "959 §4.1.1",
    "login",
  ),
  "CR LF": term(
    "The two characters that end a line on the wire: carriage return (13) and line feed (10). They come from telnet, as does the habit of talking in lines.",
    "959 §5.3.1",
    "NVT",
    "ASCII",
  ),
  telnet: term(
    "A program that dials a port, sends what you type and prints what comes back. It is also a protocol, and FTP's control connection speaks a small part of it.",
    "854",
    "NVT",
    "IAC",
  ),
  NVT: term(
    "The network virtual terminal: the imaginary typewriter on which all telnet programs agree. The control connection follows its rules, which is why lines end in CR LF.",
    "854",
    "telnet",
    "CR LF",
  ),
  IAC: term(
    "Interpret as command: the byte 255, with which telnet begins an order to the other side. A 255 that is meant as itself is sent twice.",
    "854",
    "telnet",
    "Synch",
  ),
  Synch: term(
    "Telnet's way of shouting past a queue: a byte sent as urgent data, followed by a data mark. FTP asks for it, with an interrupt, before ABOR.",
    "854",
    "IAC",
    "abort",
  ),
  "user-PI": term(
    "Protocol interpreter: the half of a client that talks on the control connection.",
    "959 §2.2",
    "server-PI",
    "DTP",
  ),
  "server-PI": term(
    "The half of a server that listens on port 21, reads commands and sends replies.",
    "959 §2.2",
    "user-PI",
    "DTP",
  ),
  DTP: term(
    "Data transfer process: the half of a client or a server that moves data. It can listen or dial, and does as its protocol interpreter tells it.",
    "959 §2.2",
    "user-PI",
    "server-PI",
  ),
  pipelining: term(
    "Sending the next command before the answer to the last one has come. It saves round trips; some servers lose their place when it is done.",
    "",
    "round trip",
  ),
  "state diagram": term(
    "A drawing of what may follow what: from a command to each answer, and on to success, failure or error. RFC 959 has five of them, and a client can be written from them.",
    "959 §6",
    "reply code",
  ),
  sequence: term(
    "Commands that only make sense one after the other: USER and PASS, RNFR and RNTO, REST and RETR. Out of order they earn a 503.",
    "959 §5.4",
    "intermediate reply",
  ),
  FEAT: term(
    "The command that asks what a server can do beyond RFC 959. Each feature is one line, indented by a space.",
    "2389 §3",
    "multi-line reply",
  ),
  "idle timeout": term(
    "How long a server bears silence before it says 421 and hangs up. NOOP is a polite cough that starts the clock anew.",
    "",
    "session",
  ),
};
