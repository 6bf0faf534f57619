/** openssl s_client: TLS by hand, on both connections. */
import { describe, expect, it } from "vitest";
import article from "../../lessons/scenarios/article.json";
import { fromBytes } from "../../src/sim/bytes.ts";
import { dialects } from "../../src/sim/ftp/dialects/all.ts";
import { parseScenario } from "../../src/sim/scenario-check.ts";
import { createWorld } from "../../src/sim/world.ts";
import { schema } from "../play.ts";

const [host] = article.hosts;
const secure = parseScenario(
  JSON.stringify({ ...article, hosts: [{ ...host, ftp: { ...host!.ftp, tls: "required" } }] }),
  schema,
  "article",
);
const NAME = "ftptest.exavault.com";

function play(scenario = secure) {
  const world = createWorld(scenario, { dialects });
  const shown = (window: number) =>
    world.trace.facts
      .flatMap((fact) =>
        fact.kind === "print" && fact.window === window && fact.who !== "edit"
          ? [fromBytes(fact.bytes)]
          : [],
      )
      .join("");
  return {
    world,
    shown,
    type(window: number, line: string) {
      for (const text of `${line}\r`) world.feed({ kind: "key", window, text });
      world.settle(5000);
    },
    port: () => world.trace.facts.findLast((fact) => fact.kind === "passive")?.port,
  };
}

function loggedIn(...flags: string[]) {
  const session = play();
  session.type(
    1,
    `openssl s_client -quiet -crlf -starttls ftp ${flags.join(" ")} -connect ${NAME}:21`,
  );
  for (const line of ["USER ftptest", "PASS guestpass", "PBSZ 0", "PROT P", "PASV"]) {
    session.type(1, line);
  }
  return session;
}

describe("openssl s_client", () => {
  it("asks for TLS, says who the server claims to be, and hands on what is typed", () => {
    const { world, shown } = loggedIn();
    expect(shown(1)).toContain(
      `depth=0 CN = ${NAME}\r\nverify error:num=18:self-signed certificate\r\nverify return:1\r\ndepth=0 CN = ${NAME}\r\nverify return:1\r\n220 `,
    );
    expect(shown(1)).toContain("200 Protection set to Private");
    expect(shown(1)).toContain("230 ");
    expect(world.trace.facts.some((fact) => fact.kind === "tls" && fact.on)).toBe(true);
  });

  it("takes the control connection's TLS session up again where it was kept", () => {
    const session = loggedIn("-sess_out", "s.pem");
    session.type(
      2,
      `openssl s_client -quiet -sess_in s.pem -connect ${NAME}:${session.port()} > list.txt`,
    );
    session.type(1, "LIST");
    expect(session.shown(1)).toMatch(/226 [^\n]*\r\n$/);
    session.type(2, "cat list.txt");
    expect(session.shown(2)).toContain("-rw-rw----");
  });

  it("says what became of a connection that ends before it is under TLS", () => {
    const session = loggedIn();
    session.type(2, `openssl s_client -quiet -connect ${NAME}:${session.port()}`);
    session.world.feed({ kind: "hang-up", window: 1 });
    session.world.settle();
    expect(session.shown(2)).toMatch(/(?:read:errno=104|unexpected eof while reading)\r\n\$ $/);
    expect(session.shown(2)).not.toContain("wrong version");
  });

  it("takes R and Q at the beginning of a line for orders, unless -quiet is given", () => {
    const session = play();
    session.type(1, `openssl s_client -brief -crlf -starttls ftp -connect ${NAME}:21`);
    expect(session.shown(1)).toContain("CONNECTION ESTABLISHED\r\nProtocol version: TLSv1.2\r\n");
    session.type(1, "RETR x");
    expect(session.shown(1)).toMatch(/RENEGOTIATING\r\n/);
    session.type(1, "QUIT");
    expect(session.shown(1)).toMatch(/DONE\r\n\$ $/);
    expect(session.world.trace.facts.filter((fact) => fact.kind === "line")).toEqual([]);
  });

  it.each([
    ["s_client -connect ftptest.exavault.com:99", /connect:errno=111\r\n\$ $/],
    [
      "s_client -connect nowhere.example:21",
      /Name or service not known\r\nconnect:errno=22\r\n\$ $/,
    ],
    ["s_client -foo", /s_client: Unknown option: foo\r\n/],
    ["s_client -connect ftptest.exavault.com:21", /wrong version number\r\n\$ $/],
    [
      "s_client -sess_in no.pem -connect ftptest.exavault.com:21",
      /Can't open session file no\.pem/,
    ],
    ["dgst", /this computer has one/],
  ])("openssl %s", (words, says) => {
    const session = play();
    session.type(1, `openssl ${words}`);
    expect(session.shown(1)).toMatch(says);
  });
});
