/** The session of the article, line by line, and the order of things on the wire. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fromBytes } from "../../src/sim/bytes.ts";
import { play } from "../play.ts";

const listing = `\
drwxrwx---   2 ftptest  10002           0 Jul  1 17:37 .
drwxrwx---   2 ftptest  10002           0 Jul  1 17:37 ..
-rw-rw----   1 ftptest  10002          29 Jun 12 14:59 .fspftpcheck.1591973977
-rw-rw----   1 ftptest  10002          29 Jun 13 01:57 .fspftpcheck.1592013477
-rw-rw----   1 ftptest  10002          29 Jun 13 03:16 .fspftpcheck.1592018214
-rw-rw----   1 ftptest  10002          29 Jun 13 03:27 .fspftpcheck.1592018870
-rw-rw----   1 ftptest  10002          29 Jun 13 05:09 .fspftpcheck.1592024965
-rw-rw----   1 ftptest  10002          29 Jun 13 07:04 .fspftpcheck.1592031888
-rw-rw----   1 ftptest  10002          29 Jun 13 08:31 .fspftpcheck.1592037063
-rw-rw----   1 ftptest  10002          29 Jun 13 08:38 .fspftpcheck.1592037484
-rw-rw----   1 ftptest  10002          29 Jun 13 08:51 .fspftpcheck.1592038283
`;

function article() {
  const session = play();
  session.type(1, "telnet ftptest.exavault.com 21");
  session.type(1, "USER ftptest");
  session.type(1, "PASS guestpass");
  session.type(1, "PASV");
  session.type(2, "telnet ftptest.exavault.com 62843");
  session.type(1, "LIST");
  session.type(1, "QUIT");
  return session;
}

test("the two windows show the article's session", () => {
  const session = article();
  expect(session.shown(1)).toBe(`\
$ telnet ftptest.exavault.com 21
Trying 67.208.93.232...
Connected to ftptest.exavault.com.
Escape character is '^]'.
220 ProFTPD Server (EV) [67.208.93.232]
USER ftptest
331 Password required for ftptest
PASS guestpass
230 User ftptest logged in
PASV
227 Entering Passive Mode (67,208,93,232,245,123).
LIST
150 Opening BINARY mode data connection for file list
226 Transfer complete
QUIT
221 Goodbye.
Connection closed by foreign host.
$ `);
  expect(session.shown(2)).toBe(`\
$ telnet ftptest.exavault.com 62843
Trying 67.208.93.232...
Connected to ftptest.exavault.com.
Escape character is '^]'.
${listing}Connection closed by foreign host.
$ `);
});

test("the listing is eleven lines in 837 bytes, each ended by CR LF", () => {
  const bytes = article()
    .facts("arrived")
    .filter(({ conn }) => conn === 2)
    .map((fact) => fromBytes(fact.bytes))
    .join("");
  expect(bytes).toBe(listing.replaceAll("\n", "\r\n"));
  expect(bytes).toHaveLength(837);
});

test("the server sends 150, the bytes, the close, and then 226", () => {
  const order = article()
    .world.trace.facts.filter((fact) => fact.kind === "sent" || fact.kind === "fin")
    .filter((fact) => fact.by === "listener")
    .map((fact) => (fact.kind === "fin" ? `fin ${fact.conn}` : fromBytes(fact.bytes).slice(0, 3)));
  expect(order.slice(4)).toEqual(["150", "drw", "fin 2", "226", "221", "fin 1"]);
});

test("every line that the article shows of the server and of telnet is there with the same words", () => {
  const text = readFileSync(
    new URL("../reference/walkthrough-article.txt", import.meta.url),
    "utf8",
  );
  const squeeze = (shown: string) => shown.replaceAll(/ +/g, " ");
  const session = article();
  const screens = squeeze(session.shown(1) + session.shown(2));
  const said = text
    .split("\n")
    .filter((line) => /^(Trying|Connected|Escape|\d{3} [A-Z]|[d-]rw)/.test(line));
  expect(said).toHaveLength(23);
  for (const line of said) expect(screens).toContain(squeeze(line));
});
