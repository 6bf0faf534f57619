import { describe, expect, test } from "vitest";
import { addFigures, compare, figuresInWords, noFigures } from "./compare.ts";
import type { PlayedEvent, Recording } from "./events.ts";
import { normalise, normaliseListing } from "./normalise.ts";
import { readRecording, recordedScenarios } from "./recordings.ts";

describe("the figures of two servers are those that were measured with them", () => {
  test.each([
    ["proftpd", "proftpd", "140: codes 1630/1630, texts 1630/1630, data 95/95, connection 141/141"],
    ["proftpd", "vsftpd", "137: codes 1398/1622, texts 376/1622, data 35/95, connection 133/145"],
    ["proftpd", "pureftpd", "137: codes 1402/1623, texts 35/1623, data 45/97, connection 131/144"],
    [
      "proftpd",
      "pyftpdlib",
      "137: codes 1315/1632, texts 154/1632, data 44/96, connection 123/144",
    ],
    ["vsftpd", "pureftpd", "137: codes 1386/1621, texts 19/1621, data 31/94, connection 131/146"],
    ["pyftpdlib", "vsftpd", "137: codes 1255/1635, texts 328/1635, data 36/94, connection 125/144"],
  ])("%s and %s", (a, b, figures) => {
    const sum = noFigures();
    const names = recordedScenarios(a).filter((name) => recordedScenarios(b).includes(name));
    for (const name of names)
      addFigures(sum, compare(readRecording(a, name), readRecording(b, name)).figures);
    expect(`${names.length}: ${figuresInWords(sum)}`).toBe(figures);
  });
});

describe("a difference is told with both sides", () => {
  const changed = (change: (event: PlayedEvent) => PlayedEvent | undefined): Recording => {
    const { meta, entries } = readRecording("proftpd", "list-plain");
    return {
      meta,
      entries: entries.flatMap((entry) => ("src" in entry ? [entry] : (change(entry) ?? []))),
    };
  };
  const kinds = (other: Recording) =>
    compare(readRecording("proftpd", "list-plain"), other).differences.map(({ kind }) => kind);

  test("another code, and with it another text", () => {
    const other = changed((event) =>
      event.code === "331" ? { ...event, code: "332", bytes: "332 Account, please\r\n" } : event,
    );
    const { differences } = compare(readRecording("proftpd", "list-plain"), other);
    expect(differences).toMatchObject([
      { sent: "USER ftptest\r\n", kind: "code", a: "331", b: "332" },
      { kind: "text", a: "331 Password required for ftptest\r\n", b: "332 Account, please\r\n" },
    ]);
  });
  test("a reply that is missing", () => {
    expect(kinds(changed((event) => (event.code === "226" ? undefined : event)))).toContain("code");
  });
  test("a listing in another order is the same listing, with another line it is not", () => {
    const listed = (change: (lines: string[]) => string[]) =>
      kinds(
        changed((event) =>
          event.chan === "data" && event.dir === "<"
            ? { ...event, bytes: change((event.bytes ?? "").split("\r\n")).join("\r\n") }
            : event,
        ),
      );
    expect(listed((lines) => lines.toReversed())).toEqual([]);
    expect(listed((lines) => lines.slice(1))).toContain("data");
  });
  test("a connection that the server did not close", () => {
    expect(kinds(changed((event) => (event.event === "eof" ? undefined : event)))).toContain(
      "connection",
    );
  });
});

describe("what is volatile is replaced, and nothing else", () => {
  test.each([
    [
      "227 Entering Passive Mode (67,208,93,232,82,9).\r\n",
      "227 Entering Passive Mode (<H,H,H,H,P,P>).\r\n",
    ],
    [
      "229 Entering Extended Passive Mode (|||21123|)\r\n",
      "229 Entering Extended Passive Mode (|||<PORT>|)\r\n",
    ],
    ["220 ProFTPD Server (EV) [67.208.93.232]\r\n", "220 ProFTPD Server (EV) [<IP>]\r\n"],
    ["213 20261122113345\r\n", "213 <TIMESTAMP>\r\n"],
    ["213 20200613092000\r\n", "213 20200613092000\r\n"],
    ["150 FILE: x.AbC\r\n", "150 FILE: <STOU>\r\n"],
    ["331 Password required for ftptest\r\n", "331 Password required for ftptest\r\n"],
  ])("%j", (text, normal) => {
    expect(normalise(text)).toBe(normal);
  });
  test("in a listing also links and the sizes of directories", () => {
    const lines =
      "drwxr-xr-x   7 ftptest  ftptest      4096 Nov 22 11:33 .\r\n-rw-r--r--   1 ftptest  ftptest        90 Jun 13  2020 readme.txt\r\n";
    expect(normaliseListing(lines)).toBe(
      "drwxr-xr-x<LINKS:4> ftptest  ftptest<DIRSIZE:10> <RECENT_DATE> .\r\n-rw-r--r--<LINKS:4> ftptest  ftptest        90 Jun 13  2020 readme.txt\r\n",
    );
  });
});
