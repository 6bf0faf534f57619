/** Who may do what, who listens, and what to do about it. */
import { term, type Terms } from "./term.ts";

/** Words about trust and its absence. */
export const trust: Terms = {
  cleartext: term(
    "Sent as it is, for everybody on the road to read. Plain FTP sends names, passwords and files so.",
    "2577 §5",
    "eavesdropper",
    "TLS",
  ),
  eavesdropper: term(
    "Somebody on the road who reads what passes: in the same café, at the provider, anywhere between.",
    "",
    "cleartext",
  ),
  "anonymous FTP": term(
    "A login for everybody: the name anonymous or ftp, and by courtesy your mail address as the password. It once was how software was given away.",
    "1635",
    "login",
  ),
  FXP: term(
    "A transfer between two servers, steered by a client that speaks to both: PASV to one, PORT with that address to the other. RFC 959 foresees it, and most servers forbid it now.",
    "959 §5.2",
    "bounce",
  ),
  bounce: term(
    "An attack with PORT: the client names a third computer, and the server dials it, so that it looks guilty. Servers refuse addresses other than the client's, and ports below 1024.",
    "2577 §3",
    "FXP",
    "active mode",
  ),
  "port theft": term(
    "Dialling somebody else's passive port before they do. Ports given out in order make it easy; servers choose at random and look who calls.",
    "2577 §8",
    "passive mode",
  ),
  "guessing passwords": term(
    "Trying many. Servers answer late, hang up after a few tries, and say the same 530 to a wrong name and to a wrong password.",
    "2577 §5",
    "login",
  ),
  injection: term(
    "Smuggling a second command into the first, by way of a line end inside a name. A client that takes names from strangers has to look for CR and LF.",
    "",
    "CR LF",
    "command",
  ),
  TLS: term(
    "Transport layer security: it encrypts a connection and proves who the server is. FTP turns it on with AUTH TLS on the control connection, and with PROT P on the data connections.",
    "4217",
    "FTPS",
    "certificate",
    "session reuse",
  ),
  FTPS: term(
    "FTP with TLS. Explicit: dial port 21 and say AUTH TLS. Implicit: dial port 990 and begin with the handshake. It is not SFTP.",
    "4217",
    "TLS",
    "SFTP",
    "implicit TLS",
  ),
  "explicit TLS": term(
    "Beginning in the clear on port 21 and asking for protection with AUTH TLS. This is the way that has an RFC.",
    "4217 §4",
    "implicit TLS",
  ),
  "implicit TLS": term(
    "Beginning with the TLS handshake at once, on port 990, without asking. It came before the RFC and never got into it.",
    "",
    "explicit TLS",
  ),
  handshake: term(
    "The first messages of TLS: both agree on a cipher and keys, and the server shows its certificate.",
    "8446 §2",
    "TLS",
    "certificate",
  ),
  certificate: term(
    "A signed paper that says: this key belongs to this name. A client that does not look at it speaks secretly, and does not know to whom.",
    "5280",
    "TLS",
  ),
  "session reuse": term(
    "Opening the TLS of a data connection with the keys of the control connection. It proves that the same client calls, so some servers insist on it and answer 522 or 425 otherwise.",
    "4217 §10.2",
    "TLS",
    "port theft",
  ),
  "protection level": term(
    "How data connections are guarded, set with PROT: C for clear, P for private. S and E exist, and TLS has no use for them.",
    "2228 §3",
    "TLS",
  ),
  "clear command channel": term(
    "CCC: back to plain text on the control connection after the login, so that a NAT can read it again. It gives away what TLS was for.",
    "2228 §3",
    "ALG",
    "TLS",
  ),
  SFTP: term(
    "File transfer inside SSH, on port 22. Apart from three letters it shares nothing with FTP: one connection, binary messages, no PASV.",
    "",
    "FTPS",
    "SSH",
  ),
  SSH: term("A protocol for an encrypted shell on another computer, on port 22.", "4251", "SFTP"),
  "man in the middle": term(
    "Somebody who answers in the server's place and passes on what he likes. Checking the certificate is what stops him.",
    "",
    "certificate",
    "eavesdropper",
  ),
  downgrade: term(
    "Talking two people out of protecting themselves: whoever sits between answers AUTH with a 500, and a careless client goes on in the clear.",
    "",
    "man in the middle",
    "explicit TLS",
  ),
  "virtual host": term(
    "Several servers at one address. HOST says which is meant, before the login.",
    "7151 §3",
    "FEAT",
  ),
};
