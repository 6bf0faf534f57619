/** The strict dialect against the tables: RFC 959 §5.4 and what its successors list. */
import { describe, expect, test } from "vitest";
import { referenceScenario } from "../../src/node/setups.ts";
import type { FtpFact } from "../../src/sim/facts.ts";
import { notes } from "../../src/sim/ftp/dialects/rfc-notes.ts";
import { rfc } from "../../src/sim/ftp/dialects/rfc.ts";
import { play } from "../conformance/player.ts";
import { virtualWire } from "../conformance/virtual.ts";
import { bench } from "./bench.ts";

/** 500 is listed for every command, and 421 may answer any (§4.2). Preliminary replies stand before the bar. */
const TABLE = `
USER 230 530 501 421 331 332
PASS 230 202 530 501 503 421 332
ACCT 230 202 530 501 503 421
CWD 250 501 502 421 530 550
CDUP 200 501 502 421 530 550
SMNT 202 250 501 502 421 530 550
REIN 120 | 220 421 502
QUIT 221
PORT 200 501 421 530
PASV 227 501 502 421 530
MODE 200 501 504 421 530
TYPE 200 501 504 421 530
STRU 200 501 504 421 530
ALLO 200 202 501 504 421 530
REST 501 502 421 530 350
STOR 125 150 | 226 250 425 426 451 551 552 532 450 452 553 501 421 530
STOU 125 150 | 226 250 425 426 451 551 552 532 450 452 553 501 421 530
RETR 125 150 | 226 250 425 426 451 450 550 501 421 530
LIST 125 150 | 226 250 425 426 451 450 501 502 421 530
NLST 125 150 | 226 250 425 426 451 450 501 502 421 530
APPE 125 150 | 226 250 425 426 451 551 552 532 450 550 452 553 501 502 421 530
RNFR 450 550 501 502 421 530 350
RNTO 250 532 553 501 502 503 421 530
DELE 250 450 550 501 502 421 530
RMD 250 501 502 421 530 550
MKD 257 501 502 421 530 550
PWD 257 501 502 421 550
ABOR 225 226 501 502 421
SYST 215 501 502 421
STAT 211 212 213 450 501 502 421 530
HELP 211 214 501 502 421
SITE 200 202 501 530
NOOP 200 421
XCWD 250 501 502 421 530 550
XCUP 200 501 502 421 530 550
XRMD 250 501 502 421 530 550
XMKD 257 501 502 421 530 550
XPWD 257 501 502 421 550
FEAT 211 502
OPTS 200 451 501
EPRT 200 501 522 530
EPSV 200 229 501 522 530
LPRT 200 501 521 530
LPSV 228 501 521 530
LANG 200 501 502 504 421
HOST 220 501 502 503 504 421
SIZE 213 501 550 530
MDTM 213 501 550 530
MLST 250 501 550 530
MLSD 150 | 226 425 426 451 501 550 530
AUTH 234 334 502 504 534 431 501 421 503
ADAT 235 335 503 501 535 421
PBSZ 200 503 501 421 530
PROT 200 504 536 503 534 431 501 421 530
CCC 200 533 534 501 502 421 530
MIC 535 533 501 421
CONF 535 533 501 421
ENC 535 533 501 421
`;
/** RFC 2577 §3 for PORT; RFC 4217 §10 for transfers that are not encrypted as they must be. */
const LATER: Readonly<Record<string, readonly number[]>> = {
  PORT: [504],
  EPRT: [504],
  LPRT: [504],
  ...Object.fromEntries(
    "STOR STOU RETR LIST NLST APPE MLSD".split(" ").map((verb) => [verb, [521, 522]]),
  ),
};

interface Listed {
  readonly preliminary: readonly number[];
  readonly final: readonly number[];
}

const listed = new Map(
  TABLE.trim()
    .split("\n")
    .map((line): [string, Listed] => {
      const [verb = "", ...codes] = line.split(" ");
      const bar = codes.indexOf("|");
      const numbers = (some: readonly string[]) => some.map(Number);
      const final = [500, 421, ...numbers(codes.slice(bar + 1)), ...(LATER[verb] ?? [])];
      return [verb, { preliminary: bar < 0 ? [] : numbers(codes.slice(0, bar)), final }];
    }),
);

const STATES = {
  "nobody is logged in": "",
  "a password is wanted": "USER ftptest\r\n",
  "somebody is logged in": "USER ftptest\r\nPASS guestpass\r\n",
} as const;

const ARGUMENTS = [
  null,
  "readme.txt",
  "nosuch",
  "nosuch/x",
  "secret.txt",
  "pub",
  "locked/x",
  "/",
  "ftptest",
  "guestpass",
  "A",
  "E T",
  "I",
  "L 8",
  "L 36",
  "R",
  "B",
  "Z",
  "0",
  "7",
  "-1",
  "ALL",
  "2",
  "198,51,100,7,200,10",
  "198,51,100,7,0,22",
  "10,0,0,1,200,10",
  "|1|198.51.100.7|50000|",
  "|2|::1|50000|",
  "4,4,198,51,100,7,2,200,10",
  "6,16,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,2,200,10",
  "TLS",
  "KERBEROS_V4",
  "MLST type;",
  "HELP",
  "CHMOD 600 readme.txt",
  "LIST",
  "en",
];

/** How dials, transfers and handshakes end: all badly, all well, the transfer badly, the handshake badly. */
const LUCK = [[0], [1], [1, 1, 0], [1, 0]];

/** The replies to the newest command. */
function replies(facts: readonly FtpFact[], command: number): number[] {
  return facts.flatMap((fact) =>
    fact.kind === "reply" && fact.command === command ? [fact.code] : [],
  );
}

describe.each(Object.entries(STATES))("when %s", (_, before) => {
  test.each([...listed])(
    "%s is answered once, as its row has it",
    (verb, { preliminary, final }) => {
      const wrong: string[] = [];
      for (const argument of ARGUMENTS) {
        for (const luck of LUCK) {
          let turn = 0;
          const one = bench(rfc, (below) => (luck[turn++ % luck.length] ?? 0) % below);
          one.say(before);
          const line = argument === null ? verb : `${verb} ${argument}`;
          one.say(`${line}\r\n`);
          const codes = replies(one.facts, one.session.count);
          const firsts = codes.filter((code) => code < 200);
          const lasts = codes.filter((code) => code >= 200);
          const fits =
            lasts.length === 1 &&
            firsts.length <= 1 &&
            lasts.every((code) => final.includes(code)) &&
            firsts.every((code) => preliminary.includes(code));
          if (!fits) wrong.push(`${line}: ${codes.join(" ")}`);
        }
      }
      expect(wrong).toEqual([]);
    },
  );
});

test("the dialect has every verb of the tables, and no other", () => {
  expect([...rfc.table.keys()].toSorted()).toEqual([...listed.keys()].toSorted());
});

describe("what must come right before", () => {
  /** The codes of the last line's replies. */
  const last = (...lines: readonly string[]): number[] => {
    const one = bench(rfc, () => 1);
    for (const line of ["USER ftptest", "PASS guestpass", ...lines]) one.say(`${line}\r\n`);
    return replies(one.facts, one.session.count);
  };

  test("RNFR before RNTO", () => {
    expect(last("RNFR readme.txt", "RNTO new")).toEqual([250]);
    expect(last("RNFR readme.txt", "NOOP", "RNTO new")).toEqual([503]);
    expect(last("RNTO new")).toEqual([503]);
  });

  test("USER before PASS", () => {
    expect(last("USER ftptest", "PASS guestpass")).toEqual([230]);
    expect(last("USER ftptest", "NOOP", "PASS guestpass")).toEqual([503]);
    expect(last("PASS guestpass")).toEqual([503]);
  });

  test("PBSZ before PROT, AUTH before PBSZ", () => {
    expect(last("PROT P")).toEqual([503]);
    expect(last("PBSZ 0")).toEqual([503]);
  });
});

test("a line too long for a command is answered by 500", () => {
  const one = bench(rfc);
  one.say(`NOOP ${"x".repeat(5000)}\r\nNOOP\r\n`);
  expect([replies(one.facts, 1), replies(one.facts, 2)]).toEqual([[500], [200]]);
});

test("ABOR ends two commands, each once", () => {
  const one = bench(rfc, () => 1);
  one.say("USER ftptest\r\nPASS guestpass\r\nPASV\r\n");
  // The transfer stands still: nothing of it is carried out.
  one.put({ kind: "bytes", bytes: new TextEncoder().encode("RETR readme.txt\r\nABOR\r\n") });
  const codes = [4, 5].map((command) => replies(one.facts, command));
  expect(codes).toEqual([[150, 426], [226]]);
});

/** What is typed and sent at the strict server; gives what came over each data connection. */
async function transfers(...steps: readonly string[]): Promise<string[]> {
  const scenario = referenceScenario("rfc", "main");
  if (scenario === undefined) throw new Error("no reference-main for rfc");
  const log = ["USER ftptest", "PASS guestpass"];
  const script = { name: "modes", header: {}, steps: [...log, ...steps] };
  const at = { address: "67.208.93.232", port: 21 };
  const { entries } = await play(script, virtualWire(scenario), at);
  return entries.flatMap((entry) => {
    if (!("chan" in entry) || entry.dir !== "<") return [];
    if (entry.chan === "data") return [entry.bytes ?? ""];
    return /^[45]|^110/.test(entry.bytes ?? "") ? [`> ${(entry.bytes ?? "").trimEnd()}`] : [];
  });
}

const stored = (bytes: string, name = "new.txt") => [
  "@open-data pasv",
  `STOR ${name}`,
  `@send-data ${bytes}`,
  "@close-data",
  "@wait",
];
const fetched = (name = "new.txt") => ["@open-data pasv", `RETR ${name}`, "@read-data", "@wait"];
const plain = ["TYPE I", "STRU F", "MODE S"];

describe("files on their way", () => {
  test("records in a stream", async () => {
    const up = ["STRU R", ...stored("one\\xff\\x01t\\xff\\xffwo\\xff\\x01\\xff\\x02")];
    expect(await transfers(...up, ...fetched(), ...plain, ...fetched())).toEqual([
      "one\xff\x01t\xff\xffwo\xff\x01\xff\x02",
      "one\nt\xffwo\n",
    ]);
  });

  test("blocks, and records in blocks", async () => {
    const up = ["TYPE I", "MODE B", ...stored("\\x00\\x00\\x02ab\\x40\\x00\\x01c")];
    expect(await transfers(...up, ...fetched(), ...plain, ...fetched())).toEqual([
      "\x00\x00\x03abc\x40\x00\x00",
      "abc",
    ]);
    const records = ["STRU R", "MODE B", ...stored("\\x80\\x00\\x02ab\\xc0\\x00\\x01c")];
    expect(await transfers(...records, ...plain, ...fetched())).toEqual(["ab\nc\n"]);
  });

  test("compressed", async () => {
    const up = ["TYPE I", "MODE C", ...stored("\\x01a\\x85-\\xc3\\x00\\x40\\x01z")];
    expect(await transfers(...up, ...fetched(), ...plain, ...fetched())).toEqual([
      "\x01a\x85-\x04\x00\x00\x00z\x00\x40\xc0",
      "a-----\x00\x00\x00z",
    ]);
  });

  test("EBCDIC, and text in lines ended by NL", async () => {
    const up = ["TYPE E", ...stored("\\xc8\\x89\\x15")];
    expect(await transfers(...up, ...fetched(), ...plain, ...fetched())).toEqual([
      "\xc8\x89\x15",
      "Hi\n",
    ]);
  });

  test("pages, with a hole between them", async () => {
    const pages = "\\x04\\x00\\x02\\x01ab\\x04\\x01\\x01\\x01c\\x04\\x02\\x00\\x00";
    const up = ["TYPE I", "STRU P", ...stored(pages)];
    const [whole = ""] = await transfers(...up, ...plain, ...fetched());
    expect([whole.length, whole.slice(0, 3), whole.at(-1)]).toEqual([256, "ab\0", "c"]);
    const small = ["TYPE I", ...stored("abc"), "STRU P", ...fetched()];
    expect(await transfers(...small)).toEqual(["\x04\x00\x03\x01abc\x04\x01\x00\x00"]);
  });

  test("a restart marker is answered by 110, and is no data", async () => {
    const up = [
      "TYPE I",
      "MODE B",
      ...stored("\\x00\\x00\\x02ab\\x10\\x00\\x02m1\\x40\\x00\\x01c"),
    ];
    expect(await transfers(...up, ...plain, ...fetched())).toEqual(["> 110 MARK m1 = 2", "abc"]);
  });

  test.each([
    ["MODE B", "\\x01\\x00\\x00", "451"],
    ["MODE B", "\\x00\\x00\\x09ab", "426"],
    ["MODE C", "\\x00\\x00", "451"],
    ["STRU R", "ab\\xff\\x09", "451"],
    ["STRU R", "ab", "426"],
    ["STRU P", "\\x04\\x00\\x00\\x09", "551"],
    ["STRU P", "\\x04\\x00\\x01\\x01a", "426"],
  ])("%s with %s ends in %s", async (manner, bytes, code) => {
    const [said = ""] = await transfers("TYPE I", manner, ...stored(bytes));
    expect(said).toMatch(new RegExp(`^> ${code} `));
  });

  test("a listing is text in the agreed mode", async () => {
    const lines = await transfers("TYPE I", "@open-data pasv", "NLST pub", "@read-data", "@wait");
    expect(lines).toEqual(["big.bin\r\ndata.csv\r\nguide.txt\r\nindex.txt\r\nsub\r\n"]);
    const records = await transfers(
      "STRU R",
      "MODE B",
      "@open-data pasv",
      "NLST empty",
      "@read-data",
    );
    expect(records).toEqual(["\x40\x00\x00"]);
  });

  test("SIZE counts what would be sent", async () => {
    const scenario = referenceScenario("rfc", "main")!;
    const steps = [
      "USER ftptest",
      "PASS guestpass",
      "TYPE A",
      "SIZE readme.txt",
      "TYPE I",
      "SIZE readme.txt",
    ];
    const at = { address: "67.208.93.232", port: 21 };
    const { entries } = await play({ name: "size", header: {}, steps }, virtualWire(scenario), at);
    const sizes = entries.flatMap((entry) =>
      "chan" in entry && entry.code === "213" ? [entry.bytes] : [],
    );
    expect(sizes).toEqual(["213 93\r\n", "213 90\r\n"]);
  });
});

test("each contradiction is told once, and what is done about it", () => {
  expect(new Set(notes.map(({ about }) => about)).size).toBe(notes.length);
  for (const { says, here } of notes)
    expect([says, here].every((text) => text.endsWith("."))).toBe(true);
});
