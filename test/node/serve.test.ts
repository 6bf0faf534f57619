/** The command `port21`: what it prints, what it refuses and how it ends. */
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { Client } from "basic-ftp";
import { beforeAll, describe, expect, it } from "vitest";
import { makeCertificate } from "../../src/node/certificate.ts";
import { type Installed, installPackage, put, type Ran, run, serve } from "./package.ts";
import { client, ending } from "./pair.ts";

let installed: Installed;

beforeAll(async () => {
  installed = await installPackage();
}, 60_000);

/** Runs the command to its end. */
const port21 = (...args: string[]): Promise<Ran> =>
  run(process.execPath, [installed.command, ...args]);

async function greeting(port: number): Promise<string> {
  const [words] = (await once(client(port), "data")) as [Buffer];
  return String(words);
}

describe("port21", () => {
  it("is ready within two seconds and ends cleanly on SIGINT and SIGTERM", async () => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      const begun = performance.now();
      const server = await serve(installed);
      expect(performance.now() - begun).toBeLessThan(2000);
      expect(await greeting(server.port)).toMatch(
        /^220 ProFTPD Server \(EV\) \[67\.208\.93\.232\]/,
      );
      const guest = client(server.port);
      await once(guest, "data");
      const end = ending(guest);
      expect(await server.stop(signal)).toBe(0);
      expect(await end).toBe("end");
    }
  });

  it("serves the scenario that is asked for, a lesson's world too", async () => {
    const server = await serve(installed, "--scenario", "article");
    const guest = new Client(5000);
    try {
      await guest.access({ port: server.port, user: "ftptest", password: "guestpass" });
      expect((await guest.send("PWD")).message).toContain('"/"');
    } finally {
      guest.close();
    }
    expect(await server.stop()).toBe(0);
  });

  it("explains itself", async () => {
    const { status, said } = await port21("--help");
    expect(status).toBe(0);
    for (const word of ["--pasv-range", "reference-main", "article", "pure-ftpd"]) {
      expect(said).toContain(word);
    }
  });

  it.each([
    [["--prot", "2121"], "--prot", "port21 --help lists the options"],
    [["2121"], "2121", "port21 --help lists the options"],
    [["--port", "ftp"], "ftp", "0 to 65535"],
    [["--port", "65536"], "65536", "0 to 65535"],
    [["--port"], "--port", "port21 --help lists the options"],
    [["--host", "localhost"], "localhost", "in numbers"],
    [["--dialect", "iis"], "iis", "proftpd, vsftpd, pure-ftpd"],
    [["--scenario", "main"], "main", "reference-main"],
    [["--scenario", "toString"], "toString", "reference-main"],
    [
      ["--dialect", "vsftpd", "--scenario", "reference-stock"],
      "proftpd alone",
      "leave the dialect out",
    ],
    [
      ["--dialect", "proftpd", "--scenario", "reference-asyncabor"],
      "vsftpd alone",
      "leave the dialect out",
    ],
    [["--dialect", "vsftpd", "--scenario", "article"], "of the dialect proftpd", "reference-main"],
    [["--cert", "c.pem"], "--cert needs --key", "--tls alone"],
    [["--key", "k.pem"], "--key needs --cert", "--tls alone"],
    [["--cert", "/no/c.pem", "--key", "/no/k.pem"], "/no/c.pem", "Name a PEM file"],
    [["--pasv-range", "50100-50000"], "50100-50000", "the lowest and the highest"],
    [["--pasv-range", "50000"], "50000", "the lowest and the highest"],
    [["--pasv-address", "example.org"], "example.org", "four numbers"],
    [["--idle-timeout", "-1"], "--idle-timeout", ""],
    [["--max-upload", "1.5"], "1.5", "a whole number"],
  ])("refuses %j with what to do instead", async (args, what, instead) => {
    const { status, said } = await port21(...args);
    expect(said).toContain(what);
    expect(said).toContain(instead);
    expect(said.trimEnd().split("\n").length).toBeLessThanOrEqual(2);
    expect(status).toBe(2);
  });

  it("says which port is taken", async () => {
    const holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    const { port } = holder.address() as { port: number };
    const { status, said } = await port21("--port", String(port));
    holder.close();
    expect(said).toContain(`127.0.0.1:${port} is taken`);
    expect(said).toContain("--port 0");
    expect(status).toBe(1);
  });

  it("says that an address is not this machine's", async () => {
    const { status, said } = await port21("--port", "0", "--host", "192.0.2.1");
    expect(said).toContain("no such address");
    expect(status).toBe(1);
  });

  it("says that a certificate is none", async () => {
    put(installed.folder, { "no.pem": "this is no certificate\n" });
    const file = join(installed.folder, "no.pem");
    const { status, said } = await port21("--port", "0", "--cert", file, "--key", file);
    expect(said).toMatch(/^port21: .*certificate.*\n.*PEM files/);
    expect(status).toBe(2);
  });

  it("shows the certificate it is given", async () => {
    const { cert, key } = await makeCertificate("127.0.0.1");
    put(installed.folder, { "cert.pem": cert, "key.pem": key });
    const files = ["cert", "key"].flatMap((name) => [
      `--${name}`,
      join(installed.folder, `${name}.pem`),
    ]);
    const server = await serve(installed, ...files);
    const guest = new Client(5000);
    try {
      // The certificate is its own authority: whoever trusts it and sees it is content.
      await guest.access({
        port: server.port,
        host: "localhost",
        user: "ftptest",
        password: "guestpass",
        secure: true,
        secureOptions: { ca: cert, host: "localhost" },
      });
    } finally {
      guest.close();
    }
    expect(await server.stop()).toBe(0);
  });

  it("announces the address and takes the ports it is told", async () => {
    const range = ["--pasv-range", "52100-52110", "--pasv-address", "192.0.2.9"];
    const server = await serve(installed, ...range);
    const guest = new Client(5000);
    try {
      await guest.access({ port: server.port, user: "ftptest", password: "guestpass" });
      const { message } = await guest.send("PASV");
      const numbers = /\((\d+(?:,\d+){5})\)/.exec(message)?.[1]?.split(",").map(Number) ?? [];
      expect(numbers.slice(0, 4)).toEqual([192, 0, 2, 9]);
      const [high = 0, low = 0] = numbers.slice(4);
      expect(high * 256 + low).toBeGreaterThanOrEqual(52_100);
      expect(high * 256 + low).toBeLessThanOrEqual(52_110);
    } finally {
      guest.close();
    }
    expect(await server.stop()).toBe(0);
  });

  it("bounds connections, idle time and lines", async () => {
    const server = await serve(
      installed,
      "--max-connections=2",
      "--idle-timeout=1",
      "--max-line=1000",
    );
    const long = client(server.port);
    await once(long, "data");
    const idle = client(server.port);
    await once(idle, "data");
    expect(await greeting(server.port)).toMatch(/^421 /);
    const cut = ending(long);
    long.write("x".repeat(1001));
    expect(await cut).toBe("end");
    const [words] = (await once(idle, "data")) as [Buffer];
    expect(String(words)).toMatch(/^421 /);
    // The place of those who have gone is free again.
    expect(await greeting(server.port)).toMatch(/^220 /);
    expect(await server.stop()).toBe(0);
  });
});
