/** A port that is not FTP's: it says something, and answers a line, or hears what comes. */
import { fromBytes, toBytes, utf8Encode } from "../bytes.ts";
import type { ServiceSetup } from "../scenario.ts";
import type { HostNetwork } from "./network.ts";

/** Starts it. */
export function startService(
  net: HostNetwork,
  { port, says = "", closes, speaks }: ServiceSetup,
): void {
  net.listen(port, (listener) => {
    if (listener === undefined) return;
    listener.onPending = () => {
      const socket = listener.take();
      if (socket === undefined) return;
      const answer = speaks === undefined ? undefined : SPEAKERS[speaks](says);
      let cut = "";
      let over = false;
      socket.handlers = {
        onEnd: () => socket.close(),
        onData(bytes) {
          const lines = (cut + fromBytes(bytes)).split(/\r?\n/);
          cut = lines.pop() ?? "";
          for (const line of lines) {
            const said = over ? undefined : answer?.(line);
            if (said === undefined) continue;
            socket.write(toBytes(`${said.text}\r\n`));
            over = said.closes ?? false;
            if (over) socket.end();
          }
        },
      };
      socket.resume();
      socket.write(toBytes(utf8Encode(says)));
      // What the caller sends is read and means nothing, so the close is one in order.
      if (closes === true) socket.end();
    };
  });
}

/** What is said to a line; undefined is silence. */
type Answer = (line: string) => { text: string; closes?: boolean } | undefined;

const SPEAKERS: Readonly<Record<NonNullable<ServiceSetup["speaks"]>, (says: string) => Answer>> = {
  ssh,
  smtp,
};

/**
 * OpenSSH's kex_exchange_identification: whose first line is no name of an SSH is told so and hung up
 * on. What follows a good one is binary, and nothing that is typed.
 */
function ssh(): Answer {
  let named = false;
  return (line) => {
    named ||= /^SSH-\d+\.\d+-./.test(line);
    return named ? undefined : { text: "Invalid SSH identification string.", closes: true };
  };
}

/** Postfix's smtpd, in the order of its table: one that wants a HELO first and takes mail from nobody here. */
function smtp(says: string): Answer {
  const [, name = ""] = says.split(" ");
  let greeted = false;
  return (line) => {
    const [, verb = "", rest = ""] = /^\s*(\S*)\s*(.*)$/.exec(line) ?? [];
    const word = verb.toUpperCase();
    if (word === "HELO" || word === "EHLO") {
      if (rest === "") return { text: `501 Syntax: ${word} hostname` };
      greeted = true;
      if (word === "HELO") return { text: `250 ${name}` };
      return { text: `250-${name}\r\n250-PIPELINING\r\n250-ENHANCEDSTATUSCODES\r\n250 8BITMIME` };
    }
    if (word === "MAIL") {
      const [, from] = /^FROM:\s*(<.*?>)/i.exec(rest) ?? [];
      if (!greeted) return { text: "503 5.5.1 Error: send HELO/EHLO first" };
      if (from === undefined) return { text: "501 5.5.4 Syntax: MAIL FROM:<address>" };
      return { text: `554 5.7.1 ${from}: Sender address rejected: Access denied` };
    }
    if (/^(?:CONNECT|GET|POST|.*:)$/.test(word)) {
      return { text: "221 2.7.0 Error: I can break rules, too. Goodbye.", closes: true };
    }
    const text = SMTP_WORDS[word] ?? "502 5.5.2 Error: command not recognized";
    return { text, closes: word === "QUIT" };
  };
}

const SMTP_WORDS: Readonly<Record<string, string>> = {
  "": "500 5.5.2 Error: bad syntax",
  AUTH: "503 5.5.1 Error: authentication not enabled",
  STARTTLS: "502 5.5.1 Error: command not implemented",
  RCPT: "503 5.5.1 Error: need MAIL command",
  DATA: "503 5.5.1 Error: need RCPT command",
  RSET: "250 2.0.0 Ok",
  NOOP: "250 2.0.0 Ok",
  VRFY: "502 5.5.1 VRFY command is disabled",
  QUIT: "221 2.0.0 Bye",
};
