/** What a newcomer should know about a verb beyond its purpose. */

/** A sentence or two a verb; most need none. */
export const notes: Readonly<Record<string, readonly string[]>> = {
  USER: [
    "It begins a login, also in the middle of a session: whoever was logged in is so no more.",
  ],
  PASS: ["It comes right after USER. On a plain connection everybody on the road can read it."],
  ACCT: [
    "Kept from the days when computing time was paid for. A server that has no use for it says 202 or 502.",
  ],
  PASV: [
    "The answer names four numbers for an address and two for a port: the fifth times 256, plus the sixth. Nothing moves until you dial it.",
  ],
  PORT: [
    "You listen, and tell the server where: four numbers for the address, two for the port. It dials when you ask for data. Behind a NAT it cannot reach you.",
  ],
  EPSV: [
    "The answer names a port alone. The address is the one you already speak to, so IPv6 works and no NAT can spoil it.",
  ],
  EPRT: [
    "PORT with a family in front: |1| for IPv4, |2| for IPv6. The bars may be any character that does not occur inside.",
  ],
  LIST: ["Its lines are for people, and no rule says how they look. For programs there is MLSD."],
  NLST: ["Bare names, one a line. Some servers leave out folders, some leave out hidden files."],
  MLSD: ["Each line has facts with names, then a space and the file's name. Times are in UTC."],
  RETR: [
    "The file comes over the data connection; in stream mode its close is the end of the file.",
  ],
  STOR: ["It overwrites what has that name. STOU never does."],
  STOU: ["The server makes up the name, and tells it in its 150 or 125 (RFC 1123 §4.1.2.9)."],
  REST: [
    "It belongs to the RETR or STOR right behind it, and moves nothing by itself. With TYPE I it counts the bytes of the file.",
  ],
  ABOR: [
    "A running transfer earns two answers: one for the transfer, one for the ABOR. Some servers do not look at it until the transfer is over.",
  ],
  TYPE: ["A for text, I for bytes as they are. Forgetting it is the oldest way to break a file."],
  STRU: ["F is what everybody uses. R has records, P pages, and few servers know them."],
  MODE: [
    "S is what everybody uses. B marks the end of a file, so that one connection can carry many.",
  ],
  CDUP: [
    "RFC 959 lists 200 as its answer in one place and CWD's 250 in another; servers are of both kinds.",
  ],
  MKD: ["The answer has the whole name in quotes; a quote inside it is doubled."],
  RNFR: ["It says which file; RNTO right behind it says the new name."],
  DELE: ["There is no way back."],
  SYST: [
    "Nearly all say UNIX Type: L8, whatever they run on, so that clients know how to read their LIST.",
  ],
  NOOP: ["It does nothing, and so keeps a quiet connection from being hung up on."],
  SIZE: [
    "The number of bytes that a transfer would carry, in the type that is set. Many servers refuse it in TYPE A, where they would have to count.",
  ],
  FEAT: ["Each feature stands on a line of its own, with a space in front."],
  AUTH: [
    "AUTH TLS asks for encryption, and the next bytes are its handshake. It comes before USER, so that the password is protected too.",
  ],
  PROT: ["P protects data connections, C leaves them clear. PBSZ 0 has to come before it."],
  CCC: [
    "It gives up the protection of commands so that a NAT can read them again, and with it much of what TLS was for.",
  ],
  HOST: [
    "It says which of several servers at one address is meant, before the login, as the Host line does in HTTP.",
  ],
};
