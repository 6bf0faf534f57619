import { describe, expect, test } from "vitest";
import { pcap } from "../../src/explain/pcap.ts";
import { wiretapReader } from "../../src/explain/wiretap.ts";
import type { Fact } from "../../src/sim/facts.ts";
import type { Scenario } from "../../src/sim/scenario.ts";
import { toBytes } from "../../src/sim/bytes.ts";
import { play, scenario } from "../play.ts";
import { ARTICLE, typed } from "./typing.ts";

const SCENARIO = scenario("article");
const EAR: Scenario = {
  ...SCENARIO,
  eavesdropper: { name: "Mallory", hears: ["ftptest.exavault.com"] },
};

function tap(facts: readonly Fact[], of: Scenario = EAR) {
  const reader = wiretapReader(of);
  reader.read(facts);
  return reader;
}

describe("somebody on the road to the server", () => {
  const { facts } = typed(ARTICLE).read();
  const { heard, loot, files, packets } = tap(facts);

  test("reads the password as it was typed, and knows where it stands", () => {
    const line = heard.find(({ password }) => password);
    expect(line?.text).toBe("PASS guestpass");
    expect(line?.text.slice(...(line.password ?? []))).toBe("guestpass");
    expect(loot).toEqual([{ server: "67.208.93.232", user: "ftptest", password: "guestpass" }]);
  });

  test("reads the list, and knows which command asked for it", () => {
    expect(files).toEqual([{ what: "LIST", bytes: 837 }]);
    expect(heard.some(({ kind, text }) => kind === "data" && text.includes(".fspftpcheck"))).toBe(
      true,
    );
  });

  test("counts the file alone, not what goes the other way", () => {
    const begun = [...ARTICLE.slice(0, 5), "2> RETR .profile", "1> LIST"];
    expect(tap(typed(begun).read().facts).files).toEqual([{ what: "LIST", bytes: 837 }]);
  });

  test("counts a file that was on its way before STOR asked for it, and no list before it", () => {
    const run = typed([...ARTICLE.slice(0, 6), "1> PASV"]);
    const port = /port (\d+)/.exec(
      run.read().words.findLast((one) => one.includes("listens")) ?? "",
    );
    run.more([`2> telnet ftptest.exavault.com ${port?.[1]}`, "2> hello", "2> [closed]"]);
    expect(tap(run.read().facts).files).toEqual([{ what: "LIST", bytes: 837 }]);
    run.more(["1> STOR note.txt"]);
    expect(tap(run.read().facts).files).toEqual([
      { what: "LIST", bytes: 837 },
      { what: "STOR note.txt", bytes: 7 },
    ]);
  });

  test("takes data for what the server is at, whatever was typed ahead", () => {
    const run = typed([...ARTICLE.slice(0, 4), "1> LIST", "1> RETR .profile", ARTICLE[4]!]);
    expect(tap(run.read().facts).files).toEqual([{ what: "LIST", bytes: 837 }]);
  });

  test("sees three packets begin each conversation's calls, and its ends", () => {
    const flags = (conn: number) =>
      packets.filter((one) => one.conn === conn && one.flags).map((one) => one.flags);
    expect(flags(1).slice(0, 2)).toEqual(["SYN", "SYN ACK"]);
    expect(flags(2)).toContain("FIN");
  });

  test("hears a server's words when they leave, and the learner's when they come", () => {
    const sent = facts.find((fact) => fact.kind === "sent" && fact.by === "dialler");
    const came = facts.find((fact) => fact.kind === "arrived" && fact.by === "dialler");
    const user = heard.find(({ text }) => text.startsWith("USER"));
    expect(user?.packet.at).toBe(came?.at);
    expect(user?.packet.at).not.toBe(sent?.at);
  });

  test("is the same read fact by fact", () => {
    const reader = wiretapReader(EAR);
    for (let upTo = 1; upTo <= facts.length; upTo++) reader.read(facts, upTo);
    expect(reader.heard).toEqual(heard);
  });

  test("hears nothing of another server", () => {
    const other = typed(["1> telnet files.example.net 21", "1> USER ftptest"]).read();
    expect(tap(other.facts).heard).toEqual([]);
    // A neighbour of the learner hears them all.
    const near = tap(other.facts, SCENARIO);
    expect(near.heard.map(({ text }) => text)).toContain("USER ftptest");
    expect(near.heard[0]?.packet.from.address).toBe(SCENARIO.learner.address);
  });

  test("hears a call that is refused", () => {
    const { facts: refused } = typed(["1> telnet ftptest.exavault.com 2121"]).read();
    expect(tap(refused).packets.map(({ flags }) => flags)).toEqual(["SYN", "RST"]);
  });
});

describe("after TLS has begun", () => {
  const { facts } = typed(ARTICLE.slice(0, 2)).read();
  const at = facts.at(-1)?.at ?? 0;
  const said = toBytes("PASS guestpass\r\n");
  const more: Fact[] = [
    { kind: "tls", conn: 1, on: true, at },
    { kind: "sent", conn: 1, by: "dialler", bytes: said, at },
    { kind: "arrived", conn: 1, by: "dialler", bytes: said, at: at + 18 },
    { kind: "arrived", conn: 1, by: "dialler", bytes: new Uint8Array(20_000), at: at + 20 },
  ];
  const { heard, loot, packets } = tap([...facts, ...more]);

  test("only records and their lengths are left", () => {
    expect(heard.slice(-3).map(({ text }) => text)).toEqual([
      "application data, 45 bytes",
      "application data, 16413 bytes",
      "application data, 3645 bytes",
    ]);
    expect(loot).toEqual([]);
    expect(heard.map(({ text }) => text).join()).not.toContain("guestpass");
  });

  test("nor does the capture hold what was said", () => {
    const file = Buffer.from(pcap(packets, 0)).toString("latin1");
    expect(file).toContain("USER ftptest");
    expect(file).not.toContain("guestpass");
  });
});

describe("the capture", () => {
  const session = play(EAR);
  for (const line of ARTICLE) session.type(Number(line[0]), line.slice(3));
  const { packets } = tap(session.world.trace.facts);
  const file = Buffer.from(pcap(packets, Date.parse(EAR.begins)));
  const frames: Buffer[] = [];
  for (let at = 24; at < file.length;) {
    const length = file.readUInt32BE(at + 8);
    expect(file.readUInt32BE(at + 12)).toBe(length);
    frames.push(file.subarray(at + 16, at + 16 + length));
    at += 16 + length;
  }

  test("has a header that says Ethernet, and the moment of the world", () => {
    expect(file.readUInt32BE(0)).toBe(0xa1b2c3d4);
    expect(file.readUInt32BE(20)).toBe(1);
    expect(file.readUInt32BE(24)).toBe(Date.parse(EAR.begins) / 1000);
  });

  test("has checksums that come out as none", () => {
    const sum = (bytes: Buffer): number => {
      let total = 0;
      for (let i = 0; i < bytes.length; i += 2) {
        total += (bytes[i] ?? 0) * 256 + (bytes[i + 1] ?? 0);
      }
      while (total > 0xffff) total = (total & 0xffff) + (total >> 16);
      return total;
    };
    expect(frames.length).toBeGreaterThan(20);
    for (const frame of frames) {
      expect(sum(frame.subarray(14, 34))).toBe(0xffff);
      const tcp = frame.subarray(34);
      const pseudo = Buffer.alloc(12);
      frame.copy(pseudo, 0, 26, 34);
      pseudo[9] = 6;
      pseudo.writeUInt16BE(tcp.length, 10);
      expect(sum(Buffer.concat([pseudo, tcp]))).toBe(0xffff);
    }
  });

  test("has sequence numbers that go on where the last packet ended", () => {
    const next = new Map<string, number>();
    for (const frame of frames) {
      const key = `${frame.readUInt16BE(34)} ${frame.readUInt16BE(36)}`;
      const sequence = frame.readUInt32BE(38);
      const flags = frame[47] ?? 0;
      if (next.has(key)) expect(sequence).toBe(next.get(key));
      next.set(key, sequence + frame.length - 54 + ((flags & 3) === 0 ? 0 : 1));
    }
    expect(next.size).toBe(4);
  });
});
