/** The stamp card: every reply code of the RFCs, and which of them a trace has drawn from a server. */
import { utf8Decode } from "../sim/bytes.ts";
import type { Fact } from "../sim/facts.ts";

/** A code that a server has said, for the first time in a trace. */
export interface Drawn {
  readonly code: number;
  /** The command that drew it, as it was sent, a password as dots; "" if the server spoke by itself. */
  readonly line: string;
}

/** Reads a trace as it grows. */
export interface StampReader {
  /** Reads on, and gives back the codes that came for the first time. */
  read(facts: readonly Fact[]): readonly Drawn[];
}

/** A reader at the beginning of a trace. */
export function stampReader(): StampReader {
  const lines = new Map<string, string>();
  const seen = new Set<number>();
  let next = 0;
  return {
    read(facts) {
      const drawn: Drawn[] = [];
      for (; next < facts.length; next++) {
        const fact = facts[next];
        if (fact?.kind === "command") {
          const { session, command, verb, argument } = fact;
          const said = argument === null ? "" : ` ${utf8Decode(argument)}`;
          lines.set(`${session} ${command}`, verb + (verb === "PASS" && said ? " ••••" : said));
        } else if (fact?.kind === "reply" && !seen.has(fact.code)) {
          seen.add(fact.code);
          const line = lines.get(`${fact.session} ${fact.command}`) ?? "";
          drawn.push({ code: fact.code, line: line.slice(0, 80) });
        }
      }
      return drawn;
    },
  };
}

/** A box of the card. */
export interface Box {
  readonly code: number;
  /** The RFC that has it first. */
  readonly rfc: string;
  /** What makes a server say it: a push in the right direction, not the whole way. */
  readonly hint: string;
}

const box = (code: number, rfc: string, hint: string): Box => ({ code, rfc, hint });

/** Every reply code of RFC 959, 1123, 2228, 2389, 2428, 3659 and 4217, in order. */
export const card: readonly Box[] = [
  box(110, "959", "Marks on the way, for a restart. Stream mode has none."),
  box(120, "959", "A server that is not ready yet, and says how long."),
  box(125, "959", "Ask for data when the data connection stands already."),
  box(150, "959", "Ask for data, and the server is about to open the connection."),
  box(200, "959", "Tell the server something it only has to note: a type, say."),
  box(202, "959", "A command that means nothing here, politely: ACCT or ALLO."),
  box(211, "959", "Ask the server about itself, or about its features."),
  box(212, "959", "The state of a folder. Most servers put it another way."),
  box(213, "959", "Ask about one file: its size, or its time."),
  box(214, "959", "Ask for help."),
  box(215, "959", "Ask what kind of system it is."),
  box(220, "959", "Dial. The server speaks first."),
  box(221, "959", "Say goodbye."),
  box(225, "959", "Stop what is not running, while a data connection stands."),
  box(226, "959", "See a transfer through to its end."),
  box(227, "959", "Ask the server to open a door for data."),
  box(229, "2428", "The same, in the way that knows IPv6."),
  box(230, "959", "Give the right password."),
  box(232, "2228", "Log in with what the protected line has proved already."),
  box(234, "2228", "Ask for TLS where it is offered."),
  box(235, "2228", "A security exchange that comes to its end."),
  box(250, "959", "Go into a folder, or delete a file."),
  box(257, "959", "Ask where you are, or make a folder."),
  box(331, "959", "Give your name."),
  box(332, "959", "A server that wants an account too."),
  box(334, "2228", "A security method that has something to ask back."),
  box(335, "2228", "Half way through a security exchange."),
  box(336, "2228", "A challenge in place of a password."),
  box(350, "959", "Say the first half of something that takes two commands."),
  box(421, "959", "Be silent for too long. Or be one guest too many."),
  box(425, "959", "Ask for data where nobody is at the other end."),
  box(426, "959", "Break a data connection in the middle."),
  box(431, "2228", "Protection that is lacking something for now."),
  box(450, "959", "A file that is busy, or just not there."),
  box(451, "959", "An accident inside the server."),
  box(452, "959", "Store something on a disk that is full."),
  box(500, "959", "Say a word that is no command."),
  box(501, "959", "Say the right word with the wrong thing behind it."),
  box(502, "959", "A command that the server knows of and does not do."),
  box(503, "959", "Say a second half without the first."),
  box(504, "959", "Ask for a type, structure or mode that it does not have."),
  box(521, "4217", "A data connection at the wrong level of protection."),
  box(522, "2428", "Name a kind of address that it does not speak."),
  box(530, "959", "Do something before you have logged in."),
  box(532, "959", "Store something where an account is asked for."),
  box(533, "2228", "Say in the clear what has to be protected."),
  box(534, "2228", "Ask for a protection that it will not give."),
  box(535, "2228", "A security exchange that fails."),
  box(536, "2228", "A level of PROT that TLS cannot give: S or E."),
  box(537, "2228", "A protection for commands that it does not have."),
  box(550, "959", "Ask for what is not there, or not yours."),
  box(551, "959", "Send pages to a server that knows none."),
  box(552, "959", "Send more than your share of the disk."),
  box(553, "959", "Give a file a name that the server will not have."),
  box(554, "1123", "Begin behind the end of a file."),
  box(555, "1123", "Add to a file in a type that does not fit it."),
  box(631, "2228", "A reply with a signature."),
  box(632, "2228", "A reply that is signed and sealed."),
  box(633, "2228", "A reply that is sealed."),
];
