/**
 * The set-ups of the recordings as scenarios of ours: the tree of tree.json and the values of
 * test/reference/conf.
 */
import type { Scenario, TreeEntry } from "../../src/sim/scenario.ts";
import { readReference } from "./recordings.ts";

interface Manifest {
  readonly owner: string;
  readonly group: string;
  readonly entries: readonly {
    readonly path: string;
    readonly type: "dir" | "file" | "symlink";
    readonly mode?: string;
    readonly mtime: number;
    readonly base64?: string;
    /** A file of `size` bytes that are all alike. */
    readonly fill?: number;
    readonly size?: number;
    readonly target?: string;
  }[];
}

/** Where the reference server stands and where it is dialled from: both ran on one machine. */
export const SERVER = { address: "67.208.93.232", port: 21 } as const;

/** ProFTPD's set-up `main`, begun in the month of its recordings. */
export function referenceMain(): Scenario {
  const manifest = JSON.parse(readReference("tree.json")) as Manifest;
  return {
    name: "reference-main",
    title: "The recorded ProFTPD",
    begins: "2026-11-22T08:00:00Z",
    seed: 1,
    learner: { name: "player", address: "198.51.100.7" },
    // As near to the loopback of the recordings as the network allows.
    latency: 0,
    bandwidth: 1e9,
    hosts: [
      {
        names: ["ftp.test"],
        addresses: [SERVER.address],
        ftp: {
          port: SERVER.port,
          dialect: "proftpd",
          serverName: "EV",
          passive: { ports: [21_000, 21_150] },
          users: [{ name: "ftptest", password: "guestpass" }],
          // TimeoutLogin is ProFTPD's own default, the others stand in main.conf.
          timeouts: { login: 300, idle: 1200, noTransfer: 600, stalled: 600 },
          owner: manifest.owner,
          group: manifest.group,
          tree: manifest.entries.map(treeEntry),
        },
      },
    ],
  };
}

function treeEntry(entry: Manifest["entries"][number]): TreeEntry {
  const { path, mtime, size = 0 } = entry;
  if (entry.type === "symlink")
    return { path, type: "link", mode: "0777", mtime, target: entry.target ?? "" };
  const { type, mode = "0644" } = entry;
  if (type === "dir") return { path, type, mode, mtime, size: 4096 };
  return entry.base64 === undefined
    ? { path, type, mode, mtime, generate: { kind: "zeros", size } }
    : { path, type, mode, mtime, base64: entry.base64 };
}
