// @ts-check
/** Our server with the files of the bench, as a process of its own. */
const lib = new URL("../../../lib/index.js", import.meta.url).href;
const { createServer } = /** @type {typeof import("../../../src/node/index.ts")} */ (
  await import(lib)
);

const MTIME = 1_592_040_000;
const entry = { mode: "0775", mtime: MTIME };
/** @param {string} path @param {number} size */
const zeros = (path, size) =>
  /** @type {const} */ ({ ...entry, path, type: "file", generate: { kind: "zeros", size } });
const server = await createServer({
  trace: false,
  guards: { connections: 10_000, perAddress: 10_000 },
  scenario: {
    name: "bench",
    title: "The bench's files",
    begins: "2026-11-22T08:00:00Z",
    seed: 1,
    learner: { name: "bench", address: "127.0.0.1" },
    latency: 0,
    bandwidth: 1e9,
    hosts: [
      {
        names: ["bench"],
        addresses: ["127.0.0.1"],
        ftp: {
          dialect: /** @type {"proftpd"} */ (process.argv[2] ?? "proftpd"),
          serverName: "bench",
          passive: { ports: [49_152, 65_535] },
          users: [{ name: "ftptest", password: "guestpass" }],
          owner: "ftptest",
          group: "ftptest",
          tree: [
            { ...entry, path: "/", type: "dir" },
            { ...entry, path: "/up", type: "dir" },
            { ...entry, path: "/many", type: "dir" },
            zeros("/small.bin", 1024),
            zeros("/big.bin", 2 ** 30),
            ...Array.from({ length: 100_000 }, (_, i) =>
              zeros(`/many/file-${String(i).padStart(6, "0")}.txt`, i),
            ),
          ],
        },
      },
    ],
  },
});
console.log(`listening on 127.0.0.1:${server.port}`);
process.on("SIGTERM", () => void server.close());
