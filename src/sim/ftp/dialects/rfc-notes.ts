/** Where the RFCs contradict themselves or leave a choice, and what this dialect does. For the docs and the lessons. */

/** One such place. */
export interface Note {
  readonly about: string;
  readonly says: string;
  readonly here: string;
}

/** Every place, by the verb or the matter that it is about. */
export const notes: readonly Note[] = (
  [
    [
      "CDUP",
      "§5.4 of RFC 959 answers 200; appendix II says that its codes are CWD's.",
      "200, from the table.",
    ],
    ["CWD", "§5.4 answers 250, an example in appendix II 200.", "250, from the table."],
    ["MKD", "Appendix II refuses with 521, which §4.2 does not have.", "550, from the table."],
    [
      "STOR",
      "The example of §7 refuses with 550, which the row of STOR lacks.",
      "553 for a name that will not do, 452 for want of room, 552 once bytes have come.",
    ],
    ["LIST", "Its row has 450 for a file that is not there, and no 550.", "450; RETR says 550."],
    [
      "PWD",
      "Its row has no 530 for a client that is not logged in.",
      "550, the only refusal in the row that is about files.",
    ],
    [
      "ABOR",
      "With nothing to abort §4.1.3 says 226, the table also lists 225.",
      "226; and with a transfer running 426 for it, then 226.",
    ],
    [
      "150",
      "In §5.4 the refusal 425 stands under 125 and 150; many servers send it alone.",
      "150 is said first, then the data connection is opened, and 425 follows if that fails.",
    ],
    [
      "110",
      "§4.2 and §6 allow one 1yz reply to a command, §5.4 lists 110 under 125 and 150.",
      "110 comes besides, for each restart marker of an upload in block or compressed mode.",
    ],
    [
      "227",
      "§4.2 shows it with parentheses, figure 3 without; the text is free.",
      "With parentheses; a client has to look for six numbers (RFC 1123 §4.1.2.6).",
    ],
    [
      "number",
      "§5.3.2 lets a number be 1 to 255, which 127,0,0,1 breaks.",
      "0 to 255, in PORT and elsewhere.",
    ],
    [
      "STOU",
      "RFC 959 answers 250 with the name; RFC 1123 §4.1.2.9 calls that wrong.",
      "150 FILE: and the name, then 226.",
    ],
    [
      "PORT",
      "§5.4 knows no 504 for PORT; RFC 2577 §3 and §4 refuse low ports and other hosts by 504.",
      "504, and 501 for what is no address.",
    ],
    [
      "QUIT",
      "Its row has 221 and 500 alone; NOOP and REIN have no 501 either.",
      "An argument that is not wanted there is answered 500.",
    ],
    [
      "PASS",
      "It must be “immediately preceded by” USER, RNTO by RNFR; RFC 3659 §5.3 wants REST to be last.",
      "Any other command in between is 503 for PASS and RNTO, and forgets REST.",
    ],
    [
      "521",
      "Appendix II has it for a directory that exists, RFC 4217 for data without PROT P, RFC 1639 for address families.",
      "The last two.",
    ],
    [
      "STRU P",
      "The fields of a page's header are one byte of the transfer each, which makes 255 bytes a page and 256 pages.",
      "The index goes on counting where its byte begins anew.",
    ],
    [
      "MODE C",
      "A descriptor stands for the string behind it, in block mode for the block that it is in.",
      "So it comes before a record's last string, and a file that is empty ends in a string of no fillers.",
    ],
    [
      "STRU R",
      "§5.1 requires it of every server; today's refuse it.",
      "A line of a file is a record.",
    ],
  ] as const
).map(([about, says, here]) => ({ about, says, here }));
