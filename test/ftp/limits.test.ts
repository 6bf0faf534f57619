/** One more from the same address than the set-up allows. */
import { expect, test } from "vitest";
import type { DialectName, FtpSetup } from "../../src/sim/scenario.ts";
import { play, scenario } from "../play.ts";

const HOST = "files.example.net";

test.each<[DialectName, string]>([
  ["vsftpd", "421 There are too many connections from your internet address."],
  ["pure-ftpd", "421 Too many connections (1) from this IP"],
  ["pyftpdlib", "421 Too many connections from the same IP address."],
  ["proftpd", "530 Sorry, the maximum number of clients (1) from your host are already connected."],
])("%s: %s", (dialect, words) => {
  const article = scenario("article");
  const [, host] = article.hosts;
  const ftp: FtpSetup = { ...host!.ftp!, dialect, limits: { perAddress: 1 } };
  const session = play({ ...article, hosts: [{ ...host!, ftp }] });
  const login = (window: number) => {
    session.type(window, `telnet ${HOST} 21`);
    session.type(window, "USER ftptest");
    session.type(window, "PASS guestpass");
    return session.shown(window);
  };
  expect(login(1)).toMatch(/^230 /m);
  expect(login(2)).toContain(`${words}\nConnection closed by foreign host.\n`);
  session.type(1, "QUIT");
  expect(login(2)).toMatch(/^230 /m);
});
