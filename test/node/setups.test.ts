/** The set-ups of the recordings, held against what was written down of them. */
import { describe, expect, it } from "vitest";
import { readReference } from "../conformance/recordings.ts";
import { entryContents } from "../../src/sim/fs/contents.ts";
import { referenceTree } from "../../src/node/reference-tree.ts";
import { DIALECTS, referenceScenario, SETUP_NAMES } from "../../src/node/setups.ts";

interface Manifest {
  readonly entries: readonly {
    readonly path: string;
    readonly type: string;
    readonly mode?: string;
    readonly mtime: number;
    readonly size?: number;
    readonly base64?: string;
    readonly target?: string;
  }[];
}

describe("the reference tree", () => {
  it("is the tree that was recorded, byte for byte", () => {
    const { entries } = JSON.parse(readReference("tree.json")) as Manifest;
    const ours = new Map(referenceTree("full").map((entry) => [entry.path, entry]));
    expect([...ours.keys()].toSorted()).toEqual(entries.map(({ path }) => path).toSorted());
    for (const { path, type, mode, mtime, size, base64, target } of entries) {
      const entry = ours.get(path)!;
      expect(entry, path).toMatchObject({ type: type === "symlink" ? "link" : type, mtime });
      if (mode !== undefined) expect(entry.mode, path).toBe(mode);
      if (target !== undefined) expect(entry.target, path).toBe(target);
      if (type !== "file") continue;
      const contents = entryContents(entry);
      expect(contents.size, path).toBe(size);
      const whole = Buffer.from(contents.slice(0, contents.size));
      if (base64 === undefined) expect(whole.every((byte) => byte === 0)).toBe(true);
      else expect(whole.toString("base64"), path).toBe(base64);
    }
  });

  it("puts parents before children in every set-up", () => {
    for (const kind of ["full", "seed", "messages", "anonymous"] as const) {
      const seen = new Set([""]);
      for (const { path } of referenceTree(kind)) {
        expect(seen).toContain(path.slice(0, path.lastIndexOf("/")));
        seen.add(path === "/" ? "" : path);
      }
    }
  });
});

/** ProFTPD's directive → its value, in a configuration of the recordings. */
function directives(setup: string): Map<string, string> {
  const lines = readReference(`conf/proftpd/${setup}.conf`).split("\n");
  return new Map(
    lines.flatMap((line) => {
      const found = /^([A-Z]\w+)\s+(.+?)(?:\s+#.*)?$/.exec(line);
      return found === null ? [] : [[found[1]!, found[2]!] as const];
    }),
  );
}

describe("the set-ups", () => {
  it("exist for every dialect, but those of one server alone", () => {
    const missing = DIALECTS.flatMap((dialect) =>
      SETUP_NAMES.filter((name) => referenceScenario(dialect, name) === undefined).map(
        (name) => `${dialect} ${name}`,
      ),
    );
    const alone = ["stock", "nomasq", "nosendfile"];
    expect(missing).toEqual([
      "proftpd asyncabor",
      ...alone.map((name) => `vsftpd ${name}`),
      ...["pure-ftpd", "pyftpdlib", "rfc"].flatMap((dialect) =>
        [...alone, "asyncabor"].map((name) => `${dialect} ${name}`),
      ),
    ]);
  });

  const proftpd = SETUP_NAMES.filter((name) => name !== "asyncabor");
  it.each(proftpd)("have ProFTPD's own values: %s", (name) => {
    const written = directives(name);
    const ftp = referenceScenario("proftpd", name)?.hosts[0]?.ftp;
    const { ports, announce } = ftp!.passive;
    expect(ports.join(" ")).toBe(written.get("PassivePorts"));
    expect(announce).toBe(written.get("MasqueradeAddress"));
    expect(`"${ftp!.serverName}"`).toBe(written.get("ServerName"));
    // What is not written is ProFTPD's default.
    const time = (directive: string, byDefault: number) =>
      Number(written.get(directive) ?? byDefault);
    expect(ftp!.timeouts).toEqual({
      login: time("TimeoutLogin", 300),
      idle: time("TimeoutIdle", 600),
      noTransfer: time("TimeoutNoTransfer", 300),
      stalled: time("TimeoutStalled", 3600),
    });
    const most = written.get("MaxClients");
    expect(ftp!.limits?.clients).toBe(most === undefined ? undefined : Number(most));
  });

  it("have vsftpd's own values", () => {
    for (const name of SETUP_NAMES) {
      const ftp = referenceScenario("vsftpd", name)?.hosts[0]?.ftp;
      if (ftp === undefined) continue;
      const written = new Map(
        readReference(`conf/vsftpd/${name}.conf`)
          .split("\n")
          .map((line) => line.split("=") as [string, string]),
      );
      const time = (setting: string, byDefault: number) =>
        Number(written.get(setting) ?? byDefault);
      expect(ftp.timeouts, name).toEqual({
        idle: time("idle_session_timeout", 300),
        accept: time("accept_timeout", 60),
        stalled: time("data_connection_timeout", 300),
      });
      const [low, high] = ftp.passive.ports.map(String);
      expect([low, high]).toEqual([written.get("pasv_min_port"), written.get("pasv_max_port")]);
      expect(ftp.passive.announce).toBe(written.get("pasv_address"));
      expect(ftp.readOnly ?? false, name).toBe(written.get("write_enable") === "NO");
      expect(ftp.anonymous !== undefined, name).toBe(written.get("anonymous_enable") === "YES");
      const required = written.get("force_local_logins_ssl") === "YES" ? "required" : "offered";
      expect(ftp.tls, name).toBe(written.get("ssl_enable") === "YES" ? required : undefined);
      expect(ftp.options ?? [], name).toEqual(
        written.get("async_abor_enable") === "YES" ? ["asyncabor"] : [],
      );
    }
  });
});
