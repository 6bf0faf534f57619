/** TLS in the sandbox: which servers want the control connection's session again on the data connection. */
import { expect, test } from "vitest";
import type { Play } from "../play.ts";
import { README, say, world } from "./keys.ts";

const CLIENT = "openssl s_client -quiet";

/** Logged in under TLS, PROT P, with a data connection as `options` have it; gives the replies and the data. */
function secret(host: string, options: string, from = host): { replies: string; data: string } {
  const session: Play = world("sandbox");
  const at = `${host}.example.net`;
  const dial = (to: string, out: string): string =>
    say(session, 1, `${CLIENT} -crlf ${out}-starttls ftp -connect ${to}:21`);
  if (from !== host) {
    dial(`${from}.example.net`, "-sess_out session.pem ");
    session.world.feed({ kind: "hang-up", window: 1 });
  }
  dial(at, from === host ? "-sess_out session.pem " : "");
  for (const line of ["USER ftptest", "PASS guestpass", "PBSZ 0", "PROT P", "EPSV"]) {
    say(session, 1, line);
  }
  const { port } = session.facts("passive").at(-1)!;
  session.keys(2, `${CLIENT} ${options} -connect ${at}:${port}\r`);
  const replies = say(session, 1, "RETR readme.txt", 15_000);
  return { replies, data: session.shown(2) };
}

const TAKEN_UP = "-sess_in session.pem";

test.each([
  ["vsftpd", "522 SSL connection failed: session reuse required"],
  ["proftpd", "425 Unable to build data connection: Operation not permitted"],
])("%s wants the session again", (host, words) => {
  const fresh = secret(host, "");
  expect(fresh.replies).toContain(words);
  expect(fresh.data).not.toContain(README);
  const again = secret(host, TAKEN_UP);
  expect(again.replies).toContain("226 Transfer complete");
  expect(again.data).toContain(README);
});

test("vsftpd wants its own session, and that of this very conversation", () => {
  for (const from of ["proftpd", "pure-ftpd"]) {
    const { replies, data } = secret("vsftpd", TAKEN_UP, from);
    expect(replies).toContain("522 SSL connection failed: session reuse required");
    expect(data).not.toContain(README);
  }
});

test.each(["pure-ftpd", "pyftpdlib"])("%s takes any", (host) => {
  for (const options of ["", TAKEN_UP]) {
    const { replies, data } = secret(host, options);
    expect(replies).toContain("226");
    expect(data).toContain(README);
  }
});
