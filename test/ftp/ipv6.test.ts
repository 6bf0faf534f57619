/** PASV, EPSV, PORT and EPRT over IPv6, as each real server answered them on ::1 (test/reference/observed/transcripts). */
import { expect, test } from "vitest";
import { dialects } from "../../src/sim/ftp/dialects/all.ts";
import { canonicalIpv6 } from "../../src/sim/protocol/ipv6.ts";
import type { DialectName } from "../../src/sim/scenario.ts";
import { bench } from "./bench.ts";

/** What was asked, and the code and words that came; `…` stands for a port. */
const ASKED = [
  "PASV",
  "EPSV",
  "EPSV 1",
  "EPSV 2",
  "EPSV 3",
  "PORT 127,0,0,1,156,187",
  "EPRT |1|127.0.0.1|40123|",
  "EPRT |2|0:0:0:0:0:0:0:1|40123|",
  "EPRT |2|::1|1023|",
  "EPRT |2|::2|40123|",
  "EPRT |2|127.0.0.1|40123|",
  "EPRT |2|::zz|40123|",
  "EPRT |3|::1|40123|",
  "EPRT |2|::1|40123",
] as const;

const ANSWERED: Readonly<Record<Exclude<DialectName, "rfc">, readonly string[]>> = {
  proftpd: [
    "227 Entering Passive Mode (1,…).",
    "229 Entering Extended Passive Mode (|||…|)",
    "229 Entering Extended Passive Mode (|||…|)",
    "229 Entering Extended Passive Mode (|||…|)",
    "522 Network protocol not supported, use (1,2)",
    "500 Illegal PORT command",
    "500 Illegal EPRT command",
    "200 EPRT command successful",
    "500 Illegal EPRT command",
    "500 Illegal EPRT command",
    "501 Illegal EPRT command",
    "501 Illegal EPRT command",
    "522 Network protocol not supported, use (1,2)",
    "501 Illegal EPRT command",
  ],
  vsftpd: [
    "227 Entering Passive Mode (0,0,0,0,…).",
    "229 Entering Extended Passive Mode (|||…|)",
    "229 Entering Extended Passive Mode (|||…|)",
    "229 Entering Extended Passive Mode (|||…|)",
    "522 Bad network protocol.",
    "500 Illegal PORT command.",
    "500 Illegal EPRT command.",
    "200 EPRT command successful. Consider using EPSV.",
    "500 Illegal EPRT command.",
    "500 Illegal EPRT command.",
    "500 Illegal EPRT command.",
    "500 Bad EPRT command.",
    "500 Bad EPRT protocol.",
    "200 EPRT command successful. Consider using EPSV.",
  ],
  "pure-ftpd": [
    "425 You cannot use PASV on IPv6 connections. Use EPSV instead.",
    "229 Extended Passive mode OK (|||…|)",
    "229 Extended Passive mode OK (|||…|)",
    "229 Extended Passive mode OK (|||…|)",
    "229 Extended Passive mode OK (|||…|)",
    "500 I won't open a connection to 127.0.0.1 (only to ::1)",
    "500 I won't open a connection to 127.0.0.1 (only to ::1)",
    "200 PORT command successful",
    "501 Sorry, but I won't connect to ports < 1024",
    "500 I won't open a connection to ::2 (only to ::1)",
    "501 Syntax error in IP address",
    "501 Syntax error in IP address",
    "522 Only IPv4 and IPv6 are supported (1,2)",
    "200 PORT command successful",
  ],
  pyftpdlib: [
    "227 Entering passive mode (::1,…).",
    "229 Entering extended passive mode (|||…|).",
    "522 Network protocol not supported (use 2).",
    "229 Entering extended passive mode (|||…|).",
    "501 Unknown network protocol (use 2).",
    "501 Rejected data connection to foreign address 127.0.0.1:40123.",
    "501 Rejected data connection to foreign address 127.0.0.1:40123.",
    "501 Rejected data connection to foreign address 0:0:0:0:0:0:0:1:40123.",
    '501 PORT against the privileged port "1023" refused.',
    "501 Rejected data connection to foreign address ::2:40123.",
    "501 Rejected data connection to foreign address 127.0.0.1:40123.",
    "501 Rejected data connection to foreign address ::zz:40123.",
    "501 Unknown network protocol (use 2).",
    "501 Invalid EPRT format.",
  ],
};

/** The reply to each line, on a session over IPv6 that is logged in. */
function answers(dialect: DialectName, lines: readonly string[]): string[] {
  // A port is always free: chance never gives nought.
  const session = bench(dialects[dialect]!, (below) => Math.min(1, below - 1), "::1", "::1");
  for (const line of ["USER ftptest", "PASS guestpass"]) session.say(`${line}\r\n`);
  return lines.map((line) => {
    const before = session.sent.length;
    session.say(`${line}\r\n`);
    const said = session.sent.slice(before).replace("\r\n", "");
    return said.replace(/\|\|\|\d+\|/, "|||…|").replace(/,\d+,\d+\)/, ",…)");
  });
}

test.each(Object.entries(ANSWERED))("%s over IPv6", (dialect, expected) => {
  const said = answers(dialect as DialectName, ASKED);
  expect(said.map((line, i) => `${ASKED[i]} → ${line}`)).toEqual(
    expected.map((line, i) => `${ASKED[i]} → ${line}`),
  );
});

test("the strict reading: no PASV, EPSV by its own number, LPSV with sixteen bytes", () => {
  expect(answers("rfc", ["PASV", "EPSV", "EPSV 1", "EPSV 2"])).toEqual([
    "502 Command not implemented over IPv6: EPSV is.",
    "229 Entering Extended Passive Mode (|||…|)",
    "522 Network protocol not supported, use (2)",
    "229 Entering Extended Passive Mode (|||…|)",
  ]);
  expect(answers("rfc", ["LPSV", "EPRT |2|0::1|40123|", "EPRT |1|127.0.0.1|40123|"])).toEqual([
    "228 Entering Long Passive Mode (6,16,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,2,…)",
    "200 Command okay.",
    "522 Network protocol not supported, use (2)",
  ]);
  expect(answers("rfc", ["LPRT 6,16,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,2,156,187"])).toEqual([
    "200 Command okay.",
  ]);
});

test.each([
  ["2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
  ["::", "::"],
  ["1:0:0:0:0:0:0:0", "1::"],
  ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
  ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"],
  ["1::2::3", undefined],
  ["1:2:3:4:5:6:7:8:9", undefined],
  ["12345::", undefined],
  ["::FFFF:192.0.2.1", "::ffff:c000:201"],
  ["::192.0.2.256", undefined],
  ["127.0.0.1", undefined],
  ["", undefined],
])("%s is written %s (RFC 5952)", (text, written) => {
  expect(canonicalIpv6(text)).toBe(written);
});
