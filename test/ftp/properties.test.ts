/**
 * What must hold for any input, in every dialect: nothing is thrown, nothing is answered that was
 * not read, the tree stays a tree, and each command is answered as often as it should be. The number
 * of cases is CASES, 10,000 in CI.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Octets } from "../../src/sim/bytes.ts";
import { toBytes } from "../../src/sim/bytes.ts";
import type { Input } from "../../src/sim/ftp/effect.ts";
import { dialects } from "../../src/sim/ftp/dialects/all.ts";
import { windows } from "../../src/sim/ftp/dialects/windows.ts";
import type { Dialect } from "../../src/sim/ftp/dialect.ts";
import { bench, type Bench, checkTree } from "./bench.ts";

const CASES = Number(process.env["CASES"] ?? (process.env["CI"] === "true" ? 10_000 : 500));
/** A case takes far less than a millisecond; a busy machine may take its time. */
const PATIENCE = 20_000 + CASES * 60;

const named = [...Object.values(dialects), windows].map(
  (dialect) => [dialect.name, dialect] as const,
);

const path = fc.constantFrom(
  "readme.txt",
  "secret.txt",
  "pub",
  "pub/a b.txt",
  "pub/sub",
  "locked/x",
  "new",
  "new/deep",
  "..",
  "/",
  "",
  ".",
  "*",
  "pub/*",
  "[",
  "~",
  "-la",
  "-R pub",
  "\xff\xfe",
  "caf\xe9",
  'a"b',
  "x".repeat(300),
);
const number = fc.constantFrom("0", "1", "5", "-1", "99999999999999999999", "x", "1 2", "+7");
const hostPort = fc.constantFrom(
  "198,51,100,7,200,10",
  "198,51,100,7,0,22",
  "10,0,0,1,200,10",
  "1,2,3",
  "|1|198.51.100.7|50000|",
  "|2|::1|50000|",
  "||",
  "300,1,1,1,1,1",
);
const word = fc.constantFrom(
  "A",
  "I",
  "E",
  "L 8",
  "A N",
  "F",
  "R",
  "P",
  "S",
  "B",
  "C",
  "Z",
  "TLS",
  "SSL",
  "ALL",
  "1",
  "2",
  "UTF8 ON",
  "MLST type;size;",
  "HELP",
  "CHMOD 600 readme.txt",
  "UMASK 022",
  "IDLE 60",
  "0",
  "en",
  "20190102030405 readme.txt",
  "ftptest",
  "guestpass",
  "anonymous",
  "LIST",
  "Modify=20190102030405; new",
);
const argument = fc.oneof(
  path,
  number,
  hostPort,
  word,
  fc.string({ unit: "binary-ascii", maxLength: 12 }),
);

/** One command line, mostly sensible. */
function commandOf(dialect: Dialect): fc.Arbitrary<Octets> {
  const verb = fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...dialect.table.keys()) },
    { weight: 1, arbitrary: fc.constantFrom("", "XYZZY", "ls", "GETX", "\xff\xf4\xff\xf2ABOR") },
  );
  const anything = fc
    .tuple(verb, fc.option(argument, { nil: null }))
    .map(([first, rest]) => (rest === null ? first : `${first} ${rest}`));
  const logIn = fc.constant("USER ftptest\r\nPASS guestpass");
  return fc.oneof({ weight: 12, arbitrary: anything }, { weight: 1, arbitrary: logIn });
}

/** A session's luck, from a list of numbers. */
function luckOf(numbers: readonly number[]): (below: number) => number {
  let i = 0;
  return (below) => (numbers[i++ % numbers.length] ?? 0) % below;
}

const luck = fc.array(fc.nat(1000), { minLength: 1, maxLength: 40 });

/** Replies by the command they answer: [preliminary, final]. */
function answers({ facts }: Bench): Map<number, [number, number]> {
  const counts = new Map<number, [number, number]>();
  for (const fact of facts) {
    if (fact.kind !== "reply") continue;
    const count = counts.get(fact.command) ?? [0, 0];
    // RFC 1123 §4.1.2.11 reads replies by their first digit; 1 is preliminary.
    count[fact.code < 200 ? 0 : 1]++;
    counts.set(fact.command, count);
  }
  return counts;
}

/** Nothing is answered before it is read, and only real replies are sent. */
function checkAnswers(one: Bench): void {
  let read = 0;
  for (const fact of one.facts) {
    if (fact.kind === "command") read = fact.command;
    if (fact.kind !== "reply") continue;
    expect(fact.command).toBeLessThanOrEqual(read);
    expect(fact.code).toBeGreaterThanOrEqual(100);
    expect(fact.code).toBeLessThan(600);
    expect(fact.lines.length).toBeGreaterThan(0);
    // A name may hold a bare LF, and the real servers send it back as it is. A whole line end is in
    // a line of ProFTPD's alone, which it cannot see when it is cut in two; it echoes that too.
    if (one.dialect.name !== "proftpd") {
      for (const line of fact.lines) expect(line).not.toMatch(/\r\n/);
    }
  }
}

describe.each(named)("%s", (_, dialect) => {
  test(
    "any command lines in any order, with any luck",
    () => {
      fc.assert(
        fc.property(fc.array(commandOf(dialect), { maxLength: 14 }), luck, (lines, numbers) => {
          const one = bench(dialect, luckOf(numbers));
          for (const line of lines) one.say(`${line}\r\n`);
          checkAnswers(one);
          checkTree(one.tree);
        }),
        { numRuns: CASES },
      );
    },
    PATIENCE,
  );

  test(
    "any bytes, cut anywhere, are read the same as whole or are left alone",
    () => {
      const bytes = fc.oneof(
        fc.uint8Array({ maxLength: 60 }),
        fc
          .array(commandOf(dialect), { maxLength: 4 })
          .map((all) => toBytes(`${all.join("\r\n")}\r\n`)),
      );
      fc.assert(
        fc.property(bytes, fc.array(fc.nat(60), { maxLength: 6 }), luck, (whole, cuts, numbers) => {
          const one = bench(dialect, luckOf(numbers));
          const places = [0, ...cuts.map((cut) => Math.min(cut, whole.length)), whole.length];
          const sorted = places.toSorted((a, b) => a - b);
          for (const [i, from] of sorted.entries()) {
            const piece = whole.subarray(from, sorted[i + 1] ?? whole.length);
            one.put({ kind: "bytes", bytes: piece });
          }
          checkAnswers(one);
          checkTree(one.tree);
        }),
        { numRuns: CASES },
      );
    },
    PATIENCE,
  );

  test(
    "control and data may come in any order",
    () => {
      const input: fc.Arbitrary<Input> = fc.constantFrom<Input>(
        { kind: "connected" },
        { kind: "unconnected", why: "Connection refused" },
        { kind: "poll" },
        { kind: "chunk", bytes: toBytes("abc\r\n") },
        { kind: "moved", whole: true, bytes: 3 },
        { kind: "moved", whole: false, bytes: 3 },
        { kind: "finished" },
        { kind: "secured", ok: true, resumed: false },
        { kind: "listening", port: 50_001 },
        { kind: "listening", port: null },
        { kind: "tls", ok: false },
        { kind: "timer", name: "idle" },
        { kind: "timer", name: "delay" },
        { kind: "closed" },
        { kind: "gone" },
      );
      const either = fc.oneof(
        commandOf(dialect).map((line): Input => ({ kind: "bytes", bytes: toBytes(`${line}\r\n`) })),
        input,
      );
      fc.assert(
        fc.property(fc.array(either, { maxLength: 16 }), luck, (inputs, numbers) => {
          const one = bench(dialect, luckOf(numbers));
          one.say("USER ftptest\r\nPASS guestpass\r\n");
          for (const each of inputs) one.put(each);
          checkAnswers(one);
          checkTree(one.tree);
        }),
        { numRuns: CASES },
      );
    },
    PATIENCE,
  );
});

/**
 * Commands that a dialect answers otherwise than with one final reply and at most one preliminary
 * before it. Each was seen of the real server.
 */
const exceptions: Readonly<Record<string, readonly RegExp[]>> = {
  // A line of another protocol is hung up on without a word; before the login RNTO and SITE are refused twice.
  // Transfers wait for their data connection without end, and a later one takes their place; PORT is
  // answered when its dialling is over, PASS when a wrong password has been held back; ABOR twice.
  pyftpdlib: [/^(LIST|NLST|MLSD|RETR|STOR|APPE|STOU|PORT|EPRT|PASV|EPSV|PASS|ABOR)$/],
  proftpd: [
    /^(GET|POST|HEAD|PUT|DELETE|OPTIONS|CONNECT|PATCH|EHLO|HELO|MAIL|RCPT|DATA|RSET|VRFY|SSH-2\.0-.*)$/,
    /^(RNTO|SITE)$/,
  ],
};

/** Commands that a dialect may leave without any reply at all; otherwise they are held to the rule. */
const silent: Readonly<Record<string, RegExp>> = {
  // "Passive" is set and its socket gone, after EPSV ALL or an NLST that failed.
  proftpd: /^(LIST|NLST|MLSD|RETR|STOR|APPE|STOU)$/,
};

describe.each(named.filter(([name]) => name === "rfc" || name in exceptions))(
  "%s answers every command once",
  (name, dialect) => {
    test(
      "with one final reply, after at most one preliminary",
      () => {
        const declared = exceptions[name] ?? [];
        fc.assert(
          fc.property(fc.array(commandOf(dialect), { maxLength: 14 }), luck, (lines, numbers) => {
            const one = bench(dialect, luckOf(numbers));
            for (const line of lines) one.say(`${line}\r\n`);
            const counts = answers(one);
            for (const fact of one.facts) {
              if (fact.kind !== "command" || declared.some((rule) => rule.test(fact.verb)))
                continue;
              const [preliminary, final] = counts.get(fact.command) ?? [0, 0];
              const ended = one.session.ended || fact.verb === "QUIT";
              if (ended && final === 0) continue;
              if (preliminary + final === 0 && silent[name]?.test(fact.verb)) continue;
              expect([fact.verb, fact.argument, final]).toEqual([fact.verb, fact.argument, 1]);
              expect(preliminary).toBeLessThanOrEqual(1);
            }
          }),
          { numRuns: CASES },
        );
      },
      PATIENCE,
    );
  },
);
