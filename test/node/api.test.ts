/** createServer as others use it: the documentation's example, files, users, faults and the trace. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { Client } from "basic-ftp";
import { afterEach, describe, expect, it } from "vitest";
import type { CreateServerOptions, FtpServer } from "../../src/node/api.ts";
import { createServer } from "../../src/node/server.ts";
import { installPackage, put, run } from "./package.ts";

let server: FtpServer;
let client: Client;

afterEach(async () => {
  client?.close();
  await server?.close();
});

async function logIn(options: CreateServerOptions, user = "ftptest", password = "guestpass") {
  server = await createServer(options);
  client = new Client(5000);
  await client.access({ port: server.port, user, password });
}

async function download(path: string): Promise<string> {
  const parts: Buffer[] = [];
  await client.downloadTo(
    new Writable({
      write(part: Buffer, _encoding, done) {
        parts.push(part);
        done();
      },
    }),
    path,
  );
  return Buffer.concat(parts).toString();
}

describe("the documentation's example", () => {
  it("runs as it stands, on the package as it is shipped, and its types hold", async () => {
    const { folder } = await installPackage({ types: true });
    const text = readFileSync(new URL("../../docs/server.md", import.meta.url), "utf8");
    const [, example = ""] = /```js\n(.+?)```/s.exec(text) ?? [];
    put(folder, {
      "example.mjs": example,
      "example.ts": example,
      "package.json": '{"type":"module"}',
    });
    const quiet = { status: 0, said: "" };
    expect(await run(process.execPath, [join(folder, "example.mjs")])).toEqual(quiet);
    const tsc = fileURLToPath(new URL("../../node_modules/.bin/tsc", import.meta.url));
    const flags = ["--strict", "--noEmit", "--module", "nodenext", "--target", "es2023"];
    const types = ["--types", "node", "--ignoreConfig", "example.ts"];
    expect(await run(tsc, [...flags, ...types], { cwd: folder })).toEqual(quiet);
  }, 60_000);
});

describe("the README", () => {
  it("links to nothing that is not in the package, but for its pictures", () => {
    const root = new URL("../../", import.meta.url);
    const args = ["pack", "--dry-run", "--json", "--ignore-scripts"];
    const packed = spawnSync("npm", args, { cwd: root, encoding: "utf8" }).stdout;
    const files = [...packed.matchAll(/"path": "([^"]+)"/g)].map(([, path = ""]) => path);
    expect(files).toContain("README.md");
    const text = readFileSync(new URL("README.md", root), "utf8");
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, to = ""]) => to);
    expect(links.length).toBeGreaterThan(8);
    const lost = links.filter(
      (to) =>
        !/^https:|\.png$/.test(to) &&
        !files.some((path) => path === to || path.startsWith(`${to.replace(/\/$/, "")}/`)),
    );
    expect(lost).toEqual([]);
  });
});

describe("the README's example", () => {
  it("runs as it stands, and says what it says", async () => {
    const { folder } = await installPackage({ types: true });
    const text = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    const [, example = ""] = /```js\n(.+?)```/s.exec(text) ?? [];
    put(folder, { "readme.mjs": example });
    const { status, said } = await run(process.execPath, [join(folder, "readme.mjs")]);
    expect(status).toBe(0);
    expect(said).toContain("[ '/pub/moved.txt' ]");
    expect(said).toContain("'RNFR', 'RNTO'");
  }, 60_000);
});

describe("createServer", () => {
  it("serves and gives back the files it was given and those that came", async () => {
    await logIn({
      files: { "a/b/c.txt": "grüß dich\n", "raw.bin": Uint8Array.of(0, 255, 13, 10), "in/": "" },
    });
    expect(server.url).toBe(`ftp://127.0.0.1:${server.port}`);
    expect(await download("a/b/c.txt")).toBe("grüß dich\n");
    await client.uploadFrom(Readable.from([Buffer.from("new\r\n")]), "in/new.txt");
    await client.remove("raw.bin");
    expect(server.files.list()).toEqual(["/a/b/c.txt", "/in/new.txt"]);
    expect(server.files.text("in/new.txt")).toBe("new\r\n");
    expect(server.files.bytes("/a/b/c.txt").length).toBe(12);
    expect(server.files.has("raw.bin")).toBe(false);
    expect(() => server.files.text("raw.bin")).toThrow(
      "There is no file raw.bin. There are: /a/b/c.txt",
    );
  });

  it("knows its users and nobody else", async () => {
    await logIn({ users: { ada: "one", grace: "two" } }, "grace", "two");
    expect((await client.send("PWD")).code).toBe(257);
    const other = new Client(5000);
    await expect(other.access({ port: server.port, user: "ftptest" })).rejects.toThrow(/^530/);
    other.close();
  });

  it("adds files to a scenario and changes its server", async () => {
    await logIn({
      scenario: "reference-main",
      files: { "readme.txt": "mine\n", "pub/more.txt": "more\n" },
      setup: { passive: { announce: "127.0.0.1" } },
    });
    expect(await download("readme.txt")).toBe("mine\n");
    expect(await download("pub/more.txt")).toBe("more\n");
    expect(server.files.has("pub/guide.txt")).toBe(true);
  });

  it("keeps a trace of what was said and what moved, unless it is told not to", async () => {
    await logIn({ files: { "f.txt": "12345" } });
    await download("f.txt");
    const said = server.trace.flatMap((fact) => (fact.kind === "command" ? [fact.verb] : []));
    expect(said).toEqual(expect.arrayContaining(["USER", "PASS", "RETR"]));
    const data = server.trace.find((fact) => fact.kind === "data")!;
    const sent = server.trace.find((fact) => fact.kind === "sent" && fact.conn === data.conn);
    expect(sent).toMatchObject({ by: "listener", bytes: Uint8Array.from(Buffer.from("12345")) });
    const { at } = server.trace.at(-1)!;
    expect(at).toBeGreaterThan(0);
    client.close();
    await server.close();
    await logIn({ trace: false });
    expect(server.trace).toEqual([]);
  });

  it("says what is wrong with what it was asked for", async () => {
    await expect(createServer({ scenario: "no-such" })).rejects.toThrow(
      /There is no scenario "no-such"/,
    );
    server = await createServer();
    await expect(createServer({ port: server.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it("closes with sessions open, and can be closed twice", async () => {
    await logIn({});
    await server.close();
    await server.close();
    await expect(client.send("NOOP")).rejects.toThrow();
  });
});

describe("faults", () => {
  it("answers something else, so often and for that argument only", async () => {
    await logIn({
      files: { "a.txt": "a", "b.txt": "b" },
      faults: [{ on: "retr", argument: "a.txt", times: 2, reply: [451, "Disk on fire"] }],
    });
    for (let i = 0; i < 2; i++) await expect(download("a.txt")).rejects.toThrow("451 Disk on fire");
    expect(await download("b.txt")).toBe("b");
    expect(await download("a.txt")).toBe("a");
  });

  it("hangs up, with a word or without", async () => {
    await logIn({
      faults: [
        { on: "NOOP", reply: [421, "Going down", "now"], hangUp: true },
        { on: "SYST", hangUp: true },
      ],
    });
    await expect(client.send("NOOP")).rejects.toThrow("421-Going down");
    await client.access({ port: server.port, user: "ftptest", password: "guestpass" });
    await expect(client.send("SYST")).rejects.toThrow(/closed|FIN/);
  });

  it("breaks a download and an upload after so many bytes", async () => {
    const text = "x".repeat(100_000);
    await logIn({
      files: { "long.txt": text },
      faults: [
        { on: "RETR", times: 1, cut: { after: 30_000, how: "reset" } },
        { on: "STOR", times: 1, cut: { after: 40_000, how: "reset" } },
      ],
    });
    await expect(download("long.txt")).rejects.toThrow();
    await client.access({ port: server.port, user: "ftptest", password: "guestpass" });
    await expect(client.uploadFrom(Readable.from([Buffer.from(text)]), "up.txt")).rejects.toThrow();
    expect(server.files.bytes("up.txt").length).toBe(40_000);
    await client.access({ port: server.port, user: "ftptest", password: "guestpass" });
    expect(await download("long.txt")).toBe(text);
  });

  it("stalls a download, so that the client's patience is tried", async () => {
    await logIn({
      files: { "long.txt": "x".repeat(100_000) },
      faults: [{ on: "RETR", cut: { after: 10, how: "stall" } }],
    });
    client.close();
    client = new Client(300);
    await client.access({ port: server.port, user: "ftptest", password: "guestpass" });
    await expect(download("long.txt")).rejects.toThrow(/[Tt]imeout/);
  });
});
