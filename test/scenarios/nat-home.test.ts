/** Your computer behind a NAT: whose PORT is refused with which words; several addresses; a NAT that helps. */
import { expect, test } from "vitest";
import {
  activePort,
  agreed,
  CONNECTED,
  fetch,
  login,
  mine,
  pasv,
  README,
  say,
  world,
} from "./keys.ts";

const MINE = "192.168.1.10";

test.each([
  ["vsftpd", "500 Illegal PORT command."],
  ["pure-ftpd", "500 I won't open a connection to 192.168.1.10 (only to 198.51.100.7)"],
  ["pyftpdlib", "501 Rejected data connection to foreign address 192.168.1.10:50000."],
])("PORT with a private address at %s: %s", (host, words) => {
  const session = world("nat-home");
  login(session, `${host}.example.net`);
  expect(activePort(session)).toContain(words);
  session.keys(2, "\x03");
  expect(pasv(session)).toContain(CONNECTED);
  expect(fetch(session).data).toContain(README);
});

test("ProFTPD takes the address that it sees instead, and its call ends at the NAT", () => {
  const session = world("nat-home");
  login(session, "proftpd.example.net");
  expect(activePort(session)).toContain("200 PORT command successful");
  const { replies, data } = fetch(session);
  expect(replies).toContain("425 Unable to build data connection: Connection ");
  expect(data).not.toContain(README);
});

test.each(["proftpd", "vsftpd", "pure-ftpd", "pyftpdlib"])(
  "without the NAT %s takes the same PORT",
  (host) => {
    const session = world("nat-home", { "home-nat": false });
    login(session, `${host}.example.net`);
    expect(activePort(session)).toMatch(/^200 /m);
    expect(mine(session)).not.toBe(MINE);
    expect(fetch(session).data).toContain(README);
  },
);

test.each([
  ["vsftpd", "425 Security: Bad IP connecting."],
  ["pyftpdlib", "425 Rejected data connection from foreign address 198.51.100.8:"],
])("a NAT with several addresses: at %s the data connection is a stranger's", (host, words) => {
  const session = world("nat-several");
  login(session, `${host}.example.net`);
  pasv(session);
  const { replies, data } = fetch(session, "LIST");
  const all =
    replies +
    session
      .facts("reply")
      .flatMap(({ code, lines }) => lines.map((line) => `${code} ${line}\n`))
      .join("");
  expect(all).toContain(words);
  expect(data).not.toContain("readme.txt");
});

test("ProFTPD gives the list to whoever comes; Pure-FTPd hangs up on the stranger and waits on", () => {
  const careless = world("nat-several");
  login(careless, "proftpd.example.net");
  pasv(careless);
  expect(fetch(careless, "LIST").data).toContain("readme.txt");
  const strict = world("nat-several");
  login(strict, "pure-ftpd.example.net");
  pasv(strict);
  const { replies, data } = fetch(strict, "LIST");
  expect(data).toContain("Connection closed by foreign host.");
  expect(data).not.toContain("readme.txt");
  expect(replies).not.toContain("226");
});

test("with one address the same keys work", () => {
  const session = world("nat-several", { "home-nat": false });
  login(session, "vsftpd.example.net");
  expect(pasv(session)).toContain(CONNECTED);
  expect(fetch(session, "LIST").data).toContain("readme.txt");
});

test("a NAT that follows FTP makes PORT work on 21, and on 21 alone", () => {
  const session = world("nat-helper");
  login(session);
  expect(activePort(session)).toContain("200 PORT command successful.");
  expect(fetch(session).data).toContain(README);
  expect(session.facts("rewritten").length).toBe(1);
  const other = world("nat-helper");
  other.type(1, "telnet elsewhere.example.net 2121");
  other.type(1, "USER ftptest");
  other.type(1, "PASS guestpass");
  expect(activePort(other)).toContain("500 Illegal PORT command.");
  expect(other.facts("rewritten")).toHaveLength(0);
});

test("what the NAT has rewritten is as long as it must be: the reply is read to its end", () => {
  const session = world("nat-helper");
  login(session);
  const [, word] = /^(200 .*)$/m.exec(activePort(session)) ?? [];
  expect(word).toBe("200 PORT command successful. Consider using PASV.");
  const { before, after } = session.facts("rewritten")[0]!;
  expect(after.length).not.toBe(before.length);
  expect(say(session, 1, "NOOP")).toBe("NOOP\n200 NOOP ok.\n");
  expect(agreed(say(session, 1, "PASV")).address).toBe("203.0.113.21");
});

test("after AUTH TLS the NAT cannot read PORT any more", () => {
  const session = world("nat-helper");
  const secret = "secret.example.net";
  session.type(1, `openssl s_client -quiet -crlf -starttls ftp -connect ${secret}:21`);
  session.type(1, "USER ftptest");
  session.type(1, "PASS guestpass");
  expect(activePort(session)).toContain("500 Illegal PORT command.");
  expect(session.facts("rewritten")).toHaveLength(0);
  const clear = world("nat-helper");
  login(clear, secret);
  expect(activePort(clear)).toContain("200 PORT command successful.");
});
