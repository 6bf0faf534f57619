/** Real clients at the server as it is served: each lists, gets, puts, resumes, renames and quits. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { Client } from "basic-ftp";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dialects } from "../../src/sim/ftp/dialects/all.ts";
import { need } from "../programs.ts";
import { type Installed, installPackage, put, run, serve, type Served } from "./package.ts";

/** What /readme.txt holds in the reference scenarios. */
const README =
  "Welcome to the FTP practice server.\n\nThis file has three lines of text, ended by LF only.\n";
const UPLOAD = `${"A line to be stored.\n".repeat(5000)}The last line.\n`;
const HALF = UPLOAD.slice(0, 40_000);

let installed: Installed;
let server: Served;
let here: string;

beforeAll(async () => {
  installed = await installPackage();
}, 60_000);

/** The local file after a client has written it. */
const local = (name: string) => readFileSync(join(here, name), "utf8");

/** What the server holds, read by a client that is none of those on trial. */
async function stored(name: string): Promise<string> {
  const client = new Client(5000);
  const parts: Buffer[] = [];
  try {
    await client.access({ port: server.port, user: "ftptest", password: "guestpass" });
    await client.downloadTo(
      new Writable({
        write(part: Buffer, _encoding, done) {
          parts.push(part);
          done();
        },
      }),
      name,
    );
  } finally {
    client.close();
  }
  return Buffer.concat(parts).toString();
}

const python = (port: number, tls: boolean) => `
import ftplib, ssl
if ${tls ? "True" : "False"}:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    ftp = ftplib.FTP_TLS(context=context, timeout=10)
else:
    ftp = ftplib.FTP(timeout=10)
ftp.connect("127.0.0.1", ${port})
ftp.login("ftptest", "guestpass")
if ${tls ? "True" : "False"}:
    ftp.prot_p()
ftp.retrlines("LIST")
print(ftp.nlst("pub"))
with open("got.txt", "wb") as file:
    ftp.retrbinary("RETR readme.txt", file.write)
with open("rest.txt", "wb") as file:
    ftp.retrbinary("RETR readme.txt", file.write, rest=37)
with open("half.txt", "rb") as file:
    ftp.storbinary("STOR incoming/put.txt", file)
with open("upload.txt", "rb") as file:
    file.seek(40000)
    ftp.storbinary("STOR incoming/put.txt", file, rest=40000)
ftp.rename("incoming/put.txt", "incoming/renamed.txt")
print("size", ftp.size("incoming/renamed.txt"))
print(ftp.quit())
`;

describe.each(Object.keys(dialects))("at %s", (dialect) => {
  beforeEach(() => {
    here = mkdtempSync(join(tmpdir(), "port21-clients-"));
    put(here, { "upload.txt": UPLOAD, "half.txt": HALF });
  });
  afterEach(async () => {
    rmSync(here, { recursive: true, force: true });
    expect(await server.stop()).toBe(0);
  });

  const start = async (...args: string[]) => {
    server = await serve(installed, "--dialect", dialect, "--pasv-address", "127.0.0.1", ...args);
    return server.port;
  };

  it("curl", async (context) => {
    const curl = need(context, "curl");
    const at = `ftp://ftptest:guestpass@127.0.0.1:${await start()}`;
    const call = async (...args: string[]) => {
      const ran = await run(curl, ["-sS", "--max-time", "10", ...args], { cwd: here });
      expect(ran.said, args.join(" ")).not.toContain("curl:");
      return ran.said;
    };
    expect(await call(`${at}/`)).toMatch(/^-r\S+ .* readme\.txt\r?$/m);
    await call("-o", "got.txt", `${at}/readme.txt`);
    expect(local("got.txt")).toBe(README);
    await call("-o", "rest.txt", "-r", "37-", `${at}/readme.txt`);
    expect(local("rest.txt")).toBe(README.slice(37));
    await call("-T", "half.txt", `${at}/incoming/put.txt`);
    await call("-C", "-", "-T", "upload.txt", `${at}/incoming/put.txt`);
    await call("-Q", "-RNFR incoming/put.txt", "-Q", "-RNTO incoming/renamed.txt", `${at}/`);
    expect(await stored("incoming/renamed.txt")).toBe(UPLOAD);
  });

  it("lftp", async (context) => {
    const lftp = need(context, "lftp");
    const port = await start();
    const ran = await run(
      lftp,
      [
        "-e",
        [
          "set net:max-retries 1; set net:timeout 10; set ssl:verify-certificate no; set cmd:fail-exit yes",
          "cls -l",
          "get -O . readme.txt -o got.txt",
          "put half.txt -o incoming/put.txt",
          "put -c upload.txt -o incoming/put.txt",
          "mv incoming/put.txt incoming/renamed.txt",
          "quit",
        ].join("; "),
        "-u",
        "ftptest,guestpass",
        `ftp://127.0.0.1:${port}`,
      ],
      // Without its own settings and history, which are the user's.
      { cwd: here, env: { ...process.env, HOME: here, LFTP_HOME: here } },
    );
    expect(ran).toMatchObject({ status: 0, said: expect.stringContaining("readme.txt") as string });
    expect(local("got.txt")).toBe(README);
    expect(await stored("incoming/renamed.txt")).toBe(UPLOAD);
  });

  const typed = (port: number, mode: string) =>
    [
      `open 127.0.0.1 ${port}`,
      "user ftptest guestpass",
      mode,
      "binary",
      "ls",
      "get readme.txt got.txt",
      "put half.txt incoming/put.txt",
      "reget readme.txt rest.txt",
      "rename incoming/put.txt incoming/renamed.txt",
      "quit",
    ].join("\n");

  for (const mode of ["passive", "active"])
    it(`tnftp, ${mode}`, async (context) => {
      const tnftp = need(context, "tnftp");
      const port = await start();
      put(here, { "rest.txt": README.slice(0, 37) });
      const flags = mode === "passive" ? ["-p"] : ["-A"];
      const ran = await run(tnftp, [...flags, "-inv"], {
        input: typed(port, "status"),
        cwd: here,
        env: { ...process.env, HOME: here },
      });
      expect(ran.said).toMatch(/^-r\S+ .* readme\.txt\r?$/m);
      expect(ran.said).toMatch(/^221/m);
      expect(local("got.txt")).toBe(README);
      expect(local("rest.txt")).toBe(README);
      expect(await stored("incoming/renamed.txt")).toBe(HALF);
    });

  for (const mode of ["passive", "active"])
    it(`inetutils ftp, ${mode}`, async (context) => {
      const ftp = need(context, "inetutils-ftp");
      const port = await start();
      put(here, { "rest.txt": README.slice(0, 37) });
      const ran = await run(ftp, ["-inv"], {
        input: typed(port, mode === "passive" ? "passive" : "status"),
        cwd: here,
        env: { ...process.env, HOME: here },
      });
      expect(ran.said).toMatch(/^-r\S+ .* readme\.txt\r?$/m);
      expect(ran.said).toMatch(/^221/m);
      expect(local("got.txt")).toBe(README);
      expect(local("rest.txt")).toBe(README);
      expect(await stored("incoming/renamed.txt")).toBe(HALF);
    });

  for (const how of ["clear", "TLS"])
    it(`Python's ftplib, ${how}`, async (context) => {
      const python3 = need(context, "python3");
      const port = await start(...(how === "TLS" ? ["--tls"] : []));
      const ran = await run(python3, ["-c", python(port, how === "TLS")], { cwd: here });
      expect(ran.said).toMatch(/^-r\S+ .* readme\.txt$/m);
      expect(ran).toMatchObject({ status: 0, said: expect.stringMatching(/^221/m) as string });
      expect(ran.said).toContain(`size ${UPLOAD.length}`);
      expect(local("got.txt")).toBe(README);
      expect(local("rest.txt")).toBe(README.slice(37));
      expect(await stored("incoming/renamed.txt")).toBe(UPLOAD);
    });

  it.each(["clear", "TLS"])("basic-ftp, %s", async (how) => {
    const port = await start(...(how === "TLS" ? ["--tls"] : []));
    const client = new Client(5000);
    try {
      await client.access({
        port,
        user: "ftptest",
        password: "guestpass",
        secure: how === "TLS",
        secureOptions: { rejectUnauthorized: false },
      });
      const names = (await client.list()).map(({ name }) => name);
      expect(names).toContain("name with spaces.txt");
      await client.downloadTo(join(here, "got.txt"), "readme.txt");
      put(here, { "rest.txt": README.slice(0, 37) });
      await client.downloadTo(join(here, "rest.txt"), "readme.txt", 37);
      await client.uploadFrom(join(here, "half.txt"), "incoming/put.txt");
      await client.appendFrom(join(here, "upload.txt"), "incoming/put.txt", { localStart: 40_000 });
      await client.rename("incoming/put.txt", "incoming/renamed.txt");
      expect(await client.size("incoming/renamed.txt")).toBe(UPLOAD.length);
      expect((await client.send("QUIT")).code).toBe(221);
    } finally {
      client.close();
    }
    expect(local("got.txt")).toBe(README);
    expect(local("rest.txt")).toBe(README);
    expect(await stored("incoming/renamed.txt")).toBe(UPLOAD);
  });

  it("basic-ftp takes up its TLS session where that is wanted", async () => {
    const port = await start("--scenario", "reference-tls");
    const client = new Client(5000);
    try {
      const secureOptions = { rejectUnauthorized: false };
      await client.access({
        port,
        user: "ftptest",
        password: "guestpass",
        secure: true,
        secureOptions,
      });
      expect((await client.list("pub")).map(({ name }) => name)).toContain("guide.txt");
    } finally {
      client.close();
    }
  });
});
